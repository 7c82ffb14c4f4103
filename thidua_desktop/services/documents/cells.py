"""A cell as papers show it."""

from __future__ import annotations

import re

from thidua_desktop.formdef.model import FieldSpec, FieldType, Value
from thidua_desktop.services import lists
from thidua_desktop.services.reports.names import province_kind
from thidua_desktop.services.session import Session

_OF_A_PROVINCE = re.compile(r"\b(Ủy ban nhân dân|Công an) tỉnh\b")
_CODES = {FieldType.CHOICE, FieldType.CHOICES}


def cell_text(session: Session, field: FieldSpec, value: Value) -> str:
    """What a list says of it, but catalogs speak of any province ("Giám đốc Công an tỉnh"), a paper of its own one:
    in a city "Giám đốc Công an thành phố"."""
    shown = lists.cell_text(session, field, value)
    if field.type not in _CODES or "tỉnh" not in shown:
        return shown
    return _OF_A_PROVINCE.sub(rf"\1 {province_kind(session)}", shown)
