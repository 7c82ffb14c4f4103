"""A report as paper: the Decree 30 letter with its narrative, the appendix of figures and the charts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.services.letterhead import issuer, signer
from thidua_desktop.services.reports.build import Report, ReportChart
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.services.reports.names import number_text
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Block, Chart, Run, Table
    from thidua_desktop.printing.marks import Rendered

NO_YARDSTICK = "–"


def print_report(session: Session, report: Report, number: str | None = None) -> Rendered:
    """The report as PDF, with the places of its figures; the paper carries the day it is printed on."""
    from thidua_desktop.printing.contents import Annex, ReportContent
    from thidua_desktop.printing.official import report as report_document
    from thidua_desktop.printing.render import render

    content = ReportContent(
        issuer=issuer(session),
        subject=report.subject,
        body=tuple(_body(report)),
        signer=signer(session),
        recipients=report.recipients,
        to=(report.to,) if report.to else (),
        number=number,
        date=report.closed_at.date() if report.closed_at and report.closed else session.today,
        type_name=report.spec.type_name,
        type_code=report.spec.symbol,
        annexes=(Annex("SỐ LIỆU KẾT QUẢ PHONG TRÀO", (figure_table(report), *map(_chart, report.charts))),),
    )
    return render(report_document(content))


def figures_json(session: Session, report: Report) -> dict[str, Any]:
    """The figures as data: what closing keeps, what the package carries, what ``--figures-json`` writes."""
    identity = session.file.identity
    return {
        "report": report.spec.name,
        "version": report.spec.version,
        "office": identity.code,
        "office_name": identity.name,
        "period": report.period.code,
        "from": report.period.start.isoformat(),
        "to": report.period.end.isoformat(),
        "figures": [_figure_json(figure) for figure in report.figures],
    }


def figure_table(report: Report) -> Table:
    """The appendix: every figure with its yardsticks."""
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Chỉ tiêu", 3.6), Column("Đơn vị tính", 1.0, Align.CENTER),
        Column("Kỳ này", 1.1, Align.RIGHT), Column("Kỳ trước", 1.1, Align.RIGHT),
        Column("Cùng kỳ năm trước", 1.2, Align.RIGHT), Column("Từ đầu năm", 1.2, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (
            str(place), figure.label, figure.unit, Cell(_counted(figure), figure=figure.indicator),
            _yardstick(figure.last), _yardstick(figure.last_year), format_number(figure.year),
        )
        for place, figure in enumerate(report.figures, start=1)
    )  # fmt: skip
    kept = tuple(
        f"{figure.label}: {figure.kept_reason}" for figure in report.figures if figure.odd and figure.kept_reason
    )
    notes = ("“–”: kỳ đó chưa có số liệu trên máy.", *kept)
    return Table(columns, rows, notes=notes, size=11.0)


def _body(report: Report) -> list[Block]:
    from thidua_desktop.printing.blocks import Heading, Paragraph

    blocks: list[Block] = [Paragraph(line) for line in report.opening.splitlines()]
    for part in report.paragraphs:
        if part.heading:
            blocks.append(Heading(part.level, part.heading))
        blocks += [Paragraph(_marked(line, report)) for line in part.text.splitlines()]
    return blocks


def _marked(line: str, report: Report) -> tuple[Run, ...]:
    """A line with its figures marked, longest texts first, each figure text marked where it stands first.

    A figure is found by its words ("21 cuộc"); an officer's own numbers are never marked by chance of digits alone.
    """
    from thidua_desktop.printing.blocks import Run

    texts = {f"{number_text(figure.value)} {figure.unit}": figure.indicator for figure in reversed(report.figures)}
    runs: list[Run] = []
    rest = line
    while rest:
        found = [(rest.find(text), -len(text), text) for text in texts if text in rest and _stands_alone(rest, text)]
        if not found:
            break
        start, _, text = min(found)
        if start:
            runs.append(Run(rest[:start]))
        runs.append(Run(text, figure=texts[text]))
        rest = rest[start + len(text) :]
    if rest:
        runs.append(Run(rest))
    return tuple(runs)


def _stands_alone(line: str, text: str) -> bool:
    """Whether the figure's words stand in the line without a digit or letter glued to them."""
    start = line.find(text)
    before, after = line[start - 1 : start], line[start + len(text) : start + len(text) + 1]
    return not (before.isalnum() or before in {".", ",", "/"}) and not after.isalnum()


def _chart(chart: ReportChart) -> Chart:
    from thidua_desktop.printing.blocks import Chart, ChartKind, Series

    series = tuple(
        Series(name, tuple(None if value is None else float(value) for value in values))
        for name, values in chart.series
    )
    return Chart(ChartKind(chart.kind), chart.title, chart.categories, series, chart.unit)


def _counted(figure: Figure) -> str:
    if figure.whole is None:
        return format_number(figure.value)
    return f"{format_number(figure.value)}/{format_number(figure.whole)}"


def _yardstick(value: Number | None) -> str:
    return NO_YARDSTICK if value is None else format_number(value)


def _figure_json(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "indicator": figure.indicator, "label": figure.label, "unit": figure.unit, "value": _plain(figure.value),
        "last": _plain(figure.last), "last_year": _plain(figure.last_year), "year": _plain(figure.year),
        "out_of": _plain(figure.whole),
    }  # fmt: skip
    if figure.kept_reason:
        row["reason"] = figure.kept_reason
    return row


def _plain(value: Number | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value
