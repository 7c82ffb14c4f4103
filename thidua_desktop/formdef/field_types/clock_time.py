"""``time``: an hour and minute, kept as "HH:MM"; typed ``19:30``, ``19h30``, ``19 giờ 30``, ``1930``, ``7h``."""

from __future__ import annotations

import re
from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, as_is
from thidua_desktop.formdef.field_types.texts import show_text, text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

_STORED = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def parse_time(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """Hour and minute; an hour alone means the full hour."""
    if not typed.strip():
        return None
    hour = text.parse_time(typed)
    if hour is None:
        raise NotUnderstood("TD-DATA-118", label=spec.label, typed=typed.strip())
    return f"{hour:%H:%M}"


def check_time(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """The stored form."""
    if isinstance(value, str) and not _STORED.fullmatch(value):
        return [finding("TD-DATA-118", spec.name, label=spec.label, typed=value)]
    return []


def sample_time(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample, else an evening hour."""
    return spec.sample or "19:30"


KIND = FieldKind(FieldType.TIME, "TEXT", parse_time, show_text, as_is, text_from_plain, check_time, sample_time)
