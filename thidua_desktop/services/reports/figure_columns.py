"""The columns of a report's figures, the same on paper, in Word and on the desk; empty ones fall away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

from thidua_desktop.domain.figures import Number, format_percentage
from thidua_desktop.domain.periods import Period, previous, same_last_year, whole_year, with_days
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.text import UNTOLD, format_number


class FigureColumn(StrEnum):
    """One column after a figure's name and unit."""

    THIS = "this"
    SHARE = "share"
    LAST = "last"
    LAST_YEAR = "last_year"
    YEAR = "year"
    TARGET = "target"
    REACHED = "reached"


TITLES: Mapping[FigureColumn, str] = {
    FigureColumn.THIS: "Kỳ này",
    FigureColumn.SHARE: "Tỷ lệ (%)",
    FigureColumn.LAST: "Kỳ trước",
    FigureColumn.LAST_YEAR: "Cùng kỳ năm trước",
    FigureColumn.YEAR: "Từ đầu năm",
    FigureColumn.TARGET: "Chỉ tiêu năm",
    FigureColumn.REACHED: "Đạt chỉ tiêu (%)",
}
SHORT_TITLES: Mapping[FigureColumn, str] = {
    **TITLES,
    FigureColumn.SHARE: "Tỷ lệ",
    FigureColumn.LAST_YEAR: "Cùng kỳ",
    FigureColumn.YEAR: "Năm",
    FigureColumn.TARGET: "Chỉ tiêu",
    FigureColumn.REACHED: "Đạt",
}
"""For a table that is read beside the paper."""

_VALUES: Mapping[FigureColumn, Callable[[Figure], Number | None]] = {
    FigureColumn.THIS: lambda figure: figure.value,
    FigureColumn.SHARE: lambda figure: figure.share,
    FigureColumn.LAST: lambda figure: figure.last,
    FigureColumn.LAST_YEAR: lambda figure: figure.last_year,
    FigureColumn.YEAR: lambda figure: figure.year,
    FigureColumn.TARGET: lambda figure: figure.target,
    FigureColumn.REACHED: lambda figure: figure.reached,
}
_PERCENTAGES = frozenset({FigureColumn.SHARE, FigureColumn.REACHED})
_COUNTED = frozenset({FigureColumn.THIS, FigureColumn.LAST, FigureColumn.LAST_YEAR, FigureColumn.YEAR})
_MAY_BE_NOTHING = frozenset({FigureColumn.SHARE, FigureColumn.TARGET, FigureColumn.REACHED})
"""Figures without a whole or a target are ordinary; a missing yardstick is told by a dash."""


def columns_of(report: Report) -> tuple[FigureColumn, ...]:
    """The columns in which at least one figure has something; a campaign counts into no year."""
    left_out = {FigureColumn.YEAR} if report.period.span else set()
    return tuple(
        column
        for column in FigureColumn
        if column not in left_out and any(_VALUES[column](figure) is not None for figure in report.figures)
    )


def period_behind(period: Period, column: FigureColumn) -> Period | None:
    """The period whose records make up a column of a report on ``period``; None of shares and targets."""
    if column is FigureColumn.THIS:
        return period
    if period.span is not None:
        return same_last_year(period) if column is FigureColumn.LAST_YEAR else None
    whole = whole_year(period)
    if column is FigureColumn.YEAR and whole is not None:
        return with_days(whole, whole.start, period.end)
    before = {FigureColumn.LAST: previous, FigureColumn.LAST_YEAR: same_last_year}.get(column)
    return before(period) if before else None


def cell_text(figure: Figure, column: FigureColumn) -> str:
    """What stands in a column: "1.234", "97,7%", "–" without a yardstick or a record, "" where there can be none."""
    value = _VALUES[column](figure)
    if figure.unrecorded and column in _COUNTED and not value:
        return UNTOLD
    if value is None:
        return "" if column in _MAY_BE_NOTHING else UNTOLD
    return format_percentage(Decimal(value)) if column in _PERCENTAGES else format_number(value)


def counted(figure: Figure) -> str:
    """The figure, or x/y where it is counted out of another that is more than nothing; "–": nothing ever recorded."""
    if figure.unrecorded:
        return UNTOLD
    if not figure.whole:  # "15/0": recognised this period, registered before it
        return format_number(figure.value)
    return f"{format_number(figure.value)}/{format_number(figure.whole)}"


def told_beside(figure: Figure) -> str:
    """Year, target and share in words: "Từ đầu năm 539 cuộc, đạt 89,8% chỉ tiêu 600 cuộc · 100,0% trong 15 tổ"."""
    if figure.unrecorded:
        return figure.unrecorded
    words = f"Từ đầu năm {format_number(figure.year)} {figure.unit}"
    if figure.target is not None:
        reached = "" if figure.reached is None else f"đạt {format_percentage(figure.reached)} "
        words += f", {reached}chỉ tiêu {format_number(figure.target)} {figure.unit}"
    if figure.share is not None:
        whole = f"{format_number(figure.whole or 0)} {figure.whole_unit or figure.unit}"
        words += f" · kỳ này {format_percentage(figure.share)} trong {whole}"
    return f"{words} · kỳ này {figure.partly}" if figure.partly else words
