"""What was done last that the change log does not take back: Ctrl+Z takes it back here, or says where that is done.

Saves, deletions and imports are actions of the change log. What a person does beside it (a decision on proposals of
communes, a package taken in, a closed period) would be passed over by an undo, which would then take back something
older that nobody meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.services.session import Changes, Session

TakeBack: TypeAlias = "Callable[[Session], Changes]"


@dataclass(frozen=True, slots=True)
class Act:
    """``words``: what was done, as in "Đã hoàn tác: …"; ``back`` and ``again`` do it, or ``elsewhere`` says where."""

    words: str
    back: TakeBack | None = None
    again: TakeBack | None = None
    elsewhere: str = ""


@dataclass(slots=True)
class Acts:
    """Of one opened office, the newest last; each with the action of the log that an undo would have taken back then.

    While that is still so, nothing that stands was saved since, and what is here is the newest.
    """

    _done: list[tuple[Act, int | None]] = field(default_factory=list)
    _undone: list[tuple[Act, int | None]] = field(default_factory=list)
    _opened_at: int = 0
    _told: int | None = None

    def begin(self, session: Session) -> None:
        """The office was opened just now: what the log holds already is work of another time."""
        self._opened_at = session.file.changes.head()[0]

    def untold_earlier(self, session: Session) -> int | None:
        """The action that an undo would take back, where it was written before the office was opened and the person at
        the desk has not heard so yet; asked again for the same one, None."""
        newest = _newest(session)
        if newest is None or newest > self._opened_at or newest == self._told:
            return None
        self._told = newest
        return newest

    def note(self, session: Session, act: Act) -> None:
        """It was done just now."""
        self._undone.clear()
        self._done.append((act, _newest(session)))

    def undo(self, session: Session) -> tuple[str, Changes] | None:
        """Takes the last one back; None where a save is newer. Raises TD-STORE-387 where it is done elsewhere."""
        act = self._top(session, self._done)
        if act is None:
            return None
        if act.back is None:
            raise UserError("TD-STORE-387", what=act.words, where=act.elsewhere)
        changes = act.back(session)
        self._undone.append(self._done.pop())
        return act.words, changes

    def redo(self, session: Session) -> tuple[str, Changes] | None:
        """Does again what was taken back last; None where that was a saved action."""
        act = self._top(session, self._undone)
        if act is None or act.again is None:
            return None
        changes = act.again(session)
        self._done.append(self._undone.pop())
        return act.words, changes

    @staticmethod
    def _top(session: Session, acts: list[tuple[Act, int | None]]) -> Act | None:
        return acts[-1][0] if acts and acts[-1][1] == _newest(session) else None


def _newest(session: Session) -> int | None:
    return session.file.changes.can_undo(session.user.name)
