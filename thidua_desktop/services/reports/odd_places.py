"""Which communes an odd figure of the province comes from: whose own figure moved most in the same direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua_desktop.domain.figures import Number, is_odd
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.communes import by_name, counted_offices
from thidua_desktop.services.reports.figures import Figure, Spans
from thidua_desktop.services.reports.private_counts import figure_rows
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number

MOST = 2
"""So many communes are named; more than that is no matter of single communes."""


@dataclass(frozen=True, slots=True)
class OddPlace:
    """A commune whose figure moved. ``share``: its part of all that moved in that direction, in whole percent."""

    office: str
    name: str
    value: Number
    base: Number
    against: str
    share: int

    @property
    def words(self) -> str:
        """ "Phường Thành Nhất: 985, kỳ trước 40, 96% phần chênh"."""
        told = f"{self.name}: {format_number(self.value)}, {self.against} {format_number(self.base)}"
        return f"{told}, {self.share}% phần chênh"


def odd_places(session: Session, figures: Sequence[Figure], period: Period) -> Mapping[str, tuple[OddPlace, ...]]:
    """By indicator, the communes behind each odd figure, the largest change first; nothing at a commune.

    As many as make up half of the change, at most ``MOST``.
    """
    odd = [figure for figure in figures if figure.odd is not None]
    if not odd or not session.is_province:
        return {}
    spans = Spans.of(period)
    rows = figure_rows(session, [one.indicator for one in odd], spans.all()[:3], counted_offices(session))
    counted: dict[tuple[str, str, int], Number] = {}
    for row in rows:
        key = (row.indicator, row.office, row.range_index)
        counted[key] = counted.get(key, 0) + row.value
    names = dict(by_name(session))
    return {one.indicator: _behind(one, counted, names, period) for one in odd}


def _behind(
    figure: Figure, counted: Mapping[tuple[str, str, int], Number], names: Mapping[str, str], period: Period
) -> tuple[OddPlace, ...]:
    place, base, against = (1, figure.last, "kỳ trước")
    if not is_odd(figure.value, figure.last, period.end):
        place, base, against = (2, figure.last_year, "cùng kỳ")
    sign = 1 if figure.value >= (base or 0) else -1
    moved = []
    for office in names:
        now, then = (counted.get((figure.indicator, office, at), 0) for at in (0, place))
        if sign * (now - then) > 0:
            moved.append((sign * (now - then), office, now, then))
    moved.sort(key=lambda one: (-one[0], one[1]))
    whole: Number = sum((one[0] for one in moved), 0)
    told: Number = 0
    found: list[OddPlace] = []
    for amount, office, now, then in moved[:MOST]:
        if found and 2 * told >= whole:
            break
        told += amount
        found.append(OddPlace(office, names[office], now, then, against, int(100 * amount / whole)))
    return tuple(found)
