"""A paper's number and day in the record's own fields: read from there, and written there when the number is taken.

What a record holds already is never written over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import DocumentSpec, Value
from thidua_desktop.services import records
from thidua_desktop.services.paper_numbers import Taken
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record

_REASON = "Số, ngày của giấy tờ ghi vào bản ghi khi lấy số"


def own_number(spec: DocumentSpec, found: Sequence[Record]) -> str:
    """The number that all records of the paper hold ("15/QĐ-UBND"); "" where one of them holds none, or another."""
    value = _shared(spec.number_into, found)
    return value.strip() if isinstance(value, str) else ""


def own_day(spec: DocumentSpec, found: Sequence[Record]) -> date | None:
    """The day that all records of the paper hold."""
    value = _shared(spec.day_into, found)
    return value if isinstance(value, date) else None


def _shared(field: str, found: Sequence[Record]) -> Value:
    values = {record.values.get(field) for record in found} if field else set()
    return values.pop() if len(values) == 1 else None


def require_free(spec: DocumentSpec, found: Sequence[Record]) -> None:
    """Nothing of another number stands in the records; raises TD-PRINT-041 with what one of them holds."""
    for record in found:
        held = str(record.values.get(spec.number_into) or "").strip() if spec.number_into else ""
        if held:
            raise UserError("TD-PRINT-041", title=spec.title, number=held)


def write_into(session: Session, spec: DocumentSpec, found: Sequence[Record], taken: Taken) -> None:
    """The taken number and its day in the fields that wait for them; TD-PRINT-094 when a record refuses them."""
    for record in found:
        filled: dict[str, Value] = {}
        if spec.number_into and not record.values.get(spec.number_into):
            filled[spec.number_into] = taken.text
        if spec.day_into and not record.values.get(spec.day_into):
            filled[spec.day_into] = taken.day
        if not filled:
            continue
        values = {**record.values, **filled}
        saved = records.save(session, spec.register, values, record_id=record.id, reasons={"*": _REASON})
        if isinstance(saved, records.Refused):
            raise UserError("TD-PRINT-094", title=spec.title, number=taken.text, reason=saved.problems[0].text)
