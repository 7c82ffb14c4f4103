"""The frame that a chart is drawn in: its width, the sizes of letters, and how wide words are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from thidua_desktop.charts.shapes import Ink, Words

Measure: TypeAlias = Callable[[str, float, bool], float]
"""Width of a text at a size, perhaps bold."""

LINE_HEIGHT = 1.2
BASELINE = 0.92  # of the letters' size, below a line's top


@dataclass(frozen=True, slots=True)
class Frame:
    """``text`` is the size of names, ``value`` of numbers beside marks, ``least`` what they may shrink to."""

    width: float
    measure: Measure
    text: float = 10.0
    value: float = 9.5
    least: float = 6.5

    @property
    def unit(self) -> float:
        """A point at letters of 10 points: all distances grow with the letters."""
        return self.text / 10.0

    @property
    def line(self) -> float:
        """Height of a line of names."""
        return self.text * LINE_HEIGHT

    def width_of(self, text: str, size: float = 0.0, bold: bool = False) -> float:
        """Width of a text; without ``size`` that of names."""
        return self.measure(text, size or self.text, bold)

    def words(
        self, x: float, baseline: float, text: str, size: float = 0.0, *, anchor: float = 0.0, bold: bool = False,
        ink: Ink = Ink.TEXT, plate: bool = False,
    ) -> Words:  # fmt: skip
        """A line of text whose part ``anchor`` (0 left, 0.5 middle, 1 right) stands at ``x``."""
        size = size or self.text
        width = self.width_of(text, size, bold)
        return Words(x - anchor * width, baseline, text, size, width, bold, ink, plate)

    def column(
        self, x: float, top: float, lines: tuple[str, ...], size: float = 0.0, *, anchor: float = 0.0,
        bold: bool = False, ink: Ink = Ink.TEXT,
    ) -> list[Words]:  # fmt: skip
        """Lines under each other, the first one's top at ``top``."""
        size = size or self.text
        return [
            self.words(x, top + (BASELINE + number * LINE_HEIGHT) * size, text, size, anchor=anchor, bold=bold, ink=ink)
            for number, text in enumerate(lines)
        ]

    def wrap(self, text: str, room: float, size: float = 0.0, most: int = 0, bold: bool = False) -> tuple[str, ...]:
        """Lines of a text no wider than ``room``; with ``most`` lines at most, the last one then ends in "…"."""
        size = size or self.text
        if self.width_of(text, size, bold) <= room:
            return (text,)
        lines: list[str] = []
        current: list[str] = []
        space, used = self.width_of(" ", size, bold), 0.0
        for word in text.split():
            width = self.width_of(word, size, bold)
            if current and used + space + width <= room:
                current.append(word)
                used += space + width
                continue
            if current:
                lines.append(" ".join(current))
            *cut, rest = self._cut(word, room, size, bold) if width > room else [word]
            lines += cut
            current, used = [rest], self.width_of(rest, size, bold)
        lines.append(" ".join(current))
        if most and len(lines) > most:
            kept = lines[:most]
            kept[-1] = self._elided(kept[-1], room, size, bold)
            return tuple(kept)
        return tuple(lines)

    def longest_word(self, text: str, size: float = 0.0) -> float:
        """Width of a text's widest word."""
        return max((self.width_of(word, size) for word in text.split()), default=0.0)

    def _cut(self, word: str, room: float, size: float, bold: bool) -> list[str]:
        """A word in pieces that fit; never less than one letter each."""
        parts, current = [], ""
        for letter in word:
            if current and self.width_of(current + letter, size, bold) > room:
                parts.append(current)
                current = ""
            current += letter
        return [*parts, current]

    def _elided(self, line: str, room: float, size: float, bold: bool) -> str:
        while line and self.width_of(f"{line}…", size, bold) > room:
            line = line[:-1].rstrip()
        return f"{line}…"
