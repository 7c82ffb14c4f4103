"""The communes of a province by one figure: size, share, change, per thousand households, share of the year's target.

A commune that has not sent the report of the period stands apart, without a place: what was counted of it so far says
little about it, and nothing is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from thidua_desktop.domain.emulation import percent_of
from thidua_desktop.domain.figures import Number, change, percentage
from thidua_desktop.domain.periods import Period, previous, same_last_year, with_days
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import IndicatorSpec
from thidua_desktop.services.communes import by_name, coverage
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.report_checks.recount import consolidated, plain
from thidua_desktop.services.report_periods import closed_days
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.reports.private_counts import counted_only, counts_in
from thidua_desktop.services.reports.unrecorded import partly_by_office, told_values
from thidua_desktop.services.session import Session
from thidua_desktop.services.targets import targeted, targets_by_office
from thidua_desktop.services.titles import AREA_REGISTER, entries_of
from thidua_desktop.store.queries import DateRange, OfficeWindow
from thidua_desktop.text import UNTOLD, format_number

HOUSEHOLDS = "area_households"
_TENTH = Decimal("0.1")


class Measure(StrEnum):
    """What communes are compared by."""

    SIZE = "size"
    SHARE = "share"
    CHANGE = "change"
    YEAR_CHANGE = "year_change"
    PER_HOUSEHOLDS = "per_households"
    TARGET = "target"


MEASURE_WORDS: Mapping[Measure, str] = {
    Measure.SIZE: "Số lượng",
    Measure.SHARE: "Tỷ lệ",
    Measure.CHANGE: "So kỳ trước",
    Measure.YEAR_CHANGE: "So cùng kỳ",
    Measure.PER_HOUSEHOLDS: "Trên 1.000 hộ",
    Measure.TARGET: "So chỉ tiêu năm",
}
_UNITS = {
    Measure.SHARE: "%", Measure.CHANGE: "%", Measure.YEAR_CHANGE: "%", Measure.PER_HOUSEHOLDS: "trên 1.000 hộ",
    Measure.TARGET: "%",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RankedCommune:
    """One commune. ``place`` is None without a report or without a measure (nothing to compare with).

    ``told``: what its measure is made of, where its own figure does not say so.
    """

    office: str
    name: str
    value: Number
    measure: Number | None
    place: int | None
    sent: bool
    told: str = ""
    untold: bool = False  # its 0 tells nothing: nothing was sent, or the book was never written in
    partly: str = ""  # in how many of its records the figure is told, where not in all

    @property
    def text(self) -> str:
        """The figure, "–" where nobody has counted it."""
        return UNTOLD if self.untold else format_number(self.value)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The communes, those with a place first; equal ones share it and the next place is left out."""

    indicator: IndicatorSpec
    period: Period
    measure: Measure
    rows: tuple[RankedCommune, ...]
    covered: str
    missing: str
    partly: str = ""  # of all communes together

    @property
    def unit(self) -> str:
        """Of the measure."""
        return _UNITS.get(self.measure, self.indicator.unit)

    @property
    def total(self) -> Number:
        """Of the figure over all communes."""
        return plain(sum((row.value for row in self.rows), 0))

    @property
    def middle(self) -> Number | None:
        """The median of the measure among those that have a place."""
        placed = [Decimal(row.measure) for row in self.rows if row.place is not None and row.measure is not None]
        return plain(median(placed).quantize(_TENTH, ROUND_HALF_UP)) if placed else None

    @property
    def words(self) -> str:
        """Total and median in a sentence."""
        middle = self.middle
        beside = "" if middle is None else f"; trung vị {format_number(middle)} {self.unit}"
        part = f" ({self.partly})" if self.partly else ""
        return f"Toàn tỉnh {format_number(self.total)} {self.indicator.unit}{part}{beside}"


def measures_of(session: Session, indicator: str, period: Period) -> tuple[Measure, ...]:
    """What communes can be compared by for a figure; a campaign has no period before it."""
    spec = session.definitions.indicators[indicator]
    left_out = {Measure.CHANGE, Measure.TARGET} if period.span is not None else set()
    if indicator not in targeted(session):
        left_out.add(Measure.TARGET)
    if not spec.out_of:
        left_out.add(Measure.SHARE)
    if HOUSEHOLDS not in session.definitions.indicators or indicator == HOUSEHOLDS:
        left_out.add(Measure.PER_HOUSEHOLDS)
    return tuple(one for one in Measure if one not in left_out)


def ranking(session: Session, report: str, period: Period, indicator: str, measure: Measure = Measure.SIZE) -> Ranking:
    """The communes by a figure of a report. TD-SYNC-150 for a figure that the report has not, or cannot compare so."""
    spec = report_spec(session, report)
    if indicator not in spec.indicators or measure not in measures_of(session, indicator, period):
        raise UserError("TD-SYNC-150", indicator=indicator, report=spec.title, measure=MEASURE_WORDS[measure])
    windows = session.file.commune_changes.windows()
    offices = [
        (code, name)
        for code, name in by_name(session, period)
        if counts_in(session.definitions, indicator, windows.get(code, OfficeWindow(code)), period)
    ]
    codes = [code for code, _ in offices]
    found = coverage(session, report, period)
    values = consolidated(session, [indicator], period, codes, report)
    sent, told, less = found.offices, dict[str, str](), False
    if measure is Measure.TARGET:
        measured, told, less = _of_targets(session, report, period, indicator, codes)
    else:
        measured = _measured(session, report, period, indicator, measure, codes, values)
    known = told_values(session, [indicator], codes, values, sent, period)
    shares = partly_by_office(session, [indicator], period, codes)
    unplaced = [
        RankedCommune(
            code, name, values.get((indicator, code), 0),
            None if known[indicator, code] is None else measured.get(code), None, code in sent, told.get(code, ""),
            known[indicator, code] is None, shares.get((indicator, code), ""),
        )
        for code, name in offices
    ]  # fmt: skip
    whole = session.definitions.indicators[indicator]
    placed, part = _placed(unplaced, least_first=less), shares.get((indicator, ""), "")
    return Ranking(whole, period, measure, placed, found.short, found.words, part)


