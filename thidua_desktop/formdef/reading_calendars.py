"""From a file of ``forms/calendars/`` to a calendar; also the windows that criteria sets keep, as named spans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from thidua_desktop.domain.calendars import (
    CUTTING,
    MONTHS,
    Calendar,
    ClosingRule,
    Due,
    NamedSpan,
    PeriodKind,
    is_due_day,
    is_month_day,
)
from thidua_desktop.formdef.model import AssessmentSpec
from thidua_desktop.formdef.toml_table import TomlTable

_CERTAINTIES = ("V", "M", "?")
_STAND_IN = {
    PeriodKind.MONTH: ("31",),
    PeriodKind.QUARTER: ("03-31", "06-30", "09-30", "12-31"),
    PeriodKind.HALF: ("06-30", "12-31"),
    PeriodKind.YEAR: ("12-31",),
}
"""For days that are not right, so that the fault is told once."""


def read_calendar(table: TomlTable, assessments: Mapping[str, AssessmentSpec]) -> Calendar:
    """A calendar; ``assessments`` are the sets whose windows it may take."""
    spans = [_read_span(inner) for inner in table.tables("spans")]
    spans += [_read_window(inner, assessments) for inner in table.tables("windows")]
    found = Calendar(
        name=table.name(),
        version=table.whole("version", 1, required=True),
        title=table.text("title", required=True),
        mark=table.text("mark"),
        rules=tuple(_read_rule(inner) for inner in table.tables("rules")),
        spans=tuple(spans),
        reports=table.texts("reports"),
        basis=table.text("basis", required=True),
        certainty=table.one_of("certainty", _CERTAINTIES, "V"),
        help=table.text("help"),
    )
    table.close()
    return found


def _read_rule(table: TomlTable) -> ClosingRule:
    since = table.day("valid_from")
    if since is None:
        table.report("TD-FORM-003", "valid_from", key="valid_from")
    rule = ClosingRule(
        valid_from=since or date.min,
        closings=tuple(_read_closings(table)),
        dues=tuple(_read_dues(table)),
        basis=table.text("basis"),
        certainty=table.one_of("certainty", _CERTAINTIES, "V"),
    )
    table.close()
    return rule


def _read_closings(table: TomlTable) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``month = 14`` (31: the last day), ``quarter = ["03-14", …]``, ``half = [two days]``, ``year = "12-14"``."""
    for kind in CUTTING:
        value = table.anything(kind)
        if value is None:
            continue
        days = tuple(str(day) for day in (value if isinstance(value, list) else [value]))
        if not _closes(kind, days):
            table.report("TD-FORM-055", kind, key=kind)
            days = _STAND_IN[kind]
        yield kind.value, days


def _closes(kind: PeriodKind, days: tuple[str, ...]) -> bool:
    if kind is PeriodKind.MONTH:
        return len(days) == 1 and days[0].isdecimal() and 1 <= int(days[0]) <= 31
    right = all(map(is_month_day, days)) and len(days) == 12 // MONTHS[kind]
    return right and list(days) == sorted(set(days))


def _read_dues(table: TomlTable) -> Iterator[tuple[str, Due]]:
    """``due = { month = 2, half = ["06-25", "12-25"], any = 1 }``: working days after the end, or fixed days."""
    for kind, value in table.mapping("due").items():
        if kind not in (*CUTTING, "any"):
            table.report("TD-FORM-006", "due", value=kind, allowed=", ".join((*CUTTING, "any")))
            continue
        yield "" if kind == "any" else kind, _due(table, f"due.{kind}", value)


def _due(table: TomlTable, place: str, value: Any) -> Due:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 60:
        return Due(value)
    days = tuple(value) if isinstance(value, list) else (value,)
    if days and all(isinstance(day, str) and is_due_day(day) for day in days):
        return Due(days=days)
    table.report("TD-FORM-056", place, key=place)
    return Due()


def _read_span(table: TomlTable) -> NamedSpan:
    first, last = (_span_day(table, key) for key in ("first", "last"))
    if first and last and (len(first) != len(last) or (len(first) > 5 and first > last)):
        table.report("TD-FORM-057", "last")
    return _span(table, first, last)


def _read_window(table: TomlTable, assessments: Mapping[str, AssessmentSpec]) -> NamedSpan:
    """The window of a criteria set: its days stand there alone."""
    name = table.text("set", required=True)
    known = assessments.get(name)
    if name and known is None:
        table.report("TD-FORM-006", "set", value=name, allowed=", ".join(sorted(assessments)))
    return _span(table, known.window_start if known else "01-01", known.window_end if known else "12-31")


def _span(table: TomlTable, first: str, last: str) -> NamedSpan:
    value = table.anything("due")
    span = NamedSpan(
        code=table.text("code", required=True),
        name=table.text("name", required=True),
        first=first or "01-01",
        last=last or "12-31",
        due=Due() if value is None else _due(table, "due", value),
        from_year=table.whole("from_year"),
        until_year=table.whole("until_year"),
        reminded=table.flag("reminded"),
        basis=table.text("basis"),
        certainty=table.one_of("certainty", _CERTAINTIES, "V"),
    )
    table.close()
    return span


def _span_day(table: TomlTable, key: str) -> str:
    """ "12-15" of every year, or a date of once; "" and a fault for anything else."""
    value = table.anything(key)
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, str) and is_month_day(value):
        return value
    table.report("TD-FORM-057", key)
    return ""
