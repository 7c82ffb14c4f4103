"""Where files are attached: to a record that stands in the office file, or to one that is still being written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from thidua_desktop.services import attachments, files, held_files
from thidua_desktop.services.attached import Attached
from thidua_desktop.services.file_kinds import CheckedFile
from thidua_desktop.services.session import Session


class FilesPlace(Protocol):
    """What the list of files asks of the record that it shows; ``owner``: another office whose record it is, or ""."""

    owner: str

    def as_one(self) -> AbstractContextManager[None]:
        """What is added in the block is taken back by one undo."""

    def files(self) -> list[Attached]:
        """The files, the oldest first; raises TD-STORE-… where they may not be seen."""

    def add(self, checked: CheckedFile, taken_on: date | None) -> Attached:
        """Attach one more; raises TD-DATA-580 when it is here already."""

    def remove(self, one: Attached) -> None:
        """Take one off."""

    def change(self, one: Attached, name: str, description: str, taken_on: date | None) -> None:
        """Other words for one."""

    # Contents are large: read and written in a worker, whose session comes along

    def content(self, own: Session, one: Attached) -> bytes:
        """What is inside; raises TD-XFER-068, 069, TD-DATA-585."""

    def save_as(self, own: Session, one: Attached, path: Path) -> None:
        """Write the content where the person says."""


class RecordPlace:
    """Files of a saved record: every change is written at once and can be undone."""

    def __init__(self, session: Session, register: str, record_id: str) -> None:
        self._session, self.register, self.record_id = session, register, record_id
        self.owner = attachments.owner_elsewhere(session, register, record_id)

    def as_one(self) -> AbstractContextManager[None]:
        """See ``FilesPlace``."""
        return attachments.as_one(self._session)

    def files(self) -> list[Attached]:
        """See ``FilesPlace``."""
        return attachments.of_record(self._session, self.register, self.record_id)

    def add(self, checked: CheckedFile, taken_on: date | None) -> Attached:
        """See ``FilesPlace``."""
        return attachments.attach_checked(self._session, self.register, self.record_id, checked, taken_on=taken_on)

    def remove(self, one: Attached) -> None:
        """See ``FilesPlace``."""
        attachments.detach(self._session, one.id)

    def change(self, one: Attached, name: str, description: str, taken_on: date | None) -> None:
        """See ``FilesPlace``."""
        attachments.change_words(self._session, one.id, name, description, taken_on)

    def content(self, own: Session, one: Attached) -> bytes:
        """See ``FilesPlace``."""
        return attachments.content_of(own, one.id)

    def save_as(self, own: Session, one: Attached, path: Path) -> None:
        """See ``FilesPlace``."""
        attachments.save_as(own, one.id, path)


class DraftPlace:
    """Files of a record that is not saved yet; ``changed`` is called after each change, so that the draft is kept."""

    def __init__(self, session: Session, register: str, changed: Callable[[], None]) -> None:
        self._session, self.register, self._changed = session, register, changed
        self.owner = ""
        self.held: list[Attached] = []
        self._before: list[list[Attached]] = []
        self._undone: list[list[Attached]] = []

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """See ``FilesPlace``."""
        steps = len(self._before)
        yield
        del self._before[steps + 1 :]

    def files(self) -> list[Attached]:
        """See ``FilesPlace``."""
        return list(self.held)

    def add(self, checked: CheckedFile, taken_on: date | None) -> Attached:
        """See ``FilesPlace``."""
        one = held_files.hold(self._session, self.register, checked, self.held, taken_on)
        self._become([*self.held, one])
        return one

    def remove(self, one: Attached) -> None:
        """See ``FilesPlace``."""
        self._become([other for other in self.held if other.id != one.id])

    def change(self, one: Attached, name: str, description: str, taken_on: date | None) -> None:
        """See ``FilesPlace``."""
        new = held_files.described(one, name, description, taken_on)
        self._become([new if other.id == one.id else other for other in self.held])

    def content(self, own: Session, one: Attached) -> bytes:
        """See ``FilesPlace``."""
        return held_files.content_of(own, one)

    def save_as(self, own: Session, one: Attached, path: Path) -> None:
        """See ``FilesPlace``."""
        files.write_whole(path, self.content(own, one))

    def take_up(self, held: list[Attached]) -> None:
        """The files of a draft that was left; nothing of them is undone."""
        self.held, self._before, self._undone = held, [], []

    def undo(self) -> bool:
        """Take the last change of this form's files back; False when there is none."""
        return self._step(self._before, self._undone)

    def redo(self) -> bool:
        """Do again what ``undo`` took back; False when there is nothing."""
        return self._step(self._undone, self._before)

    def _step(self, source: list[list[Attached]], other: list[list[Attached]]) -> bool:
        if not source:
            return False
        other.append(self.held)
        self.held = source.pop()
        self._changed()
        return True

    def _become(self, held: list[Attached]) -> None:
        self._before.append(self.held)
        self._undone.clear()
        self.held = held
        self._changed()
