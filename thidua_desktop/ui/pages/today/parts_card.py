"""Kết quả trong kỳ: x of y as bars with the period before as yardstick."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.text import UNTOLD, format_number
from thidua_desktop.ui.components.bars import draw_bar
from thidua_desktop.ui.components.buttons import pressed_by_enter
from thidua_desktop.ui.components.labels import hairline_widget
from thidua_desktop.ui.components.painting import LEFT, RIGHT, draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

if TYPE_CHECKING:
    from thidua_desktop.services.standing import Part

_LEAST_BAR = 96  # px at 100 %: long names take from the bars down to this, then a second line
_SOON = 7  # days before the period's end from which a gap is marked


class PartWidths:
    """The columns that all rows share, px as drawn; the bar's at 100 %; ``room``: what names really have."""

    def __init__(self, bar: int = 168) -> None:
        self.bar = bar
        self.name = self.room = 0
        self.value = 0
        self.state = 0

    def bar_within(self, look: Look, room: int) -> int:
        """Pixels of the bars where all columns have ``room``: the names come first."""
        left = room - 3 * look.px(12) - self.name - self.value - self.state
        return min(look.px(self.bar), max(look.px(_LEAST_BAR), left))


class PartRow(QAbstractButton):
    """Name with whose it is under it, bar, x/y with unit, state; a press opens the records behind it."""

    def __init__(
        self, look: Look, part: Part, days_left: int, widths: PartWidths, shown: StateText | None = None
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self.part, self._widths = look, part, widths
        self._shown = shown or part_state(part, days_left)
        self.words = part_words(part)
        self.setText(f"{part.place}: {part.label}" if part.place else part.label)
        self.setAccessibleName(f"{self.text()}: {self.words}, {self._shown.text}")
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> StateText:
        """The state that the row ends with."""
        return self._shown

    def sizeHint(self) -> QSize:
        wraps = bool(self._widths.room) and self._look.text_width(self.part.label) > self._widths.room
        return QSize(self._look.px(480), self._look.px(31 + (15 if self.part.place else 0) + (20 if wraps else 0)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(320), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, widths = self._look, self._widths
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), look.color("raised"))
        if self.hasFocus():
            rounded_box(painter, self.rect().adjusted(1, 1, -1, -1), None, look.color("accent-ink"), 2, look.px(4))
        middle, gap, height = self.height() // 2, look.px(12), self.height()
        small = look.font(TextRole.CAPTION)
        right = self.width() - look.px(16)
        state_left = right - widths.state
        left = state_left
        if self._shown.state is not State.QUIET:
            left = draw_icon_at(painter, look, self._shown.icon_name, self._shown.ink, left, middle, 16) + look.px(4)
        ink = look.color(self._shown.ink if self._shown.state is not State.QUIET else "text-2")
        draw_words(painter, self._shown.text, QRect(left, 0, right - left, height), small, ink, LEFT)
        value_left = state_left - gap - widths.value
        area = QRect(value_left, 0, widths.value, height)
        draw_words(painter, self.words, area, small, look.color("text"), RIGHT)
        bar = widths.bar_within(look, right - look.px(16))
        bar_left = value_left - gap - bar
        part = self.part
        mark = None if part.before is None else float(part.before)
        draw_bar(painter, look, QRect(bar_left, 0, bar, height), float(part.value), float(part.whole), mark)
        name = QRect(look.px(16), 0, bar_left - gap - look.px(16), height)
        if part.place:
            under = QRect(name.left(), height - look.px(23), name.width(), look.px(20))
            draw_words(painter, part.place, under, small, look.color("muted"), LEFT)
            name.setBottom(height - look.px(19))
        painter.setFont(look.font())
        painter.setPen(look.color("text"))
        painter.drawText(name, int(LEFT | Qt.TextFlag.TextWordWrap), part.label)
        painter.end()


class PartsView(QWidget):
    """All rows with hairlines; ``opened`` carries the indicator's name."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._widths = PartWidths()
        self.rows: list[PartRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        look.follow(self, self._measure)

    def set_parts(self, parts: Sequence[Part], days_left: int, states: Sequence[StateText] = ()) -> None:
        """Replaces all rows; ``states`` are what they end with where the days left do not say it."""
        clear_layout(self._column)
        self.rows = [
            PartRow(self._look, part, days_left, self._widths, state) for part, state in zip_longest(parts, states)
        ]
        for number, row in enumerate(self.rows):
            if number:
                self._column.addWidget(hairline_widget())
            self._column.addWidget(row)
            row.clicked.connect(lambda _checked=False, name=row.part.indicator: self.opened.emit(name))
        self._measure()

    def set_bar_width(self, width: int) -> None:
        """Width of the bars, px at 100 %."""
        self._widths.bar = width
        self._fit()

    def _measure(self) -> None:
        look = self._look
        small = TextRole.CAPTION
        self._widths.name = max((look.text_width(row.part.label) for row in self.rows), default=0)
        self._widths.value = max((look.text_width(row.words, small) for row in self.rows), default=0)
        icon = look.px(20)
        self._widths.state = max((look.text_width(row.shown.text, small) + icon for row in self.rows), default=0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look, widths = self._look, self._widths
        within = self.width() - 2 * look.px(16)
        widths.room = within - 3 * look.px(12) - widths.value - widths.state - widths.bar_within(look, within)
        for row in self.rows:
            row.updateGeometry()
            row.update()


def part_words(part: Part) -> str:
    """ "77/86 tổ"; "–/86 tổ" where nobody has ever written it down."""
    return f"{UNTOLD if part.unrecorded else format_number(part.value)}/{format_number(part.whole)} {part.whole_unit}"


def part_state(part: Part, days_left: int) -> StateText:
    """Reached, still missing, or (of parts that need not fill) the share; what was never written down is neither."""
    if part.unrecorded:
        return StateText(State.QUIET, "chưa ghi")
    if not part.should_fill:
        share = Decimal(part.value) * 100 / Decimal(part.whole)
        return StateText(State.QUIET, f"{format_number(share, 1)}%")
    if not part.missing:
        return StateText(State.OK, "Đủ")
    return StateText(
        State.SOON if days_left <= _SOON else State.LATER, f"Còn {format_number(part.missing)} {part.whole_unit}"
    )
