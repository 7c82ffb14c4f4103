"""Nothing recorded is not nothing: whether a figure of zero was counted, or its book was never written in.

A register in which something was ever recorded gives a true zero for a period without anything. One without a single
record, or a sum over a field that no record fills, says nothing about the office. Reports, charts, Hôm nay, packages
and the province's tables all ask here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from thidua_desktop.domain.figures import Number
from thidua_desktop.formdef.model import Aggregate, Definitions, IndicatorSpec
from thidua_desktop.services.reports.private_counts import first_days, offices_with
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateSpan
from thidua_desktop.text import format_number

_LOOKED_THROUGH = 50_000
"""Registers up to this size are looked through for a field that nobody fills; in larger ones a zero is a zero."""


def unrecorded(
    session: Session, names: Sequence[str], begun: Mapping[str, date | None], offices: Sequence[str] | None = None
) -> dict[str, str]:
    """Why the zeros of these indicators say nothing; "" where one is true. ``begun``: registers and their first day.

    What the province has of a register as counts alone is recorded. Each register and field is asked about once.
    """
    records, definitions = session.file.records, session.definitions
    offices = session.file.counted_offices(offices)
    newest_row = cache(records.newest_row)

    @cache
    def holds_any(register: str) -> bool:
        return records.holds_any(register, offices)

    @cache
    def words(name: str) -> str:
        spec = definitions.indicators[name]
        if begun.get(spec.register) is None and not holds_any(spec.register):
            return f"{definitions.registers[spec.register].title} chưa có bản ghi nào"
        summed = _sums_a_field(spec) and holds_any(spec.register)  # the province may have counts alone
        return unfilled(spec.register, spec.field) if summed else ""

    @cache
    def unfilled(register: str, field: str) -> str:
        spec = definitions.registers[register]
        if newest_row(register) > _LOOKED_THROUGH or records.holds_filled(register, field, offices):
            return ""
        return f"{spec.title}: ô “{spec.field(field).label}” chưa ghi ở bản ghi nào"

    return {name: words(name) if all(map(words, definitions.indicators[name].plus)) else "" for name in names}


def untold_in(
    session: Session, zeros: Sequence[str], span: DateSpan, offices: Sequence[str] | None = None
) -> dict[str, str]:
    """Why zeros of a period say nothing although the book was written in: no record of it fills the field (``told_by``)
    that the figure is told by: who wrote nothing of women has not counted none.
    """
    indicators, registers = session.definitions.indicators, session.definitions.registers
    asked = [name for name in zeros if indicators[name].told_by]
    told = {row.indicator for row in session.file.telling(asked, span, offices)} if asked else set()
    found = {}
    for name in asked:
        spec = registers[indicators[name].register]
        label = spec.field(indicators[name].told_by).label
        if name not in told:
            found[name] = f"{spec.title}: trong kỳ chưa ghi ô “{label}”"
    return found


def partly_told(
    session: Session, names: Sequence[str], span: DateSpan, offices: Sequence[str] | None = None
) -> dict[str, str]:
    """Of figures that only some of the records tell (``told_by``): in how many of them, as a short note."""
    return {
        name: words for (name, office), words in partly_by_office(session, names, span, offices).items() if not office
    }


def partly_by_office(
    session: Session, names: Sequence[str], span: DateSpan, offices: Sequence[str] | None = None,
    kind: str = "", groups: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> dict[tuple[str, str], str]:  # fmt: skip
    """The same by indicator and office, under "" of all of them together, under the name of each of ``groups`` of its.

    ``kind``: only of records in residential areas of this kind.
    """
    indicators = session.definitions.indicators
    asked = [name for name in names if any(indicators[one].told_by for one in (name, *indicators[name].plus))]
    shares = session.file.filled_shares(asked, span, offices, kind) if asked else {}
    there = dict.fromkeys(office for _, office in shares)
    together = {"": there, **groups, **{one: (one,) for one in there}}
    found = {}
    for name in asked:
        added = (name, *indicators[name].plus)
        for office, counted in together.items():
            parts = [shares[one, code] for one in added for code in counted if (one, code) in shares]
            filled, every = (sum(part[at] for part in parts) for at in (0, 1))
            if 0 < filled < every:
                found[name, office] = partly(filled, every)
    return found


def partly(filled: int, every: int) -> str:
    """The short note of a sum that not all records fill."""
    return f"mới ghi ở {format_number(filled)}/{format_number(every)} bản ghi"


def tell_by(definitions: Definitions, register: str) -> frozenset[str]:
    """The fields of a register that some figure is told by: left empty, they do not mean nothing."""
    return frozenset(one.told_by for one in definitions.indicators.values() if one.register == register and one.told_by)


def untold_zeros(session: Session, zeros: Sequence[str]) -> dict[str, str]:
    """Why zeros of the whole office say nothing, as ``unrecorded``; asked of figures that are 0 alone."""
    return unrecorded(session, zeros, first_days(session, zeros, None)) if zeros else {}


def told_values(
    session: Session, names: Iterable[str], offices: Iterable[str], counted: Mapping[tuple[str, str], Number],
    sent: Collection[str], span: DateSpan,
) -> dict[tuple[str, str], Number | None]:  # fmt: skip
    """Figures by indicator and commune; None for a zero of a commune that has not sent, never wrote in the book, or
    in the period (``span``) not the field that the figure is told by.
    """
    asked, codes, writers = tuple(names), tuple(offices), _Writers(session)
    silent = _silent(session, asked, codes, span)

    def zero(name: str, code: str) -> Number | None:
        return 0 if (name, code) not in silent and code in sent and writers.tell(name, code) else None

    return {(name, code): counted.get((name, code)) or zero(name, code) for name in asked for code in codes}


def _silent(
    session: Session, names: Sequence[str], offices: Sequence[str], span: DateSpan
) -> frozenset[tuple[str, str]]:
    """Figures x/y and offices that have a y in the period, and no record that fills what x is told by."""
    indicators = session.definitions.indicators
    wholes = {name: indicators[name].out_of for name in names if indicators[name].told_by and indicators[name].out_of}
    if not wholes or not offices:
        return frozenset()
    filled = {(row.indicator, row.office) for row in session.file.telling(list(wholes), span, offices)}
    found = session.file.figures(sorted(set(wholes.values())), [span], offices=offices)
    with_whole = {(row.indicator, row.office) for row in found}
    return frozenset(
        (name, office)
        for name, whole in wholes.items()
        for office in offices
        if (whole, office) in with_whole and (name, office) not in filled
    )


class _Writers:
    """Which offices ever wrote in a book (and filled a field of it), each book read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of_book = cache(self._read)

    def tell(self, name: str, office: str) -> bool:
        """Whether a zero of this office is one: of a figure that adds others up, whether any of them tells."""
        indicators = self._session.definitions.indicators
        return any(self._wrote(indicators[one], office) for one in (name, *indicators[name].plus))

    def _wrote(self, spec: IndicatorSpec, office: str) -> bool:
        return office in self._of_book(spec.register, spec.field if _sums_a_field(spec) else "")

    def _read(self, register: str, field: str) -> frozenset[str]:
        records = self._session.file.records
        looked = field if field and records.newest_row(register) <= _LOOKED_THROUGH else ""
        return records.offices_with(register, looked) | offices_with(self._session, register)


def _sums_a_field(spec: IndicatorSpec) -> bool:
    return spec.aggregate is Aggregate.SUM and bool(spec.field) and not spec.rows
