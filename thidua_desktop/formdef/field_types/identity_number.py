"""``identity_number``: số định danh cá nhân, 12 digits, text and never a number (Luật Căn cước 2023, Điều 12).

The first three digits name the province of birth registration by the codes before the mergers of 2025, so they are
not compared with today's provinces. Sex and birth year inside the number are compared by a named rule.
"""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.identity_number import check_identity_number, normalise_identity_number
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, as_is
from thidua_desktop.formdef.field_types.texts import text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

_ANY_DAY = date(2026, 1, 1)


def parse_identity_number(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """Digits without separators, whatever their number: the length is a check, so that the text is not lost."""
    digits = normalise_identity_number(text.nfc(typed))
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()):
        raise NotUnderstood("TD-DATA-113", label=spec.label, typed=typed.strip())
    return digits


def show_identity_number(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """The digits as one word, as on the card."""
    return value if isinstance(value, str) else ""


def check_number(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Twelve digits (nine on historic papers). What is only odd is said by the rule ``id_number``, which knows more."""
    if not isinstance(value, str):
        return []
    return [found for found in check_identity_number(value, spec.name, _ANY_DAY) if found.severity is Severity.ERROR]


def sample_identity_number(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """A made-up number."""
    return spec.sample or "001199000123"


KIND = FieldKind(
    FieldType.IDENTITY_NUMBER, "TEXT", parse_identity_number, show_identity_number, as_is, text_from_plain,
    check_number, sample_identity_number,
)  # fmt: skip
