"""``date``: a calendar day typed as people type it (``1/3``, ``01032026``, ``hôm qua``), plain as "2026-11-09"."""

from __future__ import annotations

import re
from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, Plain, expect_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)
_NUMBER_ALONE = r"(?:ngay ?)?(\d{1,2})"
_YEAR_ALONE = r"(?:nam\s*|[-.?x0 _]{1,4}/[-.?x0 _]{1,4}/\s*)?((?:19|20)\d{2})"
_MONTH_ALONE = r"(thang ?)?(\d{1,2})(?:\s*(?:[/.-]|nam)\s*(\d{4}))?"
_LUNAR = r"\b(?:ram|mong|mung|gieng|chap|am|al)\b"


def parse_day(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """A day; what text leaves out (the year) is completed around ``today``."""
    if not typed.strip():
        return None
    day = text.parse_date(typed, today)
    if day is None and (known := text.days_of_typed_month(typed, today)):
        month, year, most = known
        when = f"tháng {month}" + (f" năm {year}" if year else "")
        raise NotUnderstood("TD-DATA-607", label=spec.label, typed=typed.strip(), month=when, days=most)
    if day is None and spec.takes_month:
        day = text.parse_date(_month_alone(typed), today)
    if day is None:
        raise _not_understood(spec, typed.strip(), today)
    return day


def _month_alone(typed: str) -> str:
    """The first day of a month that is said without a day ("tháng 3", 3/2026), as it may be typed; "" for no month."""
    found = re.fullmatch(_MONTH_ALONE, " ".join(text.fold(typed).split()))
    named = found is not None and (found[1] or found[3])
    return "/".join(part for part in ("1", found[2], found[3]) if part) if found and named else ""


def _not_understood(spec: FieldSpec, typed: str, today: date) -> NotUnderstood:
    """What is missing of a day, where one can tell."""
    words = " ".join(text.fold(typed).split())
    if near := _either_day(words, today):
        before, after = map(text.format_date, near)
        return NotUnderstood("TD-DATA-615", label=spec.label, typed=typed, before=before, after=after)
    month = _month_alone(typed)
    year = year_alone(typed) or (month.split("/")[2:] or [""])[0]
    if year and spec.born_year:
        return NotUnderstood("TD-DATA-617", label=spec.label, typed=typed, year=year)
    if month:
        return NotUnderstood("TD-DATA-618", label=spec.label, typed=typed, example=month)
    if year:
        return NotUnderstood("TD-DATA-616", label=spec.label, typed=typed, year=year)
    code = "TD-DATA-619" if re.search(_LUNAR, words) else "TD-DATA-116"
    return NotUnderstood(code, label=spec.label, typed=typed)


def year_alone(typed: str) -> int | None:
    """The year where nothing else is said: 1950, năm 1950, --/--/1950, 00/00/1950."""
    found = re.fullmatch(_YEAR_ALONE, text.fold(typed).strip())
    return int(found[1]) if found else None


def _either_day(words: str, today: date) -> tuple[date, date] | None:
    """The two days, one up to today and one after it, that a weekday alone or the number of a day alone may be."""
    number = re.fullmatch(_NUMBER_ALONE, words)
    if number:
        months = (divmod(today.year * 12 + today.month - 1 + by, 12) for by in (-2, -1, 0, 1, 2))
        said = [f"{number[1]}/{month + 1}/{year}" for year, month in months]
    else:
        said = [f"{words} tuần {week}" for week in ("trước", "này", "sau")]
    days = [day for one in said if (day := text.parse_date(one, today)) is not None]
    before, after = [day for day in days if day <= today], [day for day in days if day > today]
    return (before[-1], after[0]) if before and after else None


def show_day(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """Day, month, year: 08/11/2026."""
    return text.format_date(value) if isinstance(value, date) else ""


def day_to_plain(spec: FieldSpec, value: Value) -> Plain:
    """ISO text."""
    return value.isoformat() if isinstance(value, date) else None


def day_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """The day of ISO text; raises ValueError for anything else."""
    if plain is None:
        return None
    expect_type(spec, plain, str)
    return date.fromisoformat(plain)


def check_day(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Inside the years that the work can be about."""
    if isinstance(value, date) and not EARLIEST <= value <= LATEST:
        return [finding("TD-DATA-117", spec.name, label=spec.label, typed=text.format_date(value))]
    return []


def sample_day(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample (ISO), else a day of the first weeks of use."""
    return date.fromisoformat(spec.sample) if spec.sample else date(2026, 11, 9)


KIND = FieldKind(FieldType.DATE, "TEXT", parse_day, show_day, day_to_plain, day_from_plain, check_day, sample_day)
