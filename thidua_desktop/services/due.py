"""Records that wait for something until a day (``[due]`` of a register): which are late, which come soon, which remain.

A record waits while its ``done`` field is empty; of a yes/no field "không" counts as empty.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.domain.periods import days_left
from thidua_desktop.formdef.model import BEFORE, Condition, DueSpec, FieldType, RegisterSpec, Values
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, SortKey

FILTER = "@due"
"""Name of the filter over lists, beside the names of fields."""


class Waiting(StrEnum):
    """How a list is narrowed by what waits."""

    LATE = "late"
    OPEN = "open"


LABELS = {Waiting.LATE: "Quá hạn", Waiting.OPEN: "Chưa xong"}


class DueState(NamedTuple):
    """How one record stands: ``days`` left (negative: late) and the words for it."""

    days: int
    text: str

    @property
    def late(self) -> bool:
        """Whether its day is over."""
        return self.days < 0


def conditions(session: Session, spec: RegisterSpec, waiting: Waiting) -> tuple[Condition, ...]:
    """What must hold of a record that waits; () for registers that wait for nothing."""
    if spec.due is None:
        return ()
    open_ones = _not_done(spec, spec.due.done)
    if waiting is Waiting.OPEN:
        return (open_ones,)
    return (_due_before(spec.due, session.today, session.today), open_ones)


def still_open(spec: RegisterSpec) -> tuple[Condition, ...]:
    """What must hold of a record whose end is still to be written, with or without a day for it; () where none has."""
    if spec.open_where or spec.due is None:
        return spec.open_where
    return (_not_done(spec, spec.due.done),)


def narrowed(session: Session, query: ListQuery, waiting: Waiting) -> ListQuery:
    """``query`` with only the records that wait."""
    found = conditions(session, session.register(query.register), waiting)
    return query._replace(conditions=(*query.conditions, *found))


def pressing(session: Session, spec: RegisterSpec) -> ListQuery:
    """Records that are late or due within the register's ``soon`` days, the latest first."""
    if spec.due is None:
        raise ValueError(f"{spec.name} waits for nothing")
    until = session.today + timedelta(days=spec.due.soon + 1)
    wanted = (_due_before(spec.due, until, session.today), _not_done(spec, spec.due.done))
    return ListQuery(spec.name, conditions=wanted, sort=(SortKey(spec.due.field),))


def last_day(rule: DueSpec, values: Values, today: date) -> date | None:
    """The day by which a record has to be done with; None while the day that says so is not written."""
    day = values.get(rule.field)
    return day + timedelta(days=_days_given(rule, today)) if isinstance(day, date) else None


def state_of(spec: RegisterSpec, values: Values, today: date) -> DueState | None:
    """How a record stands; None when it waits for nothing, is done, or has time."""
    if spec.due is None or values.get(spec.due.done):
        return None
    day = last_day(spec.due, values, today)
    if day is None:
        return None
    left = days_left(today, day)
    return DueState(left, in_words(left)) if left <= spec.due.soon else None


def in_words(left: int) -> str:
    """Days left as people say them: "quá hạn 3 ngày", "hạn hôm nay", "còn 5 ngày"."""
    if left < 0:
        return f"quá hạn {-left} ngày"
    return "hạn hôm nay" if left == 0 else f"còn {left} ngày"


def _days_given(rule: DueSpec, today: date) -> int:
    return whole_number_on(rule.within, today) if rule.within else 0


def _due_before(rule: DueSpec, day: date, today: date) -> Condition:
    begun = day - timedelta(days=_days_given(rule, today))
    return Condition(rule.field, (f"{BEFORE}{begun.isoformat()}",))


def _not_done(spec: RegisterSpec, name: str) -> Condition:
    boolean = spec.field(name).type is FieldType.BOOLEAN
    return Condition(name, ("", "false") if boolean else ("",))
