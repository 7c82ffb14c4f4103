"""The child tables of a register as sheets of a workbook: beside the record's own sheet one for each, where the first
column says which record a line belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple, cast

from thidua_desktop.formdef.field_types.rows import living_children
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Row, Values
from thidua_desktop.services.session import Session
from thidua_desktop.services.spreadsheets import sheet_name
from thidua_desktop.services.transfer_columns import heading_key
from thidua_desktop.services.transfer_reading import GUIDE_SHEETS
from thidua_desktop.store.queries import Record
from thidua_desktop.text import fold, upper_first

OWNER, AREA, DAY = "@owner", "@area", "@day"
"""Columns that no field is named like: the record that a line belongs to, and that record's area and day."""

LINE = "Dòng"
NO_MARKS: Mapping[int, str] = {}
_LINE = re.compile(r"dong ?(?:so )?(\d{1,7})")
_NUMBER = re.compile(r"\d{1,7}")
_LONGEST = 24
"""Letters and signs of a cell that says “Dòng số 1234567”; what stands in brackets does not count."""


class ChildTable(NamedTuple):
    """``sheet``: what its sheet is called. ``spec``: its columns as those of a register, ``OWNER`` before them."""

    field: FieldSpec
    sheet: str
    spec: RegisterSpec

    @property
    def owner(self) -> FieldSpec:
        """The column that names the record."""
        return self.spec.field(OWNER)

    @property
    def children(self) -> tuple[FieldSpec, ...]:
        """The columns of the child rows themselves."""
        return tuple(one for one in self.spec.fields if one.name != OWNER)


def main_sheet(register: RegisterSpec) -> str:
    """The name of the sheet of the records themselves."""
    return sheet_name(register.title, set(map(str.casefold, GUIDE_SHEETS)))


def child_tables(register: RegisterSpec) -> tuple[ChildTable, ...]:
    """A table for each kind of child rows that a person fills."""
    used = set(map(str.casefold, (*GUIDE_SHEETS, main_sheet(register))))
    kinds = [one for one in register.living_fields if one.type is FieldType.ROWS]
    typed = [one for one in kinds if one.name not in register.computed_fields]
    return tuple(ChildTable(one, sheet_name(one.label, used), _columns(register, one)) for one in typed)


def _columns(register: RegisterSpec, field: FieldSpec) -> RegisterSpec:
    """The child rows as records of their own: links are told apart by the area and the day of their record."""
    called = (upper_first(register.singular), f"Tên {register.singular}", LINE, "Bản ghi")
    owner = FieldSpec(OWNER, FieldType.LONG_TEXT, f"Thuộc {register.singular}", called=called)
    return replace(
        register, title=field.label, fields=(owner, *living_children(field)), area_field=AREA, date_field=DAY,
        computed=(), proposed=(), checks=(), title_fields=(), known_by=field.known_by, due=None, sections=(),
    )  # fmt: skip


def heading_of(field: FieldSpec) -> str:
    """What stands over a child column: its label with the unit, where the label does not say it."""
    unit = field.shown_unit
    return f"{field.label} ({unit})" if unit and fold(unit) not in fold(field.label) else field.label


def placed_row(row: Row, owner: Values, register: RegisterSpec) -> Values:
    """A child row as values of ``ChildTable.spec``, with the area and the day of its record."""
    own = {AREA: owner.get(register.area_field), DAY: owner.get(register.date_field)}
    return cast(Values, {**row, **own})


def names_openly(session: Session, register: RegisterSpec) -> bool:
    """Whether the title of a record may stand in a table that the person at the desk makes."""
    return all(map(session.sees, map(register.field, register.title_fields)))


class Owners:
    """Which of some records a cell of the first column means. Titles go by number of the record's line; ``marks``: what
    an export wrote on lines, so that they are found after somebody sorted them.
    """

    def __init__(self, lines: Sequence[int], titles: Mapping[int, str], marks: Mapping[int, str] = NO_MARKS) -> None:
        self._lines = {line: [line] for line in lines if line not in marks}
        for line, mark in marks.items():
            if (said := said_line(mark)) is not None:
                self._lines.setdefault(said, []).append(line)
        self.is_marked = bool(marks)
        self._keys = {title: _title_key(title) for title in set(titles.values())}
        self._by_title: dict[str, list[int]] = {}
        for line, title in titles.items():
            self._by_title.setdefault(self._keys[title], []).append(line)

    def find(self, text: str) -> list[int]:
        """The lines that ``text`` may mean: “Dòng 5” is line 5, else a title, else a bare number that line."""
        said = said_line(text)
        if said is not None:
            return self._lines.get(said, [])
        named = self._by_title.get(self._keys.get(text) or _title_key(text))
        if named:
            return named
        return self._lines.get(int(text), []) if _NUMBER.fullmatch(text) else []

    def know(self, recorded: Mapping[str, Record], lines: Mapping[str, int]) -> list[Record]:
        """Texts name these records too: those of ``lines`` (by id) stand there, the others get the lines -1, -2 …, in
        the order in which they are returned.
        """
        added = {one.id: one for _, one in sorted(recorded.items(), key=itemgetter(0)) if one.id not in lines}
        numbers = {**lines, **{record_id: -1 - at for at, record_id in enumerate(added)}}
        for text, record in recorded.items():
            self._by_title[_title_key(text)] = [numbers[record.id]]
        return list(added.values())

    def cell(self, line: int, title: str) -> str:
        """What names the record of a line: its title, or the line where that says too little."""
        return title if title and self.find(title) == [line] else line_cell(line)


def line_cell(line: int) -> str:
    """What the first column says of the record on a line of the main sheet."""
    return f"{LINE} {line}"


def names_line(text: str) -> bool:
    """Whether a cell is of the form that names a line, whether there is one or not."""
    return said_line(text) is not None or _NUMBER.fullmatch(text) is not None


def said_line(text: str) -> int | None:
    """The line that a cell names by its number in so many words."""
    if len(text) > _LONGEST and "(" not in text:  # most cells name their record: no need to make a key of them
        return None
    said = _LINE.fullmatch(heading_key(text))
    return int(said[1]) if said else None


def _title_key(title: str) -> str:
    return " ".join(fold(title).split())
