"""The shapes that a chart is made of, and the hatching of its areas.

Places are in the unit of the painter (points, pixels): x from the frame's left edge, y downwards from a band's top.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

_ASCENT, _DESCENT = 0.85, 0.22  # of the letters' size, with the signs above Vietnamese capitals


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom


class Ink(StrEnum):
    """What a line or a word is; each painter has its own grey or colour for it."""

    TEXT = "text"
    QUIET = "quiet"
    AXIS = "axis"
    GRID = "grid"
    FIRST = "first"  # the series that a chart is about
    OTHER = "other"  # what it is compared with
    GROUND = "ground"  # the paper itself: keeps a mark apart from what lies under it


class Pattern(StrEnum):
    """How an area is filled; any two differ in black and white, without grey."""

    SOLID = "solid"
    SLANTED = "slanted"
    PLAIN = "plain"
    LEVEL = "level"
    CROSSED = "crossed"
    UPRIGHT = "upright"
    SPARSE = "sparse"
    TRACK = "track"  # a whole that is not reached: outline alone, in the quiet ink


SERIES_PATTERNS = (
    Pattern.SOLID, Pattern.SLANTED, Pattern.PLAIN, Pattern.LEVEL, Pattern.CROSSED, Pattern.UPRIGHT,
)  # fmt: skip
CLASS_PATTERNS = (Pattern.SPARSE, Pattern.SLANTED, Pattern.CROSSED, Pattern.SOLID)

_HATCHES: dict[Pattern, tuple[str, float]] = {
    Pattern.SLANTED: ("/", 3.2),
    Pattern.SPARSE: ("/", 7.0),
    Pattern.CROSSED: ("/\\", 3.2),
    Pattern.LEVEL: ("-", 2.6),
    Pattern.UPRIGHT: ("|", 2.6),
}
LineEnds: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at its baseline; ``x`` is its left edge. With ``plate`` it stands on a ground of its own."""

    x: float
    baseline: float
    text: str
    size: float
    width: float
    bold: bool = False
    ink: Ink = Ink.TEXT
    plate: bool = False

    @property
    def box(self) -> Box:
        """The room that the letters take."""
        return Box(
            self.x, self.baseline - _ASCENT * self.size, self.x + self.width, self.baseline + _DESCENT * self.size
        )


@dataclass(frozen=True, slots=True)
class Area:
    """A filled and outlined box."""

    x: float
    y: float
    width: float
    height: float
    pattern: Pattern
    ink: Ink = Ink.FIRST

    @property
    def box(self) -> Box:
        """Its edges."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True, slots=True)
class Stroke:
    """Straight lines of one kind: ``weight`` in the frame's units, ``dash`` a place in ``DASHES``."""

    lines: tuple[LineEnds, ...]
    ink: Ink
    weight: float = 0.5
    dash: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """A point of a line: a disc, a ring, a full or an empty square (``sort`` 0 to 3)."""

    x: float
    y: float
    radius: float
    sort: int
    ink: Ink = Ink.FIRST


Shape: TypeAlias = Words | Area | Stroke | Marker

DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.2, 2), (7, 2, 1.2, 2))
"""Lengths of lines and gaps in the frame's units."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person can point at: ``box`` is where, ``words`` say all of it, ``row`` and ``place`` order the keys."""

    box: Box
    words: str
    row: int
    place: int
    source: Hashable = None


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal part of a chart that is never cut; ``keep_next`` ties it to the one below."""

    height: float
    shapes: tuple[Shape, ...]
    marks: tuple[Mark, ...] = ()
    keep_next: bool = False


def hatch(area: Area, unit: float) -> list[LineEnds]:
    """The lines of an area's pattern, each ended at its edges, so that nothing is drawn outside it."""
    found = _HATCHES.get(area.pattern)
    if found is None or area.width <= 0 or area.height <= 0:
        return []
    signs, gap = found[0], found[1] * unit
    lines: list[LineEnds] = []
    for sign in signs:
        lines += _ruled(area, gap, sign) if sign in "-|" else _slanted(area, gap, rising=sign == "/")
    return lines


def _ruled(area: Area, gap: float, sign: str) -> list[LineEnds]:
    left, top, right, bottom = area.box
    if sign == "-":
        return [(left, top + gap * n, right, top + gap * n) for n in range(1, round(area.height / gap + 0.499))]
    return [(left + gap * n, top, left + gap * n, bottom) for n in range(1, round(area.width / gap + 0.499))]


def _slanted(area: Area, gap: float, rising: bool) -> list[LineEnds]:
    left, top, _, bottom = area.box
    width, height = area.width, area.height
    lines: list[LineEnds] = []
    offset = gap - height
    base, way = (bottom, -1.0) if rising else (top, 1.0)
    while offset < width:
        start = offset if offset > 0.0 else 0.0
        end = offset + height if offset + height < width else width
        lines.append((left + start, base + way * (start - offset), left + end, base + way * (end - offset)))
        offset += gap
    return lines
