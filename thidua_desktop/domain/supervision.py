"""Duties towards people managed and educated in the community: what falls due when, by the regime of their group.

Law 127/2025/QH15 with Decree 231/2026/NĐ-CP (sentences served in the community), Circular 56/2026/TT-BCA (forbidden to
leave the place of residence), Decree 120/2021/NĐ-CP (education at the commune), Circular 10/2024/TT-BCA (return from
prison). Every number of days stands in ``resources/law/supervision.toml``.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import cast

from thidua_desktop.domain.law_table import law_table, mapping_on, whole_number_on
from thidua_desktop.domain.working_days import due_after, is_working_day

_ONE_DAY = timedelta(days=1)
OFFENCES = frozenset({"minutes", "fined", "prosecuted"})
"""Codes of how a violation was handled that a review must follow."""


class Duty(StrEnum):
    """What the office owes about one person."""

    REPORTING = "reporting"  # the person comes to the office
    RECEPTION = "reception"  # residence checked, reception reported upwards
    PLAN = "plan"
    HELPER = "helper"
    REMARK = "remark"
    ROLL_CALL = "roll_call"
    REVIEW = "review"
    HELPER_REPORT = "helper_report"
    END = "end"


@dataclass(frozen=True, slots=True)
class Span:
    """Days that a duty is about, both included: a month, cut by reception and closing."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A duty not yet done: the days it is about and its last day."""

    duty: Duty
    span: Span
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised:
    """What the duties of one person depend on; no name, no number.

    ``remarks``, ``roll_calls``, ``helper_reports``: days within the months (quarters) already covered. ``violations``:
    (day, day of the review or None) of those that a review must follow.
    """

    group: str
    received: date
    reported: date | None = None
    reception_told: date | None = None
    ends: date | None = None
    closed: date | None = None
    planned: date | None = None
    helper_decided: date | None = None
    remarks: Sequence[date] = ()
    roll_calls: Sequence[date] = ()
    helper_reports: Sequence[date] = ()
    violations: Sequence[tuple[date, date | None]] = ()


def regime_of(group: str, day: date) -> str:
    """The regime of a group of people: decree231, circular56, decree120, circular10; "" for an unknown group."""
    return str(mapping_on("supervision_regimes", day).get(group, ""))


def rule_of(duty: str, group: str, day: date) -> Mapping[str, object] | None:
    """The row of a duty for a group on a day; None when that regime has no such duty then."""
    rows = law_table(f"supervision_{duty}_{regime_of(group, day)}")
    return next((cast(Mapping[str, object], row.value) for row in rows if row.holds_on(day)), None)


def term_end(day: date, rule: Mapping[str, object]) -> date:
    """The last day of a term of ``days`` after ``day``: working days, or days on end, holidays included."""
    days = _number(rule, "days")
    return due_after(day, days) if rule.get("working") else day + timedelta(days=days)


