"""Words that stood in a dialog or page when the desk was locked or left: read off, and shown to whoever typed them."""

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
from thidua_desktop.ui.components.dialogs import dialog_foot, size_to_content
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.scrolling import FittingArea
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.shell.page import Page

_LOOKED_FOR = ("Tìm", "Lọc")  # such fields only look for something
_NAMELESS = "Ô chữ"
_WIDTH = 560  # px at 100 %
_NEVER_KEPT = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText


def typed_in(part: QWidget) -> dict[str, str]:
    """What a person typed into the fields of a dialog or page, by their names; no passwords, nothing that stood there,
    nothing that the page keeps itself.
    """
    found: dict[str, str] = {}
    fields: list[QLineEdit | QPlainTextEdit] = [*part.findChildren(QLineEdit), *part.findChildren(QPlainTextEdit)]
    for field in fields:
        name = field.accessibleName() or _NAMELESS
        if isinstance(field, SearchField) or name.startswith(_LOOKED_FOR) or field.window() is not part.window():
            continue
        words = "" if isinstance(part, Page) and part.keeps_words(field) else _typed(field)
        if words:
            found[name] = f"{found[name]}\n{words}" if name in found else words
    return found


def _typed(field: QLineEdit | QPlainTextEdit) -> str:
    if field.isReadOnly() or field.inputMethodHints() & _NEVER_KEPT:
        return ""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText().strip() if field.document().isModified() else ""
    shown = field.echoMode() is QLineEdit.EchoMode.Normal
    return field.text().strip() if shown and field.isModified() else ""


def keep_words(session: Session, windows: Iterable[QWidget]) -> None:
    """Keeps what stands in dialogs and pages, beside what waits from an earlier time; what the disk does not take waits
    in memory and is told of at the closing.
    """
    found = _by_title(windows)
    earlier = {one.title: one.words for one in dialog_words.kept(session)} if found else {}
    for title, words in found.items():
        together = dict(earlier.get(title, {}))
        for name, typed in words.items():
            before = together.get(name, "")
            together[name] = typed if before in typed else before if typed in before else f"{before}\n{typed}"
        with suppress(UserError):
            dialog_words.keep(session, title, together)


def drop_words(session: Session, windows: Iterable[QWidget]) -> None:
    """Of what is in front of whoever typed again nothing more is kept; of earlier words it is."""
    there = _by_title(windows)
    for one in dialog_words.kept(session):
        if there.get(one.title) == one.words:
            with suppress(UserError):
                dialog_words.drop(session, one.title)


def _by_title(windows: Iterable[QWidget]) -> dict[str, dict[str, str]]:
    """What is typed in dialogs and in the pages of the desk, under what stands above it."""
    found: dict[str, dict[str, str]] = {}
    for window in windows:
        for part in window.pages() if isinstance(window, MainWindow) else [window]:
            title = part.title() if isinstance(part, Page) else part.windowTitle()
            for name, words in typed_in(part).items() if isinstance(part, QDialog | Page) else ():
                under = found.setdefault(title, {})
                under[name] = f"{under[name]}\n{words}" if name in under else words
    return found


class KeptWordsDialog(QDialog):
    """Each place with its fields and words, to copy; ``done_button`` forgets them, Esc leaves them for next time."""

    def __init__(
        self, look: Look, kept: Sequence[KeptWords], forget: Callable[[], None], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chữ gõ dở chưa vào sổ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.copy_buttons: list[Button] = []
        told = (
            "Trang, hộp thoại đang mở lúc máy khóa hay tắt nay đã đóng. Chữ đã gõ còn ở đây: mở lại chỗ ấy rồi dán vào."
        )
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
        outer.addLayout(dialog_foot(look, self.done_button, self.later_button))
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
