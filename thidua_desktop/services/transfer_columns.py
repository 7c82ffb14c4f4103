"""Which column of a foreign table is which field: found by folded labels, corrected by a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.services.raw_lines import InOldFont, RawLine, ReachedDown, SpreadOver
from thidua_desktop.services.running_numbers import numbered_by_names
from thidua_desktop.services.session import Session
from thidua_desktop.text import fold, from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni

LINE_MARK = "Mã dòng"
"""The column by which the child sheets of an export find a line again, in whatever order the lines stand by then."""
FAULTS = "Lỗi"
"""The column that says what is wrong with lines that an import left out; corrected, they are read again."""
COUNTERS = frozenset({"stt", "tt", "so tt", "so thu tu", "ma dong"})
_HEADING_LINES = 20
_WHOLE = frozenset(
    {"tong", "tong so", "tong cong", "chung", "so luong", "cong"}
)  # under a heading: what it says itself
_NUMBERED = re.compile(r"\(?([1-9]\d?|[A-H])\)?")
_FEWEST_NUMBERED = 3
_NOISE = re.compile(r"[^a-z0-9]+")
_PLACE = r"(?:thon|buon|lang|ap|ban|bon|soc|plei|phum|khom|tdp|kdc|to dan pho|khu pho|to dan cu)"
_PLACES = re.compile(rf"\b{_PLACE}(?: {_PLACE})*\b")  # how tables head the column that the program calls Khu dân cư
_SAME = {"nam nu": "gioi tinh", "nu nam": "gioi tinh", "phai": "gioi tinh"}
"""Heads of tables that hold no word of the field's label."""
_SHORT = {"qd": "quyet dinh", "sdt": "so dien thoai"}
"""Words that heads of tables cut short."""
_MEN = "nam gioi"
_BRACKETS = re.compile(r"\([^)]*\)|\*")


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column of the table: ``field`` is the name of the field that takes it, None when it is left out."""

    index: int
    heading: str
    field: str | None


def travelling_fields(register: RegisterSpec) -> tuple[FieldSpec, ...]:
    """The fields that a flat table can hold: living ones without child rows."""
    return tuple(spec for spec in register.living_fields if spec.type is not FieldType.ROWS)


def typed_fields(register: RegisterSpec) -> tuple[FieldSpec, ...]:
    """Those of them that a person fills: a template asks for no others, and an import takes no others."""
    return tuple(spec for spec in travelling_fields(register) if spec.name not in register.computed_fields)


def find_heading(register: RegisterSpec, lines: Sequence[RawLine]) -> tuple[int, tuple[ImportColumn, ...]]:
    """The place of the heading in ``lines`` and its columns: the line among the first 20 that names the most fields.

    Official tables have a title and a line of hints around the heading. Where nothing fits, it is the first line.
    """
    best_place, best = 0, columns_of(register, lines[0].cells)
    for place, line in enumerate(lines[:_HEADING_LINES]):
        columns = columns_of(register, line.cells)
        if _named(columns) > _named(best):
            best_place, best = place, columns
        upper = lines[place - 1].cells if place else ()
        both = _of_two_lines(register, upper, line.cells) if place else ()
        over = bool(both) and best_place == place - 1 and _repeats(upper, line.cells)
        if _named(both) > _named(best) or (over and (_named(both) == _named(best) or _reaches_down(line.cells))):
            best_place, best = place, both
    return best_place, best


def after_heading(lines: Sequence[RawLine], place: int) -> Sequence[RawLine]:
    """The lines under a heading, without the one that numbers its columns: "(1) (2) (3)", "A B 1 2"."""
    first = lines[place + 1].cells if place + 1 < len(lines) else ()
    told = [found[1] if (found := _NUMBERED.fullmatch(cell)) else "" for cell in first if cell]
    numbers = [int(one) for one in told if one.isdecimal()]
    letters = "".join(one for one in told if one.isalpha())
    counts = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    numbered = len(told) >= _FEWEST_NUMBERED and all(told) and counts and "ABCDEFGH".startswith(letters)
    return lines[place + 1 + numbered :]


def _repeats(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether two lines have cells in common, as one that is merged over both of them gives."""
    return any(high and high == low for high, low in zip(upper, lower, strict=False))


def _reaches_down(lower: Sequence[str]) -> bool:
    """Whether a line stands under merged heads that reach into it: then it is no line of data."""
    return any(isinstance(cell, ReachedDown) and cell for cell in lower)


def _of_two_lines(register: RegisterSpec, upper: Sequence[str], lower: Sequence[str]) -> tuple[ImportColumn, ...]:
    """Columns of a heading on two lines, as merged cells leave it; () when the lower one is no line of headings."""
    width = max(len(upper), len(lower))
    highs, lows = ([*cells, *[""] * (width - len(cells))] for cells in (upper, lower))
    said = [low for high, low in zip(highs, lows, strict=True) if low and low != high]
    below = [low for low in said if heading_key(low) not in _WHOLE]
    if not said or (_named(columns_of(register, below)) < len(below) and not _repeats(upper, lower)):
        return ()
    return columns_of(register, list(_joined(register, highs, lows)))


def _joined(register: RegisterSpec, highs: Sequence[str], lows: Sequence[str]) -> Iterator[str]:
    """The headings of two lines as one: a single word below says something only with what is merged over it."""
    names = {heading_key(name) for spec in travelling_fields(register) for name in (*spec.called, spec.label)}
    spread = ""
    for high, low in zip(highs, lows, strict=True):
        if high:
            spread = high if isinstance(high, SpreadOver) else ""
        key = heading_key(low)
        over = high or spread
        if key in {"", *_WHOLE}:
            yield high or low
            continue
        both = (f"{low} {over.lower()}", f"{over} {low.lower()}") if over and low != over else ()
        known = next((words for words in both if heading_key(words) in names), "")  # "Họ và tên" under "Tổ trưởng"
        if known:
            yield known
        else:
            yield low if not over or low == over or " " in low or key in names else f"{over} {low.lower()}"


