"""Security and forces, record → list → count → print → package → province; what must stay in the office stays there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import DAY, TwoOffices, save, two_offices
from tests.unit.store.decrypted_pages import decrypted_pages
from thidua_desktop.domain.periods import parse_period
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services import access, erasure, lists, records
from thidua_desktop.services.documents.printing import print_document
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.search import search
from thidua_desktop.services.session import Role, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.sync.verify import verify

SUPERVISED = "supervised_person"
NAME, DECISION = "Vàng Thị Xynvqa", "777/2026/QĐ-XYNVQA"
YEAR = parse_period("2026")
COUNTED = (
    "incidents_total", "incidents_solved_by_tip", "tips_total", "tips_valuable", "tip_incidents", "security_teams",
    "team_members", "team_members_female", "team_leaders", "rated_teams_good", "rated_members_good", "guards_total",
    "fire_team_members", "mass_members",
)  # fmt: skip
PRIVATE = ("supervised_total", "supervised_female", "supervised_received", "remarks_fair", "supervision_violations")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def managed(pair: TwoOffices, **values: Value) -> str:
    """A person on probation, with a remark, a roll call and a violation; the id."""
    remark: Row = {"month": date(2026, 10, 16), "rating": "fair", "text": "xynvqa chấp hành tốt"}
    violation: Row = {"occurred_on": date(2026, 11, 3), "what": "xynvqa vắng mặt", "handling": "reminder"}
    usual: dict[str, Value] = {
        "name": NAME, "sex": "female", "identity_number": "001191000123", "residential_area": pair.area,
        "group": "suspended_sentence", "decision": DECISION, "received_on": date(2026, 9, 3),
        "remarks": (remark,), "violations": (violation,),
    }  # fmt: skip
    return save(pair.commune, SUPERVISED, {**usual, **values})


def figures(session: Session, *names: str) -> dict[str, object]:
    return {one.indicator: one.value for one in figures_of(session, names, YEAR)}


def test_who_may_not_see_the_register_sees_nothing_and_others_are_written_down(pair: TwoOffices) -> None:
    one = managed(pair)
    leader = replace(pair.commune, user=replace(pair.commune.user, role=Role.LEADER), entries={})
    for way in (
        lambda: records.get(leader, SUPERVISED, one),
        lambda: lists.open_list(leader, ListQuery(SUPERVISED)),
        lambda: print_document(leader, "supervision_plan", one),
    ):
        with pytest.raises(UserError) as refused:
            way()
        assert refused.value.code == "TD-STORE-240"
    assert search(leader, "Xynvqa") == []
    assert len(lists.open_list(pair.commune, ListQuery(SUPERVISED))) == 1
    records.get(pair.commune, SUPERVISED, one)
    print_document(pair.commune, "supervision_plan", one)
    looks = [(look.what, look.record_id) for look in access.newest(pair.commune)]
    assert {what for what, _ in looks} >= {"list", "open", "print"} and ("open", one) in looks


def test_the_province_has_the_counts_and_the_package_not_a_word(pair: TwoOffices) -> None:
    one = managed(pair)
    managed(pair, name="Lò Văn Ọi", sex="male", closed_on=date(2026, 11, 2), closing_reason="moved")
    own = figures(pair.commune, *PRIVATE)
    assert own == {
        "supervised_total": 1, "supervised_female": 1, "supervised_received": 2, "remarks_fair": 2,
        "supervision_violations": 2,
    }  # fmt: skip
    made = pair.send()
    pair.take(made)
    assert figures(pair.province, *PRIVATE) == own
    keeper = replace(pair.province, user=replace(pair.province.user, role=Role.ADMINISTRATOR), entries={})
    assert keeper.file.records.totals(ListQuery(SUPERVISED, include_deleted=True)).count == 0
    with verify(made.path, cards.trust(pair.province), [cards.office_keys(pair.province).age_identity]) as package:
        content = b"".join(package.member(entry.name) for entry in package.entries)
    for word in ("Xynvqa", "xynvqa", "XYNVQA", "001191000123", one, "Lò Văn Ọi"):
        assert word.encode() not in content, word


def test_erasure_leaves_nothing(pair: TwoOffices) -> None:
    one = managed(pair, received_on=date(2019, 3, 4), closed_on=date(2020, 9, 3), closing_reason="completed",
                  remarks=(), violations=())  # fmt: skip
    kept = managed(pair, name="Lò Văn Ọi", decision="1/QĐ", identity_number=None, remarks=(), violations=())
    assert [found.id for found in erasure.outdated(pair.commune)] == [one]
    assert NAME.encode() in decrypted_pages(pair.commune.file)
    assert erasure.erase(pair.commune, SUPERVISED, [one], "Hết thời hạn lưu") == 1
    assert search(pair.commune, "Xynvqa") == [] and pair.commune.file.changes.verify_chain() is None
    pages = decrypted_pages(pair.commune.file)
    for word in (NAME, DECISION, "001191000123", "vang thi xynvqa"):
        assert word.encode() not in pages, word
    assert records.get(pair.commune, SUPERVISED, kept).values["name"] == "Lò Văn Ọi"


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
    managed(pair)
    for name in ("crime_drugs_trafficking", "community_management", "movement_ban", "forces_result",
                 "force_statistics"):  # fmt: skip
        paper = print_report(pair.commune, build.build(pair.commune, name, YEAR))
        assert paper.pdf[:5] == b"%PDF-"
