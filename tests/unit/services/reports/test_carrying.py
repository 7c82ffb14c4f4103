"""Words of last period: figures filled anew, old numbers pointed out, nothing overwritten, tasks as a yardstick."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.carrying import carried, take

WORDS = "Tổ chức 02 cuộc tuyên truyền; có 30 lượt người dự, nhiều hơn kỳ trước 30 người, đạt 75% kế hoạch số 12."


def november(pair: TwoOffices) -> Report:
    return reports.build(pair.commune, REPORT, NOVEMBER)


def written(pair: TwoOffices) -> None:
    """Two sessions of 30 people in October, of which an officer wrote; one of 40 in November."""
    for at in (1, 2):
        pair.activity(f"Buổi {at}", day=date(2026, 10, at), attendance_total=15, attendance_women=1)
    reports.set_paragraph(pair.commune, REPORT, OCTOBER, "propaganda", WORDS)
    pair.activity(attendance_total=40)


def test_figures_are_filled_with_those_of_this_period(pair: TwoOffices) -> None:
    written(pair)
    found = carried(pair.commune, november(pair))
    assert found.period == OCTOBER
    offer = found.offers["propaganda"]
    assert offer.text == WORDS.replace("02 cuộc", "01 cuộc").replace("30 lượt", "40 lượt")
    assert offer.stale == ("30",)  # 75% and 12 are the officer's own


def test_taking_keeps_what_this_period_has(pair: TwoOffices) -> None:
    written(pair)
    assert [one.name for one in take(pair.commune, november(pair))] == ["propaganda"]
    part = next(one for one in november(pair).paragraphs if one.name == "propaganda")
    assert part.edited and "40 lượt" in part.text
    found = carried(pair.commune, november(pair))
    assert not found.offers and found.stale == {"propaganda": ("30",)}
    with pytest.raises(UserError, match="TD-PRINT-066"):
        take(pair.commune, november(pair), ["propaganda"])
    assert next(one for one in november(pair).paragraphs if one.name == "propaganda").text == part.text


def test_a_paragraph_not_written_last_period_is_refused(pair: TwoOffices) -> None:
    written(pair)
    with pytest.raises(UserError, match="TD-PRINT-066"):
        take(pair.commune, november(pair), ["patrols"])
    assert take(pair.commune, november(pair), ["propaganda"])


def test_a_closed_last_period_gives_its_own_draft(pair: TwoOffices) -> None:
    written(pair)
    reports.close(pair.commune, REPORT, OCTOBER)
    pair.activity("Ghi muộn", day=date(2026, 10, 3), attendance_total=9, attendance_women=1)
    offer = carried(pair.commune, november(pair)).offers["propaganda"]
    assert "01 cuộc" in offer.text and offer.stale == ("30",)


def test_a_last_period_that_was_opened_again_gives_what_it_says_now(pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, OCTOBER)
    reports.reopen(pair.commune, REPORT, OCTOBER)
    written(pair)
    assert "01 cuộc" in carried(pair.commune, november(pair)).offers["propaganda"].text


def test_what_was_planned_is_the_yardstick(pair: TwoOffices) -> None:
    assert carried(pair.commune, november(pair)).tasks == ""
    reports.close(pair.commune, REPORT, OCTOBER)
    drafted = carried(pair.commune, november(pair)).tasks
    assert drafted.startswith("Tiếp tục thực hiện chương trình")
    reports.reopen(pair.commune, REPORT, OCTOBER)
    reports.set_paragraph(pair.commune, REPORT, OCTOBER, "direction", "Mở 03 lớp tập huấn trong tháng 11.")
    assert carried(pair.commune, november(pair)).tasks == "Mở 03 lớp tập huấn trong tháng 11."


def test_what_was_typed_since_the_report_was_read_is_not_overwritten(pair: TwoOffices) -> None:
    written(pair)
    read_before = november(pair)
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "propaganda", "Vừa gõ.")
    with pytest.raises(UserError, match="TD-PRINT-066"):
        take(pair.commune, read_before, ["propaganda"])
    assert next(one for one in november(pair).paragraphs if one.name == "propaganda").text == "Vừa gõ."