def columns_of(register: RegisterSpec, headings: Sequence[str]) -> tuple[ImportColumn, ...]:
    """Each heading with the field that it names; a field is given to one column only, exact names first.

    A heading that names a computed field is known as such and left out, so that it is not taken for a like one.
    """
    headings = [" ".join(heading.split()) for heading in _readable(headings)]  # a head is broken to fit its column
    fields = travelling_fields(register)
    exact = {name: spec.name for spec in fields for name in map(heading_key, (*spec.called, spec.name, spec.label))}
    given: dict[int, str] = {}
    for index, heading in enumerate(headings):
        name = exact.get(heading_key(heading))
        if name and name not in given.values():
            given[index] = name
    for index, heading in enumerate(headings):
        said = _PLACES.sub("khu dan cu", _in_full(heading_key(heading)))
        name = exact.get(_SAME.get(said, said))
        if name and index not in given and name not in given.values():
            given[index] = name
    for index, heading in enumerate(headings):
        if index not in given and heading and not is_line_mark(heading):
            left = [spec for spec in typed_fields(register) if spec.name not in given.values()]
            near = _nearest(_in_full(heading_key(heading)), left)
            if near:
                given[index] = near
    taken = {index: name for index, name in given.items() if name not in register.computed_fields}
    return tuple(
        ImportColumn(index, heading, taken.get(index)) for index, heading in enumerate(headings) if heading.strip()
    )


def list_columns(register: RegisterSpec, lines: Sequence[RawLine]) -> tuple[ImportColumn, ...]:
    """As many columns as the lines have, taken to be those of the register's list; surplus ones are left out."""
    known = {spec.name: spec.label for spec in travelling_fields(register)}
    names = [name for name in register.list.columns if name in known]
    width = max(len(line.cells) for line in lines)
    computed = register.computed_fields
    named = [
        ImportColumn(index, known[name], None if name in computed else name) for index, name in enumerate(names[:width])
    ]
    return (*named, *(ImportColumn(index, f"Cột {index + 1}", None) for index in range(len(named), width)))


def with_mapping(columns: Sequence[ImportColumn], mapping: Mapping[int | str, str | None]) -> tuple[ImportColumn, ...]:
    """``columns`` with what a person chose by column number or by heading (None: leave the column out)."""
    by_heading = {column.index: mapping.get(column.heading, column.field) for column in columns}
    return tuple(ImportColumn(one.index, one.heading, mapping.get(one.index, by_heading[one.index])) for one in columns)


def without_hidden(
    session: Session, register: RegisterSpec, columns: Sequence[ImportColumn]
) -> tuple[ImportColumn, ...]:
    """``columns``, those left out whose field the person at the desk may not see: who does not see it changes none."""
    return tuple(
        ImportColumn(
            one.index, one.heading, one.field if one.field and session.sees(register.field(one.field)) else None
        )
        for one in columns
    )


def missing_required(register: RegisterSpec, columns: Sequence[ImportColumn]) -> tuple[FieldSpec, ...]:
    """The required fields that no column brings, and neither a default nor the names of the lines fill."""
    brought = {column.field for column in columns} | {field.name for field in numbered_by_names(register)}
    return tuple(
        spec for spec in typed_fields(register) if spec.required and spec.default is None and spec.name not in brought
    )


def _readable(headings: Sequence[str]) -> list[str]:
    """Headings in Unicode, whatever font they were written for: what they name is certain, so nobody need be asked.

    One line has one font: where some heading is surely of an old one and no letter is beyond it, all are ("Néi dung"
    alone could be Unicode).
    """
    headings = [one.meant() if isinstance(one, InOldFont) else one for one in headings]
    whole_line = all(max(heading, default=" ") <= "ÿ" for heading in headings)
    for suspect, convert in ((looks_like_tcvn3, from_tcvn3), (looks_like_vni, from_vni)):
        if any(map(suspect, headings)):
            return [convert(one) if whole_line or suspect(one) else one for one in headings]
    return list(headings)


def mark_column(columns: Sequence[ImportColumn]) -> int | None:
    """The number of the column with the marks of lines; None where there is none."""
    return next((one.index for one in columns if one.field is None and is_line_mark(one.heading)), None)


def is_line_mark(heading: str) -> bool:
    """Whether a column holds the marks of lines."""
    return heading_key(heading) == heading_key(LINE_MARK)


@lru_cache(maxsize=2048)  # the labels of a register are asked for again with each line that may be the heading
def heading_key(heading: str) -> str:
    """A heading without diacritics, signs, units in brackets and the asterisk of required columns.

    "Nam" is a man, not a year ("Năm").
    """
    if heading.strip().lower() == "nam":
        return _MEN
    return _NOISE.sub(" ", _BRACKETS.sub(" ", fold(heading))).strip()


def _in_full(key: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in key.split())


def _named(columns: Sequence[ImportColumn]) -> int:
    return sum(column.field is not None for column in columns)


def _nearest(key: str, fields: Sequence[FieldSpec]) -> str | None:
    """The one field whose label holds all words of the heading, or the other way round; None when several do."""
    words = set(key.split())
    if not words or (len(words) == 1 and len(key) < 3):
        return None
    near = []
    for spec in fields:
        label_words = set(heading_key(spec.label).split())
        if label_words and (words <= label_words or label_words <= words):
            near.append((len(words ^ label_words), spec.name))
    near.sort()
    if not near or near[0][0] > 2 or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]
