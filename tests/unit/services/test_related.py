"""What points at a record: counted and named by register, bounded, closed registers left out, new ones linked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.unit.services.restricted_register import with_restricted
from thidua_desktop.services import access, records
from thidua_desktop.services.related import COUNTED, SHOWN, RelatedGroup, linked_values, related
from thidua_desktop.services.session import Role, Session
from thidua_desktop.services.titles import entries_of

Add = Callable[..., str]


def area_of(session: Session) -> str:
    return next(iter(entries_of(session, "residential_area")))


def group_of(session: Session, record_id: str, register: str) -> RelatedGroup:
    return next(one for one in related(session, "residential_area", record_id) if one.register == register)


def test_the_newest_are_named_and_all_are_counted(session: Session, add: Add) -> None:
    area = area_of(session)
    for day in range(1, SHOWN + 3):
        add("movement_activity", held_on=date(2026, 11, day), residential_area=area, kind="patrol", title=f"Ca {day}")
    found = group_of(session, area, "movement_activity")
    assert found.count == SHOWN + 2 and found.count_text == str(SHOWN + 2)
    assert found.newest[0].title == "Ca 7, 07/11/2026" and len(found.newest) == SHOWN
    assert related(session, "residential_area", area)[0].count > 0
    assert all(one.register != "attachment" for one in related(session, "residential_area", area))


def test_very_many_are_not_counted_to_the_end(session: Session) -> None:
    area = area_of(session)
    rows = ((None, {"held_on": date(2026, 11, 1), "residential_area": area, "title": "Ca"}) for _ in range(COUNTED + 5))
    session.file.records.save_many("movement_activity", rows, actor="thử", now=session.now())
    found = group_of(session, area, "movement_activity")
    assert (found.count, found.count_text) == (COUNTED + 1, f"hơn {COUNTED}")


def test_a_deleted_record_points_at_nothing(session: Session, add: Add) -> None:
    area = area_of(session)
    gone = add("movement_activity", held_on=date(2026, 11, 1), residential_area=area, kind="patrol", title="Ca")
    records.delete(session, "movement_activity", gone, "thử")
    assert group_of(session, area, "movement_activity").count == 0


def test_a_new_one_starts_linked_and_in_the_same_area(session: Session, add: Add) -> None:
    area = area_of(session)
    group = add("self_managed_group", residential_area=area, number="5", name="Tổ số 5", kind="security")
    found = next(one for one in related(session, "self_managed_group", group) if one.register == "household")
    values = linked_values(session, found, group)
    assert (values[found.field], values["residential_area"]) == (group, area)


def test_closed_registers_are_left_out_and_looks_written_down(session: Session) -> None:
    keeper = with_restricted(session)
    area = area_of(keeper)
    values = {"name": "Vàng Thị Xy", "sex": "female", "residential_area": area}
    saved = records.save(keeper, "person", values, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    assert group_of(keeper, area, "person").count == 1
    assert access.newest(keeper)[0].what == "list"
    leader = with_restricted(keeper, Role.LEADER)
    assert "person" not in {one.register for one in related(leader, "residential_area", area)}
    assert all(not one.may_add for one in related(leader, "residential_area", area))
