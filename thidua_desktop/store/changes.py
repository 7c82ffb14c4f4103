"""The change log of one open office file, as services see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from thidua_desktop.store import change_log
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Change, RecordKey
from thidua_desktop.store.records import refuse_closed

if TYPE_CHECKING:
    from thidua_desktop.store.undo import Told


class Changes:
    """The change log of one open office file; of ``closed`` registers it tells that something changed, never what."""

    def __init__(self, database: OpenDatabase, closed: frozenset[str] = frozenset()) -> None:
        self._database = database
        self._closed = closed

    def history(self, register: str, record_id: str) -> list[Change]:
        """All changes of one record, oldest first."""
        refuse_closed(self._database, register, self._closed)
        return change_log.history(self._database, register, record_id)

    def since(self, seq: int) -> Iterator[Change]:
        """Changes after ``seq``, in order."""
        return map(self._shown, change_log.since(self._database, seq))

    def of_action(self, action: int) -> list[Change]:
        """The changes that one transaction wrote."""
        return list(map(self._shown, change_log.of_action(self._database, action)))

    def head(self) -> tuple[int, str]:
        """Number and hash (hex) of the last change."""
        return change_log.head(self._database)

    def last_before(self, moment: datetime) -> datetime | None:
        """See ``change_log.last_before``."""
        return change_log.last_before(self._database, moment)

    def digest_of(self, seq: int) -> str | None:
        """The hash (hex) of a change; None when there is no such change."""
        return change_log.digest_of(self._database, seq)

    def can_undo(self, actor: str) -> int | None:
        """The action that ``undo`` would take back, or None."""
        from thidua_desktop.store import undo

        return undo.undoable(self._database, actor)

    def can_redo(self, actor: str) -> int | None:
        """The undo that ``redo`` would take back, or None."""
        from thidua_desktop.store import undo

        return undo.redoable(self._database, actor)

    def undo(self, actor: str, now: datetime, told: Told | None = None) -> list[RecordKey]:
        """Take back the actor's last action; UserError TD-STORE-014 nothing, TD-STORE-016 changed since."""
        from thidua_desktop.store import undo

        self._require_open(undo.undoable(self._database, actor))
        return undo.undo(self._database, actor, now, told or undo.to_nobody)

    def redo(self, actor: str, now: datetime, told: Told | None = None) -> list[RecordKey]:
        """Take back the actor's last undo; UserError TD-STORE-015 nothing, TD-STORE-016 changed since."""
        from thidua_desktop.store import undo

        self._require_open(undo.redoable(self._database, actor))
        return undo.redo(self._database, actor, now, told or undo.to_nobody)

    def verify_chain(self) -> int | None:
        """The first change that does not fit the one before, or None."""
        return change_log.verify_chain(self._database)

    def _shown(self, change: Change) -> Change:
        return change._replace(fields={}, reason="") if change.register in self._closed else change

    def _require_open(self, action: int | None) -> None:
        for change in change_log.of_action(self._database, action) if action is not None and self._closed else ():
            refuse_closed(self._database, change.register, self._closed)
