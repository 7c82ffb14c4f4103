"""``choice``: one code of a catalog; typed by code or label, with or without diacritics."""

from __future__ import annotations

from datetime import date

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.codes import code_of, known, label_of
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, as_is
from thidua_desktop.formdef.field_types.texts import text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value


def parse_choice(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """The code of what was typed."""
    return code_of(spec, typed, today, catalogs) if typed.strip() else None


def show_choice(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """The label."""
    return label_of(spec, value, catalogs) if isinstance(value, str) else ""


def check_choice(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """A code that the catalog holds."""
    if isinstance(value, str) and not known(spec, value, catalogs):
        return [finding("TD-DATA-122", spec.name, label=spec.label, typed=value)]
    return []


def sample_choice(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample, else the first entry."""
    catalog = catalogs.get(spec.catalog)
    return spec.sample or (catalog.items[0].code if catalog else None)


KIND = FieldKind(
    FieldType.CHOICE, "TEXT", parse_choice, show_choice, as_is, text_from_plain, check_choice, sample_choice
)
