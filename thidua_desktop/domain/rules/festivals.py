"""Rules on the movement's festivals: their days and the focal place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import mapping_on, whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, rule, text_of
from thidua_desktop.text import format_date

_KINDS = ("security", "unity")
_FOCAL, _ORDINARY = "focal", "ordinary"


def festival_window(kind: str, year: int) -> tuple[date, date]:
    """First and last day of a year's festivals of one kind (01/7–19/8 for the people's security festival)."""
    window = mapping_on(f"festival_window_{kind}", date(year, 12, 31))
    return date.fromisoformat(f"{year}-{window['first']}"), date.fromisoformat(f"{year}-{window['last']}")


@rule("festival_in_window", params="kind day")
def festival_in_window(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Ngày hội trong thời gian của kế hoạch (01/7–19/8; Đại đoàn kết đến 18/11); ngoài thời gian thì ghi lý do."""
    kind, day = text_of(values, args[0]), date_of(values, args[1])
    if kind not in _KINDS or day is None:
        return []
    first, last = festival_window(kind, day.year)
    if first <= day <= last:
        return []
    told = {"day": format_date(day), "first": format_date(first), "last": format_date(last)}
    return [finding("TD-DATA-407", args[1], Severity.WARNING, **told)]


@rule("focal_place_in_year", params="register:text kind level day")
def focal_place_in_year(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Nhắc khi trong năm xã chưa có nơi nào tổ chức điểm."""
    register, kind_name, level_name, day_name = args
    kind, day = text_of(values, kind_name), date_of(values, day_name)
    if text_of(values, level_name) != _ORDINARY or day is None:
        return []
    others = context.related(register, kind_name, kind)
    focal = [one for one in others if one.get(level_name) == _FOCAL and _year(one, day_name) == day.year]
    least = whole_number_on("festival_focal_places", day)
    if len(focal) >= least:
        return []
    return [finding("TD-DATA-408", level_name, Severity.HINT, year=str(day.year), least=f"{least:02d}")]


def _year(values: Values, name: str) -> int | None:
    day = date_of(values, name)
    return day.year if day else None
