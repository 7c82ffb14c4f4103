"""Tags: a state with a soft tint, 24 px, only beside a title."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.components.painting import draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class Tag(QWidget):
    """Icon and word of a state on its soft tint."""

    def __init__(self, look: Look, state: State, text: str, icon: str = "") -> None:
        super().__init__()
        self._look = look
        self._shown = StateText(state, text, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The word."""
        return self._shown.text

    def set_state(self, state: State, text: str, icon: str = "") -> None:
        """Changes state and word."""
        self._shown = StateText(state, text, icon)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        words = look.text_width(self._shown.text, TextRole.CAPTION)
        return QSize(look.px(6) + look.px(16) + look.px(4) + words + look.px(8), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, shown = self._look, self._shown
        painter = QPainter(self)
        border = look.color(shown.ink) if look.high_contrast else None
        rounded_box(painter, self.rect(), look.color(shown.soft), border, radius=look.px(4))
        left = draw_icon_at(painter, look, shown.icon_name, shown.ink, look.px(6), self.height() // 2, 16) + look.px(4)
        area = QRect(left, 0, self.width() - left - look.px(4), self.height())
        draw_words(painter, shown.text, area, look.font(TextRole.CAPTION), look.color(shown.ink))
        painter.end()
