"""The items of the meeting in order, each with its state; under them adding one, and what follows the meeting."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.labels import hairline_widget, label
from thidua_desktop.ui.components.painting import draw_icon_at, draw_words, hairline, rounded_box
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet

_MOST_LINES = 3
_SCROLL_BAR = 12


def broken_lines(text: str, font: QFont, width: int, most: int = _MOST_LINES) -> list[str]:
    """``text`` in at most ``most`` lines of ``width`` pixels, the last one elided."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    found: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, 0))
        rest = text[line.textStart() :]
        if len(found) == most - 1:
            found.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        found.append(rest[: line.textLength()].rstrip())
    layout.endLayout()
    return found or [""]


def left_of(pane_width: int) -> int:
    """Where words start in a pane of this width, px at 100 %."""
    return 16 if pane_width > 190 else 12


class AgendaRow(QAbstractButton):
    """One item: its words over as many lines as they need, and its state. ↑ ↓ go to the neighbours."""

    stepped = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look = look
        self._state = StateText(State.MISSING, "")
        self._pane_width = 196
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.follow(self, self._fit)

    def tell(self, words: str, state: StateText, chosen: bool) -> None:
        """Words, state, and whether it is the one being worked on."""
        self._state = state
        self.setText(words)
        self.setAccessibleName(f"{words}, {state.text}")
        self.setToolTip(words)
        self.setChecked(chosen)
        self._fit()
        self.update()

    def state_words(self) -> str:
        """The words of the state."""
        return self._state.text

    def set_pane_width(self, pixels: int) -> None:
        """Width of the pane, px at 100 %: lines are broken the same with and without a scroll bar."""
        self._pane_width = pixels
        self._fit()

    @property
    def _left(self) -> int:
        return self._look.px(left_of(self._pane_width))

    @property
    def _room(self) -> int:
        return self._look.px(self._pane_width - _SCROLL_BAR) - self._left

    def _lines(self) -> list[str]:
        return broken_lines(self.text(), self._look.font(bold=self.isChecked()), self._room)

    def _state_lines(self) -> list[str]:
        look = self._look
        return broken_lines(self._state.text, look.font(TextRole.CAPTION), self._room - look.px(16 + 4), 2)

    def _fit(self) -> None:
        """As high as its words and state need at this width."""
        px = self._look.px
        lines = len(self._lines()) * px(19) + len(self._state_lines()) * px(17)
        self.setFixedHeight(px(10) + lines + px(5) + px(9))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(172), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, on_it = self._look, self.isChecked()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("sel" if on_it else "raised" if self.underMouse() else "surface"))
        hairline(painter, look, 0, self.width(), self.height() - 1)
        contrast = on_it and look.high_contrast
        if on_it:
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.color("on-sel" if contrast else "accent-ink"))
        left, width, top = self._left, self._room, look.px(10)
        font, ink = look.font(bold=on_it), look.color("on-sel" if on_it else "text")
        for line in self._lines():
            draw_words(painter, line, QRect(left, top, width, look.px(19)), font, ink)
            top += look.px(19)
        name = "on-sel" if contrast else self._state.ink
        middle = top + look.px(11)
        after = draw_icon_at(painter, look, self._state.icon_name, name, left, middle, 16) + look.px(4)
        for number, line in enumerate(self._state_lines()):
            words = QRect(after, top + look.px(2 + 17 * number), self.width() - after, look.px(17))
            draw_words(painter, line, words, look.font(TextRole.CAPTION), look.color(name))
        if self.hasFocus():
            rounded_box(painter, self.rect().adjusted(0, 0, 0, -1), None, look.color("accent-ink"), 2, look.px(4))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """The pane decides which row is chosen."""


