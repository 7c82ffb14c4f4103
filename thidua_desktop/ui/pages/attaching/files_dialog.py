"""Files of a page that has no room to show them: a button with their number, which opens them over the page."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import borderless, filled
from thidua_desktop.ui.components.detail_pane import scrolling
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.drop_zone import DropZone, PasteKey
from thidua_desktop.ui.pages.attaching.record_files import RecordFiles

_NAME = "Tệp đính kèm"


class FilesDialog(QDialog):
    """The files over a page; it is hidden, not deleted, when it is closed."""

    def __init__(self, look: Look, files: RecordFiles, page: QWidget) -> None:
        super().__init__(page)
        self.setWindowTitle(_NAME)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(label(_NAME, TextRole.CARD_TITLE))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(files.view)
        column.addStretch(1)
        outer.addWidget(scrolling(inner), 1)
        self.close_button = filled(look, "Đóng")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        outer.addLayout(dialog_foot(look, self.close_button))
        self.zone = DropZone(look, self, "Thả vào đây để đính kèm", files.view.may_add, files.view.take_mime)
        self.paste_key = PasteKey(self, files.view.take_mime)
        room = self.screen().availableSize()
        self.resize(min(look.px(520), room.width()), min(look.px(440), room.height()))


class MeetingFiles(RecordFiles):
    """``button`` stands in the page's head; what is dropped on the page or pasted into it opens the dialog."""

    def __init__(self, look: Look, session: Session, spec: RegisterSpec, page: QWidget) -> None:
        super().__init__(look, session, spec, page)
        self.button = borderless(look, _NAME, "paperclip", "Ctrl+T")
        self.dialog = FilesDialog(look, self, page)
        self.button.clicked.connect(self.open)
        self.changed.connect(self._show_count)
        self.view.refusal_told.connect(self.open)

    def open(self) -> None:
        """Shows the files."""
        self.dialog.open()
        (self.view.lines[0] if self.view.lines else self.view.add_button).setFocus()

    def _show_count(self) -> None:
        self.button.set_content(f"{_NAME} ({self.count()})" if self.count() else _NAME)
