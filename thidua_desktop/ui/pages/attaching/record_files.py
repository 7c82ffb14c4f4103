"""Files of the record that a page writes: held with its draft until the first save, attached at once after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.services import held_files
from thidua_desktop.services.attached import Attached
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.drop_zone import DropZone, PasteKey
from thidua_desktop.ui.pages.attaching.files_view import FilesView
from thidua_desktop.ui.pages.attaching.places import DraftPlace, RecordPlace


class RecordFiles(QObject):
    """``changed`` after each change of the files; ``held_changed`` when the draft has to keep other ones.

    ``page`` takes what is dropped on it and pasted into it; ``view`` is put wherever the page likes.
    """

    changed = Signal()
    held_changed = Signal()
    told = Signal(str)

    def __init__(self, look: Look, session: Session, spec: RegisterSpec, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._spec = session, spec
        self.view = FilesView(look, session)
        self.draft = DraftPlace(session, spec.name, self._on_held)
        self.view.changed.connect(self.changed)
        self.view.told.connect(self.told)
        words = f"Thả vào đây để đính kèm vào {spec.singular}"
        self.zone = DropZone(look, page, words, self.view.may_add, self._take)
        self.paste_key = PasteKey(page, self._take)

    def start(self, record_id: str | None) -> None:
        """Another record, or a new one without files."""
        if record_id is None:
            self.draft = DraftPlace(self._session, self._spec.name, self._on_held)
            self.view.show_place(self.draft)
        else:
            self.view.show_place(RecordPlace(self._session, self._spec.name, record_id))

    def take_up(self, kept: object) -> None:
        """The files that a draft of a new record names."""
        if self.view.place is self.draft:
            self.draft.take_up(held_files.of_draft(self._session, self._spec.name, kept))
            self.view.reload()

    def hold_again(self, shown: Sequence[Attached]) -> None:
        """The record was taken back with its files: what is written anew keeps those that were ``shown``."""
        self.start(None)
        self.draft.take_up([replace(one, id=one.sha256, record="") for one in shown])
        self.view.reload()

    def for_draft(self) -> dict[str, object]:
        """What the draft keeps of them; nothing where there are none, so that an empty form stays without a draft."""
        return {"files": held_files.for_draft(self._held())} if self._held() else {}

    def save(
        self, values: Values, record_id: str | None, revision: int | None, reasons: Mapping[str, str]
    ) -> Saved | Refused:
        """Write the record with its files as one action; raises what ``held_files.save_with`` raises."""
        self.view.finish()
        return held_files.save_with(
            self._session, self._spec.name, values, self._held(), record_id=record_id, revision=revision,
            reasons=reasons,
        )  # fmt: skip

    def count(self) -> int:
        """How many there are."""
        return len(self.view.files)

    def undo(self) -> bool:
        """Takes the last change of held files back; False leaves it to the window."""
        return self._stepped(self.view.place is self.draft and self.draft.undo())

    def redo(self) -> bool:
        """Does it again; False leaves it to the window."""
        return self._stepped(self.view.place is self.draft and self.draft.redo())

    def _stepped(self, done: bool) -> bool:
        if done:
            self.view.reload()
        return done

    def _held(self) -> list[Attached]:
        return self.draft.held if self.view.place is self.draft else []

    def _on_held(self) -> None:
        self.held_changed.emit()

    def _take(self, mime: QMimeData) -> None:
        self.view.take_mime(mime)
