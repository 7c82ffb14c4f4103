"""What a closed report said: kept word for word when it is closed, so that its paper says the same ever after.

Records that change later, or a newer program with other words, change nothing of it: a number may be taken days later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from thidua_desktop.charts.model import Chart, ChartKind, Panel, Series, Value
from thidua_desktop.domain.figures import Number
from thidua_desktop.services.reports.build import Report, ReportParagraph, paragraphs_of
from thidua_desktop.services.reports.consolidated import kept_communes
from thidua_desktop.services.reports.duties import DutyBoard, DutyRow
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.services.session import Session

_PART = ("name", "heading", "level", "text", "draft", "edited", "prompt", "marked")


def content_of(session: Session, report: Report) -> dict[str, Any]:
    """What a paper says beside its figures, and how far the books had come (``seq``), as JSON-able values."""
    return {
        "seq": session.file.changes.head()[0],
        "subject": report.subject,
        "opening": report.opening,
        "to": report.to,
        "recipients": list(report.recipients),
        "paragraphs": [{name: getattr(part, name) for name in _PART} for part in report.paragraphs],
        "charts": [_chart_json(chart) for chart in report.charts],
        "boards": [_board_json(board) for board in report.boards],
        "communes": kept_communes(session, report),
    }


def as_reported(session: Session, report: Report) -> Report:
    """A closed report as it was when it was closed; an open one as it is."""
    frozen = session.file.reports.frozen(report.spec.name, report.period.code) if report.closed else None
    if frozen is None or not isinstance(frozen.figures, dict):
        return report
    known = {figure.indicator: figure for figure in report.figures}
    figures = figures_of_kept(session, frozen.figures.get("figures", ()), known)
    if not frozen.content:  # closed by an older program, which kept the figures alone
        return replace(report, figures=figures, paragraphs=paragraphs_of(session, report.spec, report.period, figures))
    kept = frozen.content
    return replace(
        report,
        figures=figures,
        subject=kept["subject"],
        opening=kept["opening"],
        to=kept["to"],
        recipients=tuple(kept["recipients"]),
        paragraphs=tuple(ReportParagraph(**part) for part in kept["paragraphs"]),
        charts=tuple(_chart(chart) for chart in kept["charts"]),
        boards=tuple(_board(board) for board in kept.get("boards", ())),
    )


def figures_of_kept(
    session: Session, rows: Iterable[Mapping[str, Any]], known: Mapping[str, Figure] | None = None
) -> tuple[Figure, ...]:
    """The figures of a closing; ``known`` are those of now, which alone know the unit of a whole.

    Of a closing by an older program a zero was said, and stands.
    """
    found = []
    for row in rows:
        name, reason = row["indicator"], row.get("reason", "")
        now = (known or {}).get(name)
        found.append(
            Figure(
                name, row.get("label", name), row.get("unit", ""), _number(row["value"]) or 0,
                _number(row.get("last")), _number(row.get("last_year")), _number(row.get("year")) or 0,
                _number(row.get("out_of")), now.whole_unit if now else _whole_unit(session, name), reason or None,
                reason, _number(row.get("target")), row.get("unrecorded", ""), row.get("partly", ""),
            )
        )  # fmt: skip
    return tuple(found)


def _whole_unit(session: Session, name: str) -> str:
    indicators = session.definitions.indicators
    whole = indicators[name].out_of if name in indicators else ""
    return indicators[whole].unit if whole else ""


def _board_json(board: DutyBoard) -> dict[str, Any]:
    rows = [{"name": row.name, "done": _plain(row.done), "area": row.area} for row in board.rows]
    return {"of": board.of, "heads": list(board.heads), "rows": rows}


def _board(kept: Mapping[str, Any]) -> DutyBoard:
    rows = tuple(
        DutyRow(row["name"], tuple(_number(value) or 0 for value in row["done"]), row.get("area", ""))
        for row in kept["rows"]
    )
    return DutyBoard(kept["of"], tuple(kept["heads"]), rows)


def _number(value: Any) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


def _chart_json(chart: Chart) -> dict[str, Any]:
    return {
        "kind": str(chart.kind),
        "title": chart.title,
        "categories": list(chart.categories),
        "series": [_series_json(one) for one in chart.series],
        "unit": chart.unit,
        "panels": [
            {
                "name": one.name, "columns": _series_json(one.columns), "yardstick": _plain(one.yardstick),
                "caption": one.caption,
            }
            for one in chart.panels
        ],
        "places": [list(place) for place in chart.places],
        "running": chart.running,
        "notes": list(chart.notes),
    }  # fmt: skip


def _series_json(series: Series) -> dict[str, Any]:
    return {"name": series.name, "values": _plain(series.values)}


def _plain(values: Sequence[Value | None]) -> list[int | float | str | None]:
    return [str(value) if isinstance(value, Decimal) else value for value in values]


def _chart(kept: Mapping[str, Any]) -> Chart:
    return Chart(
        kind=ChartKind(kept["kind"]),
        title=kept["title"],
        categories=tuple(kept["categories"]),
        series=tuple(_series(one) for one in kept["series"]),
        unit=kept["unit"],
        panels=tuple(
            Panel(one["name"], _series(one["columns"]), _values(one["yardstick"]), one["caption"])
            for one in kept["panels"]
        ),
        places=tuple((row, column) for row, column in kept["places"]),
        running=kept["running"],
        notes=tuple(kept["notes"]),
    )


def _series(kept: Mapping[str, Any]) -> Series:
    return Series(kept["name"], _values(kept["values"]))


def _values(kept: Sequence[Any]) -> tuple[Value | None, ...]:
    return tuple(_number(value) for value in kept)