def month_of(day: date) -> Span:
    """The calendar month of a day: from 01 to the last day."""
    return Span(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def month_spans(received: date, last: date) -> Iterator[Span]:
    """The months that remarks count (Decree 231/2026 art. 8): the first from reception, the last to the hand-over."""
    day = received
    while day <= last:
        month = month_of(day)
        yield Span(day, min(month.last, last))
        day = month.last + _ONE_DAY


def remark_due(span: Span, group: str) -> date | None:
    """The last day to sign the remark on a month; None where the regime asks for none.

    Decree 231/2026: within the first five days of the next month. Circular 56/2026: on the last working day of the
    month, or of what the person stayed of it.
    """
    rule = rule_of("remark", group, span.last)
    if rule is None:
        return None
    if rule["due"] == "last_working_day":
        day = span.last
        while not is_working_day(day) and day > span.first:
            day -= _ONE_DAY
        return day
    return month_of(span.first).last + timedelta(days=_number(rule, "days"))


def first_due(duty: str, group: str, received: date, reported: date | None) -> date | None:
    """The last day of what is done once after reception (plan, helper …); None where the regime has no such duty, or
    before the person has come to report when the term runs from that day."""
    rule = rule_of(duty, group, received)
    if rule is None:
        return None
    begins = reported if rule["after"] == "reported" else received
    return None if begins is None else term_end(begins, rule)


def review_due(group: str, day: date) -> date | None:
    """The last day of the meeting that reviews a violation of ``day``: five working days (Decree 231/2026)."""
    rule = rule_of("review", group, day)
    return None if rule is None else term_end(day, rule)


def suggested_end(start: date, months: int) -> date:
    """The same day of the month in which the term ends, as judgments reckon; the end in the judgment decides.

    24 months from 10/03/2024 end on 10/03/2026; from the 31st, on the last day of a shorter month.
    """
    place = start.month - 1 + months
    year, month = start.year + place // 12, place % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def open_duties(one: Supervised, today: date) -> list[OpenDuty]:
    """What is due and not done on ``today``, oldest first: nothing of months long past, nothing not begun."""
    since = _look_back(one.received, today)
    last = min(today, one.closed) if one.closed is not None else today
    found = [*_first_duties(one, since), *_remarks(one, since, last, today), *_roll_calls(one, since, last)]
    found += [*_reviews(one, since), *_helper_reports(one, since, last, today), *_end(one, today)]
    return sorted(found, key=lambda duty: (duty.due, duty.duty))


def _look_back(received: date, today: date) -> date:
    """The first day that is still asked about: old arrears are history, not work."""
    months = whole_number_on("supervision_look_back_months", today)
    return max(received, suggested_end(month_of(today).first, -months))


def _first_duties(one: Supervised, since: date) -> Iterator[OpenDuty]:
    if one.received < since or one.closed is not None:
        return
    done = {
        Duty.REPORTING: one.reported, Duty.RECEPTION: one.reception_told, Duty.PLAN: one.planned,
        Duty.HELPER: one.helper_decided,
    }  # fmt: skip
    for duty, day in done.items():
        due = first_due(duty, one.group, one.received, one.reported)
        if due is not None and day is None:
            yield OpenDuty(duty, Span(one.received, one.received), due)


def _remarks(one: Supervised, since: date, last: date, today: date) -> Iterator[OpenDuty]:
    done = {month_of(day) for day in one.remarks}
    for span in month_spans(one.received, last):
        whole = month_of(span.first)
        due = remark_due(span if one.closed is not None else Span(span.first, whole.last), one.group)
        over = (span.last == whole.last and today > whole.last) or one.closed is not None
        if due is not None and span.last >= since and whole not in done and (over or today >= due):
            yield OpenDuty(Duty.REMARK, span, due)


def _roll_calls(one: Supervised, since: date, last: date) -> Iterator[OpenDuty]:
    """Of every month whose first days the person was here for; the running one too (Decree 231/2026)."""
    if one.closed is not None:
        return
    done = {month_of(day) for day in one.roll_calls}
    for span in month_spans(one.received, last):
        rule, month = rule_of("roll_call", one.group, span.last), month_of(span.first)
        if rule is None:
            continue
        due = month.first + timedelta(days=_number(rule, "days") - 1)
        if span.last >= since and span.first <= due and month not in done:
            yield OpenDuty(Duty.ROLL_CALL, span, due)


def _reviews(one: Supervised, since: date) -> Iterator[OpenDuty]:
    for day, reviewed in one.violations:
        due = review_due(one.group, day)
        if due is not None and reviewed is None and day >= since and (one.closed is None or due <= one.closed):
            yield OpenDuty(Duty.REVIEW, Span(day, day), due)


def _helper_reports(one: Supervised, since: date, last: date, today: date) -> Iterator[OpenDuty]:
    """Of every quarter (month) that is over since the helper was named."""
    if one.helper_decided is None or one.closed is not None:
        return
    day = one.helper_decided
    while day <= last:
        rule = rule_of("helper_report", one.group, last)
        if rule is None:
            return
        span = _block_of(day, _number(rule, "months"))
        covered = any(span.first <= reported <= span.last for reported in one.helper_reports)
        if span.last < today and span.last >= since and not covered:
            yield OpenDuty(Duty.HELPER_REPORT, span, span.last + timedelta(days=_number(rule, "days")))
        day = span.last + _ONE_DAY


def _block_of(day: date, months: int) -> Span:
    """The quarter (or every so many months, from January) that a day lies in."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Span(first, month_of(suggested_end(first, months - 1)).last)


def _end(one: Supervised, today: date) -> Iterator[OpenDuty]:
    """The term ends soon or has ended, and the file is still open."""
    if one.ends is None or one.closed is not None:
        return
    if (one.ends - today).days <= whole_number_on("supervision_end_soon_days", today):
        yield OpenDuty(Duty.END, Span(one.ends, one.ends), one.ends)


def _number(rule: Mapping[str, object], name: str) -> int:
    value = rule[name]
    assert isinstance(value, int)
    return value
