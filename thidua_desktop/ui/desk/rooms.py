"""The rooms of the two desks: which there are, in which order, and how each page is made when first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from thidua_desktop.formdef.model import GROUPS, RegisterSpec, Values
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate
from thidua_desktop.ui.shell.rooms import Room

TODAY, REPORT, HANDOFF, ADMIN = "today", "report", "handoff", "admin"
STANDARDS = "standards"
INBOX, BOARD, TOTALS, CHANGES = "inbox", "board", "totals", "commune_changes"
SURVEYS = "surveys"
BOOKS, WORK, PROVINCE_WORK = "Sổ sách", "Công việc", "Công việc của tỉnh"

_ICONS: Mapping[str, str] = {
    "plans": "list-checks",
    "movement": "flag",
    "community": "handshake",
    "forces": "users",
    "security": "shield",
    "emulation": "target",
    "awards": "award",
}


def room_of(spec: RegisterSpec) -> str:
    """The room in which a register's records are found."""
    return SURVEYS if spec.survey is not None else spec.name


LookChanged = Callable[[str, float], None]


class RoomMaker:
    """Makes pages for one session; pages are imported when their room is first opened."""

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, look_changed: LookChanged,
        restore_ready: Callable[[object], None] = lambda _ready: None,
        setup_ready: Callable[[object], None] = lambda _ready: None,
        show_guide: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.session, self.look, self.navigate = session, look, navigate
        self._look_changed, self._restore_ready, self._setup_ready = look_changed, restore_ready, setup_ready
        self._show_guide = show_guide

    def rooms(self) -> list[Room]:
        """All rooms of this desk, in their order."""
        today = Room(TODAY, "Hôm nay", "house", make_page=self.today)
        work = PROVINCE_WORK if self.session.is_province else WORK
        surveys = Room(SURVEYS, "Phiếu khảo sát", "clipboard-list", work, make_page=self.surveys)
        admin = Room(ADMIN, "Quản trị", "settings", WORK, make_page=self.admin)
        if self.session.is_province:
            inbox = Room(INBOX, "Hộp thư gói", "inbox", PROVINCE_WORK, make_page=self.inbox)
            board = Room(BOARD, "Bảng theo dõi", "layout-grid", PROVINCE_WORK, make_page=self.board)
            totals = Room(TOTALS, "Tổng hợp", "sigma", PROVINCE_WORK, make_page=self.totals)
            report = Room(REPORT, "Báo cáo tổng hợp", "file-text", PROVINCE_WORK, make_page=self.report)
            changes = Room(CHANGES, "Sắp xếp đơn vị", "network", PROVINCE_WORK, make_page=self.changes)
            return [inbox, board, totals, report, surveys, changes, *self.books(), admin]
        report = Room(REPORT, "Báo cáo", "file-text", WORK, make_page=self.report)
        handoff = Room(HANDOFF, "Gửi – nhận", "arrow-left-right", WORK, make_page=self.handoff)
        return [today, *self.books(), report, handoff, surveys, admin]

    def books(self) -> list[Room]:
        """The registers under their fields of work."""
        fields: dict[str, list[Room]] = {}
        if not self.session.is_province:
            fields["emulation"] = [Room(STANDARDS, "Chấm, công nhận", make_page=self.standards)]
        for spec in self.session.definitions.registers.values():
            if self.has_room(spec):
                room = Room(spec.name, spec.short or spec.title, make_page=self._list_maker(spec.name))
                fields.setdefault(spec.group, []).append(room)
        return [
            Room(f"field.{key}", title, _ICONS[key], BOOKS, tuple(fields[key]))
            for key, title in GROUPS.items()
            if key in fields
        ]

    def has_room(self, spec: RegisterSpec) -> bool:
        """Whether a register stands in the sidebar of the person at the desk."""
        here = spec.travels == "full" or not self.session.is_province
        own = not spec.hidden and spec.survey is None
        return here and own and self.session.opens(spec.name)

    def listing(self, register: str) -> QWidget:
        """The list of a register that has no room of its own."""
        return self._list_maker(register)()

    def _list_maker(self, register: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            from thidua_desktop.ui.pages.lists.page import ListPage

            spec = self.session.register(register)
            own = {"meeting": self.meeting, "succession": self.succession, "assessment": self.assessment}
            make_form = own.get(spec.page)
            page = ListPage(self.session, self.look, self.navigate, register, make_form, self._other)
            if register == "person":
                page.head.add_action(self._duplicates_button())
            if register == "issued_document":
                page.head.add_action(self._numbers_button())
            return page

        return make

    def _duplicates_button(self) -> QWidget:
        from thidua_desktop.ui.components.buttons import borderless

        def show() -> None:
            from thidua_desktop.ui.pages.people.duplicates_page import DuplicatesPage

            self.navigate.push(DuplicatesPage(self.session, self.look, self.navigate))

        button = borderless(self.look, "Tìm người trùng", "merge")
        button.clicked.connect(show)
        return button

    def _numbers_button(self) -> QWidget:
        from thidua_desktop.ui.components.buttons import borderless

        def show() -> None:
            from thidua_desktop.ui.pages.numbers.page import NumbersPage

            self.navigate.push(NumbersPage(self.session, self.look, self.navigate))

        button = borderless(self.look, "Số trống, số trùng", "list-checks")
        button.clicked.connect(show)
        return button

    def _other(self, register: str, values: Values) -> QWidget:
        return self.form(self.session.register(register), None, values)

    def form(self, spec: RegisterSpec, record_id: str | None = None, values: Values | None = None) -> QWidget:
        """The page on which a record of a register is written."""
        if spec.page == "meeting":
            return self.meeting(record_id, values)
        if spec.page == "succession":
            return self.succession(record_id, values)
        if spec.page == "assessment":
            return self.assessment(record_id, values)
        from thidua_desktop.ui.pages.entry.page import EntryPage

        return EntryPage(self.session, self.look, self.navigate, spec.name, record_id, values)

    def assessment(self, record_id: str | None = None, values: Values | None = None) -> QWidget:
        """The page of a sheet of criteria."""
        from thidua_desktop.ui.pages.assessment.page import AssessmentPage

        return AssessmentPage(self.session, self.look, self.navigate, record_id, values)

    def standards(self) -> QWidget:
        """Chấm điểm, công nhận."""
        from thidua_desktop.ui.pages.assessment.overview_page import OverviewPage

        return OverviewPage(self.session, self.look, self.navigate)

    def meeting(self, record_id: str | None = None, values: Values | None = None) -> QWidget:
        """The page of a meeting."""
        from thidua_desktop.ui.pages.meeting.page import MeetingPage

        return MeetingPage(self.session, self.look, self.navigate, record_id=record_id, values=values)

    def succession(self, record_id: str | None = None, values: Values | None = None) -> QWidget:
        """A new change of units is looked at before it is done; one that was done is a record like others."""
        if record_id is None:
            from thidua_desktop.ui.pages.succession.page import SuccessionPage

            return SuccessionPage(self.session, self.look, self.navigate)
        from thidua_desktop.services.succession import split_in_work

        waiting = split_in_work(self.session, record_id)
        if waiting is not None:
            from thidua_desktop.ui.pages.succession.assign_page import AssignPage

            return AssignPage(self.session, self.look, self.navigate, *waiting)
        from thidua_desktop.ui.pages.entry.page import EntryPage

        return EntryPage(self.session, self.look, self.navigate, "unit_succession", record_id, values)

    def today(self) -> QWidget:
        """Hôm nay."""
        from thidua_desktop.ui.pages.today.page import TodayPage

        return TodayPage(self.session, self.look, self.navigate)

    def report(self) -> QWidget:
        """Báo cáo."""
        from thidua_desktop.ui.pages.report.page import ReportPage

        return ReportPage(self.session, self.look, self.navigate)

    def indicator(self, name: str) -> QWidget:
        """The page of one indicator, of the running month."""
        from thidua_desktop.ui.pages.indicator.page import IndicatorPage

        return IndicatorPage(self.session, self.look, self.navigate, name)

    def handoff(self) -> QWidget:
        """Gửi – nhận."""
        from thidua_desktop.ui.pages.handoff.page import HandoffPage

        return HandoffPage(self.session, self.look, self.navigate)

    def admin(self) -> QWidget:
        """Quản trị."""
        from thidua_desktop.ui.pages.admin.page import AdminPage

        page = AdminPage(self.session, self.look, self.navigate)
        page.look_changed.connect(self._look_changed)
        page.restore_ready.connect(self._restore_ready)
        page.setup_ready.connect(self._setup_ready)
        page.guide_asked.connect(self._show_guide)
        return page

    def surveys(self) -> QWidget:
        """Phiếu khảo sát."""
        from thidua_desktop.ui.pages.surveys.page import SurveysPage

        return SurveysPage(self.session, self.look, self.navigate)

    def inbox(self) -> QWidget:
        """Hộp thư gói."""
        from thidua_desktop.ui.pages.province.inbox_page import InboxPage

        return InboxPage(self.session, self.look, self.navigate)

    def changes(self) -> QWidget:
        """Sắp xếp đơn vị hành chính."""
        from thidua_desktop.ui.pages.province.changes_page import ChangesPage

        return ChangesPage(self.session, self.look, self.navigate)

    def board(self) -> QWidget:
        """Bảng theo dõi."""
        from thidua_desktop.ui.pages.province.board_page import BoardPage

        return BoardPage(self.session, self.look, self.navigate)

    def totals(self) -> QWidget:
        """Tổng hợp."""
        from thidua_desktop.ui.pages.province.summary_page import SummaryPage

        return SummaryPage(self.session, self.look, self.navigate)
