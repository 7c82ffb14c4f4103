"""``long_text``: text of several lines; line breaks stay."""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, as_is
from thidua_desktop.formdef.field_types.texts import check_length, sample_text, show_text, text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value


def parse_lines(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """Clean text; line breaks and empty lines between paragraphs stay."""
    return text.clean_long(typed) or None


KIND = FieldKind(FieldType.LONG_TEXT, "TEXT", parse_lines, show_text, as_is, text_from_plain, check_length, sample_text)
