"""Chosen communes beside chosen figures of a report, over all residential areas or over those of one kind each.

A commune that has not sent the report of the period is marked: what was counted of it so far may be a part only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import AREA_TYPES, IndicatorSpec, ReportSpec
from thidua_desktop.services.communes import by_name, coverage
from thidua_desktop.services.place_grid import arranged, kept_cells
from thidua_desktop.services.report_checks.recount import consolidated, plain
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.reports.private_counts import counted_only
from thidua_desktop.services.reports.unrecorded import partly_by_office, told_values
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import AREA_REGISTER
from thidua_desktop.text import lower_first

ALL_AREAS = ""
SHOWN = "shown"
"""All communes of a table together, in ``Matrix.partly``."""
MOST_COLUMNS = 24
"""So many figures can still be read side by side."""
FIRST_FIGURES = 6
FEW = 12
"""So many communes can still be told apart by their bars."""
_MOST_CHARTS = 4


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A figure in the areas of one kind (code and label), or in all of them ("")."""

    indicator: IndicatorSpec
    kind: str = ALL_AREAS
    kind_label: str = ""

    @property
    def head(self) -> str:
        """ "Cuộc tuyên truyền, biên giới"."""
        if not self.kind:
            return self.indicator.label
        return f"{self.indicator.label}, {lower_first(self.kind_label)}"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A commune; a value is None where the figure cannot be told apart by kind of area.

    None too where nothing came from a commune that has not sent the report, or has never written in the book: that is
    no zero.
    """

    office: str
    name: str
    values: tuple[Number | None, ...]
    sent: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Communes by name; ``totals`` of those that are here, ``whole`` of all communes of the province."""

    title: str
    period: Period
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Number | None, ...]
    whole: tuple[Number | None, ...]
    communes: int
    received: int  # of all communes, how many have sent the report
    unsplit: frozenset[int] = frozenset()  # columns that cannot be told apart by kind of area
    partly: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """By column and commune: in how many records the figure is told, where not in all; under SHOWN of those that are
    here, under "" of all communes."""

    @property
    def partial(self) -> bool:
        """Whether there are communes beside those that are compared."""
        return len(self.rows) < self.communes


@dataclass(frozen=True, slots=True)
class MatrixChoice:
    """What is compared; empty ``offices``: all communes, empty ``indicators``: the first of the report's charts."""

    offices: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    kinds: tuple[str, ...] = (ALL_AREAS,)


def area_kinds(session: Session) -> list[tuple[str, str]]:
    """(code, label) of every kind of residential area."""
    catalog = session.definitions.catalogs[session.register(AREA_REGISTER).field(AREA_TYPES).catalog]
    return [(item.code, item.label) for item in catalog.items]


def first_figures(spec: ReportSpec) -> tuple[str, ...]:
    """What is compared until somebody chooses: the figures of the report's charts first."""
    asked = [name for chart in spec.charts for name in chart.indicators]
    return tuple(name for name in dict.fromkeys([*asked, *spec.indicators]) if name in spec.indicators)[:FIRST_FIGURES]


def matrix(session: Session, report: str, period: Period, choice: MatrixChoice) -> Matrix:
    """The communes of the choice beside its figures, counted from their records.

    Raises TD-SYNC-060 for an unknown commune, 230 for a figure or kind of area that there is not, 231 for too many
    columns.
    """
    spec, communes = report_spec(session, report), by_name(session, period)
    columns = _columns(session, spec, choice)
    known = dict(communes)
    for office in choice.offices:
        if office not in known:
            raise UserError("TD-SYNC-060", commune=office, known=", ".join(sorted(known)) or "(chưa có)")
    counted = _counted(session, columns, period, list(known), report)
    sent, chosen = coverage(session, report, period).offices, set(choice.offices or known)
    zeros = told_values(session, {column.indicator.name for column in columns}, known, {}, sent, period)
    by_commune = {
        code: tuple(
            None if values is None else values.get(code) or zeros[column.indicator.name, code]
            for column, values in zip(columns, counted, strict=True)
        )
        for code in known
    }
    rows = tuple(MatrixRow(code, name, by_commune[code], code in sent) for code, name in communes if code in chosen)
    whole = [_sum([values[column] for values in by_commune.values()]) for column in range(len(columns))]
    totals = [_sum([row.values[column] for row in rows]) for column in range(len(columns))]
    unsplit = frozenset(at for at, values in enumerate(counted) if values is None)
    part = _partly(session, columns, period, list(known), chosen)
    return Matrix(
        spec.title, period, columns, rows, tuple(totals), tuple(whole), len(communes), len(sent), unsplit, part
    )  # fmt: skip


