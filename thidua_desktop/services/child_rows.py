"""Child rows that come to a record which has some already: nothing is doubled, and nothing goes silently.

A row equal to one that is there is that one. A row that says the same thing of its record (``known_by`` of the
definition) changes that one, where no second row of either side says it too; its empty cells leave what is recorded.
Any other row is added behind them. What is recorded and not in the table stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from thidua_desktop.formdef.model import FieldSpec, Row
from thidua_desktop.text import format_number, lower_first, match_key


class MergedRows(NamedTuple):
    """``rows`` of the record afterwards; ``origins``: for each the place in the given rows, None for one as it was."""

    rows: tuple[Row, ...]
    origins: tuple[int | None, ...]
    added: int = 0
    changed: int = 0
    absent: int = 0

    @property
    def is_new(self) -> bool:
        """Whether the given rows say anything that was not recorded."""
        return bool(self.added or self.changed)

    def said(self, field: FieldSpec) -> str:
        """What happens to the rows, in words."""
        parts = [
            (self.added, "thêm {} dòng"),
            (self.changed, "sửa {} dòng"),
            (self.absent, "giữ {} dòng bảng không có"),
        ]
        told = ", ".join(words.format(format_number(count)) for count, words in parts if count)
        return f"{lower_first(field.label)} {told}"


def merged_rows(
    field: FieldSpec, recorded: Sequence[Row], given: Sequence[Row], whole: Sequence[Row] | None = None
) -> MergedRows:
    """``recorded`` with ``given``, as the head of this file says; ``whole``: the given rows as new ones would be."""
    found = _equal_ones(recorded, given)
    found.update(_keyed_alike(field, recorded, given, found))
    rows = list(recorded)
    origins: list[int | None] = [None] * len(recorded)
    for place, at in found.items():
        row = {**recorded[at], **given[place]}
        if row != dict(recorded[at]):
            rows[at], origins[at] = row, place
    changed = sum(origin is not None for origin in origins)
    new = [place for place in range(len(given)) if place not in found]
    absent = len(recorded) - len(found)
    added = [(whole or given)[place] for place in new]
    return MergedRows((*rows, *added), (*origins, *new), len(new), changed, absent)


def _equal_ones(recorded: Sequence[Row], given: Sequence[Row]) -> dict[int, int]:
    """By place of a given row the recorded one that it equals; each is taken once."""
    waiting: dict[Hashable, list[int]] = {}
    for at, row in reversed(list(enumerate(recorded))):
        waiting.setdefault(frozenset(row.items()), []).append(at)
    found = {}
    for place, row in enumerate(given):
        if left := waiting.get(frozenset(row.items())):
            found[place] = left.pop()
    return found


def _keyed_alike(
    field: FieldSpec, recorded: Sequence[Row], given: Sequence[Row], taken: dict[int, int]
) -> dict[int, int]:
    """The same of rows that are not equal, by what they are known by."""
    used = set(taken.values())
    here = {at: _key(field, row) for at, row in enumerate(recorded) if at not in used}
    come = {place: _key(field, row) for place, row in enumerate(given) if place not in taken}
    once = {key: at for at, key in here.items() if key is not None}
    of_here, of_come = Counter(here.values()), Counter(come.values())
    return {
        place: once[key]
        for place, key in come.items()
        if key is not None and key in once and of_here[key] == 1 and of_come[key] == 1
    }


def _key(field: FieldSpec, row: Row) -> Hashable:
    """What a row is known by, spelling aside; None while it says nothing of it, or nothing is declared."""
    parts = [row.get(name) for name in field.known_by]
    if all(part is None for part in parts):
        return None
    return tuple(match_key(part) if isinstance(part, str) else part for part in parts)
