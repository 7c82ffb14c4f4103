"""Due days as the receiving office has set them: per report and kind of period, with the text that says so."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from thidua_desktop.domain.calendars import Due, is_due_day
from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import clean

_WORKING = re.compile(r"(\d{1,2})(?: ngày làm việc)?(?: sau khi hết kỳ)?")
_MONTHLY = re.compile(r"ngày (\d{1,2})(?: hằng tháng)?")
_YEARLY = re.compile(r"(\d{1,2})/(\d{1,2})")
_MOST = 60


class SetDue(NamedTuple):
    """A due day that was set, and by which text."""

    due: Due
    basis: str


def set_dues(session: Session, report: str) -> dict[str, SetDue]:
    """What was set for a report, by the key of its groups of periods (``report_periods.PeriodGroup``)."""
    kept: dict[str, dict[str, Any]] = session.file.settings.get(_setting(report)) or {}
    return {
        key: SetDue(Due(int(one["working_days"]), tuple(one["days"])), str(one["basis"])) for key, one in kept.items()
    }


def set_due(session: Session, report: str, key: str, text: str, basis: str) -> None:
    """Set when a report of a kind of period is due; an empty text returns it to its calendar's rule.

    Raises TD-STORE-220, TD-TIME-009 for a text that is no due day, TD-TIME-010 without the text that sets it.
    """
    session.require(Permission.MANAGE)
    kept: dict[str, dict[str, Any]] = dict(session.file.settings.get(_setting(report)) or {})
    if not clean(text):
        kept.pop(key, None)
    else:
        due = due_of(text)
        if not clean(basis):
            raise UserError("TD-TIME-010")
        kept[key] = {"working_days": due.working_days, "days": list(due.days), "basis": clean(basis)}
    session.file.settings.put(_setting(report), kept or None)
    session.announce(Changes(frozenset()))


def due_of(text: str) -> Due:
    """ "3 ngày làm việc", "ngày 25", "25/6; 25/12"; TD-TIME-009 for anything else."""
    typed = clean(text)
    if found := _WORKING.fullmatch(typed):
        if int(found[1]) <= _MOST:
            return Due(int(found[1]))
    elif found := _MONTHLY.fullmatch(typed):
        if is_due_day(found[1]):
            return Due(days=(f"{int(found[1]):02d}",))
    else:
        days = [_YEARLY.fullmatch(part.strip()) for part in typed.split(";")]
        named = tuple(f"{int(day[2]):02d}-{int(day[1]):02d}" for day in days if day is not None)
        if named and len(named) == len(days) and all(map(is_due_day, named)):
            return Due(days=tuple(sorted(named)))
    raise UserError("TD-TIME-009", text=text)


def due_words(due: Due) -> str:
    """A rule as ``due_of`` reads it."""
    if not due.days:
        return f"{due.working_days} ngày làm việc sau khi hết kỳ"
    days = (f"{day[3:].lstrip('0')}/{day[:2].lstrip('0')}" if "-" in day else f"ngày {int(day)} hằng tháng"
            for day in due.days)  # fmt: skip
    return "; ".join(days)


def _setting(report: str) -> str:
    return f"report.due.{report}"
