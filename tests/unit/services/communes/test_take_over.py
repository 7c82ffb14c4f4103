"""Taking over from an old commune: what comes, what waits, nothing twice, everything back with one undo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.communes.old_and_new import OldAndNew, old_and_new
from tests.unit.services.communes.provinces import MERGED, NAMES, NEW, OLD_A, OLD_B
from tests.unit.services.handoff.two_machines import further_machine, take
from tests.unit.services.handoff.two_offices import NOVEMBER, NOW, PASSWORD, REPORT, introduce, make_office, save
from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments, commune_changes, own_unit, records, report_periods, take_over, today
from thidua_desktop.services.handoff import directives, orders, sideways
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.handoff.sideways import Exchanged
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Clock, Role, Session, User
from thidua_desktop.services.take_over import REST
from thidua_desktop.store.file_lock import FileLock
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.queries import ListQuery

SPLIT = replace(MERGED, kind="split", before=(OLD_A,), after=((NEW, NAMES[NEW]), ("24998", "Xã Cư Né Hạ")))


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cau hinh"))


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[tuple[OldAndNew, dict[str, str]]]:
    with old_and_new(tmp_path, MERGED, OLD_A) as both:
        yield both


@pytest.fixture
def split(tmp_path: Path) -> Iterator[tuple[OldAndNew, dict[str, str]]]:
    with old_and_new(tmp_path, SPLIT, OLD_A) as both:
        yield both


def test_what_stands_comes_and_events_stay(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, made = merged
    before = hashlib.sha256(world.path.read_bytes()).hexdigest()
    lines = {line.register: line for line in world.look().lines}
    assert (lines["self_managed_group"].standing, lines["self_managed_group"].coming) == (2, 3)  # one ended, named
    assert (lines["residential_area"].coming, lines["household"].coming, lines["programme"].coming) == (2, 1, 1)
    assert lines["movement_activity"].coming == 1  # on the day itself: it counts nowhere there
    assert world.all("residential_area") == []
    done = world.take()
    assert (done.waiting, done.files) == (0, 1)
    assert {one.values["title"] for one in world.all("movement_activity")} == {"Buổi 20/08"}
    (household,) = world.all("household")
    assert household.id == world.id_here(made["household"]) and household.office == NEW
    assert household.values["residential_area"] == world.id_here(made["here"])
    assert household.values["group"] == world.id_here(made["closed"])
    assert hashlib.sha256(world.path.read_bytes()).hexdigest() == before
    assert not list(world.path.parent.glob(".ban-giao-*"))


def test_origin_attachments_and_news(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, made = merged
    (both,) = own_unit.news(world.new)
    assert both.what == own_unit.BEGINS and both.title.count("Xã ") == 2
    world.take()
    group = world.id_here(made["group"])
    (file,) = attachments.of_record(world.new, "self_managed_group", group)
    assert file.is_here and file.name == "quyet-dinh.txt"
    (change,) = world.new.file.changes.history("self_managed_group", group)
    assert OLD_A in change.reason and MERGED.decision in change.reason
    (left,) = own_unit.news(world.new)
    assert left.title.count("Xã ") == 1 and own_unit.is_taken_over(world.new, OLD_A)
    assert not own_unit.is_taken_over(world.new, OLD_B)


def test_a_unit_that_begins_today_does_not_report_the_month_before(tmp_path: Path) -> None:
    begins = replace(MERGED, effective_on=NOW.date())  # November ended on the 14th
    with old_and_new(tmp_path, begins, OLD_A) as (world, _):
        world.take()
        spec = world.new.definitions.reports[REPORT]
        assert [one.title for one in today.report_lines(world.new) if "11/2026" in one.title] == []
        assert report_periods.period_to_report(world.new, spec).code == "2026-12"
        assert not own_unit.reports(world.new, NOVEMBER) and own_unit.reports(world.province, NOVEMBER)


def test_twice_changes_nothing_and_one_undo_takes_all_back(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, made = merged
    world.take()
    head = world.new.file.changes.head()
    assert world.look().coming == 0
    with pytest.raises(UserError, match="TD-STORE-364"):
        world.take()
    assert world.new.file.changes.head() == head
    records.undo(world.new)
    assert world.all("residential_area") == world.all("household") == world.all("attachment") == []
    assert not own_unit.is_taken_over(world.new, OLD_A)
    assert world.take().coming == 8
    assert {one.id for one in world.all("residential_area")} == {
        world.id_here(made[name]) for name in ("here", "there")
    }


def test_reversing_the_directive_afterwards_counts_nothing_twice(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, _ = merged
    world.take()
    (directive,) = orders.taken_directives(world.new)
    (arrival,) = world.new.file.commune_changes.days()[1]
    assert arrival.day == MERGED.effective_on
    orders.reverse_directive(world.new, directive.number)
    (kept,) = world.new.file.commune_changes.all()  # what came by it must not count on all days
    assert not kept.stands and world.new.file.commune_changes.days() == ((), (arrival._replace(day=date.max),))
    (left,) = own_unit.news(world.new)
    assert left.what == own_unit.LEFT and "không tính vào số liệu" in left.detail and left.detail.count("Xã ") == 1
    records.undo(world.new)  # what was taken over goes, and nothing is left to tell
    assert own_unit.news(world.new) == []


def test_of_a_split_people_say_what_comes_and_the_rest_waits(split: tuple[OldAndNew, dict[str, str]]) -> None:
    world, made = split
    first = world.look()
    assert first.coming == 0 and first.waiting == sum(line.standing for line in first.lines)
    assert {part.key for part in first.parts} == {made["here"], made["there"], f"{REST}programme"}
    assert any("Trần Thị Bích Liên" in one for one in first.waiting_titles)
    done = world.take({made["here"]: True, made["there"]: False})
    assert [one.id for one in world.all("residential_area")] == [world.id_here(made["here"])]
    assert done.waiting == 1 and not own_unit.is_taken_over(world.new, OLD_A)
    again = world.look()  # what was said is remembered
    assert {part.key: part.said for part in again.parts}[made["there"]] is False
    world.take({made["here"]: True, made["there"]: False, f"{REST}programme": True})
    assert len(world.all("programme")) == 1 and own_unit.is_taken_over(world.new, OLD_A)
    assert len(world.all("self_managed_group")) == 2


@pytest.mark.parametrize("first", [True, False])
def test_once_all_is_said_the_reminder_goes(split: tuple[OldAndNew, dict[str, str]], first: bool) -> None:
    world, made = split
    said = {made["here"]: first, made["there"]: False}
    if first:
        world.take(said)
    else:
        with pytest.raises(UserError, match="TD-STORE-364"):
            world.take(said)
    assert [one.what for one in own_unit.news(world.new)] == [own_unit.BEGINS]  # the programme waits
    with pytest.raises(UserError, match="TD-STORE-364"):
        world.take({**said, f"{REST}programme": False})  # nothing comes by it, and nothing waits any more
    assert own_unit.news(world.new) == []
    assert world.take({**said, f"{REST}programme": True}).coming == 1  # said otherwise later
    records.undo(world.new)
    assert own_unit.is_taken_over(world.new, OLD_A) is first


def test_what_is_wrong_is_told_of_the_file_that_was_chosen(
    merged: tuple[OldAndNew, dict[str, str]], tmp_path: Path
) -> None:
    world, _ = merged
    lonely = tmp_path / "xã cũ.thidua"
    lonely.write_bytes(world.path.read_bytes())
    with pytest.raises(UserError, match="TD-STORE-006") as told, take_over.old_office(world.new, lonely, PASSWORD):
        pass
    assert str(lonely) in str(told.value) and "xã cũ.thidua.keys" in str(told.value)
    assert ".ban-giao-" not in str(told.value)


def test_a_second_machine_that_takes_over_too_agrees(merged: tuple[OldAndNew, dict[str, str]], tmp_path: Path) -> None:
    world, made = merged
    second = further_machine(tmp_path / "may2.thidua", "Y Tô Niê", world.new)
    introduce(second, world.new)

    def hand(giver: Session, taker: Session, stick: str) -> Exchanged:
        (tmp_path / stick).mkdir()
        return take(taker, sideways.make_exchange(giver, tmp_path / stick))

    hand(world.new, second, "usb1")  # the change of communes travels between machines
    assert set(own_unit.predecessors(second)) == {OLD_A, OLD_B}
    world.take()
    with take_over.old_office(second, world.path, PASSWORD) as old:
        take_over.apply(second, old)
    for giver, taker, stick in ((world.new, second, "usb2"), (second, world.new, "usb3")):
        assert hand(giver, taker, stick).conflicts == 0
    for register in ("residential_area", "household", "self_managed_group"):
        ours, theirs = ({one.id: one.values for one in office.file.records.every(ListQuery(register))}
                        for office in (world.new, second))  # fmt: skip
        assert ours == theirs and len(ours) == len(set(ours))
    assert own_unit.is_taken_over(second, OLD_A) and made
    second.close()


def test_what_hangs_on_a_programme_of_the_province_keeps_hanging_there(tmp_path: Path) -> None:
    with old_and_new(tmp_path, MERGED, OLD_A) as (world, made):
        parent = {"title": "Chương trình của tỉnh", "kind": "programme", "level": "province", "number": "1/CTr",
                  "issued_on": date(2026, 1, 2), "topics": ("crime",), "valid_from": date(2026, 1, 2)}  # fmt: skip
        record = save(world.province, "programme", dict(parent))
        with open_office(world.path, PASSWORD, clock=Clock(NOW)).file as file:
            plain = {**parent, "issued_on": "2026-01-02", "valid_from": "2026-01-02", "topics": ["crime"]}
            line = RecordLine(register="programme", id=record, office="66", revision=1, values=plain)
            for office in (file, world.new.file):
                office.merge([line], "66", "chỉ đạo 2", actor="thử", now=NOW)
            own = file.records.get("programme", made["programme"])
            assert own is not None
            changed = [(own.id, {**own.values, "parent": record})]
            file.records.save_many("programme", changed, actor="thử", now=NOW)
        world.take()
        mine = world.new.file.records.get("programme", world.id_here(made["programme"]))
        assert mine is not None and mine.values["parent"] == record
        assert len(world.all("programme")) == 2  # the province's own came once, by its directive


def test_a_corrected_day_brings_nothing_twice(merged: tuple[OldAndNew, dict[str, str]], tmp_path: Path) -> None:
    world, _ = merged
    world.take()

    def direct(stick: str, day: date) -> None:
        (last,) = world.province.file.commune_changes.standing()
        commune_changes.undo(world.province, last.id)
        commune_changes.apply(world.province, replace(MERGED, effective_on=day))
        (tmp_path / stick).mkdir()
        made = directives.make_directive(world.province, DirectiveWish("Sắp xếp", communes=True), tmp_path / stick)
        orders.take_directive(world.new, orders.look_at_directive(world.new, made.path))

    direct("sau", date(2026, 9, 1))
    assert own_unit.is_taken_over(world.new, OLD_A) and world.look().coming == 0
    direct("truoc", date(2026, 8, 10))
    assert world.take().coming == 1  # what happened from the earlier day on
    assert len(world.all("residential_area")) == 2 and len(world.all("movement_activity")) == 2


def test_a_commune_writes_no_change_itself(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, _ = merged
    named = replace(MERGED, kind="rename", before=(NEW,), after=((NEW, "Xã Tự Đặt"),), effective_on=date(2026, 9, 1))
    (change,) = world.new.file.commune_changes.standing()
    for do in (lambda: commune_changes.apply(world.new, named), lambda: commune_changes.undo(world.new, change.id)):
        with pytest.raises(UserError, match="TD-SYNC-214"):
            do()
    assert own_unit.offered_name(world.new) == ""


def test_an_old_file_that_is_open_elsewhere_is_not_copied(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, _ = merged
    lock = FileLock(world.path)
    with pytest.raises(UserError, match="TD-STORE-005"):
        world.look()
    lock.release()
    assert world.look().coming == 8


def test_restricted_registers_come_only_for_who_may_see_them(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, _ = merged
    world.new.file.settings.put("x", 1)
    limited = replace(world.new, user=User("hngoc", "H'Ngọc", Role.PROVINCE))  # may manage, sees nothing sensitive
    with take_over.old_office(limited, world.path, PASSWORD) as old:
        lines = {line.register: line for line in take_over.plan(limited, old).lines}
    assert lines["supervised_person"].closed and lines["supervised_person"].coming == 0


def test_other_files_and_persons_are_refused(merged: tuple[OldAndNew, dict[str, str]], tmp_path: Path) -> None:
    world, _ = merged
    make_office(tmp_path / "khac.thidua", "24400").close()
    for path, password, code in (
        (tmp_path / "khac.thidua", PASSWORD, "TD-STORE-360"), (world.new.file.path, PASSWORD, "TD-STORE-360"),
        (world.path, "sai mật khẩu", "TD-STORE-001"),
        (tmp_path / "không có", PASSWORD, "TD-STORE-020"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=code), take_over.old_office(world.new, path, password):
            pass
    officer = replace(world.new, user=User("hngoc", "H'Ngọc", Role.OFFICER))
    with pytest.raises(UserError, match="TD-STORE-220"), take_over.old_office(officer, world.path, PASSWORD):
        pass
    assert world.new.today > date(2026, 8, 20)
