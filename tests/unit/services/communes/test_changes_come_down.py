"""A change of communes goes down in a directive: the commune knows its last day, its new name, what it takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.communes.provinces import DAY, MERGED, NAMES, NEW, OLD_A
from tests.unit.services.handoff.two_offices import REPORT, TwoOffices, reopened, two_offices
from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.services import commune_changes, own_unit, records, units
from thidua_desktop.services.commune_changes import AskedChange
from thidua_desktop.services.handoff import directives, orders
from thidua_desktop.services.handoff.directives import DirectiveWish, MadeDirective
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.report_periods import groups as groups_of
from thidua_desktop.services.report_periods import period_choices, period_to_report
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import VIETNAM_TIME, Clock
from thidua_desktop.services.today import UNIT, report_lines, unit_lines
from thidua_desktop.store.key_slots import KeyCost

RENAMED = AskedChange(
    kind="rename", effective_on=date(2026, 11, 1), before=(OLD_A,), after=((OLD_A, "Phường Ea Đrăng"),), decision="9/NQ"
)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is learned of units stays in this test."""
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cau hinh"))


@pytest.fixture
def pair(tmp_path: Path):  # type: ignore[no-untyped-def]
    with two_offices(tmp_path) as both:
        yield both


def send(pair: TwoOffices) -> MadeDirective:
    """The province writes a directive with its changes, the commune applies it."""
    made = directives.make_directive(pair.province, DirectiveWish("Sắp xếp đơn vị", communes=True), pair.folder)
    orders.take_directive(pair.commune, orders.look_at_directive(pair.commune, made.path))
    return made


def test_the_look_says_what_it_means_for_this_commune(pair: TwoOffices) -> None:
    commune_changes.apply(pair.province, MERGED)
    made = directives.make_directive(pair.province, DirectiveWish("Sắp xếp", communes=True), pair.folder)
    view = orders.look_at_directive(pair.commune, made.path)
    (line,) = orders.view_lines(view)
    assert line.startswith("Từ ngày 20/08/2026: ") and line.endswith("Đơn vị này kết thúc ngày 19/08/2026")
    assert own_unit.last_day(pair.commune) is None  # only looked at


def test_an_ended_commune_closes_its_last_period_and_no_later_one(pair: TwoOffices) -> None:
    commune_changes.apply(pair.province, MERGED)
    send(pair)
    spec = pair.commune.definitions.reports[REPORT]
    month, quarter = (parse_period(code) for code in ("2026-09", "2026-Q3"))
    assert period_to_report(pair.commune, spec).end == date(2026, 8, 19)
    offered = period_choices(pair.commune, spec, groups_of(pair.commune, spec)[0])
    assert [one.code for one in offered[:2]] == ["2026-09", "2026-08"]
    for period in (month, quarter):
        closed = reports.close(pair.commune, REPORT, period)
        assert (closed.period.start, closed.period.end) == (period.start, date(2026, 8, 19))
    assert report_lines(pair.commune) == []
    assert own_unit.own_days(pair.commune, parse_period("2026-08")) == parse_period("2026-08")
    (line,) = unit_lines(pair.commune)
    assert line.kind == UNIT and "đã kết thúc ngày 19/08/2026" in line.title and NAMES[NEW] in line.detail


def test_a_record_after_the_last_day_is_warned_of(pair: TwoOffices) -> None:
    commune_changes.apply(pair.province, MERGED)
    send(pair)
    values = {"held_on": DAY, "kind": "propaganda", "title": "Buổi", "residential_area": pair.area,
              "attendance_total": 40, "attendance_women": 18}  # fmt: skip
    found = [one for one in records.check(pair.commune, "movement_activity", values) if one.code == "TD-DATA-559"]
    assert [one.severity for one in found] == [Severity.WARNING] and "19/08/2026" in found[0].text
    on_the_last = {**values, "held_on": date(2026, 8, 19)}
    assert "TD-DATA-559" not in {one.code for one in records.check(pair.commune, "movement_activity", on_the_last)}


