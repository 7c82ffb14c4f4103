"""The words of Hôm nay's rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from thidua_desktop.services.safety import Danger, SafetyLine
from thidua_desktop.services.today import DueLine, Target, Urgency
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.pages.today import lines
from thidua_desktop.ui.pages.today.areas_card import short_name
from thidua_desktop.ui.pages.today.page import long_day


def due(kind: str, days: int, urgency: Urgency = Urgency.LATE) -> DueLine:
    words = f"quá hạn {-days} ngày" if days < 0 else f"còn {days} ngày"
    return DueLine(kind, f"Việc {days}", f"K'Brền, hạn 01/11/2026, {words}", urgency, Target("handoff"), days)


def test_a_row_says_its_state_once() -> None:
    row = lines.due_rows([due("task", -3)])[0]
    assert (row.state.state, row.state.text) == (State.LATE, "Quá hạn 3 ngày")
    assert row.detail == "K'Brền, hạn 01/11/2026" and row.verb == "Mở cuộc họp"


def test_many_tasks_share_a_row() -> None:
    found = [*(due("task", -days) for days in (9, 8, 7, 6, 5)), due("report", 4, Urgency.SOON)]
    rows = lines.due_rows(found)
    assert [row.title for row in rows] == ["Việc -9", "Việc -8", "Việc -7", "Các việc khác giao sau họp", "Việc 4"]
    assert rows[3].state.text == "Quá hạn"
    assert len(lines.due_rows(found[:3])) == 3


def test_the_caption_counts_all_but_packages() -> None:
    found = [due("task", -1), due("report", 2, Urgency.SOON), due("package", 9, Urgency.CALM)]
    assert lines.due_caption(found) == "1 quá hạn, 1 trong tuần này"
    assert lines.due_caption([due("report", 20, Urgency.CALM)]) == ""
    assert [row.title for row in lines.due_rows(found)] == ["Việc -1", "Việc 2"]


def test_first_steps_are_done_or_waiting() -> None:
    step = DueLine("step", "Lập danh sách", "Gõ", Urgency.CALM, Target("register", "residential_area"), done=True)
    assert lines.step_rows([step])[0].state.text == "Đã xong"


def test_dangers_lead_to_rooms() -> None:
    line = SafetyLine(Danger.BACKUP, "Chưa sao lưu", "Chưa sao lưu", "", "Sao lưu ngay", "admin")
    row = lines.danger_rows([line])[0]
    assert row.leads == lines.RoomLead("admin") and row.state.icon_name == "database-backup"


def test_days_have_names() -> None:
    assert long_day(date(2026, 11, 9)) == "Thứ Hai, 09/11/2026"
    assert long_day(date(2026, 11, 15)).startswith("Chủ nhật")


def waiting(register: str, days: int, **more: Any) -> DueLine:
    line = due("waiting", days)
    return line._replace(target=Target("record", register, str(days)), of="việc chưa xong", **more)


def test_records_that_wait_share_a_row_after_two() -> None:
    found = [waiting("task", -days) for days in (9, 8, 7, 6)] + [waiting("task", -6, more=5)]
    rows = lines.due_rows(found)
    assert [row.title for row in rows] == ["Việc -9", "Việc -8", "Còn 7 việc chưa xong"]
    assert (rows[2].verb, rows[2].state.text, rows[2].detail) == ("Mở sổ", "Quá hạn", "lâu nhất 7 ngày")
    assert isinstance(rows[2].leads, Target) and rows[2].leads.due == "open"
    assert lines.due_caption(found) == "9 quá hạn"


def test_many_registers_leave_room_for_each_other() -> None:
    found = [waiting(register, -days) for days in (9, 8, 7) for register in "abcdef"]
    rows = lines.due_rows([*found, due("report", 4, Urgency.SOON)])
    assert [row.title for row in rows] == ["3 việc chưa xong"] * 6 + ["Việc 4"]


def test_what_is_not_recorded_yet_is_counted_apart_from_records_that_wait() -> None:
    query = ListQuery("assessment")
    places = [
        DueLine("waiting", f"{count} nơi", "", Urgency.LATE, Target("register", "assessment", query=query), -9,
                more=count, of="nơi đã đăng ký, chưa tự đánh giá")
        for count in (5, 7, 8, 2, 1)
    ]  # fmt: skip
    records = [waiting("assessment", -days) for days in range(20, 12, -1)]
    rows = lines.due_rows([*records, *places])
    together = [row for row in rows if row.title.endswith("chưa tự đánh giá")]
    assert [row.title for row in together] == ["Còn 11 nơi đã đăng ký, chưa tự đánh giá"]
    assert together[0].leads == places[2].target
    assert [row.title for row in rows if row.title.startswith("Còn 6 ")] == [f"Còn 6 {records[0].of}"]


def test_records_that_come_soon_say_when_the_first_one_is_due() -> None:
    found = [waiting("task", days)._replace(urgency=Urgency.SOON) for days in (2, 3, 4, 5, 6)]
    row = lines.due_rows(found)[2]
    assert (row.state.text, row.detail) == ("Sắp đến hạn", "gần nhất còn 4 ngày")


def test_each_kind_has_room_and_the_last_row_opens_the_others() -> None:
    tasks = [due("task", -40 + day) for day in range(3)]
    duties = [due("duty", -30 + day) for day in range(6)]
    found = [*tasks, *duties, due("meeting", 5, Urgency.SOON), due("report", 9, Urgency.CALM)]
    rows = lines.due_rows(found)
    assert len(rows) == lines.MOST_LINES and rows[-1].leads is lines.ALL_LINES
    assert [row.title for row in rows[:-1]] == [
        "Việc -40", "Việc -39", "Việc -38", "Việc -30", "Việc -29", "Việc 5", "Việc 9",
    ]  # fmt: skip
    assert (rows[-1].title, rows[-1].state.text) == ("Còn 4 việc khác", "Có việc quá hạn")
    assert [row.title for row in lines.due_rows(found, whole=True)] == [line.title for line in found]


def test_a_tile_keeps_the_kind_before_a_number() -> None:
    assert [short_name(name) for name in ("Thôn 1", "Thôn Tân Lập", "Buôn Ea Kly")] == [
        "Thôn 1",
        "Tân Lập",
        "Buôn Ea Kly",
    ]
