"""What a chart shows: frozen data that knows neither the database, nor the paper, nor the window.

Values are never negative; None is "no figure", which is not 0. A ``source`` is whatever the caller wants back when a
person chooses a mark (for a report: the figure behind it).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = int | float | Decimal


class ChartKind(StrEnum):
    """How a chart shows its values."""

    BARS = "bars"
    LINES = "lines"
    SHARES = "shares"
    PANELS = "panels"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one set of bars: a value for each category; ``sources`` likewise, or empty."""

    name: str
    values: tuple[Value | None, ...]
    sources: tuple[Hashable, ...] = ()

    def source(self, place: int) -> Hashable:
        """What stands behind a value; None where nothing was given."""
        return self.sources[place] if self.sources else None


@dataclass(frozen=True, slots=True)
class Panel:
    """One small panel: its columns, a yardstick for each, and a line of words under its name."""

    name: str
    columns: Series
    yardstick: tuple[Value | None, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is readable in black and white.

    ``shares`` with one series is one whole parted by categories, with several each category is a whole parted by
    series. ``panels`` have ``panels`` instead of ``series``; their ``series`` names (two at most) say what columns and
    yardsticks are, ``running`` is the category (counted from 1) that still grows. ``grid`` has one series;
    ``places`` are row and column of each category from 0, empty: in order, as many side by side as fit.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    panels: tuple[Panel, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    running: int = 0
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Series, ...]:
        """All values, row by row, whatever the kind."""
        if self.kind is ChartKind.PANELS:
            return tuple(panel.columns for panel in self.panels)
        return self.series

    @property
    def values(self) -> list[Value]:
        """Every value that there is, yardsticks included."""
        yardsticks = [panel.yardstick for panel in self.panels]
        found = [*(series.values for series in self.rows), *yardsticks]
        return [value for values in found for value in values if value is not None]

    def check(self) -> None:
        """Raises ValueError when a series does not have one value (and source) for each category."""
        count = len(self.categories)
        for series in self.rows:
            if len(series.values) != count or len(series.sources) not in (0, count):
                raise ValueError("each series needs one value for each category")
        if self.places and len(self.places) != count:
            raise ValueError("each category needs its place")

    def with_texts(self, change: Callable[[str], str]) -> Chart:
        """The same chart with every text passed through ``change``."""
        panels = tuple(
            replace(one, name=change(one.name), caption=change(one.caption), columns=_renamed(one.columns, change))
            for one in self.panels
        )
        return replace(
            self,
            title=change(self.title),
            categories=tuple(map(change, self.categories)),
            series=tuple(_renamed(one, change) for one in self.series),
            unit=change(self.unit),
            panels=panels,
            notes=tuple(map(change, self.notes)),
        )


def _renamed(series: Series, change: Callable[[str], str]) -> Series:
    return replace(series, name=change(series.name))
