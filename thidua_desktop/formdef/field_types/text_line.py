"""``text``: one line of free text."""

from __future__ import annotations

from thidua_desktop.formdef.field_types.kind import FieldKind, as_is
from thidua_desktop.formdef.field_types.texts import check_length, parse_line, sample_text, show_text, text_from_plain
from thidua_desktop.formdef.model import FieldType

KIND = FieldKind(FieldType.TEXT, "TEXT", parse_line, show_text, as_is, text_from_plain, check_length, sample_text)
