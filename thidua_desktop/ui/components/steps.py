"""Numbered steps: the trail under a report's head, and the large number of a step card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.components.painting import CENTER, draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class StepNumber(QWidget):
    """A number on the accent, 28 px square; ``quiet`` draws it outlined for a step that is not yet on."""

    def __init__(self, look: Look, number: int, quiet: bool = False) -> None:
        super().__init__()
        self._look, self._number, self._quiet = look, number, quiet
        self.setAccessibleName(f"Bước {number}")
        look.follow(self, lambda: self.setFixedSize(look.px(28), look.px(28)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_step_number(painter, self._look, self.rect(), self._number, filled=not self._quiet, large=True)
        painter.end()


def draw_step_number(painter: QPainter, look: Look, box: QRect, number: int, filled: bool, large: bool = False) -> None:
    """The square with its number."""
    fill = look.color("accent" if filled else "surface")
    same = look.tokens.accent == look.tokens.accent_ink
    border = look.color("edge") if not filled else None if same else look.color("accent-ink")
    rounded_box(painter, box, fill, border, radius=look.px(3))
    role = TextRole.CARD_TITLE if large else TextRole.TABLE_HEAD
    ink = look.color("on-accent" if filled else "text-2")
    draw_words(painter, str(number), box, look.font(role, filled or large), ink, CENTER)


class StepTrail(QWidget):
    """Steps in one line with chevrons between; ``chosen`` when a step is pressed that was reached already."""

    chosen = Signal(int)

    def __init__(self, look: Look, steps: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._look, self._steps, self._current = look, tuple(steps), current
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_current(current)

    def current(self) -> int:
        """Index of the step one is at."""
        return self._current

    def set_current(self, current: int) -> None:
        """Moves to another step."""
        self._current = current
        self.setAccessibleName(f"Bước {current + 1}/{len(self._steps)}: {self._steps[current]}")
        self.update()

    def sizeHint(self) -> QSize:
        places = self._places()
        return QSize(places[-1].right() + 1 if places else 0, self._look.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(24))

    def _places(self) -> list[QRect]:
        """One rectangle per step, number and words together."""
        look, left = self._look, 0
        places = []
        for text in self._steps:
            width = look.px(26) + look.text_width(text, bold=True)
            places.append(QRect(left, 0, width, self.height() or look.px(24)))
            left += width + look.px(34)
        return places

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, place in enumerate(self._places()):
            if place.contains(event.position().toPoint()) and index <= self._current:
                self.chosen.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        middle, side = self.height() // 2, look.px(20)
        for index, (text, place) in enumerate(zip(self._steps, self._places(), strict=True)):
            here = index == self._current
            box = QRect(place.left(), middle - side // 2, side, side)
            draw_step_number(painter, look, box, index + 1, filled=here)
            words = place.adjusted(look.px(26), 0, 0, 0)
            ink = look.color("text" if here else "text-2")
            draw_words(painter, text, words, look.font(bold=here), ink)
            if index + 1 < len(self._steps):
                draw_icon_at(painter, look, "chevron-right", "text-2", place.right() + look.px(8), middle)
        painter.end()
