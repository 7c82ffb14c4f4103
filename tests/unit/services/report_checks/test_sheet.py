"""The sheet: reported beside counted beside checked, kept as it is written, closed once it is decided."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, TwoOffices
from tests.unit.services.report_checks.loop import ATTENDANCE, accepted, answer, code, mended, returned, sheet
from thidua_desktop.errors import UserError
from thidua_desktop.services.report_checks.sheet import (
    check_sheet,
    difference_text,
    paper_of,
    parse_checked,
    set_checked,
    set_line_remark,
    set_remark,
)
from thidua_desktop.services.reports import build as reports


def test_reported_and_counted_stand_side_by_side(reported: TwoOffices) -> None:
    line = sheet(reported).line(ATTENDANCE)
    assert (line.reported, line.counted, line.checked, line.difference, line.miscounted) == (40, 40, None, 0, 0)
    reported.activity("Ghi sau khi chốt", attendance_total=5, attendance_women=1)
    reported.take(reported.send())
    line = sheet(reported).line(ATTENDANCE)
    assert (line.reported, line.counted, line.miscounted) == (40, 45, 5)
    assert [one.indicator for one in sheet(reported).miscounted][:1] != []
    paper = paper_of(reported.province, code(reported), REPORT, NOVEMBER)
    assert paper is not None and paper.startswith(b"%PDF")


def test_what_is_written_stays(reported: TwoOffices) -> None:
    desk = reported.province
    set_checked(desk, sheet(reported), ATTENDANCE, 38)
    set_line_remark(desk, sheet(reported), ATTENDANCE, "  Hai phiếu  trùng ")
    set_remark(desk, sheet(reported), "Gửi đúng hạn")
    found = sheet(reported)
    line = found.line(ATTENDANCE)
    assert (line.checked, line.difference, line.remark, found.remark) == (38, -2, "Hai phiếu trùng", "Gửi đúng hạn")
    assert found.differing == (line,)
    set_checked(desk, found, ATTENDANCE, 40)  # as reported: nothing to say
    set_line_remark(desk, found, ATTENDANCE, "")
    assert sheet(reported).differing == ()


def test_a_closing_that_comes_later_has_a_sheet_of_its_own(reported: TwoOffices) -> None:
    before = sheet(reported)
    set_checked(reported.province, before, ATTENDANCE, 38)
    reports.reopen(reported.commune, REPORT, NOVEMBER)
    mended(reported)
    assert sheet(reported).line(ATTENDANCE).checked is None and sheet(reported).line(ATTENDANCE).reported == 45
    with pytest.raises(UserError, match="có bản chốt mới") as stale:
        set_checked(reported.province, before, ATTENDANCE, 39)
    assert stale.value.code == "TD-SYNC-131"


def test_a_decided_sheet_is_closed(reported: TwoOffices) -> None:
    found = sheet(reported)
    returned(reported)
    with pytest.raises(UserError, match="đã trả lại"):
        set_remark(reported.province, found, "thêm")
    accepted(reported)
    assert not sheet(reported).editable
    with pytest.raises(UserError) as closed:
        set_checked(reported.province, found, ATTENDANCE, 1)
    assert closed.value.code == "TD-SYNC-131"


@pytest.mark.parametrize(("typed", "number"), [("", None), (" 1.250 ", 1250), ("12,5", Decimal("12.5")), ("0", 0)])
def test_figures_are_typed_as_vietnamese_writes_them(typed: str, number: object) -> None:
    assert parse_checked(typed) == number


@pytest.mark.parametrize("typed", ["ba", "-1", "1,2345678", "1000000000000000"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_checked(typed)
    assert refused.value.code == "TD-DATA-540"


def test_refusals_name_what_to_do(reported: TwoOffices) -> None:
    with pytest.raises(UserError, match="Chưa nhận được") as absent:
        check_sheet(reported.province, code(reported), REPORT, OCTOBER)
    with pytest.raises(UserError) as unknown:
        set_checked(reported.province, sheet(reported), "households_of_mars", 1)
    with pytest.raises(UserError) as long:
        set_remark(reported.province, sheet(reported), "x" * 2001)
    codes = [one.value.code for one in (absent, unknown, long)]
    assert codes == ["TD-SYNC-130", "TD-SYNC-139", "TD-SYNC-137"]


def test_a_difference_says_its_direction_without_colour() -> None:
    assert [difference_text(one) for one in (0, 2, -1200)] == ["", "+2", "−1.200"]


def test_what_was_checked_stands_beside_the_figure_of_the_next_closing(reported: TwoOffices) -> None:
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    set_line_remark(reported.province, sheet(reported), ATTENDANCE, "Hai phiếu trùng")
    assert sheet(reported).line(ATTENDANCE).asked is None
    returned(reported)
    answer(reported)
    mended(reported)
    now = sheet(reported).line(ATTENDANCE)
    assert (now.asked_text, now.checked, now.before) == ("38, Hai phiếu trùng", None, 40)
    assert now.said_of_it == "Lần trước phiếu kiểm tra ghi: 38, Hai phiếu trùng."
    assert not [line for line in sheet(reported).lines if line.asked_text and line.indicator != ATTENDANCE]
