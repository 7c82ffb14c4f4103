"""Nothing recorded is not nothing: whether a figure of zero was counted, or its book was never written in.

A register in which something was ever recorded gives a true zero for a period without anything. One without a single
record, or a sum over a field that no record fills, says nothing about the office.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from thidua_desktop.formdef.model import Aggregate, IndicatorSpec
from thidua_desktop.services.session import Session

_LOOKED_THROUGH = 50_000
"""Registers up to this size are looked through for a field that nobody fills; in larger ones a zero is a zero."""


def unrecorded(session: Session, name: str, begun: Mapping[str, date | None]) -> str:
    """Why the zero of an indicator says nothing; "" where it is a true one. ``begun``: registers and their first day.

    What the province has of a register as counts alone is recorded.
    """
    spec = session.definitions.indicators[name]
    words = _words(session, spec, begun)
    parts = (session.definitions.indicators[one] for one in spec.plus)
    return words if words and all(_words(session, one, begun) for one in parts) else ""


def _words(session: Session, spec: IndicatorSpec, begun: Mapping[str, date | None]) -> str:
    records, register = session.file.records, session.definitions.registers[spec.register]
    if not records.holds_any(spec.register):
        return "" if begun.get(spec.register) is not None else f"{register.title} chưa có bản ghi nào"
    if spec.aggregate is not Aggregate.SUM or not spec.field or spec.rows:
        return ""
    if records.newest_row(spec.register) > _LOOKED_THROUGH or records.holds_filled(spec.register, spec.field):
        return ""
    return f"{register.title}: ô “{register.field(spec.field).label}” chưa ghi ở bản ghi nào"
