"""The province's board: who has handed in which report when, and the figures of all communes recounted from records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period, PeriodKind, previous
from thidua_desktop.services.change_words import window_brief, window_words
from thidua_desktop.services.communes import by_name, change_words, communes, communes_on, cut_by_changes
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.handoff.incoming import received_packages
from thidua_desktop.services.place_grid import arranged, kept_cells
from thidua_desktop.services.report_checks.decisions import (
    ReportStanding,
    Since,
    Standing,
    Standings,
    changed_since,
    decision_day,
)
from thidua_desktop.services.report_checks.recount import consolidated, plain, recounted
from thidua_desktop.services.report_checks.totals import NOBODY, AcceptedTotals, accepted_totals
from thidua_desktop.services.report_periods import PeriodGroup, due, group_of, latest
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.reports.unrecorded import partly_by_office, told_values
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.store.queries import DateRange, OfficeWindow
from thidua_desktop.text import UNTOLD, format_number, sort_key


class Receipt(StrEnum):
    """How one report of one commune stands; what is here in time or late waits to be checked."""

    IN_TIME = "in_time"
    LATE = "late"  # came after the due day
    ACCEPTED = "accepted"  # checked and locked
    RETURNED = "returned"  # sent back to be mended, not closed again yet
    WAITING = "waiting"  # not due yet
    OVERDUE = "overdue"  # due and not here
    NOT_EXPECTED = "not_expected"  # the commune was not connected then, or was not there


TO_CHECK = frozenset({Receipt.IN_TIME, Receipt.LATE})
"""The report is here and nobody has decided yet."""
HERE = TO_CHECK | {Receipt.RETURNED, Receipt.ACCEPTED}
"""The report is here, whatever is thought of it."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """``day``: when the report came; ``days``: calendar days late or overdue; ``decided``: when accepted or returned.

    Of an accepted report ``changes`` figures are counted otherwise since, and ``overtaken`` says that the commune has
    closed it again nevertheless. ``why``: what a commune that begins or ends has to do with the cell, ``brief``
    where nothing is expected of it.
    """

    receipt: Receipt
    day: date | None = None
    days: int = 0
    decided: date | None = None
    changes: int = 0
    overtaken: bool = False
    why: str = ""
    brief: str = ""

    @property
    def changed(self) -> bool:
        """Whether something came after the report was accepted."""
        return bool(self.changes) or self.overtaken


class BoardState(StrEnum):
    """The five states that an officer asks for, and what has changed behind an acceptance."""

    NOT_SENT = "not_sent"
    OVERDUE = "overdue"
    TO_CHECK = "to_check"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CHANGED = "changed"


STATE_WORDS: Mapping[BoardState, str] = {
    BoardState.NOT_SENT: "Chưa gửi",
    BoardState.OVERDUE: "Trễ hạn",
    BoardState.TO_CHECK: "Chờ kiểm tra",
    BoardState.RETURNED: "Đã trả lại",
    BoardState.ACCEPTED: "Đã chấp nhận",
    BoardState.CHANGED: "Thay đổi sau chấp nhận",
}
_STATES = {
    Receipt.WAITING: {BoardState.NOT_SENT},
    Receipt.OVERDUE: {BoardState.OVERDUE},
    Receipt.IN_TIME: {BoardState.TO_CHECK},
    Receipt.LATE: {BoardState.TO_CHECK},
    Receipt.RETURNED: {BoardState.RETURNED},
    Receipt.ACCEPTED: {BoardState.ACCEPTED},
    Receipt.NOT_EXPECTED: set(),
}


def brief_words(cell: BoardCell) -> str:
    """A cell in a few words: "trả lại 12/11", "quá 3 ngày", "kết thúc 19/08"."""
    day = f" {cell.decided:%d/%m}" if cell.decided else ""
    return {
        Receipt.ACCEPTED: f"chấp nhận{day}",
        Receipt.RETURNED: f"trả lại{day}",
        Receipt.IN_TIME: "chờ kiểm tra",
        Receipt.LATE: f"nhận trễ {cell.days} ngày",
        Receipt.OVERDUE: f"quá {cell.days} ngày",
        Receipt.WAITING: "chưa gửi",
        Receipt.NOT_EXPECTED: cell.brief or "chưa nối",
    }[cell.receipt]


def states_of(cell: BoardCell) -> frozenset[BoardState]:
    """The states that a cell is in: one of the five, and whether something has changed behind an acceptance."""
    return frozenset(_STATES[cell.receipt] | ({BoardState.CHANGED} if cell.changed else set()))


@dataclass(frozen=True, slots=True)
class BoardPeriod:
    """A column: the period, its due day, and how many of how many communes have handed in."""

    period: Period
    due: date
    received: int
    expected: int
    counts: Mapping[BoardState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A commune: the number of its last package taken in (0: none) and one cell per period."""

    office: str
    name: str
    package: int
    cells: tuple[BoardCell, ...]

    @property
    def urgency(self) -> tuple[int, int, int]:
        """Overdue days, overdue reports, late reports; the largest stands first."""
        overdue = [cell.days for cell in self.cells if cell.receipt is Receipt.OVERDUE]
        waiting = sum(cell.receipt is Receipt.WAITING for cell in self.cells)
        return (len(overdue), max(overdue, default=0), waiting)


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one report; rows sorted by who needs reminding first."""

    report: str
    title: str
    periods: tuple[BoardPeriod, ...]
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One indicator: recounted per office and in total; ``reported`` has only offices whose report is here.

    ``counted`` differs from ``by_office`` only of offices that began or ended within the period.
    """

    indicator: str
    label: str
    unit: str
    total: Number
    by_office: Mapping[str, Number]
    reported: Mapping[str, Number]
    counted: Mapping[str, Number] = field(default_factory=dict)  # as the office's own desk counts
    untold: frozenset[str] = frozenset()  # offices whose 0 tells nothing: not sent, or their book never written in
    partly: Mapping[str, str] = field(default_factory=dict)
    """In how many of its records an office has filled what is added up, where not in all; under "" of all offices."""

    def text(self, office: str) -> str:
        """What the office has, "–" where nobody has counted it."""
        return UNTOLD if office in self.untold else format_number(self.by_office.get(office, 0))

    @property
    def total_text(self) -> str:
        """The sum, "–" where no office has counted it."""
        return UNTOLD if len(self.untold) == len(self.by_office) else format_number(self.total)

    def differs(self, office: str) -> bool:
        """Whether the office's reported figure is another than its records give."""
        counted = self.counted.get(office, self.by_office.get(office, 0))
        return office in self.reported and self.reported[office] != counted


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a period: ``offices`` (code, name) by name; ``received``: codes whose frozen report is here.

    ``totals``: how many reports are accepted, and by how much checking changed them; the figures here are not touched.
    ``changes``: which communes began or ended in the period, in sentences.
    """

    title: str
    period: Period
    offices: tuple[tuple[str, str], ...]
    received: frozenset[str]
    rows: tuple[SummaryRow, ...]
    totals: AcceptedTotals = NOBODY
    changes: str = ""

    @property
    def differing(self) -> int:
        """How many figures of how many offices differ from what was reported."""
        return sum(row.differs(code) for row in self.rows for code, _ in self.offices)


def board(
    session: Session, report: str, kind: str = PeriodKind.MONTH, count: int = 5, known: Since | None = None
) -> Board:
    """The last ``count`` ended periods of a group (``kind``: month, quarter …, or its key), oldest first.

    ``known`` remembers from one reading to the next what was counted anew behind acceptances.

    Raises TD-CLI-003 for an unknown report, TD-TIME-004 for a group that it does not have.
    """
    spec = report_spec(session, report)
    periods = last_ended(session, group_of(session, spec, kind), count)
    dues = [due(session, spec, period) for period in periods]
    last, there = _last_numbers(session), _shown(session, periods)
    columns = [_column(session, there, report, *one, known) for one in zip(periods, dues, strict=True)]
    rows = [
        BoardRow(one.office, one.name, last.get(one.office, 0), tuple(column[one.office] for column in columns))
        for one in there
    ]
    rows.sort(key=lambda row: sort_key(row.name))
    rows.sort(key=lambda row: row.urgency, reverse=True)
    heads = tuple(
        _head(period, day, [row.cells[at] for row in rows])
        for at, (period, day) in enumerate(zip(periods, dues, strict=True))
    )
    return Board(report, spec.title, heads, tuple(rows))


def summary(session: Session, report: str, period: Period) -> Summary:
    """Every indicator of a report, recounted from the records of each commune, beside what the commune reported."""
    spec = report_spec(session, report)
    offices = tuple(by_name(session, period))
    codes = [code for code, _ in offices]
    counted = consolidated(session, spec.indicators, period, codes, report)
    cut = sorted(cut_by_changes(session, period) & set(codes))
    own = recounted(session, spec.indicators, period, cut, report)
    reported = {code: found for code in codes if (found := _reported(session, code, report, period)) is not None}
    zeros = told_values(session, spec.indicators, codes, counted, reported, period)
    shares = partly_by_office(session, spec.indicators, period, codes)
    rows = []
    for name in spec.indicators:
        indicator = session.definitions.indicators[name]
        untold = frozenset(code for code in codes if zeros[name, code] is None)
        by_office = {code: counted.get((name, code), 0) for code in codes}
        told = {code: figures[name] for code, figures in reported.items() if name in figures}
        kept = {code: own.get((name, code), 0) for code in cut}
        total = sum(by_office.values(), 0)
        part = {code: shares[name, code] for code in ("", *codes) if (name, code) in shares}
        rows.append(SummaryRow(name, indicator.label, indicator.unit, total, by_office, told, kept, untold, part))
    totals = accepted_totals(session, report, period)
    said = change_words(session, period)
    return Summary(spec.title, period, offices, frozenset(reported), tuple(rows), totals, said)


def commune_map(session: Session, found: Summary, indicator: str) -> Chart:
    """One figure of a summary as a grid map of the communes; those that sent nothing have no figure."""
    row = next(row for row in found.rows if row.indicator == indicator)
    values = tuple(None if code in row.untold else row.by_office.get(code, 0) for code, _ in found.offices)
    cells = arranged([code for code, _ in found.offices], kept_cells(session))
    names = tuple(name for _, name in found.offices)
    return Chart(ChartKind.GRID, row.label, names, (Series("", values),), row.unit, places=cells)


def _shown(session: Session, periods: Sequence[Period]) -> list[Partner]:
    """The communes that are there on any day of the periods, by the names of the last one; all while there is none."""
    if not periods:
        return communes(session)
    return communes_on(session, DateRange(periods[0].start, max(one.end for one in periods)))


def last_ended(session: Session, group: PeriodGroup, count: int) -> list[Period]:
    """The periods of a group that have ended, oldest first, at most ``count``."""
    period = latest(session, group)
    ended: list[Period] = []
    while period is not None and len(ended) < count:
        if group.span is not None and not group.span.held_in(period.year):
            break
        if period.end < session.today:
            ended.append(period)
        period = previous(period)
    return ended[::-1]


def _column(
    session: Session, there: Sequence[Partner], report: str, period: Period, due_day: date, known: Since | None
) -> dict[str, BoardCell]:
    """A period's cells by commune; figures are counted anew only where something came after an acceptance."""
    standings = Standings(session)
    found = {one.office: standings.of(one.office, report, period.code) for one in there}
    windows = session.file.commune_changes.windows()
    cells: dict[str, BoardCell] = {}
    for one in there:
        window = windows.get(one.office, OfficeWindow(one.office))
        if found[one.office] is None and not window.overlaps(period):
            cells[one.office] = BoardCell(
                Receipt.NOT_EXPECTED, why=window_words(window), brief=window_brief(window, period)
            )
            continue
        cell = _cell(session, one, report, period, due_day, found[one.office])
        cells[one.office] = replace(cell, why=window_words(window) if not window.holds(period.end) else "")
    accepted = {office: one.decision for office, one in found.items() if one and one.accepted and one.decision}
    for office, changes in changed_since(session, report, period, accepted, known).items():
        cells[office] = replace(cells[office], changes=len(changes))
    return cells


