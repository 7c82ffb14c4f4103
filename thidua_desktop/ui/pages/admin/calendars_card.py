"""Lịch báo cáo: which calendar the office goes by, calendars that came as files, and due days set by the province."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import calendars, due_days, periods, report_periods
from thidua_desktop.services.calendars import CalendarView
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.report_periods import PeriodGroup
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

NOT_ALLOWED = "Chỉ người quản trị của văn phòng đổi được"
_DUE_HINT = "“3 ngày làm việc”, “ngày 25” (hằng tháng) hoặc “25/6; 25/12” (hằng năm). Để trống là theo lịch."
_UNSURE = {"M": "Ngày theo thông lệ, cần đối chiếu văn bản.", "?": "Ngày là mặc định, chưa có văn bản; cần đối chiếu."}


class CalendarsCard(Card):
    """``take_asked`` carries the file of a calendar to be looked at; ``due_asked`` asks for the dialog of due days."""

    take_asked = Signal(object)
    due_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Lịch báo cáo")
        self._look, self._session = look, session
        self.default = ChoiceBox(look, "Lịch chung của đơn vị")
        self.added = label("", wrap=True)
        self.take_button = bordered(look, "Nhận lịch từ tệp…", "file-input")
        self.due_button = bordered(look, "Hạn nộp báo cáo…", "calendar-clock")
        self.take_button.clicked.connect(self._ask_file)
        self.due_button.clicked.connect(self.due_asked)
        self._offered: list[tuple[str, str]] = []
        self.default.activated.connect(self._choose)
        if not session.may(Permission.MANAGE):
            self.default.setEnabled(False)
            for button in (self.take_button, self.due_button):
                button.set_reason(NOT_ALLOWED)
        self.add_padded(label("Lịch chung của đơn vị", ink="text-2"), top=12, bottom=4)
        self.add_padded(self.default, top=0, bottom=4)
        self.add_padded(
            caption("Danh sách, Hôm nay và các báo cáo có lịch này theo ngày chốt của nó.", wrap=True), top=0
        )
        self.add_padded(self.added, top=0, bottom=12)
        self.add_foot(self.take_button, self.due_button)

    def show_calendars(self) -> None:
        """Read them again."""
        offered = [(one.title, one.name) for one in calendars.offered_defaults(self._session)]
        if offered != self._offered:
            self._offered = offered
            self.default.clear()
            for title, name in offered:
                self.default.addItem(title, name)
        self.default.choose(periods.calendar(self._session).name)
        lines = [f"{one.title} (bản {one.version})" for one in calendars.added(self._session)]
        self.added.setText("Nhận từ tệp: " + "; ".join(lines) + "." if lines else "Chưa nhận lịch nào từ tệp.")

    def _choose(self, _at: int = 0) -> None:
        try:
            calendars.choose_default(self._session, str(self.default.chosen()))
        except UserError as error:
            show_error(self._look, error, self)
            self.show_calendars()

    def _ask_file(self) -> None:
        path = file_to_open(self, "Nhận lịch báo cáo", "Lịch báo cáo (*.toml)", Files.DEFINITIONS)
        if path is not None:
            self.take_asked.emit(path)


class TakeCalendarDialog(FormDialog):
    """A calendar with its periods, before it is taken in. ``content``: the bytes of its file."""

    def __init__(self, look: Look, session: Session, content: bytes, source: str, parent: QWidget | None) -> None:
        seen = calendars.look_at(session, content, source)
        super().__init__(look, "Nhận lịch báo cáo", f"Thay bản {seen.replaces}" if seen.replaces else "Nhận", parent)
        self._session, self._content, self._source = session, content, source
        self.seen = seen
        self.column.addWidget(label(f"{seen.title}, bản {seen.version}", TextRole.STRONG, wrap=True))
        for words in _facts(seen):
            self.column.addWidget(label(words, ink="text-2", wrap=True))
        self.lines = WordList(look, "Các kỳ của lịch")
        for one in seen.periods:
            self.lines.addItem(f"{one.label}, hạn nộp {format_date(one.due)}")
        self.lines.setMinimumHeight(look.px(180))
        self.column.addWidget(self.lines)
        size_to_content(look, self, 620)

    def work(self) -> bool:
        """Takes it in."""
        calendars.take_in(self._session, self._content, self._source)
        return True


def _facts(seen: CalendarView) -> list[str]:
    reports = "; ".join(seen.reports) or "chưa báo cáo nào dùng"
    lines = [f"Căn cứ: {seen.basis}", f"Báo cáo: {reports}"]
    if seen.replaces:
        lines.append(f"Thay bản {seen.replaces} đang dùng. Báo cáo đã chốt giữ nguyên từ ngày, đến ngày.")
    return [*lines, *filter(None, [_UNSURE.get(seen.certainty)])]


class DueDialog(FormDialog):
    """When a report of a kind of period is due, and the text that says so."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None) -> None:
        super().__init__(look, "Hạn nộp báo cáo", "Ghi", parent)
        self._session = session
        self.reports = ChoiceBox(
            look, "Báo cáo", [(one.name, one.title) for one in session.definitions.reports.values()]
        )
        self.kinds = ChoiceBox(look, "Kỳ")
        self.due = PlainLine(look, "Hạn nộp")
        self.basis = PlainLine(look, "Căn cứ")
        self.now = caption("", wrap=True)
        self.add_row("report", FormRow(look, "Báo cáo", self.reports))
        self.add_row("kind", FormRow(look, "Kỳ", self.kinds))
        self.column.addWidget(self.now)
        self.add_row("due", FormRow(look, "Hạn nộp riêng", self.due, _DUE_HINT))
        self.add_row("basis", FormRow(look, "Căn cứ", self.basis, "Ví dụ: Quyết định 12/2026/QĐ-UBND của tỉnh"))
        self.reports.currentIndexChanged.connect(self._show_kinds)
        self.kinds.currentIndexChanged.connect(self._show_due)
        self._show_kinds()
        size_to_content(look, self, 560)

    def work(self) -> bool:
        """Sets it."""
        due_days.set_due(
            self._session, str(self.reports.chosen()), str(self.kinds.chosen()), self.due.text(), self.basis.text()
        )
        return True

    def _show_kinds(self, _at: int = 0) -> None:
        spec = self._session.definitions.reports[str(self.reports.chosen())]
        self._groups = {group.key: group for group in report_periods.groups(self._session, spec)}
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for group in self._groups.values():
            self.kinds.addItem(group.title, group.key)
        self.kinds.blockSignals(False)
        self._show_due()

    def _show_due(self, _at: int = 0) -> None:
        report, group = str(self.reports.chosen()), self._groups[str(self.kinds.chosen())]
        own = due_days.set_dues(self._session, report).get(group.key)
        self.due.setText(due_days.due_words(own.due) if own is not None else "")
        self.basis.setText(own.basis if own is not None else "")
        told = self._told(group)
        self.now.setText(told)
        set_shown(self.now, bool(told))

    def _told(self, group: PeriodGroup) -> str:
        """The day that now holds for the latest period."""
        spec = self._session.definitions.reports[str(self.reports.chosen())]
        period = report_periods.latest(self._session, group)
        if period is None:
            return ""
        due = report_periods.due(self._session, spec, period)
        return f"{period.label}: hiện nay hạn nộp {format_date(due)}."
