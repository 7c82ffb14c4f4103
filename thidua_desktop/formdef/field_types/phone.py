"""``phone``: a telephone number, text; a leading zero lost in a spreadsheet is asked for, never invented."""

from __future__ import annotations

import re
from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, as_is
from thidua_desktop.formdef.field_types.texts import check_length, text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

_SEPARATORS = re.compile(r"[\s.\-()/]")
_DIGITS = re.compile(r"\+?[0-9]{3,15}")
_USUAL_LENGTHS = (10, 11)


def parse_phone(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """Digits without separators; ``+84`` and ``84`` before nine digits become 0."""
    digits = _SEPARATORS.sub("", text.nfc(typed))
    if not digits:
        return None
    if not _DIGITS.fullmatch(digits):
        raise NotUnderstood("TD-DATA-110", label=spec.label, typed=typed.strip())
    national = digits.removeprefix("+")
    if national.startswith("84") and len(national) == 11:
        return "0" + national[2:]
    return digits


def show_phone(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """Mobile numbers in groups of 4-3-3, others as stored."""
    if not isinstance(value, str):
        return ""
    if len(value) == 10 and value.isdecimal():
        return f"{value[:4]} {value[4:7]} {value[7:]}"
    return value


def check_phone(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """A number of unusual length or without its leading zero gets a hint; short service numbers are left alone."""
    problems = check_length(spec, value, catalogs)
    if not isinstance(value, str) or len(value) <= 5 or value.startswith("+"):
        return problems
    if not value.startswith(("0", "1")):
        problems.append(finding("TD-DATA-111", spec.name, Severity.WARNING, label=spec.label, typed=value))
    elif len(value) not in _USUAL_LENGTHS:
        problems.append(finding("TD-DATA-112", spec.name, Severity.WARNING, label=spec.label, length=len(value)))
    return problems


def sample_phone(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """A number of a range that is not given out."""
    return spec.sample or "0900000123"


KIND = FieldKind(FieldType.PHONE, "TEXT", parse_phone, show_phone, as_is, text_from_plain, check_phone, sample_phone)