def _cell(
    session: Session, commune: Partner, report: str, period: Period, due_day: date, found: ReportStanding | None
) -> BoardCell:
    connected = commune.at.date()
    if found is None:
        if due_day < connected:
            return BoardCell(Receipt.NOT_EXPECTED)
        overdue = (session.today - due_day).days
        return BoardCell(Receipt.OVERDUE, days=overdue) if overdue > 0 else BoardCell(Receipt.WAITING)
    came = session.file.reports.moments(received_report(commune.office, report), period.code)
    first, last = came[min(came)].date(), came[max(came)].date()
    late = max(0, (first - max(due_day, connected)).days)
    if found.standing is Standing.RETURNED:
        returned = session.file.reports.returns(received_report(commune.office, report), period.code)[found.edition]
        return BoardCell(Receipt.RETURNED, last, decided=returned.day)
    if found.accepted and found.decision is not None:
        day = decision_day(found.decision)
        return BoardCell(Receipt.ACCEPTED, first, late, day, overtaken=found.overtaken)
    return BoardCell(Receipt.LATE, first, late) if late else BoardCell(Receipt.IN_TIME, first)


def _head(period: Period, due_day: date, cells: Sequence[BoardCell]) -> BoardPeriod:
    received = sum(cell.receipt in HERE for cell in cells)
    expected = sum(cell.receipt is not Receipt.NOT_EXPECTED for cell in cells)
    counts = {state: sum(state in states_of(cell) for cell in cells) for state in BoardState}
    return BoardPeriod(period, due_day, received, expected, counts)


def _last_numbers(session: Session) -> dict[str, int]:
    last: dict[str, int] = {}
    for entry in received_packages(session):
        last[entry.office] = max(entry.number, last.get(entry.office, 0))
    return last


def _reported(session: Session, office: str, report: str, period: Period) -> dict[str, Number] | None:
    frozen = session.file.reports.frozen(received_report(office, report), period.code)
    if frozen is None or not isinstance(frozen.figures, dict):
        return None
    rows = frozen.figures.get("figures", ())
    return {row["indicator"]: plain(Decimal(str(row["value"]))) for row in rows}
