"""Three communes in the middle of a quarter: two merge, one splits, from the province's directive to equal figures.

Before the change and after it the province has the same stock for every period; what happened counts once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.communes.old_and_new import fill
from tests.unit.services.communes.provinces import DAY, MERGED, NEW, OLD_A, OLD_B
from tests.unit.services.handoff.two_offices import CHEAP, NOW, PASSWORD, introduce, make_office, save
from thidua_desktop.domain.figures import Number
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Table
from thidua_desktop.services import commune_changes, own_unit, records, take_over
from thidua_desktop.services.board import Receipt, board, summary
from thidua_desktop.services.communes import by_name, counted_offices, coverage
from thidua_desktop.services.handoff import cards, directives, inbox, incoming, orders, outgoing
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.offices import NewOffice, create_office, open_office
from thidua_desktop.services.report_checks.recount import recounted
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.reports.paper import report_document
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.services.take_over import REST
from thidua_desktop.store.commune_changes import arrived_id
from thidua_desktop.store.queries import ListQuery

REPORT = "model_and_group_result"
OLD_C, NEW_D, NEW_E = "24400", "24998", "24997"
NAMES = {NEW: "Xã Ea Sơn", NEW_D: "Xã Cư Thượng Mới", NEW_E: "Xã Cư Hạ Mới"}
SPLIT = replace(MERGED, kind="split", before=(OLD_C,), after=((NEW_D, NAMES[NEW_D]), (NEW_E, NAMES[NEW_E])))
Q2, Q3, Q4 = (parse_period(f"2026-Q{number}") for number in (2, 3, 4))
SEPTEMBER, OCTOBER = parse_period("2026-09"), parse_period("2026-10")
STOCK = ("groups_total", "areas_total", "supervised_total", "programmes_running")
EVE, EVERY, FLOW = "supervised_before", "group_meetings_due", "activities_total"


@dataclass
class World:
    """The offices that are open; ``made`` what each old commune recorded."""

    folder: Path
    province: Session
    offices: dict[str, Session] = field(default_factory=dict)
    made: dict[str, dict[str, str]] = field(default_factory=dict)

    def send(self, code: str) -> incoming.ReceivePlan:
        """A package goes up and is taken in; what its plan said."""
        office = self.offices[code]
        stick = self.folder / f"usb-{code}"
        stick.mkdir(exist_ok=True)
        plan = incoming.plan_receive(self.province, outgoing.make_package(office, stick).path)
        incoming.receive(self.province, plan)
        return plan

    def direct(self, *codes: str) -> None:
        """The changes go down."""
        stick = self.folder / "usb"
        stick.mkdir(exist_ok=True)
        wish = DirectiveWish("Sắp xếp đơn vị hành chính", communes=True)
        made = directives.make_directive(self.province, wish, stick)
        for code in codes:
            orders.take_directive(self.offices[code], orders.look_at_directive(self.offices[code], made.path))

    def figures(self) -> dict[tuple[str, str], Number]:
        """What the province counts of all communes, by indicator and period."""
        names, offices = [*STOCK, EVE, EVERY, FLOW], counted_offices(self.province)
        return {
            (one.indicator, period.code): one.value
            for period in (Q2, Q3, Q4, SEPTEMBER, OCTOBER)
            for one in figures_of(self.province, names, period, offices)
        }

    def id_here(self, code: str, old: str, name: str) -> str:
        """The id that a record of an old commune has in a new one."""
        change = own_unit.predecessors(self.offices[code])[old]
        return arrived_id(change.id, code, self.made[old][name])

    def began(self, code: str) -> Session:
        """A new commune: its office is made, its card exchanged."""
        new = NewOffice(unit_code=code, unit_name=NAMES[code], unit_province="66", user_name="H'Ngọc", login="hngoc",
                        password=PASSWORD)  # fmt: skip
        made = create_office(self.folder / f"{code}.thidua", new, Clock(NOW), CHEAP).session
        self.offices[code] = made
        return made

    def take(self, new: str, old: str, said: Mapping[str, bool] | None = None) -> take_over.TakeOverPlan:
        """A new commune takes over from the closed file of an old one."""
        with take_over.old_office(self.offices[new], self.folder / f"{old}.thidua", PASSWORD) as before:
            return take_over.apply(self.offices[new], before, said)


def supervised(office: Session, area: str) -> None:
    """A person whose record never leaves the commune: only counts do."""
    save(office, "supervised_person", {
        "name": "Lương Văn Thử", "sex": "male", "residential_area": area, "group": "suspended_sentence",
        "decision": "15/2026/QĐ-CA", "received_on": date(2026, 5, 4), "reception_told_on": date(2026, 5, 5),
        "plan_on": date(2026, 5, 6), "helper_decided_on": date(2026, 5, 7),
    })  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("communes")
        patched.setenv("THIDUA_CONFIG_DIR", str(folder / "cau hinh"))
        made = World(folder, make_office(folder / "tinh.thidua", "66", province=True))
        for code in (OLD_A, OLD_B, OLD_C):
            office = made.offices[code] = make_office(folder / f"{code}.thidua", code)
            made.made[code] = fill(office)
            supervised(office, made.made[code]["there"])
            introduce(office, made.province)
            made.send(code)
        yield made
        for office in (*made.offices.values(), made.province):
            office.close()


def test_from_the_directive_to_equal_figures(world: World) -> None:
    before = world.figures()
    for asked in (MERGED, SPLIT):
        commune_changes.apply(world.province, asked)
    world.direct(OLD_A, OLD_B, OLD_C)
    ended(world)
    began_and_taken_over(world)
    told_and_due(world)
    after = world.figures()
    own = {(FLOW, Q3.code): 3, (FLOW, SEPTEMBER.code): 3}  # what the new ones did themselves
    assert after == {key: value + own.get(key, 0) for key, value in before.items()}
    assert before["supervised_total", Q3.code] == before["supervised_before", Q3.code] == 3
    equal_to_what_was_reported(world)
    late_packages(world)


def ended(world: World) -> None:
    """Each old commune closes its last quarter on its last day, hands it in, and is not there any more."""
    for code in (OLD_A, OLD_B, OLD_C):
        office = world.offices[code]
        assert own_unit.last_day(office) == date(2026, 8, 19)
        for figure in reports.build(office, REPORT, Q3).unanswered:
            reports.keep_odd(office, Q3, figure.indicator, "Kỳ cuối.")
        closed = reports.close(office, REPORT, Q3)
        assert closed.period.end == date(2026, 8, 19) and closed.figure("groups_total").value == 2
        plan = world.send(code)
        assert plan.ended[0].startswith("Đơn vị gửi đã kết thúc ngày 19/08/2026")
        office.close()


def began_and_taken_over(world: World) -> None:
    """A package before the card is refused; then each new commune takes over its part, and works."""
    here, there = (world.made[OLD_C][name] for name in ("here", "there"))
    for code in (NEW, NEW_D, NEW_E):
        introduce(world.began(code), world.province)
    world.direct(NEW, NEW_D, NEW_E)
    world.take(NEW, OLD_A)
    world.take(NEW, OLD_B)
    assert world.take(NEW_D, OLD_C, {here: True, there: False, f"{REST}programme": True}).waiting == 0
    world.take(NEW_E, OLD_C, {here: False, there: True, f"{REST}programme": False})
    for code, (old, area) in {NEW: (OLD_A, "here"), NEW_D: (OLD_C, "here"), NEW_E: (OLD_C, "there")}.items():
        assert own_unit.news(world.offices[code]) == []
        save(world.offices[code], "movement_activity", {
            "held_on": date(2026, 8, 25), "kind": "propaganda", "title": "Buổi đầu của xã mới",
            "residential_area": world.id_here(code, old, area), "attendance_total": 40, "attendance_women": 18,
        })  # fmt: skip
        world.send(code)
    areas = [
        record.id
        for code in (NEW, NEW_D, NEW_E)
        for record in world.offices[code].file.records.every(ListQuery("residential_area"))
    ]
    assert len(areas) == len(set(areas)) == 6  # each old area went to one new commune


def told_and_due(world: World) -> None:
    """Who is there in which period, on the list, on the board and on paper."""
    old, new = {OLD_A, OLD_B, OLD_C}, {NEW, NEW_D, NEW_E}
    for period, there in ((Q2, old), (Q3, old | new), (Q4, new)):
        assert {code for code, _ in by_name(world.province, period)} == there
    assert coverage(world.province, REPORT, Q3).short == "3/6 xã, phường, đặc khu"
    cells = {row.office: row.cells[-1] for row in board(world.province, REPORT, "quarter", count=1).rows}
    assert {cells[code].receipt for code in old} <= {Receipt.IN_TIME, Receipt.LATE}
    document = report_document(world.province, reports.build(world.province, REPORT, Q3))
    words = " ".join(str(getattr(block, "text", "")) for block in document.blocks)
    assert "sáp nhập thành Xã Ea Sơn" in words and "chia tách thành" in words
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert any("sáp nhập thành" in note for table in tables for note in map(str, table.notes))  # and so in Excel


def equal_to_what_was_reported(world: World) -> None:
    """What an old commune reported is what its records give; the province's total does not add it to its successor."""
    found = summary(world.province, REPORT, Q3)
    row = next(one for one in found.rows if one.indicator == "groups_total")
    assert not any(row.differs(code) for code in (OLD_A, OLD_B, OLD_C))
    assert (row.total, row.counted[OLD_A], row.by_office.get(OLD_A, 0)) == (6, 2, 0)
    own = recounted(world.province, ["groups_total"], Q3, [OLD_C], REPORT)
    assert own["groups_total", OLD_C] == 2


