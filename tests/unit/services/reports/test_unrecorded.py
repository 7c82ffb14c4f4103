"""What was never recorded is no zero: not in a draft, not in the table, not on paper; what a closing said stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER
from thidua_desktop.services import records, report_periods
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.figure_columns import FigureColumn, cell_text, counted
from thidua_desktop.services.reports.paper import figure_table
from thidua_desktop.services.reports.reported import as_reported
from thidua_desktop.services.session import Session

REPORT, ORGANIZATIONS = "movement_result", "organizations_total"
ZERO = re.compile(r"(?<![\d.,/])0(?:/0)? (?!vụ)")
Add = Callable[..., str]


def test_no_draft_of_a_new_office_says_zero_of_a_book_without_records(session: Session) -> None:
    for name, spec in session.definitions.reports.items():
        report = reports.build(session, name, report_periods.period_to_report(session, spec))
        said = [line for part in report.paragraphs for line in part.text.splitlines() if ZERO.search(line)]
        assert not said, (name, said)


def test_the_table_shows_a_dash_and_says_why(session: Session, add: Add, area_ids: list[str]) -> None:
    report = reports.build(session, REPORT, NOVEMBER)
    figure = report.figure(ORGANIZATIONS)
    assert figure.unrecorded.endswith("chưa có bản ghi nào") and counted(figure) == "–"
    assert [cell_text(figure, one) for one in (FigureColumn.THIS, FigureColumn.YEAR)] == ["–", "–"]
    assert (
        "“–” ở cột Kỳ này: " in figure_table(report).notes[-1]
        and "chưa có bản ghi nào" in figure_table(report).notes[-1]
    )
    add("organization", name="Trường Tiểu học", kind="agency", residential_area=area_ids[0],
        valid_from=date(2027, 1, 1))  # fmt: skip
    there = reports.build(session, REPORT, NOVEMBER).figure(ORGANIZATIONS)
    assert (there.value, there.unrecorded, counted(there)) == (0, "", "0")  # a true one: not yet in November


def test_a_field_that_nobody_fills_is_no_zero_either(session: Session, add: Add, area_ids: list[str]) -> None:
    group = {"number": "1", "name": "Tổ 1", "residential_area": area_ids[0], "kind": "security", "leader": "Lý A"}
    made = add("self_managed_group", **group, households=9, valid_from=date(2026, 1, 1))
    report = reports.build(session, REPORT, NOVEMBER)
    assert report.figure("groups_total").value == 1 and "chưa ghi ở bản ghi nào" in (
        report.figure("group_members").unrecorded
    )
    text = report.paragraphs[0].text
    assert "01 tổ tự quản đang hoạt động" in text and "thành viên" not in text
    values = {**records.get(session, "self_managed_group", made).values, "members": 12}
    records.save(session, "self_managed_group", values, record_id=made, reasons={"*": "thử"})
    assert "với 12 thành viên" in reports.build(session, REPORT, NOVEMBER).paragraphs[0].text


@pytest.mark.parametrize("older", [False, True])
def test_what_a_closing_said_stands(session: Session, add: Add, older: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if older:  # a program that knew no difference
        monkeypatch.setattr("thidua_desktop.services.reports.figures.unrecorded", lambda *_: {})
    for figure in reports.build(session, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(session, NOVEMBER, figure.indicator, "thử")
    reports.close(session, REPORT, NOVEMBER)
    monkeypatch.undo()
    add("organization", name="Trường Tiểu học", kind="agency")
    kept = as_reported(session, reports.build(session, REPORT, NOVEMBER))
    assert counted(kept.figure(ORGANIZATIONS)) == ("0" if older else "–")
    assert ("cơ quan" in kept.paragraphs[0].text) is older