def test_a_new_name_is_offered_and_taken_by_a_person(pair: TwoOffices) -> None:
    commune_changes.apply(pair.province, RENAMED)
    with pytest.raises(UserError, match="TD-SYNC-213"):
        own_unit.take_name(pair.commune)
    send(pair)
    old = pair.commune.file.identity
    assert old.name != "Phường Ea Đrăng" and own_unit.offered_name(pair.commune) == "Phường Ea Đrăng"
    assert [one.what for one in own_unit.news(pair.commune)] == ["name"]
    own_unit.take_name(pair.commune)
    now = pair.commune.file.identity
    assert (now.name, now.code, now.place) == ("Phường Ea Đrăng", old.code, "Ea Đrăng")
    assert now.header_issuer == "ỦY BAN NHÂN DÂN PHƯỜNG EA ĐRĂNG"
    assert own_unit.news(pair.commune) == []


def test_taken_back_at_the_province_or_reversed_here(pair: TwoOffices) -> None:
    written = commune_changes.apply(pair.province, MERGED)
    first = send(pair)
    later = reopened(pair.province, datetime(2026, 11, 17, 9, 0, tzinfo=VIETNAM_TIME))
    commune_changes.undo(later, written.id)
    made = directives.make_directive(later, DirectiveWish("Bỏ", communes=True), pair.folder)
    later.close()
    view = orders.look_at_directive(pair.commune, made.path)
    assert view.communes[0].startswith("Bỏ thay đổi")
    orders.take_directive(pair.commune, view)
    assert own_unit.last_day(pair.commune) is None
    orders.reverse_directive(pair.commune, made.number)
    assert own_unit.last_day(pair.commune) == date(2026, 8, 19)
    orders.reverse_directive(pair.commune, first.number)
    assert own_unit.last_day(pair.commune) is None


def test_the_list_of_units_learns_and_a_new_office_is_made(pair: TwoOffices, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TD-STORE-201"):
        units.unit(NEW)
    commune_changes.apply(pair.province, MERGED)
    assert units.unit(NEW).name == units.find("ea son dak lak")[0].name == NAMES[NEW]
    new = NewOffice(
        unit_code="24997", unit_name="Xã Cư Mới", unit_province="66", user_name="Hà", password="bốn-từ-dễ-nhớ"
    )
    made = create_office(tmp_path / "moi.thidua", new, Clock(), KeyCost(memory_kib=16, passes=1, lanes=1))
    assert (made.session.file.identity.code, made.session.file.identity.province_code) == ("24997", "66")
    made.session.close()


def test_a_mistyped_name_is_not_learned_for_good(pair: TwoOffices) -> None:
    wrong = commune_changes.apply(pair.province, replace(MERGED, after=((NEW, "Xã Ea Sơm"),)))
    assert units.unit(NEW).name == "Xã Ea Sơm"
    commune_changes.undo(pair.province, wrong.id)
    with pytest.raises(UserError, match="TD-STORE-201"):
        units.unit(NEW)
    commune_changes.apply(pair.province, MERGED)
    assert units.unit(NEW).name == NAMES[NEW]
    units.learn({NEW: "Xã Ea Sơm"}, "66")  # another machine, which heard of it by a directive
    sent = replace(directives.sent_change(wrong), stands=False)
    own_unit.learn(pair.commune, [sent])
    assert NEW not in units.learned()


@pytest.mark.parametrize(("code", "name", "refusal"), [
    ("2499", "Xã Cư Mới", "TD-STORE-361"), ("24997", "Cư Mới", "TD-STORE-361"), ("24997", "Xã", "TD-STORE-361"),
    (OLD_A, "Xã Cư Mới", "TD-STORE-362"), ("24997", "xã hòa sơn", "TD-STORE-362"),
])  # fmt: skip
def test_a_unit_that_is_typed_is_checked(code: str, name: str, refusal: str) -> None:
    with pytest.raises(UserError, match=refusal):
        units.new_unit(code, name, "66")
    assert units.new_unit(" 24997 ", "Xã  Cư Mới", "66").name == "Xã Cư Mới"
    with pytest.raises(UserError, match="TD-STORE-201"):
        units.new_unit("24997", "Xã Cư Mới", "99")


def test_the_newest_word_counts_whatever_comes_first(pair: TwoOffices) -> None:
    change = commune_changes.apply(pair.province, MERGED)
    kept = pair.commune.file.commune_changes
    later = replace(change, number=1, stands=False, at=change.at.replace(hour=18))
    for one in (later, replace(change, number=2)):
        kept.put(one)
    assert kept.standing() == []
