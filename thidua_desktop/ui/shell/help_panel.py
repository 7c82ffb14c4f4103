"""The panel that F1 opens over the right side of the page: what the field in focus means, and its basis."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import bordered, icon_button
from thidua_desktop.ui.components.labels import caption, hairline_widget, label
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.rooms import HelpText

_KEYS = (
    ("Ctrl+K", "tìm mọi thứ"),
    ("Ctrl+F", "trong sổ: ô lọc; điểm danh: ô tìm hộ"),
    ("Ctrl+N", "ghi mới"),
    ("Ctrl+Z, Ctrl+Y", "hoàn tác, làm lại"),
    ("F6", "sang vùng kế tiếp"),
    ("F7", "trong sổ: xếp theo cột"),
    ("Alt+1 … Alt+9", "mở phòng; bấm lại ở sổ sách: nhóm sổ tiếp theo"),
    ("Ctrl +, Ctrl -", "cỡ chữ"),
    ("Esc", "trở lại, giữ bản nháp"),
)


class HelpPanel(QFrame):
    """Shown over the page, 308 px wide; ``closed`` when it is put away."""

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget, guide: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._look, self._over = look, parent
        self.setProperty("kind", "popup")
        self.setAccessibleName("Trợ giúp")
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 0)
        head = QHBoxLayout()
        look.margins(head, 16, 4, 4, 4, 8)
        self._title = label("", TextRole.CARD_TITLE, wrap=True)
        close = icon_button(look, "x", "Đóng trợ giúp (Esc)")
        close.clicked.connect(self.put_away)
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        outer.addWidget(hairline_widget())
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 16, 12, 16, 12, 8)
        self._told = QVBoxLayout()
        self._told.setSpacing(look.px(8))
        self._words = ""
        column.addLayout(self._told)
        column.addSpacing(look.px(8))
        column.addWidget(label("Phím dùng ở mọi nơi", TextRole.STRONG))
        table = QGridLayout()
        look.margins(table, 0, 0, 0, 0, 8)
        table.setColumnStretch(1, 1)
        for row, (keys, meaning) in enumerate(_KEYS):
            table.addWidget(label(keys), row, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(caption(meaning, wrap=True), row, 1)
        column.addLayout(table)
        if guide is not None:
            self.guide_button = bordered(look, "Mở sổ tay cán bộ", "book-open")
            self.guide_button.clicked.connect(guide)
            column.addSpacing(look.px(8))
            column.addWidget(self.guide_button)
        column.addStretch(1)
        outer.addWidget(scrolling(content, "Lời giải thích"), 1)
        self.hide()

    def explain(self, *parts: HelpText) -> None:
        """Shows one text below the other, what stands nearest to the focus first."""
        clear_layout(self._told)
        self._words = " ".join(part.text for part in parts)
        for place, part in enumerate(parts):
            if place:
                self._told.addWidget(label(part.title, TextRole.STRONG, wrap=True))
            self._told.addWidget(label(part.text, ink="text-2", wrap=True))
            if part.basis:
                self._told.addWidget(caption(part.basis, wrap=True))
        self._title.setText(parts[0].title)
        self.show()
        self.raise_()

    def words(self) -> str:
        """What is explained now."""
        return self._words

    def put_away(self) -> None:
        """Hides the panel."""
        self.hide()
        self.closed.emit()

    def place(self, told_of: QWidget | None = None) -> None:
        """Along the right edge of the parent, or the left one where it would cover what it tells of."""
        parent = self._over
        width = min(self._look.px(324), parent.width())
        gap = self._look.px(8)
        left = parent.width() - width - gap
        if told_of is not None and parent.isAncestorOf(told_of):
            seen = told_of.rect().intersected(told_of.visibleRegion().boundingRect())
            at = told_of.mapTo(parent, seen.topLeft()).x()
            if at >= gap + width and at + seen.width() > left:
                left = gap
        self.setGeometry(left, gap, width, parent.height() - 2 * gap)
