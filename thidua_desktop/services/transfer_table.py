"""The lines of a table as columns of values: what is true of a value is found out once, however often it stands there.

Columns of people's tables repeat themselves: fifteen villages, a few days, yes and no. A check that looks at one field
is asked once for each value that the field has, one that looks at three fields once for each three values that stand
together. That is right as long as its answer follows from the fields that it looks at; so these are noted while it
looks, and nobody has to declare them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from thidua_desktop.formdef.model import Value

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Answers(Generic[Answer]):
    """What was answered for each group of lines, and the group of each line."""

    by_group: Mapping[Hashable, Answer]
    groups: Sequence[Hashable]

    def of_lines(self) -> list[Answer]:
        """The answer for each line."""
        return list(map(self.by_group.__getitem__, self.groups))

    def telling(self) -> Iterator[tuple[int, Answer]]:
        """(place of the line, answer) where the answer is not empty."""
        if any(self.by_group.values()):
            for place, group in enumerate(self.groups):
                if answer := self.by_group[group]:
                    yield place, answer


@dataclass(slots=True)
class ValueTable:
    """``columns``: for each field the values of all lines, None where a line has none. ``size``: how many lines.

    ``nested``: the fields that hold child rows, which cannot be compared; no two lines share them.
    """

    size: int
    columns: dict[str, list[Value]]
    nested: frozenset[str] = frozenset()

    def row(self, place: int) -> dict[str, Value]:
        """The values of one line, without the empty ones."""
        return {name: value for name, column in self.columns.items() if (value := column[place]) is not None}

    def rows(self, places: Iterable[int]) -> Iterator[dict[str, Value]]:
        """The values of these lines, in their order."""
        names, columns = list(self.columns), list(self.columns.values())
        for place in places:
            values = [column[place] for column in columns]
            yield {name: value for name, value in zip(names, values, strict=True) if value is not None}

    def put(self, name: str, place: int, value: Value) -> None:
        """Enter one value; the column is there from then on."""
        if name not in self.columns:
            self.columns[name] = [None] * self.size
        self.columns[name][place] = value

    def groups(self, names: Sequence[str]) -> Sequence[Hashable]:
        """For each line something that is equal for lines with the same values in these columns."""
        columns = [self._comparable(name) for name in names if name in self.columns]
        if not columns:
            return [None] * self.size
        return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))

    def each(self, name: str, act: Callable[[Value], Answer]) -> Answers[Answer]:
        """``act`` asked once for each value of a column."""
        groups = self.groups([name])
        if name in self.nested and name in self.columns:
            column = self.columns[name]
            return Answers({group: act(column[place]) for group, place in _firsts(groups).items()}, groups)
        return Answers({value: act(cast(Value, value)) for value in set(groups)}, groups)

    def ask(self, act: Callable[[Mapping[str, object]], Answer], names: Iterable[str] = ()) -> Answers[Answer]:
        """``act`` asked about a line's values, once for all lines that are equal in what it looks at.

        ``act`` must follow from the values alone. ``names``: what it surely looks at; what else, is noted.
        """
        looked_at = [name for name in dict.fromkeys(names) if name in self.columns]
        while True:
            groups = self.groups(looked_at)
            found: dict[Hashable, Answer] = {}
            for group, place in _firsts(groups).items():
                line = _NotedLine(self.columns, place)
                found[group] = act(line)
                more = line.looked_at.difference(looked_at)
                if more:
                    looked_at += sorted(more)
                    break
            else:
                return Answers(found, groups)

    def _comparable(self, name: str) -> Sequence[Hashable]:
        """A column's values; of child rows their places in memory, which live as long as the column."""
        column = self.columns[name]
        return [None if value is None else id(value) for value in column] if name in self.nested else column


class _NotedLine(Mapping[str, object]):
    """The values of one line, which notes of which columns it was asked."""

    __slots__ = ("_columns", "_place", "looked_at")

    def __init__(self, columns: Mapping[str, list[Value]], place: int) -> None:
        self._columns, self._place = columns, place
        self.looked_at: set[str] = set()

    def __getitem__(self, name: str) -> object:
        column = self._columns.get(name)
        if column is not None:
            self.looked_at.add(name)
            value = column[self._place]
            if value is not None:
                return value
        raise KeyError(name)

    def get(self, name: str, default: object = None) -> object:
        """The value, or ``default``."""
        column = self._columns.get(name)
        if column is None:
            return default
        self.looked_at.add(name)
        value = column[self._place]
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        self.looked_at.update(self._columns)
        return (name for name, column in self._columns.items() if column[self._place] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _firsts(groups: Sequence[Hashable]) -> dict[Hashable, int]:
    """The first line of each group, the groups in no certain order."""
    return dict(zip(reversed(groups), range(len(groups) - 1, -1, -1), strict=True))