def _of_targets(
    session: Session, report: str, period: Period, indicator: str, codes: Sequence[str]
) -> tuple[dict[str, Number | None], dict[str, str], bool]:
    """The year so far in percent of what each commune has set itself, what that is made of, whether less is better.

    Communes whose target points the other way than most have nothing that they could be compared by.
    """
    targets = targets_by_office(session, period.year, indicator)
    more = [targets[code].wants_more for code in codes if code in targets]
    less = bool(more) and sum(more) * 2 < len(more)
    so_far = consolidated(session, [indicator], period, codes, report, year_so_far=True)
    measured, told = dict[str, Number | None](), dict[str, str]()
    for code in codes:
        if code in targets and targets[code].wants_more is not less:
            year = so_far.get((indicator, code), 0)
            measured[code] = percent_of(Decimal(year), targets[code].wanted)
            told[code] = f"từ đầu năm {format_number(year)}/{format_number(plain(targets[code].wanted))}"
    return measured, told, less


def _measured(
    session: Session, report: str, period: Period, indicator: str, measure: Measure, codes: Sequence[str],
    values: Mapping[tuple[str, str], Number],
) -> dict[str, Number | None]:  # fmt: skip
    """The measure by commune; None where there is nothing to measure with."""
    own = {code: values.get((indicator, code), 0) for code in codes}
    if measure is Measure.SIZE:
        return dict(own)
    if measure in {Measure.CHANGE, Measure.YEAR_CHANGE}:
        earlier = previous(period) if measure is Measure.CHANGE else same_last_year(period)
        before = consolidated(session, [indicator], earlier, codes, report)
        reported = coverage(session, report, earlier).offices  # what is counted of the others may be a part only
        bases = {code: before.get((indicator, code), 0) if code in reported else None for code in codes}
        return {code: change(own[code], bases[code]).percent for code in codes}
    beside = session.definitions.indicators[indicator].out_of if measure is Measure.SHARE else HOUSEHOLDS
    wholes = consolidated(session, [beside], period, codes, report)
    if measure is Measure.SHARE:
        return {code: percentage(own[code], wholes.get((beside, code), 0)) for code in codes}
    return {code: _per_thousand(own[code], wholes.get((beside, code), 0)) for code in codes}


def _per_thousand(value: Number, households: Number) -> Decimal | None:
    if not households:
        return None
    return (Decimal(1000) * Decimal(value) / Decimal(households)).quantize(_TENTH, ROUND_HALF_UP)


def _placed(rows: Sequence[RankedCommune], *, least_first: bool = False) -> tuple[RankedCommune, ...]:
    """With places, the best measure first; then those that sent nothing to compare, then those that sent nothing."""
    compared = [row for row in rows if row.sent and row.measure is not None]
    compared.sort(key=lambda row: Decimal(row.measure or 0), reverse=not least_first)
    placed: list[RankedCommune] = []
    for at, row in enumerate(compared, start=1):
        before = placed[-1] if placed else None
        place = before.place if before is not None and before.measure == row.measure else at
        placed.append(replace(row, place=place))
    others = [row for row in rows if row.measure is None and row.sent]
    return (*placed, *others, *(row for row in rows if not row.sent))


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """What one residential area of a commune has of a figure; ``area`` is "" for records that name none."""

    area: str
    name: str
    value: Number


NO_AREAS = "Sổ này ở lại xã, tỉnh chỉ có con số của cả xã"
_UNNAMED = "Không ghi khu dân cư"


def period_of(session: Session, report: str, period: Period, office: str) -> Period:
    """The period with the days that a commune closed its report with, or as it is."""
    days = closed_days(session, received_report(office, report), period.code)
    return with_days(period, *days) if days else period


def areas_of(
    session: Session, report: str, period: Period, indicator: str, office: str, kind: str = ""
) -> tuple[AreaFigure, ...]:
    """A commune's figure by residential area, the largest first; empty for registers of which only counts come."""
    if indicator in counted_only(session.definitions):
        return ()
    own = period_of(session, report, period, office)
    span = [DateRange(own.start, own.end)]
    names = {key: entry.label for key, entry in entries_of(session, AREA_REGISTER).items()}
    found: dict[str, Number] = {}
    for row in session.file.figures([indicator], span, by_area=True, offices=[office], kind=kind):
        found[row.area or ""] = plain(found.get(row.area or "", 0) + row.value)
    rows = [AreaFigure(area, names.get(area, _UNNAMED), value) for area, value in found.items() if value]
    return tuple(sorted(rows, key=lambda one: Decimal(one.value), reverse=True))
