"""The files of the record that the pane shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.drop_zone import DropZone, PasteKey
from thidua_desktop.ui.pages.attaching.files_view import FilesView
from thidua_desktop.ui.pages.attaching.places import RecordPlace


class AttachmentsTab(QWidget):
    """``renamed`` is called with the tab's new name; files may be dropped on and pasted into all of ``pane``."""

    def __init__(self, look: Look, session: Session, pane: QWidget, renamed: Callable[[str], None]) -> None:
        super().__init__()
        self._session, self._renamed = session, renamed
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 10, 16, 12, 8)
        self.view = FilesView(look, session)
        outer.addWidget(self.view)
        outer.addStretch(1)
        self.view.changed.connect(self._show_count)
        self.zone = DropZone(look, pane, "Thả vào đây để đính kèm", self.view.may_add, self.view.take_mime)
        self.paste_key = PasteKey(pane, self.view.take_mime)

    def show_record(self, record: Record) -> None:
        """The files of another record, or of the same one after a change."""
        place = self.view.place
        if isinstance(place, RecordPlace) and (place.register, place.record_id) == (record.register, record.id):
            self.view.reload()
        else:
            self.view.show_place(RecordPlace(self._session, record.register, record.id))

    def _show_count(self) -> None:
        self._renamed(f"Tệp {len(self.view.files)}" if self.view.files else "Tệp")
