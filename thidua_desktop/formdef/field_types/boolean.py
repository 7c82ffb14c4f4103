"""``boolean``: có or không; empty stays empty, so that "not asked" is not "no"."""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, Plain, as_is, expect_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

_YES = frozenset({"co", "x", "v", "1", "dung", "true", "yes", "roi", "☑", "✓"})
_NO = frozenset({"khong", "k", "0", "sai", "false", "no", "chua", "☐", "-"})


def parse_boolean(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """True or False by the words people use."""
    folded = text.fold(typed).strip()
    if not folded:
        return None
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise NotUnderstood("TD-DATA-119", label=spec.label, typed=typed.strip())


def show_boolean(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """ "có" or "không"."""
    if not isinstance(value, bool):
        return ""
    return "có" if value else "không"


def boolean_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """A bool; raises ValueError for anything else."""
    if plain is None:
        return None
    expect_type(spec, plain, bool)
    return bool(plain)


def check_boolean(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Nothing can be wrong with a bool."""
    return []


def sample_boolean(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample, else yes."""
    return spec.sample != "không"


KIND = FieldKind(
    FieldType.BOOLEAN, "INTEGER", parse_boolean, show_boolean, as_is, boolean_from_plain, check_boolean, sample_boolean
)
