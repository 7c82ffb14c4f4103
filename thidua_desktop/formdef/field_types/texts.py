"""What the text-like field types share: cleaning, length, samples."""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, Plain, expect_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

TYPE_LENGTHS = {
    FieldType.TEXT: 300,
    FieldType.LONG_TEXT: 20_000,
    FieldType.NAME: 80,
    FieldType.PHONE: 20,
    FieldType.IDENTITY_NUMBER: 12,
}


def length_limit(spec: FieldSpec) -> int:
    """Greatest number of characters of the field."""
    return spec.max_length or TYPE_LENGTHS[spec.type]


def parse_line(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """One line of text; None when nothing but white space was typed."""
    return text.clean(typed) or None


def show_text(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """The text itself."""
    return value if isinstance(value, str) else ""


def text_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """A text as stored, in NFC; raises ValueError for anything but text."""
    if plain is None:
        return None
    expect_type(spec, plain, str)
    return text.nfc(plain) or None


def check_length(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """The declared length."""
    limit = length_limit(spec)
    if isinstance(value, str) and len(value) > limit:
        most, length = text.format_number(limit), text.format_number(len(value))
        return [finding("TD-DATA-104", spec.name, label=spec.label, limit=most, length=length)]
    return []


def sample_text(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample, else the label."""
    return spec.sample or spec.label
