"""Security and forces: record → list → count → print → package → province, for every register of the field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import DAY, TwoOffices, save, two_offices
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import lists, records
from thidua_desktop.services.documents.printing import print_document
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

YEAR = parse_period("2026")
COUNTED = (
    "incidents_total", "incidents_solved_by_tip", "tips_total", "tips_valuable", "tip_incidents", "security_teams",
    "team_members", "team_members_female", "team_leaders", "rated_teams_good", "rated_members_good", "guards_total",
    "fire_team_members", "mass_members",
)  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def figures(session: Session, *names: str) -> dict[str, object]:
    return {one.indicator: one.value for one in figures_of(session, names, YEAR)}


def fill(pair: TwoOffices) -> dict[str, str]:
    """A record of every other register of the field, linked as they are in an office; ids by register."""
    ids: dict[str, str] = {}

    def add(register: str, **values: Value) -> str:
        ids[register] = save(pair.commune, register, values)
        return ids[register]

    area = pair.area
    incident = add("incident", occurred_on=DAY, residential_area=area, kind="crime_drugs", severity="less_serious",
                   title="Tàng trữ ma túy", outcome="prosecuted", solved_by_tip=True)  # fmt: skip
    add("tip", received_on=DAY, residential_area=area, way="zalo", content="Nghi tụ tập dùng ma túy",
        value="valuable", checked_on=DAY, result="incident_found", incident=incident)  # fmt: skip
    person = add("person", name="Ka Thuýnh", sex="female", birth_year=1984, residential_area=area)
    team = add("security_team", name="Tổ thôn Tân Lập", residential_area=area, norm=5, founded_on=date(2025, 7, 1))
    member = add("team_member", person=person, team=team, position="leader", joined_on=date(2025, 7, 1))
    usual: dict[str, Value] = {"year": 2026, "team": team, "rated_on": DAY, "tasks_given": 50, "tasks_done": 49}
    add("force_rating", subject="team", level="good", **usual)
    add("force_rating", subject="member", member=member, level="good", **usual)
    school = save(pair.commune, "organization", {"kind": "school", "name": "Trường", "residential_area": area})
    add("guard_unit", organization=school, guards=3, guards_female=1)
    add("fire_team", name="Đội dân phòng", residential_area=area, members=12)
    add("mass_organization", name="Đội xung kích", kind="youth_squad", residential_area=area, members=15)
    return ids


def test_records_are_listed_counted_printed_packed_and_counted_again(pair: TwoOffices) -> None:
    ids = fill(pair)
    for register, one in ids.items():
        opened = lists.open_list(pair.commune, ListQuery(register))
        assert len(opened) == (2 if register == "force_rating" else 1), register
        for name in pair.commune.register(register).documents:
            if pair.commune.definitions.documents[name].scope == "record":
                assert print_document(pair.commune, name, one).pdf[:5] == b"%PDF-", name
    own = figures(pair.commune, *COUNTED)
    assert own == {name: {"guards_total": 3, "fire_team_members": 12, "mass_members": 15}.get(name, 1) for name in own}
    pair.take(pair.send())
    assert figures(pair.province, *COUNTED) == own


def test_the_leader_of_the_team_and_its_area_come_from_the_linked_records(pair: TwoOffices) -> None:
    ids = fill(pair)
    member = records.get(pair.commune, "team_member", ids["team_member"]).values
    assert (member["sex"], member["residential_area"]) == ("female", pair.area)
    rating = records.get(pair.commune, "force_rating", ids["force_rating"]).values
    assert (rating["months_active"], rating["residential_area"]) == (12, pair.area)


def test_the_thematic_reports_can_be_printed(pair: TwoOffices) -> None:
    from thidua_desktop.services.reports import build
    from thidua_desktop.services.reports.paper import print_report

    fill(pair)
    for name in ("crime_drugs_trafficking", "community_management", "movement_ban", "forces_result",
                 "force_statistics"):  # fmt: skip
        paper = print_report(pair.commune, build.build(pair.commune, name, YEAR))
        assert paper.pdf[:5] == b"%PDF-"
