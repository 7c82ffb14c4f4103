"""Lists at the province: whose a record is, as a column, as a filter, and on the way from a figure to its records."""

from __future__ import annotations

from tests.unit.services.handoff.two_offices import NOVEMBER, TwoOffices
from tests.unit.services.reports.five_communes import COMMUNES
from thidua_desktop.services import lists
from thidua_desktop.services.documents.sheets import list_document
from thidua_desktop.services.lists import OFFICE, ListQuery, SortKey
from thidua_desktop.services.reports.contributions import list_filter
from thidua_desktop.services.session import Session

ACTIVITY = "movement_activity"
HELD = {code: november + october for code, (november, october) in COMMUNES.items()}


def test_the_second_column_names_the_office(province: Session) -> None:
    found = lists.open_list(province, ListQuery(ACTIVITY, sort=(SortKey(OFFICE),)))
    assert found.columns[1].label == "Đơn vị"
    names = lists.office_names(province)
    shown = [found.row(place).cells[1] for place in range(len(found))]
    assert shown == [names[code] for code in sorted(HELD) for _ in range(HELD[code])]
    paper = list_document(province, found.query)
    assert any("Đơn vị" in str(block) for block in paper.blocks)


def test_one_office_alone(province: Session) -> None:
    offered = lists.offices(province, ListQuery(ACTIVITY, NOVEMBER.start, NOVEMBER.end, office="24412"))
    assert {one.value: one.count for one in offered} == {code: november for code, (november, _) in COMMUNES.items()}
    uncounted = lists.offices(province, ListQuery(ACTIVITY), counted=False)
    assert {*COMMUNES, "66"} == {one.value for one in uncounted} and {one.count for one in uncounted} == {None}
    found = lists.open_list(province, ListQuery(ACTIVITY, office="24412"))
    assert len(found) == HELD["24412"] == found.totals.count


def test_from_a_figure_to_the_list_of_its_commune(province: Session, pair: TwoOffices) -> None:
    wanted = list_filter(province, "activities_total", NOVEMBER, office="24406")
    assert wanted == {"period": "2026-11", OFFICE: "24406"}
    assert OFFICE not in list_filter(pair.commune, "activities_total", NOVEMBER, office="24412")


def test_a_commune_has_no_such_column(pair: TwoOffices) -> None:
    assert OFFICE not in [column.name for column in lists.columns(pair.commune, ACTIVITY)]
