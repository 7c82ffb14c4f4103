"""What was never recorded is no zero: not in a draft, not in the table, not on paper; what a closing said stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, TwoOffices, save, two_offices
from thidua_desktop.services import lists, records, report_periods
from thidua_desktop.services.board import summary
from thidua_desktop.services.documents.sheets import list_document
from thidua_desktop.services.report_checks.sheet import check_sheet
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.comparison import compare
from thidua_desktop.services.reports.consolidated import communes_of
from thidua_desktop.services.reports.figure_columns import FigureColumn, cell_text, counted, told_beside
from thidua_desktop.services.reports.indicator_view import indicator_view
from thidua_desktop.services.reports.matrix import MatrixChoice, matrix
from thidua_desktop.services.reports.paper import figure_table
from thidua_desktop.services.reports.ranking import ranking
from thidua_desktop.services.reports.reported import as_reported
from thidua_desktop.services.session import Session
from thidua_desktop.services.standing import standing
from thidua_desktop.services.targets import open_targets
from thidua_desktop.store.queries import ListQuery

REPORT, ORGANIZATIONS, MEETINGS = "movement_result", "organizations_total", "meetings_total"
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


def test_charts_have_no_column_of_a_book_without_records(session: Session, add: Add, area_ids: list[str]) -> None:
    add("movement_activity", held_on=date(2026, 11, 9), kind="patrol", title="Tuần tra", residential_area=area_ids[0])
    bars, _, _ = reports.build(session, REPORT, NOVEMBER).charts  # sessions, patrols, meetings, launches
    assert bars.series[0].values == (0, 1, None, 0) and bars.notes == (
        "Chưa có số liệu: Sổ họp dân, họp tổ tự quản chưa có bản ghi nào.",
    )
    view = indicator_view(session, MEETINGS, NOVEMBER)
    assert counted(view.figure) == "–" and all(not chart.values for chart in view.charts)
    assert counted(indicator_view(session, MEETINGS, NOVEMBER, area_ids[0]).figure) == "–"


def test_today_tells_the_same_as_the_report(session: Session, add: Add, area_ids: list[str]) -> None:
    add("movement_activity", held_on=date(2026, 10, 1), kind="patrol", title="Tuần tra", residential_area=area_ids[0])
    found = standing(session)
    told = {one.indicator: bool(one.unrecorded) for one in (*found.key_figures, *found.parts, *found.choices)}
    report = reports.build(session, REPORT, NOVEMBER)
    for name in told.keys() & set(report.spec.indicators):
        assert told[name] is bool(report.figure(name).unrecorded), name
    assert told[MEETINGS] and not told["patrols"]


def test_a_target_of_an_empty_book_is_not_reached(session: Session, add: Add) -> None:
    add("target", year=2026, registered_on=date(2026, 2, 20), subject_kind="commune", name="Giảm họp", unit="cuộc",
        direction="less", measure="cumulative", target_value=Decimal(9), starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31), source="indicator", indicator="sessions")  # fmt: skip
    (one,) = open_targets(session)
    assert not (one.valued or one.reached or one.on_course)
    add("movement_activity", held_on=date(2026, 10, 1), kind="patrol", title="Tuần tra", place="Đường liên thôn")
    (one,) = open_targets(session)
    assert one.valued and one.reached


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def test_the_package_and_every_table_of_the_province_tell_it(pair: TwoOffices) -> None:
    pair.activity(kind="patrol")
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    province, code = pair.province, pair.commune.file.identity.code
    lines = {one.indicator: one for one in check_sheet(province, code, REPORT, NOVEMBER).lines}
    for name, shown in ((MEETINGS, "–"), ("sessions", "0"), ("patrols", "1")):
        assert (lines[name].reported_text, lines[name].counted_text) == (shown, shown)
        row = next(one for one in summary(province, REPORT, NOVEMBER).rows if one.indicator == name)
        assert (row.text(code), row.total_text) == (shown, shown)
        (value,) = matrix(province, REPORT, NOVEMBER, MatrixChoice(indicators=(name,))).rows[0].values
        assert value == (None if shown == "–" else int(shown))
        (ranked,) = ranking(province, REPORT, NOVEMBER, name).rows
        assert ranked.text == shown and (ranked.place is None) is (shown == "–")
    found = communes_of(province, reports.build(province, REPORT, NOVEMBER))
    assert found is not None and found.rows[0][2:5] == found.total[:3] == ("0", "1", "–")


def test_what_a_closing_did_not_know_is_compared_as_a_dash(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    held = {"held_on": date(2026, 11, 9), "kind": "regular", "status": "ended", "residential_area": pair.area,
            "households_total": 48, "households_present": 40}  # fmt: skip
    saved = records.save(pair.commune, "resident_meeting", held, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    changes = compare(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER)).changes
    assert {one.figure.indicator: one.reported_text for one in changes}[MEETINGS] == "–"


GENDER = "gender"


def test_who_wrote_nothing_of_women_has_not_counted_none(pair: TwoOffices) -> None:
    save(pair.commune, "residential_area",
         {**records.get(pair.commune, "residential_area", pair.area).values, "people": 3316}, pair.area)  # fmt: skip
    pair.activity(attendance_women=None)
    figures = reports.build(pair.commune, GENDER, NOVEMBER)
    for name, words in (
        ("area_people_female", "Khu dân cư: ô “Trong đó nữ” chưa ghi ở bản ghi nào"),
        ("attendance_women", "chưa ghi ở bản ghi nào"),
    ):
        figure = figures.figure(name)
        assert counted(figure) == "–" and figure.share is None, name
        assert words in figure.unrecorded, figure.unrecorded


def test_a_month_without_women_written_has_a_dash_beside_earlier_figures(pair: TwoOffices) -> None:
    pair.activity(day=date(2026, 10, 1), attendance_women=18)
    made = pair.activity(attendance_women=None)
    figure = reports.build(pair.commune, GENDER, NOVEMBER).figure("attendance_women")
    assert (counted(figure), cell_text(figure, FigureColumn.SHARE)) == ("–", "")
    assert (cell_text(figure, FigureColumn.LAST), cell_text(figure, FigureColumn.YEAR)) == ("18", "18")
    reports.keep_odd(pair.commune, NOVEMBER, "attendance_women", "thử")
    reports.close(pair.commune, GENDER, NOVEMBER)
    pair.take(pair.send())
    (row,) = [one for one in summary(pair.province, GENDER, NOVEMBER).rows if one.indicator == "attendance_women"]
    assert row.text(pair.commune.file.identity.code) == "–"
    values = {**records.get(pair.commune, "movement_activity", made).values, "attendance_women": 0}
    save(pair.commune, "movement_activity", values, made)  # a typed 0 is one
    figure = reports.build(pair.commune, GENDER, NOVEMBER).figure("attendance_women")
    assert (counted(figure), cell_text(figure, FigureColumn.SHARE)) == ("0/40", "0,0%")
    pair.take(pair.send())
    (row,) = [one for one in summary(pair.province, GENDER, NOVEMBER).rows if one.indicator == "attendance_women"]
    assert row.text(pair.commune.file.identity.code) == "0"


def test_people_without_a_sex_are_no_men(session: Session, add: Add, area_ids: list[str]) -> None:
    found = {"occurred_on": date(2026, 11, 9), "kind": "social_evil", "severity": "minor", "outcome": "solved",
             "title": "Đánh bạc", "residential_area": area_ids[0], "people_involved": 4}  # fmt: skip
    add("incident", **found)
    report = reports.build(session, GENDER, NOVEMBER)
    assert counted(report.figure("incident_people_female")) == "–"
    assert "Người vi phạm là nữ" not in "".join(part.text for part in report.paragraphs)
    add("incident", **found, people_female=0)
    report = reports.build(session, GENDER, NOVEMBER)
    assert counted(report.figure("incident_people_female")) == "0/8"
    assert "Người vi phạm là nữ 0/8" in "".join(part.text for part in report.paragraphs)


def test_a_sum_that_only_some_records_tell_says_in_how_many(pair: TwoOffices) -> None:
    pair.activity(attendance_women=18)
    second, third = pair.activity(attendance_women=None), pair.activity(attendance_women=None)
    pair.activity(attendance_women=None, attendance_total=None)  # says of nobody how many, so not of women either
    report = reports.build(pair.commune, GENDER, NOVEMBER)
    figure = report.figure("attendance_women")
    assert (counted(figure), figure.partly) == ("18/120", "mới ghi ở 1/3 bản ghi")
    assert not report.figure("incident_people_female").partly  # nothing there
    assert f"{figure.label}: mới ghi ở 1/3 bản ghi." in figure_table(report).notes
    view = indicator_view(pair.commune, "attendance_women", NOVEMBER)
    assert told_beside(view.figure).endswith("kỳ này mới ghi ở 1/3 bản ghi")
    reports.keep_odd(pair.commune, NOVEMBER, "attendance_women", "thử")
    closed = reports.close(pair.commune, GENDER, NOVEMBER)
    for one in (second, third):
        values = {**records.get(pair.commune, "movement_activity", one).values, "attendance_women": 4}
        save(pair.commune, "movement_activity", values, one)
    now = reports.build(pair.commune, GENDER, NOVEMBER)
    assert not now.figure("attendance_women").partly
    kept = as_reported(pair.commune, replace(closed, figures=now.figures))
    assert kept.figure("attendance_women").partly == "mới ghi ở 1/3 bản ghi"


def test_the_foot_of_a_list_says_the_same(pair: TwoOffices) -> None:
    pair.activity(attendance_women=18)
    pair.activity(attendance_women=None)
    opened = lists.open_list(pair.commune, ListQuery("movement_activity"))
    at = [column.name for column in opened.columns].index("attendance_women")
    assert (opened.total_cells()[at], opened.total_notes()) == ("18", {at: "mới ghi ở 1/2 bản ghi"})
    paper = list_document(pair.commune, opened.query)
    assert any("mới ghi ở 1/2 bản ghi" in str(block) for block in paper.blocks)