class AgendaPane(QFrame):
    """``chosen`` carries the place of an item, or the number of items for the tasks that follow.

    ``opened`` too when the person pressed Enter or the mouse, so that the focus may go into the item.
    """

    chosen = Signal(int)
    opened = Signal(int)
    add_wanted = Signal()

    def __init__(self, look: Look, sheet: MeetingSheet) -> None:
        super().__init__()
        self._look, self._sheet = look, sheet
        self.setAccessibleName("Nội dung họp")
        self.current = 0
        self._width = 196
        self.rows: list[AgendaRow] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        title = label("Nội dung họp", TextRole.CARD_TITLE)
        head = QWidget()
        self._head_row = QVBoxLayout(head)
        self._head_row.addWidget(title)
        look.follow(head, lambda: head.setFixedHeight(look.px(40)))
        outer.addWidget(head)
        outer.addWidget(hairline_widget())
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.tasks_row = self._make_row()
        self.add_button = link(look, "Thêm nội dung", "plus", leads=False)
        self.add_button.clicked.connect(self.add_wanted)
        self._add_holder = QWidget()
        self._add_row = QVBoxLayout(self._add_holder)
        self._add_row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._add_holder)
        self._column.addWidget(hairline_widget())
        self._column.addWidget(self.tasks_row)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        content.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        outer.addWidget(self._area, 1)
        sheet.changed.connect(lambda _what: self.refresh())

    def set_width(self, pixels: int) -> None:
        """Width of the pane, px at 100 %."""
        self._width = pixels
        px = self._look.px
        self.setFixedWidth(px(pixels))
        left = px(left_of(pixels))
        self._head_row.setContentsMargins(left, 0, px(8), 0)
        self._add_row.setContentsMargins(left, px(7), px(8), px(7))
        for row in (*self.rows, self.tasks_row):
            row.set_pane_width(pixels)

    def _make_row(self) -> AgendaRow:
        row = AgendaRow(self._look)
        row.set_pane_width(self._width)
        row.clicked.connect(lambda: self._on_clicked(row))
        row.stepped.connect(lambda by: self._step(row, by))
        return row

    def refresh(self) -> None:
        """Shows every item as it stands."""
        agenda, states = self._sheet.agenda, self._sheet.state.items
        while len(self.rows) < len(agenda):
            row = self._make_row()
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
            if len(self.rows) > 1:
                QWidget.setTabOrder(self.rows[-2], row)
            else:
                QWidget.setTabOrder(self.add_button, row)  # to where that button is,
                QWidget.setTabOrder(row, self.add_button)  # and the button behind it, as one reads
        while len(self.rows) > len(agenda):
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        over = self._sheet.values.get("status") in on.OVER
        for at, (row, item, state) in enumerate(zip(self.rows, agenda, states, strict=True)):
            words = f"{at + 1}. {item.get('subject') or 'Việc mới'}"
            here = at == self.current
            row.tell(words, on.item_words(item, state, self._sheet.state.total, here, over), here)
        tasks = len(on.rows(self._sheet.values, "tasks"))
        shown = StateText(State.DONE_QUIETLY, f"{tasks} việc") if tasks else StateText(State.MISSING, "Chưa có việc")
        self.tasks_row.tell("Việc sau họp", shown, self.current >= len(agenda))

    def choose(self, at: int) -> None:
        """Marks an item (or the tasks) as the one being worked on."""
        self.current = at
        self.refresh()
        self._area.ensureWidgetVisible(self.row(at))

    def row(self, at: int) -> AgendaRow:
        """The row of an item; of the tasks past the last one."""
        return self.rows[at] if at < len(self.rows) else self.tasks_row

    def first_place(self) -> QWidget:
        """Where Ctrl+2 goes."""
        return self.row(self.current) if self.rows else self.add_button

    def _place(self, row: AgendaRow) -> int:
        return self.rows.index(row) if row in self.rows else len(self.rows)

    def _on_clicked(self, row: AgendaRow) -> None:
        self.opened.emit(self._place(row))

    def _step(self, row: AgendaRow, by: int) -> None:
        to = min(len(self.rows), max(0, self._place(row) + by))
        self.chosen.emit(to)
        self.row(to).setFocus(Qt.FocusReason.OtherFocusReason)
