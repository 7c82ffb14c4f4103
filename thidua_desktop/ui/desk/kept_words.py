"""Words that stood in an open dialog when the desk was locked or left: read off, and shown to whoever typed them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import dialog_words
from thidua_desktop.services.dialog_words import KeptWords
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_moment
from thidua_desktop.ui.components.buttons import Button, bordered, filled
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.scrolling import FittingArea
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_LOOKED_FOR = ("Tìm", "Lọc")  # such fields only look for something
_NAMELESS = "Ô chữ"
_WIDTH = 560  # px at 100 %


def typed_in(dialog: QDialog) -> dict[str, str]:
    """What a person typed into the fields of a dialog, by their names; no passwords, nothing that stood there."""
    found: dict[str, str] = {}
    fields: list[QLineEdit | QPlainTextEdit] = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)]
    for field in fields:
        words = _typed(field)
        name = field.accessibleName() or _NAMELESS
        if words and not name.startswith(_LOOKED_FOR):
            found[name] = f"{found[name]}\n{words}" if name in found else words
    return found


def _typed(field: QLineEdit | QPlainTextEdit) -> str:
    if field.isReadOnly():
        return ""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText().strip() if field.document().isModified() else ""
    shown = field.echoMode() is QLineEdit.EchoMode.Normal
    return field.text().strip() if shown and field.isModified() else ""


def keep_words(session: Session, windows: Iterable[QWidget]) -> None:
    """Keeps what stands in dialogs; what the disk does not take waits in memory and is told of at the closing."""
    for dialog in windows:
        words = typed_in(dialog) if isinstance(dialog, QDialog) else {}
        if words:
            with suppress(UserError):
                dialog_words.keep(session, dialog.windowTitle(), words)


def drop_words(session: Session, windows: Iterable[QWidget]) -> None:
    """The dialogs are in front of whoever typed again."""
    titles = {dialog.windowTitle() for dialog in windows if isinstance(dialog, QDialog)}
    for one in dialog_words.kept(session):
        if one.title in titles:
            with suppress(UserError):
                dialog_words.drop(session, one.title)


class KeptWordsDialog(QDialog):
    """Each dialog with its fields and words, to copy; ``done_button`` forgets them, Esc leaves them for next time."""

    def __init__(
        self, look: Look, kept: Sequence[KeptWords], forget: Callable[[], None], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chữ gõ dở trong hộp thoại")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.copy_buttons: list[Button] = []
        told = "Hộp thoại đang mở lúc máy khóa hay tắt nay đã đóng. Chữ đã gõ còn ở đây: mở lại hộp ấy rồi dán vào."
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 0, 0, 0, 0, 12)
        for one in kept:
            column.addWidget(label(one.title, TextRole.STRONG, wrap=True))
            column.addWidget(caption(f"gõ dở, giữ lúc {format_moment(one.kept_at)}"))
            for name, words in one.words.items():
                column.addLayout(self._row(look, name, words))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.windowTitle(), TextRole.CARD_TITLE))
        outer.addWidget(label(told, ink="text-2", wrap=True))
        outer.addWidget(FittingArea(content, self.windowTitle()), 1)
        self.later_button = filled(look, "Để lại, xem sau")
        self.later_button.setDefault(True)
        self.later_button.clicked.connect(self.reject)
        self.done_button = bordered(look, "Không cần nữa")
        self.done_button.clicked.connect(forget)
        self.done_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        look.margins(foot, 0, 4, 0, 0, 8)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        foot.addWidget(self.later_button)
        outer.addLayout(foot)
        size_to_content(look, self, _WIDTH)
        (self.copy_buttons or [self.later_button])[0].setFocus()

    def _row(self, look: Look, name: str, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        told = QVBoxLayout()
        told.addWidget(caption(name))
        told.addWidget(label(words, wrap=True, selectable=True))
        button = bordered(look, "Chép", "copy")
        button.setAutoDefault(False)
        button.setAccessibleName(f"Chép {name}")
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(words))
        button.clicked.connect(lambda: button.set_content("Đã chép", "check"))
        self.copy_buttons.append(button)
        row.addLayout(told, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return row


def show_kept(look: Look, session: Session, parent: QWidget) -> KeptWordsDialog | None:
    """Shows what is kept for this person, if anything is."""
    kept = dialog_words.kept(session)
    if not kept:
        return None

    def forget() -> None:
        for one in kept:
            with suppress(UserError):
                dialog_words.drop(session, one.title)

    dialog = KeptWordsDialog(look, kept, forget, parent)
    dialog.show()
    return dialog
