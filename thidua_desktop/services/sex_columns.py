"""Two columns "Nam" and "Nữ" of which each line fills one, with a mark or with a birth: one column of the sex."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.services.raw_lines import RawLines
from thidua_desktop.services.transfer_columns import ImportColumn, columns_of, typed_fields
from thidua_desktop.text import fold

_CATALOG = "sex"
_WORDS = {"nam": "Nam", "nu": "Nữ"}
_MARKS = frozenset(("x", "v", "+", "*", "1", "✓", "✔", "co"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d")
_BOTH = "Nam, Nữ"


class SexTold(NamedTuple):
    """A table whose columns say the sex as its register does."""

    columns: tuple[ImportColumn, ...]
    lines: RawLines


def with_sex_column(
    register: RegisterSpec, columns: tuple[ImportColumn, ...], lines: RawLines, chosen: Collection[int | str]
) -> SexTold:
    """``columns`` and ``lines``, the two columns as one of the sex and, where they hold births, one of these.

    Numbers of men and women stay what they are, and so do columns that a person spoke of (``chosen``).
    """
    sex = next((one for one in typed_fields(register) if _is_sex(one)), None)
    pair = _pair(columns)
    if sex is None or pair is None or not {key for one in pair for key in (one.index, one.heading)}.isdisjoint(chosen):
        return SexTold(columns, lines)
    others = [column for column in columns if column not in pair]
    said = [lines.columns[one.index] if one.index < len(lines.columns) else [""] * len(lines) for one in pair]
    filled = [cells for cells in zip(*said, strict=True) if any(cells)]
    if any(one.field == sex.name for one in others) or not filled or any(map(all, filled)):
        return SexTold(columns, lines)
    texts = [first or second for first, second in filled]
    births = all(_YEAR.fullmatch(text) or _DAY.fullmatch(text) for text in texts)
    if not births and not all(fold(text) in _MARKS for text in texts):
        return SexTold(columns, lines)
    words = [_WORDS[_sex_of(one)] for one in pair]
    told = [words[0] if first else words[1] if second else "" for first, second in zip(*said, strict=True)]
    kept = [*lines.columns]
    kept[pair[0].index] = told
    made = [ImportColumn(pair[0].index, _BOTH, sex.name)]
    if births:
        kept[pair[1].index] = [first or second for first, second in zip(*said, strict=True)]
        made.append(_birth(register, pair[1].index, texts, {one.field for one in others}))
    every = sorted((*others, *made), key=lambda one: one.index)
    return SexTold(tuple(every), RawLines(lines.numbers, kept))


def _birth(register: RegisterSpec, at: int, texts: Sequence[str], taken: Collection[str | None]) -> ImportColumn:
    """The column of births: of days where each is one, else of years."""
    heading = "Ngày sinh" if all(map(_DAY.fullmatch, texts)) else "Năm sinh"
    field = columns_of(register, [heading])[0].field
    return ImportColumn(at, heading, None if field in taken else field)


def _is_sex(field: FieldSpec) -> bool:
    return field.type is FieldType.CHOICE and field.catalog == _CATALOG


def _pair(columns: Sequence[ImportColumn]) -> tuple[ImportColumn, ImportColumn] | None:
    """Two neighbours, one of men and one of women."""
    for first, second in pairwise(columns):
        if {_sex_of(first), _sex_of(second)} == {*_WORDS} and second.index == first.index + 1:
            return first, second
    return None


def _sex_of(column: ImportColumn) -> str:
    """The last word of a heading: "Năm sinh Nam" stands under a head of both."""
    return fold(column.heading.strip()).rpartition(" ")[2]