def late_packages(world: World) -> None:
    """An ended commune may still send; what it dates later is named and counts nowhere."""
    before = world.figures()
    late = world.offices[OLD_A] = open_office(world.folder / f"{OLD_A}.thidua", PASSWORD, clock=Clock(NOW))
    values = {"held_on": date(2026, 9, 1), "kind": "propaganda", "title": "Ghi nhầm nơi", "attendance_total": 40,
              "residential_area": world.made[OLD_A]["here"], "attendance_women": 18}  # fmt: skip
    assert "TD-DATA-559" in {one.code for one in records.check(late, "movement_activity", values)}
    save(late, "movement_activity", dict(values))
    plan = world.send(OLD_A)
    assert any("2 bản ghi ghi ngày từ 20/08/2026 không tính vào số liệu" in one for one in plan.ended)
    assert any("01/09/2026" in one for one in plan.ended)
    assert world.figures() == before


def test_a_package_before_the_card_is_of_an_unknown_sender(world: World, tmp_path: Path) -> None:
    stranger = make_office(tmp_path / "la.thidua", "24403")
    card = cards.own_card(world.province)
    cards.accept_card(stranger, card, card.fingerprint)  # one side only: the province does not know the commune yet
    made = outgoing.make_package(stranger, tmp_path)
    with pytest.raises(UserError, match="TD-SYNC-005"):
        incoming.plan_receive(world.province, made.path)
    assert [one.standing for one in inbox.look_into(world.province, tmp_path)] == [inbox.Standing.REFUSED]
    stranger.close()


def test_the_day_is_in_the_middle_of_the_quarter() -> None:
    assert Q3.start < DAY < Q3.end
