"""The top bar: the office over the sidebar, search from the page's margin on, then Hoàn tác, Trợ giúp, Ghi mới."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import borderless, tinted
from thidua_desktop.ui.components.painting import RIGHT, draw_icon_at, draw_words
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.page import LayoutClass
from thidua_desktop.ui.shell.rooms import ShellHeader
from thidua_desktop.ui.shell.search import SearchBox
from thidua_desktop.ui.shell.sidebar import SIDEBAR_WIDTH

_SEARCH_WIDTHS = {LayoutClass.WIDE: 520, LayoutClass.MEDIUM: 400, LayoutClass.COMPACT: 280}


class _OfficeName(QWidget):
    """Mark, office and the level above it, over the sidebar's width."""

    def __init__(self, look: Look, office: str, detail: str) -> None:
        super().__init__()
        self._look, self._office, self._detail = look, office, detail
        self.setAccessibleName(f"{office}, {detail}".strip(", "))
        self.setToolTip(self.accessibleName())
        look.follow(self, lambda: self.setFixedSize(look.px(SIDEBAR_WIDTH), look.px(51)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        draw_icon_at(painter, look, "landmark", "accent-ink", look.px(16), self.height() // 2, 24)
        left, width = look.px(50), self.width() - look.px(54)
        upper = QRect(left, look.px(7), width, look.px(21)) if self._detail else QRect(left, 0, width, self.height())
        draw_words(painter, self._office, upper, look.font(TextRole.STRONG), look.color("text"))
        lower = QRect(left, look.px(27), width, look.px(17))
        draw_words(painter, self._detail, lower, look.font(TextRole.CAPTION), look.color("text-2"))
        painter.end()


class _TopSearch(SearchBox):
    """Shows its key at the right end while empty."""

    def set_width(self, width: int) -> None:
        """Preferred width, px at 100 %; room for the key hint is kept free."""
        self._width, self._tail = width, 52
        self._restyle()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text():
            painter = QPainter(self)
            area = QRect(0, 0, self.width() - self._look.px(10), self.height())
            draw_words(painter, "Ctrl+K", area, self._look.font(TextRole.CAPTION), self._look.color("muted"), RIGHT)
            painter.end()


class TopBar(QWidget):
    """52 px. Its buttons are ``undo``, ``help`` and ``new``; its field is ``search``."""

    def __init__(self, look: Look, header: ShellHeader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._class = LayoutClass.WIDE
        self.setProperty("kind", "topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Thanh trên")
        row = QHBoxLayout(self)
        look.margins(row, 0, 0, 16, 1, 8)
        self._office = _OfficeName(look, header.office, header.office_detail)
        self.search = _TopSearch(look, header.search)
        self.undo = borderless(look, "Hoàn tác", "undo-2")
        self.undo.setToolTip("Hoàn tác việc vừa ghi (Ctrl+Z), làm lại (Ctrl+Y)")
        self.help = borderless(look, "Trợ giúp", "circle-question-mark", "F1")
        self.new = tinted(look, "Ghi mới", "plus", "Ctrl+N")
        for key, part in (("search", self.search), ("undo", self.undo), ("help", self.help), ("new", self.new)):
            explain_by(f"bar_{key}", part)
        row.addWidget(self._office)
        row.addSpacing(look.px(8))
        row.addWidget(self.search)
        row.addStretch(1)
        for button in (self.undo, self.help, self.new):
            row.addWidget(button)
        look.follow(self, self._restyle)

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Narrows the search, then drops the key hints."""
        self._class = kind
        for button in (self.help, self.new):
            button.set_key_hint_shown(kind is not LayoutClass.COMPACT)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._look.px(52))
        self.search.set_width(_SEARCH_WIDTHS[self._class])
        self.search.setMaximumWidth(self._look.px(_SEARCH_WIDTHS[self._class]))
        self.search.setMinimumWidth(self._look.px(160))
