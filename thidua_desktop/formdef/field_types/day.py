"""``date``: a calendar day typed as people type it (``1/3``, ``01032026``, ``hôm qua``), plain as "2026-11-09"."""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, Plain, expect_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


def parse_day(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """A day; what text leaves out (the year) is completed around ``today``."""
    if not typed.strip():
        return None
    day = text.parse_date(typed, today)
    if day is None and (known := text.days_of_typed_month(typed, today)):
        month, year, most = known
        when = f"tháng {month}" + (f" năm {year}" if year else "")
        raise NotUnderstood("TD-DATA-607", label=spec.label, typed=typed.strip(), month=when, days=most)
    if day is None:
        raise NotUnderstood("TD-DATA-116", label=spec.label, typed=typed.strip())
    return day


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
