"""Who has not done what: by area and by group, the one that lacks most first, on paper as it was closed."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.errors import UserError
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.duties_paper import duty_tables, print_duties
from thidua_desktop.services.reports.paper import print_report, report_document


def november(pair: TwoOffices) -> Report:
    return reports.build(pair.commune, REPORT, NOVEMBER)


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def group(pair: TwoOffices, number: str) -> str:
    values = {
        "residential_area": pair.area, "kind": pair.commune.definitions.catalogs["group_kind"].items[0].code,
        "leader": "Lý A", "households": 2, "number": number, "name": f"Tổ {number}",
    }  # fmt: skip
    return save(pair.commune, "self_managed_group", values)


def test_areas_with_what_they_did(pair: TwoOffices) -> None:
    pair.activity()
    pair.activity("Tháng khác", day=date(2026, 9, 1))
    (areas,) = november(pair).boards
    assert areas.heads[1:3] == ("Hoạt động", "Tuyên truyền")
    first, last = areas.rows
    assert (first.missing, first.done[1:3]) == (7, (0, 0))
    assert (last.missing, last.done[1:3]) == (5, (1, 1))
    assert areas.complete[1] == 1 and len(areas.behind) == 2


def test_groups_are_told_by_their_meetings(pair: TwoOffices) -> None:
    met, _other = group(pair, "1"), group(pair, "2")
    meeting = {"kind": "regular", "residential_area": pair.area, "group": met, "held_on": date(2026, 11, 3),
               "households_total": 2, "households_present": 2, "chair": "Lý A", "status": "ended"}  # fmt: skip
    save(pair.commune, "resident_meeting", meeting)
    groups = november(pair).boards[1]
    assert [row.done for row in groups.rows] == [(0,), (1,)]
    assert groups.complete == (1,) and ["2" in row.name for row in groups.behind] == [True]
    area = pair.commune.file.records.get("residential_area", pair.area)
    assert area is not None and str(area.values["name"]) in groups.rows[0].area
    (row,) = duty_tables(november(pair))[1].rows
    assert row[2:] == ("1/2", groups.rows[0].name)


def test_the_board_is_an_annex_and_stays_as_it_was_closed(pair: TwoOffices) -> None:
    pair.activity()
    before = report_document(pair.commune, reports.close(pair.commune, REPORT, NOVEMBER))
    pair.activity("Tuần tra", kind="patrol", attendance_total=None, attendance_women=None)
    assert november(pair).boards[0].complete[3] == 1
    assert report_document(pair.commune, november(pair)) == before
    text = text_of(print_report(pair.commune, november(pair)).pdf)
    assert "Phụ lục II VIỆC KHU DÂN CƯ, TỔ TỰ QUẢN ĐÃ LÀM, CHƯA LÀM" in text and "chưa" in text


def test_the_board_is_printed_alone(pair: TwoOffices) -> None:
    assert "đã làm, chưa làm tháng 11 năm 2026" in text_of(print_duties(pair.commune, november(pair)).pdf)
    other = reports.build(pair.commune, "gender", NOVEMBER)
    with pytest.raises(UserError, match="TD-PRINT-067"):
        print_duties(pair.commune, other)
