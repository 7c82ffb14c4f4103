"""``name``: a person's name, kept as typed (K'Nớ, H'Hen); it sorts by its last word."""

from __future__ import annotations

from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, as_is
from thidua_desktop.formdef.field_types.texts import check_length, parse_line, show_text, text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value


def sample_name(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """A made-up name."""
    return spec.sample or "Nguyễn Thị Mẫu"


KIND = FieldKind(FieldType.NAME, "TEXT", parse_line, show_text, as_is, text_from_plain, check_length, sample_name)
