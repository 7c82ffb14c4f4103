"""The lines of a table as they were read: by line for people and messages, by column for the checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, zip_longest
from typing import ClassVar, NamedTuple, overload

from thidua_desktop.text import from_tcvn3, from_vni


class RawLine(NamedTuple):
    """One line of a table: its number in the source (from 1) and its cells as text."""

    number: int
    cells: tuple[str, ...]


class ReachedDown(str):
    """The text of a cell that stands in this line only because a merged cell reaches down to it."""

    __slots__ = ()


def own_texts(cells: Sequence[str]) -> Sequence[str]:
    """The cells without what only reaches down to them from a line above."""
    reached = ReachedDown in set(map(type, cells))
    return ["" if isinstance(cell, ReachedDown) else cell for cell in cells] if reached else cells


class InOldFont(str):
    """The text of a cell whose font says that its letters mean others; which, the subclass says."""

    __slots__ = ()
    encoding: ClassVar[str] = ""

    def meant(self) -> str:
        """The text in Unicode."""
        return str(self)


class InTcvn3(InOldFont):
    """In a font of TCVN 5712."""

    __slots__ = ()
    encoding = "TCVN3"

    def meant(self) -> str:
        return from_tcvn3(self)


class InTcvn3Capitals(InTcvn3):
    """In a font of TCVN 5712 that draws every letter as a capital: .VnTimeH."""

    __slots__ = ()

    def meant(self) -> str:
        return from_tcvn3(self).upper()


class InVni(InOldFont):
    """In a font of VNI."""

    __slots__ = ()
    encoding = "VNI"

    def meant(self) -> str:
        return from_vni(self)


class SpreadOver(str):
    """The text of a cell that is merged over the columns beside it: a line of its own over those below."""

    __slots__ = ()


@dataclass(frozen=True)
class RawLines(Sequence[RawLine]):
    """Lines kept by column; ``columns`` are equally long, "" where a line has no cell."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[str]]

    @classmethod
    def of(cls, lines: Sequence[RawLine]) -> RawLines:
        """``lines`` by column."""
        if isinstance(lines, RawLines):
            return lines
        columns = list(zip_longest(*(line.cells for line in lines), fillvalue=""))
        return cls([line.number for line in lines], columns)

    @classmethod
    def filled(cls, columns: Sequence[Sequence[str]]) -> RawLines:
        """The lines of a whole sheet, numbered from 1, without those that are empty."""
        size = len(columns[0]) if columns else 0
        filled = list(map(any, zip(*columns, strict=True)))
        return cls(range(1, size + 1), columns)._where(filled)

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text that some cell holds."""
        return frozenset[str]().union(*self.columns)

    def without(self, places: Iterable[int]) -> RawLines:
        """The lines but for those at ``places``."""
        kept = [True] * len(self)
        for place in places:
            kept[place] = False
        return self._where(kept)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> RawLine: ...
    @overload
    def __getitem__(self, at: slice) -> RawLines: ...
    def __getitem__(self, at: int | slice) -> RawLine | RawLines:
        if isinstance(at, slice):
            return RawLines(self.numbers[at], [column[at] for column in self.columns])
        return RawLine(self.numbers[at], tuple(column[at] for column in self.columns))

    def _where(self, kept: list[bool]) -> RawLines:
        if all(kept):
            return self
        return RawLines(list(compress(self.numbers, kept)), [list(compress(one, kept)) for one in self.columns])
