"""``date``: a day typed as people type it, with what it was understood as beside it and a calendar to point at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import icon_button
from thidua_desktop.ui.components.fields import FieldFrame, FieldState, set_field_state
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import TypedLine
from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_NEAR = {0: "hôm nay", -1: "hôm qua", -2: "hôm kia", 1: "ngày mai"}


def near_words(day: date, today: date) -> str:
    """A day in words: "hôm qua" near today, else its weekday."""
    return _NEAR.get((day - today).days) or _WEEKDAYS[day.weekday()]


class DateInput(LineInput):
    """A day. Beside it: while the text is no full date, the date it means; once it is, the day in words."""

    fill = False
    px_width = 136

    def _place(self, line: TypedLine) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.frame = FieldFrame(self.look)
        line.setFrame(False)
        self.calendar_button = icon_button(self.look, "calendar", f"Lịch: {self.spec.label}")
        self.calendar_button.set_compact(26)
        self.calendar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.calendar_button.clicked.connect(self.open_calendar)
        self.frame.row.addWidget(line, 1)
        self.frame.row.addWidget(self.calendar_button)
        self.frame.watch(line)
        line.installEventFilter(self)
        row.addWidget(self.frame)

    def note(self) -> str:
        try:
            day = self.value()
        except NotUnderstood:
            return ""
        if not isinstance(day, date):
            return ""
        shown = format_date(day)
        return near_words(day, self.context.session.today) if self.line.text().strip() == shown else shown

    def set_state(self, state: FieldState) -> None:
        set_field_state(self.frame, state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        opens = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if opens and not self.composing():
            self.open_calendar()
            return True
        return False

    def open_calendar(self) -> None:
        """A month to point at, starting at the typed day; nothing opens while an input method is composing."""
        if self.composing():
            return
        try:
            day = self.value()
        except NotUnderstood:
            day = None
        popup = CalendarPopup(self.look, day if isinstance(day, date) else self.context.session.today, self)
        popup.calendar.activated.connect(lambda chosen: self._take(popup, chosen))
        popup.calendar.clicked.connect(lambda chosen: self._take(popup, chosen))
        popup.open_under(self.frame)

    def _take(self, popup: QWidget, chosen: QDate) -> None:
        popup.close()
        self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


class CalendarPopup(QFrame):
    """A small month under a date field; Esc or a click elsewhere closes it."""

    def __init__(self, look: Look, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        column = QVBoxLayout(self)
        look.margins(column, 4, 4, 4, 4, 0)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName("Lịch")
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setMinimumDate(QDate(1900, 1, 1))
        self.calendar.setMaximumDate(QDate(2100, 12, 31))
        self._ink(look)
        column.addWidget(self.calendar)

    def _ink(self, look: Look) -> None:
        """Colours of the theme for what Qt draws in its own: weekends, names of days, the arrows of the month."""
        plain = QTextCharFormat()
        plain.setForeground(look.color("text"))
        self.calendar.setHeaderTextFormat(plain)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            arrow = self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if isinstance(arrow, QToolButton):
                arrow.setIcon(look.icon(icon, "on-accent"))
                arrow.setAccessibleName("Tháng trước" if name == "prev" else "Tháng sau")

    def open_under(self, field: QWidget) -> None:
        """Shows the month below the field, or above it where the screen ends."""
        size = self.sizeHint()
        at = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = field.screen().availableGeometry()
        if at.y() + size.height() > screen.bottom():
            at = field.mapToGlobal(QPoint(0, -size.height() - 2))
        self.move(max(screen.left(), min(at.x(), screen.right() - size.width())), max(screen.top(), at.y()))
        self.show()
        self.calendar.setFocus()