def matrix_chart(session: Session, found: Matrix, column: int, most_bars: int = FEW) -> Chart | None:
    """One column as bars, of more communes as a grid map; None without communes or figures."""
    shown = found.columns[column]
    values = tuple(row.values[column] for row in found.rows)
    if not found.rows or all(value is None for value in values):
        return None
    names = tuple(row.name for row in found.rows)
    series = (Series(shown.head, values),)
    if len(found.rows) <= most_bars:
        return Chart(ChartKind.BARS, shown.head, names, series, shown.indicator.unit)
    cells = arranged([row.office for row in found.rows], kept_cells(session))
    return Chart(ChartKind.GRID, shown.head, names, series, shown.indicator.unit, places=cells)


def paper_charts(session: Session, found: Matrix) -> tuple[Chart, ...]:
    """The charts of the first figures that have anything to show."""
    made = (matrix_chart(session, found, column) for column in range(len(found.columns)))
    return tuple(chart for chart in made if chart is not None and any(chart.values))[:_MOST_CHARTS]


def kept_choice(session: Session, report: str, period: Period) -> MatrixChoice:
    """What this person compared last in a report; communes and figures that are gone are left out."""
    kept = session.file.settings.get(_setting(session, report)) or {}
    offices, spec = dict(by_name(session, period)), report_spec(session, report)
    kinds = {ALL_AREAS, *(code for code, _ in area_kinds(session))}
    return MatrixChoice(
        tuple(code for code in kept.get("offices", ()) if code in offices),
        tuple(name for name in kept.get("indicators", ()) if name in spec.indicators),
        tuple(code for code in kept.get("kinds", ()) if code in kinds) or (ALL_AREAS,),
    )


def keep_choice(session: Session, report: str, choice: MatrixChoice) -> None:
    """Keep it for the next time; nobody else at the desk sees it."""
    kept = {"offices": list(choice.offices), "indicators": list(choice.indicators), "kinds": list(choice.kinds)}
    session.file.settings.put(_setting(session, report), kept)


def _setting(session: Session, report: str) -> str:
    return f"matrix.{session.user.login}.{report}"


def _columns(session: Session, spec: ReportSpec, choice: MatrixChoice) -> tuple[MatrixColumn, ...]:
    labels = {ALL_AREAS: "", **dict(area_kinds(session))}
    names = choice.indicators or first_figures(spec)
    unknown = [*(name for name in names if name not in spec.indicators), *(k for k in choice.kinds if k not in labels)]
    if unknown:
        raise UserError("TD-SYNC-230", unknown=", ".join(unknown), report=spec.title)
    indicators = session.definitions.indicators
    columns = tuple(MatrixColumn(indicators[name], kind, labels[kind]) for name in names for kind in choice.kinds)
    if len(columns) > MOST_COLUMNS:
        raise UserError("TD-SYNC-231", count=len(columns), most=MOST_COLUMNS)
    return columns


_Counted = list[Mapping[str, Number] | None]


def _counted(
    session: Session, columns: Sequence[MatrixColumn], period: Period, codes: Sequence[str], report: str
) -> _Counted:
    """For each column its figure by commune; None where it cannot be told by kind of area. One reading per kind."""
    found: dict[tuple[str, str], dict[str, Number]] = {}
    for kind in dict.fromkeys(column.kind for column in columns):
        names = [column.indicator.name for column in columns if column.kind == kind and _tells(session, column)]
        for (name, office), value in consolidated(session, names, period, codes, report, kind).items():
            found.setdefault((name, kind), {})[office] = value
    return [
        found.get((column.indicator.name, column.kind), {}) if _tells(session, column) else None for column in columns
    ]


def _partly(
    session: Session, columns: Sequence[MatrixColumn], period: Period, codes: Sequence[str], chosen: Collection[str]
) -> dict[tuple[int, str], str]:
    """In how many records the figures are told that only some tell: of each commune, of the chosen ones, of all."""
    found = dict[tuple[int, str], str]()
    for kind in dict.fromkeys(column.kind for column in columns):
        places = {column.indicator.name: at for at, column in enumerate(columns) if column.kind == kind}
        told = {name: at for name, at in places.items() if _tells(session, columns[at])}
        shares = partly_by_office(session, list(told), period, codes, kind, {SHOWN: chosen})
        found |= {(told[name], office): words for (name, office), words in shares.items()}
    return found


def _tells(session: Session, column: MatrixColumn) -> bool:
    """Whether the figure can be told by kind of area: its register names areas, and its records come here."""
    if not column.kind:
        return True
    registers = {
        session.definitions.indicators[one].register for one in (column.indicator.name, *column.indicator.plus)
    }
    split = all(session.register(register).area_field for register in registers)
    return split and column.indicator.name not in counted_only(session.definitions)


def _sum(values: Sequence[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return plain(sum(known, 0)) if known else None
