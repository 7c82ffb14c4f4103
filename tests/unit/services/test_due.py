"""Records that wait: on Hôm nay, in lists, by SQL as by eye."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.services.due_register import REGISTER, TEXT, with_due
from thidua_desktop.formdef.model import Condition, FieldType, Value, Values
from thidua_desktop.services import due, lists, records, today
from thidua_desktop.services.due import Waiting
from thidua_desktop.services.session import Session
from thidua_desktop.services.today import LINES_PER_KIND, Urgency
from thidua_desktop.store.queries import ListQuery

TODAY = date(2026, 11, 23)
Add = Callable[..., str]


def activity(add: Add, days: int, **more: Value) -> str:
    return add(REGISTER, held_on=TODAY + timedelta(days=days), kind="patrol", title=f"Ca {days}", **more)


def test_late_ones_come_first_with_days_and_text(session: Session, add: Add) -> None:
    waiting = with_due(session)
    activity(add, -1)
    late = activity(add, -9)
    activity(add, -20, result="Đạt")
    lines = today.waiting_lines(waiting)
    assert [line.days for line in lines] == [-9, -1]
    assert lines[0].target.record_id == late and lines[0].urgency is Urgency.LATE
    assert lines[0].detail == f"{TEXT}, hạn 14/11/2026, quá hạn 9 ngày"
    assert late in {line.target.record_id for line in today.today(waiting).due}


def test_what_comes_soon_is_shown_from_its_day_on(session: Session, add: Add) -> None:
    activity(add, 0)
    earlier = replace(session, clock=replace(session.clock, fixed=session.now() - timedelta(days=5)))
    assert [line.days for line in today.waiting_lines(with_due(earlier, soon=5))] == [5]
    assert today.waiting_lines(with_due(earlier, soon=4)) == []
    assert today.waiting_lines(with_due(earlier, soon=5))[0].urgency is Urgency.SOON


def test_more_than_some_are_told_in_one_line(session: Session, add: Add) -> None:
    for number in range(LINES_PER_KIND + 3):
        activity(add, -number - 1)
    lines = today.waiting_lines(with_due(session))
    assert len(lines) == LINES_PER_KIND + 1
    assert (lines[-1].title, lines[-1].more) == (f"Còn 3 {TEXT}", 3)
    assert (lines[-1].target.register, lines[-1].target.due) == (REGISTER, Waiting.OPEN)


def test_a_register_without_a_room_leads_to_the_form(session: Session, add: Add) -> None:
    for number in range(LINES_PER_KIND + 1):
        activity(add, -number - 1)
    lines = today.waiting_lines(with_due(session, hidden=True))
    assert {line.target.page for line in lines} == {"form"} and len(lines) == LINES_PER_KIND


def made_up(luck: random.Random, number: int) -> Values:
    values: dict[str, Value] = {
        "held_on": TODAY + timedelta(days=luck.randrange(-40, 40)),
        "title": f"Ca {number}",
        "result": luck.choice(["Đạt", None]),
        "host": luck.choice(["office", None]),
    }
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("done", ["result", "host", "kind"])
@pytest.mark.parametrize("waiting", list(Waiting))
def test_lists_hold_what_waits(session: Session, done: str, waiting: Waiting) -> None:
    luck = random.Random(5)
    rows = [made_up(luck, number) for number in range(120)]
    session.file.records.save_many(REGISTER, ((None, row) for row in rows), actor="thử", now=session.now())
    there = with_due(session, done)
    query = due.narrowed(there, ListQuery(REGISTER), waiting)
    found = lists.open_list(there, query)
    wanted = [row for row in rows if not row.get(done) and (waiting is Waiting.OPEN or row["held_on"] < TODAY)]  # type: ignore[operator]
    assert 0 < len(found) == len(wanted)
    for row in found.rows(0, len(found)):
        assert waiting is Waiting.OPEN or (row.due is not None and row.due.late)


def test_a_no_is_not_done_and_done_is_quiet(session: Session) -> None:
    spec = with_due(session).register(REGISTER)
    boolean = spec.field("result")._replace(type=FieldType.BOOLEAN)
    spec = replace(spec, fields=tuple(boolean if field.name == "result" else field for field in spec.fields))
    assert due.conditions(session, spec, Waiting.OPEN) == (Condition("result", ("", "false")),)
    late: Values = {"held_on": date(2026, 11, 20)}
    state = due.state_of(spec, {**late, "result": False}, TODAY)
    assert state is not None and (state.late, state.text) == (True, "quá hạn 3 ngày")
    assert due.state_of(spec, {**late, "result": True}, TODAY) is None
    assert due.state_of(spec, {"held_on": date(2027, 1, 1)}, TODAY) is None
    assert due.state_of(spec, {}, TODAY) is None


def test_registers_that_wait_for_nothing_are_not_narrowed(session: Session) -> None:
    query = ListQuery("household")
    assert due.narrowed(session, query, Waiting.LATE) == query


def test_a_tip_is_checked_within_the_days_of_the_law_table(session: Session, add: Add) -> None:
    made = {
        days: add("tip", received_on=TODAY - timedelta(days=days), way="zalo", content=f"Tin {days}", value="checking")
        for days in (14, 15, 20, 21)
    }
    done = {"value": "not_valuable", "checked_on": TODAY - timedelta(days=2)}
    add("tip", received_on=TODAY - timedelta(days=30), way="zalo", content="Tin đã xong", **done)
    lines = [line for line in today.waiting_lines(session) if line.target.register == "tip"]
    assert [(line.target.record_id, line.days) for line in lines] == [(made[21], -1), (made[20], 0), (made[15], 5)]
    assert lines[0].detail == "tin báo chưa xác minh xong, hạn 22/11/2026, quá hạn 1 ngày"
    late = session.file.records.ids(due.narrowed(session, ListQuery("tip"), Waiting.LATE))
    assert len(late) == 1
    shown = {row.id: row.due for row in lists.open_list(session, ListQuery("tip")).rows(0, 5)}
    assert {key for key, state in shown.items() if state is not None} == {made[days] for days in (15, 20, 21)}


def test_a_tip_of_today_still_begins_today(session: Session) -> None:
    assert records.blank(session, "tip")["received_on"] == TODAY
