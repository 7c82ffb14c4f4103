"""The files of the record that the pane shows: added by dialog, dropping or pasting; opened, saved, removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments
from thidua_desktop.services.attachments import Attached
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import bordered, borderless, icon_button
from thidua_desktop.ui.components.labels import ElidedLabel, caption, hairline_widget
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.attachment_dialog import DescribeDialog
from thidua_desktop.ui.show_error import show_error

OpenFile = Callable[[Path], None]


def open_outside(path: Path) -> None:
    """Let the machine's own program show a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class AttachmentsTab(QWidget):
    """``renamed`` is called with the tab's new name; files may be dropped anywhere on ``drop_zone``."""

    def __init__(
        self, look: Look, session: Session, drop_zone: QWidget, renamed: Callable[[str], None],
        open_file: OpenFile = open_outside,
    ) -> None:  # fmt: skip
        super().__init__()
        self._look, self._session, self._renamed, self._open_file = look, session, renamed, open_file
        self.record: Record | None = None
        self.files: list[Attached] = []
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 10, 16, 12, 8)
        self.add_button = bordered(look, "Thêm tệp…", "paperclip")
        self.paste_button = borderless(look, "Dán ảnh", "clipboard-paste")
        self.add_button.clicked.connect(self._ask_files)
        self.paste_button.clicked.connect(self.paste)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.paste_button)
        row.addStretch(1)
        outer.addLayout(row)
        self._hint = caption("Kéo thả ảnh, bản quét, PDF, Word, Excel vào khung này cũng được.", wrap=True)
        outer.addWidget(self._hint)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(4))
        outer.addLayout(self._lines)
        outer.addStretch(1)
        if not session.may(Permission.RECORD):
            for button in (self.add_button, self.paste_button):
                button.set_reason("Quyền của bạn chỉ xem sổ")
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        drop_zone.setAcceptDrops(session.may(Permission.RECORD))
        drop_zone.installEventFilter(self)

    def show_record(self, record: Record) -> None:
        """The files of another record, or of the same one after a change."""
        self.record = record
        try:
            self.files = attachments.of_record(self._session, record.register, record.id)
        except UserError:
            self.files = []
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(self.files):
            if number:
                self._lines.addWidget(hairline_widget())
            self._lines.addWidget(self._line(one))
        self._renamed(f"Tệp {len(self.files)}" if self.files else "Tệp")

    def attach(self, paths: list[Path]) -> None:
        """Attach files one after the other; the first that cannot be kept stops the rest and says why."""
        record = self.record
        if record is None or not self._session.may(Permission.RECORD):
            return
        self._told(lambda: [attachments.attach(self._session, record.register, record.id, path) for path in paths])

    def paste(self) -> None:
        """Attach the picture, or the files, that lie in the clipboard."""
        record, mime = self.record, QGuiApplication.clipboard().mimeData()
        if record is None or mime is None or not self._session.may(Permission.RECORD):
            return
        if mime.hasUrls():
            self.attach([Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()])
        elif mime.hasImage():
            image = QImage(QGuiApplication.clipboard().image())
            name = f"Ảnh dán {self._session.now():%d-%m-%Y %H%M}"
            self._told(
                lambda: attachments.attach_content(
                    self._session, record.register, record.id, name, png_of(image), taken_on=self._session.today
                )
            )

    def open(self, attachment_id: str) -> None:
        """Show a file in the machine's own program, from a copy that is erased afterwards."""
        self._told(lambda: self._open_file(attachments.open_copy(self._session, attachment_id)))

    def save_as(self, attachment_id: str, name: str) -> None:
        """Write a file where the person says."""
        chosen, _ = QFileDialog.getSaveFileName(self, "Lưu tệp đính kèm", name)
        if chosen:
            self._told(lambda: attachments.save_as(self._session, attachment_id, Path(chosen)))

    def remove(self, attachment_id: str) -> None:
        """Take a file off the record; Ctrl+Z brings it back."""
        self._told(lambda: attachments.detach(self._session, attachment_id))

    def describe(self, one: Attached) -> DescribeDialog:
        """Ask what a file shows and of which day it is."""
        dialog = DescribeDialog(self._look, self._session, one, self)
        dialog.accepted.connect(self._show_again)
        dialog.open()
        return dialog

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if event.mimeData().hasUrls():
                event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def _line(self, one: Attached) -> QWidget:
        look, holder = self._look, QWidget()
        row = QHBoxLayout(holder)
        look.margins(row, 0, 2, 0, 2, 4)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ElidedLabel(one.name)
        name.setToolTip(one.name)
        words.addWidget(name)
        facts = [one.size_text, format_date(one.taken_on) if one.taken_on else "", one.description]
        if not one.is_here:
            facts.insert(0, "chưa có nội dung")
        words.addWidget(ElidedLabel(", ".join(fact for fact in facts if fact), ink="muted"))
        row.addLayout(words, 1)
        open_button = icon_button(look, "eye", f"Mở {one.name}")
        open_button.clicked.connect(lambda _checked=False: self.open(one.id))
        save_button = icon_button(look, "download", f"Lưu {one.name} ra tệp")
        save_button.clicked.connect(lambda _checked=False: self.save_as(one.id, one.name))
        for button in (open_button, save_button):
            button.setEnabled(one.is_here)
            row.addWidget(button)
        if self._session.may(Permission.RECORD):
            words_button = icon_button(look, "pencil", f"Chú thích {one.name}")
            words_button.clicked.connect(lambda _checked=False: self.describe(one))
            row.addWidget(words_button)
            remove_button = icon_button(look, "trash-2", f"Bỏ {one.name}")
            remove_button.clicked.connect(lambda _checked=False: self.remove(one.id))
            row.addWidget(remove_button)
        return holder

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Thêm tệp đính kèm")
        self.attach([Path(path) for path in chosen])

    def _told(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            show_error(self._look, error, self)
        self._show_again()

    def _show_again(self) -> None:
        if self.record is not None:
            self.show_record(self.record)


def png_of(image: QImage) -> bytes:
    """A picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
