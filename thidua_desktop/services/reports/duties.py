"""Which residential areas and groups have not done what each of them should: the duties are declared by the report.

A duty is done where its figure is not nothing; who lacks most stands first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period, whole_year
from thidua_desktop.formdef.model import DutySpec, ReportSpec
from thidua_desktop.services.reports.figures import records_behind
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import entries_of
from thidua_desktop.store.queries import DateRange, ListQuery
from thidua_desktop.text import upper_first

AREA, GROUP = "area", "group"
REGISTERS = {AREA: "residential_area", GROUP: "self_managed_group"}
NAMES = {AREA: "Khu dân cư", GROUP: "Tổ tự quản"}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One area or group with what it did of each duty; ``area`` is where a group is."""

    name: str
    done: tuple[Number, ...]
    area: str = ""

    @property
    def missing(self) -> int:
        """How many duties it has not done."""
        return sum(not value for value in self.done)


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """All areas, or all groups, of a period; ``heads`` name the duties."""

    of: str
    heads: tuple[str, ...]
    rows: tuple[DutyRow, ...]

    @property
    def complete(self) -> tuple[int, ...]:
        """How many rows did each duty."""
        return tuple(sum(bool(row.done[place]) for row in self.rows) for place in range(len(self.heads)))

    @property
    def behind(self) -> tuple[DutyRow, ...]:
        """Those who have not done everything."""
        return tuple(row for row in self.rows if row.missing)


def duty_boards(session: Session, spec: ReportSpec, period: Period) -> tuple[DutyBoard, ...]:
    """The boards that a report declares; one without any area or group is left out."""
    boards = (_board(session, [duty for duty in spec.duties if duty.of == of], of, period) for of in REGISTERS)
    return tuple(board for board in boards if board is not None)


def _board(session: Session, duties: Sequence[DutySpec], of: str, period: Period) -> DutyBoard | None:
    last = min(period.end, session.today)
    living = {key: entry.label for key, entry in entries_of(session, REGISTERS[of]).items() if entry.valid_on(last)}
    if not duties or not living:
        return None
    spans = [_span(duty, period) for duty in duties]
    done = _by_area(session, duties, spans) if of == AREA else _by_group(session, duties, period)
    places = _areas_of(session, REGISTERS[of], living) if of == GROUP else {}
    rows = [
        DutyRow(upper_first(name), tuple(done.get((key, at), 0) for at in range(len(duties))), places.get(key, ""))
        for key, name in living.items()
    ]
    if of == AREA:
        rows.sort(key=lambda row: (-row.missing, row.name))
    else:  # groups keep the order of their register within an area
        rows.sort(key=lambda row: (-row.missing, row.area))
    return DutyBoard(of, tuple(duty.heading for duty in duties), tuple(rows))


def _areas_of(session: Session, register: str, ids: Iterable[str]) -> Mapping[str, str]:
    """The name of the area that each record lies in."""
    field = session.register(register).area_field
    names = entries_of(session, REGISTERS[AREA])
    found = {}
    for record in session.file.records.every(ListQuery(register)):
        entry = names.get(str(record.values.get(field)))
        if entry is not None:
            found[record.id] = upper_first(entry.label)
    return {key: found[key] for key in ids if key in found}


def _span(duty: DutySpec, period: Period) -> DateRange:
    """Duties of a year count from its first day; others within the period."""
    year = whole_year(period) if duty.yearly else None
    if year is not None:
        return DateRange(year.start, period.end)
    return DateRange(period.start, period.end)


def _by_area(
    session: Session, duties: Sequence[DutySpec], spans: Sequence[DateRange]
) -> Mapping[tuple[str, int], Number]:
    found: dict[tuple[str, int], Number] = {}
    ranges = list(dict.fromkeys(spans))
    names = list(dict.fromkeys(duty.indicator for duty in duties))
    for row in session.file.figures(names, ranges, by_area=True):
        for place, duty in enumerate(duties):
            if row.area and row.indicator == duty.indicator and ranges[row.range_index] == spans[place]:
                found[row.area, place] = found.get((row.area, place), 0) + row.value
    return found


def _by_group(session: Session, duties: Sequence[DutySpec], period: Period) -> Mapping[tuple[str, int], Number]:
    """How many records of the period name each group in the field that the figure tells apart."""
    found: dict[tuple[str, int], Number] = {}
    for place, duty in enumerate(duties):
        indicator = session.definitions.indicators[duty.indicator]
        keys = records_behind(session, indicator.name, period)
        records = session.file.records.window(indicator.register, keys, (indicator.field,))
        counted = Counter(str(record.values.get(indicator.field)) for record in records)
        found |= {(group, place): count for group, count in counted.items()}
    return found
