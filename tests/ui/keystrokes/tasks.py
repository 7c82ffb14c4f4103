"""Five standard tasks, each done in the real window and counted beside the same content in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.ui.keystrokes.typist import ALT, CTRL, Key, Sheet, Typist
from tests.unit.services.handoff.two_offices import REPORT, TwoOffices
from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle

HOUSEHOLDS, CAME = 20, 18
TITLE = "Phòng, chống lừa đảo chiếm đoạt tài sản qua mạng"
SUBJECT, DISCUSSION = "Góp tiền lắp 4 camera", "Các hộ nhất trí mức góp 200.000 đồng một hộ."
AREAS = ("Buôn Ea M'Doal", "Thôn Tân Lập")
CHAIR, SECRETARY, PLACE = "Phạm Thị Ngọc Ánh", "Lý Văn Quang", "Nhà văn hóa thôn"
DISPUTE, PARTIES = "Tranh chấp lối đi chung giữa hai hộ liền kề", ("Lê Văn 3", "Lê Văn 7")


@dataclass(frozen=True, slots=True)
class Office:
    """The window over a commune, and what was recorded in it before."""

    desk: Desk
    pair: TwoOffices

    @property
    def session(self) -> Session:
        return self.pair.commune

    def labels(self, catalog: str) -> list[str]:
        return [item.label for item in self.session.definitions.catalogs[catalog].items]

    def newest(self, register: str) -> dict[str, Any]:
        found = list(self.session.file.records.every(ListQuery(register)))
        return dict(max(found, key=lambda one: one.id).values)

    def home(self) -> Typist:
        self.desk.window.open_room("today")
        settle(self.desk.window)
        # Slow work ends in a box of its own, and after one the offscreen platform leaves no window with the keys.
        self.desk.window.activateWindow()
        Typist.wait(self.desk.window.isActiveWindow)
        return Typist(self.desk.window)


def activity(office: Office) -> tuple[int, int]:
    """Ghi một hoạt động."""
    typist = office.home()
    typist.press(Key.Key_N, CTRL)
    for text in ("8/11", "bu", "tuy", "", TITLE, "40"):
        typist.line(text)
    typist.text("18")
    typist.press(Key.Key_Return, CTRL)
    made = office.newest("movement_activity")
    assert (made["kind"], made["title"], made["attendance_total"], made["attendance_women"]) == (
        "propaganda", TITLE, 40, 18
    )  # fmt: skip
    assert made["held_on"].day == 8 and made["residential_area"] == office.pair.area
    sheet = Sheet()
    sheet.cell("8/11")
    sheet.cell(AREAS[0], AREAS)
    sheet.cell("Tuyên truyền, phổ biến trực tiếp", office.labels("activity_kind"))
    sheet.cells("", TITLE, "40", "18")
    sheet.save()
    return typist.count, sheet.count


def meeting(office: Office) -> tuple[int, int]:
    """Họp tổ tự quản, có biểu quyết và biên bản."""
    from thidua_desktop.ui.pages.meeting.page import MeetingPage

    typist = office.home()
    typist.find("cuoc hop")
    for text in ("bu", "3", "9/11", "19h30"):
        typist.line(text)
    typist.press(Key.Key_Return, CTRL)
    page = office.desk.window.page()
    assert isinstance(page, MeetingPage) and page.started
    for number in range(1, CAME + 1):
        typist.text(str(number))
        typist.press(Key.Key_Space)
    assert page.sheet.state.present == CAME
    typist.press(Key.Key_3, CTRL)
    typist.text(SUBJECT)
    typist.tab_to("Loại việc")
    typist.press(Key.Key_Down)
    typist.tab_to("Ý kiến")
    typist.text(DISCUSSION)
    typist.tab_to("Tán thành")
    typist.digits("17")
    typist.press(Key.Key_Tab)
    typist.digits("1")
    typist.press(Key.Key_Return, CTRL, times=2)
    typist.press(Key.Key_Space)
    made = office.newest("resident_meeting")
    assert (made["status"], made["households_present"], made["agenda"][0]["yes"]) == ("ended", CAME, 17)
    return typist.count, _meeting_in_a_sheet()


def _meeting_in_a_sheet() -> int:
    """What the minutes say: facts, households with a cross for each present one, the vote and its result."""
    sheet = Sheet()
    sheet.cells("9/11", "19h30", "20h45")
    sheet.cell(AREAS[0], AREAS)
    sheet.cell("Tổ tự quản số 3", ["Tổ tự quản số 3", "Tổ tự quản số 9"])
    sheet.cell(PLACE, [PLACE])
    sheet.cell(CHAIR, [CHAIR, SECRETARY])
    sheet.cell(SECRETARY, [CHAIR, SECRETARY])
    sheet.cells(str(HOUSEHOLDS), str(CAME))
    for at in range(HOUSEHOLDS):
        sheet.cell("x" if at < CAME else "")
    sheet.cells(SUBJECT, DISCUSSION, "17", "1", "Thông qua với 17/20 hộ tán thành.")
    sheet.save()
    sheet.count += 3  # Ctrl+P, Enter: the minutes
    return sheet.count


def mediation(office: Office) -> tuple[int, int]:
    """Ghi một vụ hòa giải thành có hai bên."""
    typist = office.home()
    typist.find("ghi vu hoa giai")
    for text in ("8/11", "", "bu", "bu", DISPUTE, "dat dai"):
        typist.line(text)
    typist.line("hoa giai thanh")
    typist.text("16/11")
    typist.press(Key.Key_PageUp, CTRL, times=2)
    for name in PARTIES:
        typist.tab_to("Thêm dòng vào Danh sách các bên")
        typist.press(Key.Key_Space)
        typist.text(name)
    typist.press(Key.Key_Return, CTRL)
    made = office.newest("mediation_case")
    assert [one["name"] for one in made["parties"]] == list(PARTIES)
    assert (made["subject"], made["scope"], made["outcome"], made["ended_on"].day) == (DISPUTE, "civil", "success", 16)
    sheet = Sheet()
    sheet.cell("8/11")
    sheet.cell(AREAS[0], AREAS)
    sheet.cell("Tổ hòa giải Buôn Ea M'Doal", ["Tổ hòa giải Buôn Ea M'Doal", "Tổ hòa giải Thôn Tân Lập"])
    sheet.cell(DISPUTE)
    sheet.cell("Tranh chấp dân sự, kể cả đất đai", office.labels("mediation_scope"))
    sheet.cells(*PARTIES)
    sheet.cell("Hòa giải thành", office.labels("mediation_outcome"))
    sheet.cell("16/11")
    sheet.save()
    return typist.count, sheet.count


def report(office: Office) -> tuple[int, int]:
    """Chốt và in báo cáo tháng."""
    from thidua_desktop.ui.pages.report.page import ReportPage

    typist = office.home()
    typist.find("ket qua phong trao")
    page = office.desk.window.page()
    assert isinstance(page, ReportPage)
    typist.wait(lambda: page.shown is not None and not page._soon.isActive())
    for _ in range(len(page.shown.report.unanswered) if page.shown else 0):
        typist.press(Key.Key_Right, ALT)
        typist.line("Mới dùng sổ.")
    typist.press(Key.Key_Right, ALT)
    typist.wait(lambda: page.shown is not None and page.shown.report.closed and not page._busy)
    typist.press(Key.Key_Right, ALT)
    typist.press(Key.Key_Return)  # the dialog of the printer
    assert page.shown is not None and page.shown.report.spec.name == REPORT
    sheet = Sheet()
    for figure in page.shown.report.figures:
        sheet.cell(str(figure.value) if figure.value else "0")
    sheet.save()
    sheet.count += 3
    return typist.count, sheet.count


def package(office: Office) -> tuple[int, int]:
    """Lập gói gửi tỉnh ra USB."""
    from thidua_desktop.ui.pages.handoff.page import HandoffPage

    typist = office.home()
    typist.find("gui nhan")
    page = office.desk.window.page()
    assert isinstance(page, HandoffPage)
    typist.wait(lambda: page.stick.folder() is not None and page.write.write_button.isEnabled())
    typist.press(Key.Key_Return)
    typist.wait(lambda: page._task is None)
    assert [path.suffix for path in office.pair.folder.iterdir()] == [".tdp"]
    sheet = Sheet()
    sheet.count = 2  # F12, Enter
    sheet.cell("E:\\Ea Drăng kết quả phong trào tháng 11.xlsx")
    return typist.count, sheet.count


TASKS = (activity, meeting, mediation, report, package)


def prepared(pair: TwoOffices) -> None:
    """A group with its head and households."""

    def add(register: str, **values: Any) -> str:
        saved = records.save(pair.commune, register, values, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        return saved.record.id

    group = add("self_managed_group", residential_area=pair.area, number="3", name="Tổ tự quản số 3", kind="security",
                leader=CHAIR)  # fmt: skip
    add("mediation_team", residential_area=pair.area, name="Tổ hòa giải Buôn Ea M'Doal", recognised_on=date(2025, 7, 1))
    for number in range(1, HOUSEHOLDS + 1):
        add("household", residential_area=pair.area, group=group, representative=f"Lê Văn {number}", number=number)
