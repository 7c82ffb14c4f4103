"""One change to several records: looked at first, warnings with a reason, others left out, one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER
from thidua_desktop.errors import UserError
from thidua_desktop.services import records, several
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.store import record_writer

REGISTER = "movement_activity"
Add = Callable[..., str]


@pytest.fixture
def ids(session: Session, add: Add, area_ids: list[str]) -> list[str]:
    return [
        add(REGISTER, held_on=date(2026, 11, day), kind="propaganda", title=f"Buổi {day}", attendance_total=10 * day,
            attendance_women=day, residential_area=area_ids[day % 2])
        for day in range(1, 6)
    ]  # fmt: skip


def values(session: Session, ids: list[str], field: str) -> list[object]:
    return [records.get(session, REGISTER, one).values.get(field) for one in ids]


def test_it_is_looked_at_made_and_taken_back(session: Session, ids: list[str], area_ids: list[str]) -> None:
    before = values(session, ids, "residential_area")
    plan = several.plan_change(session, REGISTER, ids, "residential_area", area_ids[0])
    assert (len(plan.changes), plan.unchanged, plan.left_out) == (3, 2, ())
    assert plan.after and plan.changes[0].before != plan.after
    assert values(session, ids, "residential_area") == before
    heard: list[object] = []
    session.subscribe(heard.append)
    assert several.apply_change(session, plan).count == 3
    assert values(session, ids, "residential_area") == [area_ids[0]] * 5 and len(heard) == 1
    records.undo(session)
    assert values(session, ids, "residential_area") == before
    records.redo(session)
    assert values(session, ids, "residential_area") == [area_ids[0]] * 5
    assert session.file.check() == []


def test_what_would_be_wrong_is_left_out_and_named(session: Session, ids: list[str]) -> None:
    plan = several.plan_change(session, REGISTER, ids, "attendance_women", 25)
    assert [one.title.endswith(end) for one, end in zip(plan.left_out, ("1", "2"), strict=True)]
    assert all(one.why for one in plan.left_out) and len(plan.changes) == 3
    assert several.apply_change(session, plan, "đếm lại").count == 3
    assert values(session, ids, "attendance_women") == [1, 2, 25, 25, 25]


def test_warnings_need_one_reason(session: Session, ids: list[str]) -> None:
    for figure in reports.build(session, "movement_result", NOVEMBER).unanswered:
        reports.keep_odd(session, NOVEMBER, figure.indicator, "thử")
    reports.close(session, "movement_result", NOVEMBER)
    plan = several.plan_change(session, REGISTER, ids, "attendance_women", 5)
    assert len(plan.changes) == 4 and all(one.warnings for one in plan.changes)
    assert len(several.warnings_of(plan)) >= 1 and plan.needs_reason
    with pytest.raises(UserError, match="TD-STORE-352"):
        several.apply_change(session, plan, "x")
    assert values(session, ids, "attendance_women") == [1, 2, 3, 4, 5]
    assert several.apply_change(session, plan, "đếm lại").count == 4
    assert records.history(session, REGISTER, ids[0])[0].reason == "đếm lại"


def test_emptying_a_required_field_is_refused_for_each(session: Session, ids: list[str]) -> None:
    plan = several.plan_change(session, REGISTER, ids, "kind", None)
    assert len(plan.left_out) == 5 and not plan.changes


def test_what_changed_meanwhile_is_left_out(session: Session, ids: list[str]) -> None:
    plan = several.plan_change(session, REGISTER, ids, "attendance_women", 7)
    changed = {**records.get(session, REGISTER, ids[4]).values, "attendance_women": 9}
    records.save(session, REGISTER, changed, record_id=ids[4], reasons={"*": "thử"})
    done = several.apply_change(session, plan, "đếm lại")
    assert [one.record_id for one in done.left_out[len(plan.left_out) :]] == [ids[4]]
    assert records.get(session, REGISTER, ids[4]).values["attendance_women"] == 9


def test_deleting_several_is_one_step(session: Session, ids: list[str], area_ids: list[str]) -> None:
    with pytest.raises(UserError, match="TD-STORE-227"):
        several.delete_several(session, REGISTER, ids, "..")
    done = several.delete_several(session, REGISTER, ids[:3], "ghi hai lần")
    assert (done.count, done.left_out, session.file.records.count(REGISTER)) == (3, (), 2)
    assert (done.changes.registers, len(done.changes.ids)) == ({REGISTER}, 3)
    records.undo(session)
    assert session.file.records.count(REGISTER) == 5
    kept = several.delete_several(session, "residential_area", area_ids, "gộp")
    assert kept.count == 0 and "nhắc tới" in kept.left_out[0].why


def test_what_is_pointed_at_only_by_what_goes_before_it_goes_too(session: Session) -> None:
    def programme(title: str, **more: object) -> str:
        values: Any = {"title": title, "kind": "programme", "level": "commune", **more}
        return session.file.records.save("programme", values, actor="sương", now=session.now()).id

    first = programme("Chương trình của tỉnh")
    part = programme("Kế hoạch của xã", parent=first)
    kept = several.delete_several(session, "programme", [first, part], "ghi nhầm")
    assert kept.count == 1 and [one.record_id for one in kept.left_out] == [first]
    records.undo(session)
    done = several.delete_several(session, "programme", [part, first, part], "ghi nhầm")
    assert (done.count, done.left_out) == (2, ())
    assert records.history(session, "programme", first)[0].reason == "ghi nhầm"
    records.undo(session)
    assert not session.file.records.get("programme", first).deleted  # type: ignore[union-attr]
    assert session.file.check() == []


def test_many_are_deleted_by_blocks(session: Session, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one, 5,000 took most of their time to look up in the definitions who may point at them."""
    blocks: list[int] = []
    write_all = record_writer.write_all
    monkeypatch.setattr(
        record_writer, "write_all", lambda *of, **more: (blocks.append(len(of[1])), write_all(*of, **more))[1]
    )
    assert several.delete_several(session, REGISTER, ids, "ghi hai lần").count == 5
    assert blocks == [5]


def test_limits_and_fields(session: Session, ids: list[str]) -> None:
    with pytest.raises(UserError, match="TD-STORE-350"):
        several.delete_several(session, REGISTER, ["x"] * (several.MOST + 1), "thử")
    with pytest.raises(UserError, match="TD-STORE-351"):
        several.plan_change(session, REGISTER, ids, "title", "Như nhau")
    names = {one.name for one in several.changeable_fields(session, REGISTER)}
    assert {"kind", "residential_area", "attendance_total"} <= names and "title" not in names


def test_rows_of_others_are_told_before_anything_is_asked(session: Session, ids: list[str]) -> None:
    assert several.barred_for(session, REGISTER, ids) == () and several.barred_for(session, REGISTER, []) == ()
    session.file._database.run(f'UPDATE "{REGISTER}" SET office = ? WHERE id != ?', ("24400", ids[-1]))
    assert several.barred_for(session, REGISTER, ids) == ()  # one is our own, the others are left out by name
    assert several.barred_for(session, REGISTER, ids[:-1]) == ("24400",)
