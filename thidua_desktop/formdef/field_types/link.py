"""``link``: the id of a record of another register.

Turning a typed name into an id needs the office's records, so the layer above (services.links) does it; here a typed
text is taken as an id, and ``show`` gives the id where no title is known.
"""

from __future__ import annotations

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, as_is
from thidua_desktop.formdef.field_types.texts import parse_line, show_text, text_from_plain
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

_LONGEST_ID = 64


def check_link(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Shaped like an id; that the record exists is checked where the records are."""
    if isinstance(value, str) and (len(value) > _LONGEST_ID or value.split() != [value]):
        return [finding("TD-DATA-123", spec.name, label=spec.label)]
    return []


def sample_link(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """A made-up id of the right shape (UUIDv7)."""
    return "01930000-0000-7000-8000-000000000001"


KIND = FieldKind(FieldType.LINK, "TEXT", parse_line, show_text, as_is, text_from_plain, check_link, sample_link)
