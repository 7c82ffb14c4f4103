"""Nothing recorded is not nothing: whether a figure of zero was counted, or its book was never written in.

A register in which something was ever recorded gives a true zero for a period without anything. One without a single
record, or a sum over a field that no record fills, says nothing about the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from thidua_desktop.formdef.model import Aggregate, IndicatorSpec
from thidua_desktop.services.session import Session

_LOOKED_THROUGH = 50_000
"""Registers up to this size are looked through for a field that nobody fills; in larger ones a zero is a zero."""


def unrecorded(session: Session, names: Sequence[str], begun: Mapping[str, date | None]) -> dict[str, str]:
    """Why the zeros of these indicators say nothing; "" where one is true. ``begun``: registers and their first day.

    What the province has of a register as counts alone is recorded. Each register and field is asked about once.
    """
    records = session.file.records
    holds_any, newest_row = cache(records.holds_any), cache(records.newest_row)
    definitions = session.definitions

    @cache
    def words(name: str) -> str:
        spec = definitions.indicators[name]
        if holds_any(spec.register):
            return unfilled(spec.register, spec.field) if _sums_a_field(spec) else ""
        title = definitions.registers[spec.register].title
        return "" if begun.get(spec.register) is not None else f"{title} chưa có bản ghi nào"

    @cache
    def unfilled(register: str, field: str) -> str:
        spec = definitions.registers[register]
        if newest_row(register) > _LOOKED_THROUGH or records.holds_filled(register, field):
            return ""
        return f"{spec.title}: ô “{spec.field(field).label}” chưa ghi ở bản ghi nào"

    return {name: words(name) if all(map(words, definitions.indicators[name].plus)) else "" for name in names}


def _sums_a_field(spec: IndicatorSpec) -> bool:
    return spec.aggregate is Aggregate.SUM and bool(spec.field) and not spec.rows
