"""One attached file in a list: what it is, and everything that can be done with it by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout

from thidua_desktop.services.attached import Attached
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import Button, icon_button
from thidua_desktop.ui.components.labels import ElidedLabel, Picture
from thidua_desktop.ui.components.painting import rounded_box
from thidua_desktop.ui.look.theme import Look

_OWN_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FileLine(QPushButton):
    """Pressing it (Enter) looks at the file. F2: its words; Delete: take off; up, down: the other files.

    The small buttons at its right are for the mouse; the menu key has all of them in words.
    """

    look_asked = Signal()
    open_asked = Signal()
    save_asked = Signal()
    words_asked = Signal()
    remove_asked = Signal()
    step_asked = Signal(int)

    def __init__(self, look: Look, one: Attached, may_record: bool) -> None:
        super().__init__()
        self._look, self.one, self._may_record = look, one, may_record
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        facts = [one.size_text, format_date(one.taken_on) if one.taken_on else "", one.description]
        if not one.is_here:
            facts.insert(0, "chưa có nội dung")
        self.facts = ", ".join(fact for fact in facts if fact)
        self.setAccessibleName(f"{one.name}, {self.facts}")
        self.setAccessibleDescription("Enter xem, F2 sửa tên và chú thích, Delete bỏ, phím menu các việc khác")
        self._row = QHBoxLayout(self)
        look.margins(self._row, 6, 4, 4, 4, 6)
        self._row.addWidget(Picture(look, _icon(one), 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ElidedLabel(one.name)
        name.setToolTip(one.name)
        words.addWidget(name)
        words.addWidget(ElidedLabel(self.facts, ink="muted"))
        self._row.addLayout(words, 1)
        self.buttons: list[Button] = []
        self._add("download", f"Lưu {one.name} ra tệp", self.save_asked, one.is_here)
        if may_record:
            self._add("pencil", f"Sửa tên, chú thích {one.name}", self.words_asked)
            self._add("trash-2", f"Bỏ {one.name}", self.remove_asked)
        self.clicked.connect(self.look_asked)

    def _add(self, icon: str, name: str, asked: SignalInstance, enabled: bool = True) -> None:
        button = icon_button(self._look, icon, name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setEnabled(enabled)
        button.clicked.connect(asked)
        self.buttons.append(button)
        self._row.addWidget(button)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._look.px(48))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(48))

    def menu_of_actions(self) -> QMenu:
        """Everything that can be done, in words."""
        menu = QMenu(self)
        menu.addAction("Xem").triggered.connect(self.look_asked)
        opening = menu.addAction("Mở bằng chương trình khác")
        opening.triggered.connect(self.open_asked)
        saving = menu.addAction("Lưu ra tệp…")
        saving.triggered.connect(self.save_asked)
        for action in menu.actions():
            action.setEnabled(self.one.is_here)
        if self._may_record:
            menu.addAction("Sửa tên, chú thích…").triggered.connect(self.words_asked)
            menu.addSeparator()
            menu.addAction("Bỏ tệp").triggered.connect(self.remove_asked)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.mapToGlobal(QPoint(self._look.px(24), self.height())) if by_key else event.globalPos()
        self.menu_of_actions().popup(at)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()  # not the page's keys while a file is in focus
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.look_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_asked.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_F2 and self._may_record:
            self.words_asked.emit()
        elif key == Qt.Key.Key_Delete and self._may_record:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        if self.hasFocus():
            rounded_box(painter, self.rect(), look.color("raised"), look.color("accent-ink"), 2, look.px(4))
        elif self.underMouse():
            rounded_box(painter, self.rect(), look.color("raised"), None, radius=look.px(4))
        painter.end()


def _icon(one: Attached) -> str:
    if one.media_type.startswith("image/"):
        return "image"
    sheet = "spreadsheet" in one.media_type or one.media_type in ("text/csv", "application/vnd.ms-excel")
    return "file-spreadsheet" if sheet else "file-text"
