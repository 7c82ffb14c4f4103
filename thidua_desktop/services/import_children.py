"""The further sheets of a workbook: which child table each is, which record each of its lines belongs to, and what
these lines make of the records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import NamedTuple, cast

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.errors import error_table
from thidua_desktop.formdef.model import FieldSpec, RegisterSpec, Row, Value
from thidua_desktop.formdef.records import normalise_value, sentence_of
from thidua_desktop.services.alike_records import AlikeRecords, cells_of
from thidua_desktop.services.child_rows import MergedRows, merged_rows
from thidua_desktop.services.child_tables import (
    AREA,
    DAY,
    OWNER,
    ChildTable,
    Owners,
    child_tables,
    main_sheet,
    names_line,
    names_openly,
)
from thidua_desktop.services.left_out import with_something, without_sums
from thidua_desktop.services.raw_lines import RawLines
from thidua_desktop.services.recorded_owners import recorded_owners, with_lines_of
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import namer
from thidua_desktop.services.transfer_columns import (
    ImportColumn,
    after_heading,
    find_heading,
    heading_key,
    missing_required,
    with_mapping,
)
from thidua_desktop.services.transfer_reading import NamedTable
from thidua_desktop.services.transfer_rows import RowProblem, TableReader, row_problem
from thidua_desktop.services.transfer_table import ValueTable
from thidua_desktop.store.queries import Record
from thidua_desktop.text import format_number, lower_first

ColumnKey = int | str | tuple[str, int]
"""A column of the records' own sheet by its number, or by its heading where another sheet may be read in its place; one
of another sheet by that sheet's name too."""
_PLACE = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")
_MISSING_CELL = "TD-DATA-103"
_TOLD_LINES = 5


@dataclass(frozen=True, slots=True)
class ChildSheet:
    """One further sheet: ``owners`` are the numbers of the lines that its lines belong to, None where that is unclear.

    ``heading``: the line of its headings; ``told``: of lines that are no rows. ``by_line``: how many lines name their
    record by the number of its line, which says another one after somebody sorted these.
    """

    name: str
    table: ChildTable
    columns: tuple[ImportColumn, ...]
    lines: RawLines
    heading: int
    told: tuple[RowProblem, ...] = ()
    owners: Sequence[int | None] = ()
    by_line: int = 0

    @property
    def lost(self) -> int:
        """Lines whose record is not known."""
        return sum(owner is None for owner in self.owners)

    @property
    def records(self) -> int:
        """How many records its lines belong to."""
        return len({owner for owner in self.owners if owner is not None})

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of the columns that no field takes."""
        return tuple(one.heading for one in self.columns if one.field is None)


def sheet_of(register: RegisterSpec, found: NamedTable, mapping: Mapping[ColumnKey, str | None]) -> ChildSheet | None:
    """The child table that a sheet is, by its name or by its first column; None for any other sheet."""
    tables = child_tables(register)
    key = heading_key(found.name)
    named = [one for one in tables if heading_key(one.sheet) == key]
    read = [(one, *find_heading(one.spec, found.table.lines)) for one in named or tables]
    fitting = [one for one in read if _says_owner(one[0], one[2]) or (named and not _is_main(register, found))]
    if not fitting:
        return None
    table, place, columns = max(fitting, key=lambda one: sum(column.field is not None for column in one[2]))
    chosen: dict[int | str, str | None] = {
        index: name for (sheet, index), name in _of_sheets(mapping) if sheet == found.name
    }
    lines = RawLines.of(after_heading(found.table.lines, place))
    columns = with_mapping(columns, chosen)
    mapped = {column.index for column in columns if column.field}
    lines, empty = with_something(lines, mapped)
    lines, sums = without_sums(lines, mapped)
    told = tuple(of_sheet(found.name, one) for one in sorted((*empty, *sums), key=attrgetter("row")))
    return ChildSheet(found.name, table, columns, lines, found.table.lines[place].number, told)


def _of_sheets(mapping: Mapping[ColumnKey, str | None]) -> Iterator[tuple[tuple[str, int], str | None]]:
    for key, name in mapping.items():
        if isinstance(key, tuple):
            yield key, name


def _says_owner(table: ChildTable, columns: Sequence[ImportColumn]) -> bool:
    """Whether a heading names the record in so many words, beside one that names something else."""
    names = {heading_key(table.owner.label)}
    said = any(column.field == OWNER and heading_key(column.heading) in names for column in columns)
    return said and sum(column.field is not None for column in columns) > 1


def _is_main(register: RegisterSpec, found: NamedTable) -> bool:
    return not missing_required(register, find_heading(register, found.table.lines)[1])


class _Source(NamedTuple):
    """Where a child row stands: its sheet, and its place among the lines of it. ``standing``: defaults of what no
    column of the sheet brings, for a row that is new.
    """

    sheet: int
    at: int
    row: Row
    standing: Row

    @property
    def whole(self) -> Row:
        """The row as a new one."""
        return {**self.standing, **self.row}


@dataclass(slots=True)
class Children:
    """The child rows of one import, by place of their record's line.

    ``told``: what is wrong with them, by that place; ``lost``: with lines of no record; ``said``: what happens to the
    rows of each record, in words; ``stands``: sheet and line where a record that has no line of its own is named first.
    """

    session: Session
    register: RegisterSpec
    sheets: list[ChildSheet]
    told: dict[int, list[RowProblem]] = field(default_factory=dict)
    lost: list[RowProblem] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    stands: dict[int, tuple[str, int]] = field(default_factory=dict)
    _numbers: Sequence[int] = ()
    _rows: dict[int, dict[str, list[_Source]]] = field(default_factory=dict)
    _origins: dict[tuple[int, str], tuple[_Source | None, ...]] = field(default_factory=dict)

    def find_owners(
        self, lines: RawLines, marks: Mapping[int, str], table: ValueTable, here: dict[int, Record]
    ) -> RawLines:
        """Finds the record of each line of the sheets; ``lines`` with one more for each record that has none of its own
        but is in the register. ``marks``: by number of the line.
        """
        titles: dict[int, str] = {}
        if names_openly(self.session, self.register):
            names = namer(self.session, self.register)
            rows = zip(lines.numbers, table.rows(range(table.size)), strict=True)
            titles = {number: names(values) for number, values in rows}
        owners = Owners(lines.numbers, titles, marks)
        texts = {text for sheet in self.sheets for text in set(_owner_texts(sheet))} if titles or not len(lines) else ()
        unknown = [text for text in texts if text and not names_line(text) and not owners.find(text)]
        known = recorded_owners(self.session, self.register, unknown)
        added = owners.know(known, {record.id: lines.numbers[place] for place, record in here.items()})
        for number, sheet in enumerate(self.sheets):
            owned = self._owners(sheet, owners)
            found = (text for text, one in zip(_owner_texts(sheet), owned, strict=False) if one is not None)
            by_line = 0 if marks else sum(map(names_line, found))
            self.sheets[number] = replace(sheet, owners=owned, by_line=by_line)
        return with_lines_of(added, lines, table, here)

    def read(self, lines: RawLines, table: ValueTable, convert_legacy: bool) -> Iterator[None]:
        """Understands the cells of the sheets, a column at each step."""
        self._numbers = lines.numbers
        places = {number: place for place, number in enumerate(lines.numbers)}
        for number, sheet in enumerate(self.sheets):
            owned = sheet.owners
            at_places = [None if owner is None else places[owner] for owner in owned]
            for row, owner in zip(sheet.lines.numbers, owned, strict=True):
                if owner is not None and owner < 0:
                    self.stands.setdefault(places[owner], (sheet.name, row))
            yield from self._read_sheet(number, sheet, at_places, table, convert_legacy)

    def _owners(self, sheet: ChildSheet, owners: Owners) -> list[int | None]:
        texts = _owner_texts(sheet)
        if not texts:
            if len(sheet.lines):
                told = {"heading": sheet.table.owner.label, "singular": self.register.singular}
                self.lost.append(self._problem(sheet, "TD-XFER-024", sheet.heading, **told))
            return [None] * len(sheet.lines)
        found = {text: owners.find(text) for text in set(texts)}
        for number, text in zip(sheet.lines.numbers, texts, strict=True):
            if len(found[text]) != 1:
                self.lost.append(self._unowned(sheet, number, text, found[text]))
        return [found[text][0] if len(found[text]) == 1 else None for text in texts]

    def _unowned(self, sheet: ChildSheet, number: int, text: str, lines: Sequence[int]) -> RowProblem:
        told: dict[str, object] = {"text": text, "singular": self.register.singular, "main": main_sheet(self.register)}
        if not text:
            return self._problem(sheet, "TD-XFER-023", number, heading=sheet.table.owner.label, **told)
        if not lines:
            return self._problem(sheet, "TD-XFER-029", number, **told)
        named = ", ".join(map(str, lines[:_TOLD_LINES]))
        return self._problem(sheet, "TD-XFER-022", number, count=len(lines), lines=named, first=lines[0], **told)

    def _problem(self, sheet: ChildSheet, code: str, row: int, **told: object) -> RowProblem:
        """With what to do: nobody looks it up for a line of a table."""
        remedy = error_table()[code].remedy.format(row=row, **told)
        found = row_problem(code, row, "", Severity.ERROR, **told)
        return of_sheet(sheet.name, replace(found, text=f"{found.text} {remedy}"))

    def _read_sheet(
        self, number: int, sheet: ChildSheet, places: Sequence[int | None], table: ValueTable, convert: bool
    ) -> Iterator[None]:
        columns = [column for column in sheet.columns if column.field != OWNER]
        reader = TableReader(self.session, sheet.table.spec, columns, sheet.lines, convert)
        for name, of_record in ((AREA, self.register.area_field), (DAY, self.register.date_field)):
            values = table.columns.get(of_record, ())
            reader.columns[name] = [values[at] if at is not None and values else None for at in places]
        for _ in reader.read():
            yield
        for at, problems in reader.problems.items():
            place = places[at]
            told = self.lost if place is None else self.told.setdefault(place, [])
            told.extend(of_sheet(sheet.name, problem) for problem in problems)
        standing = {
            one.name: one.default
            for one in sheet.table.children
            if one.default is not None and one.name not in reader.columns
        }
        for at, row in enumerate(_rows(sheet.table, reader.columns, len(sheet.lines))):
            place = places[at]
            if row and place is not None:
                of_line = self._rows.setdefault(place, {}).setdefault(sheet.table.field.name, [])
                of_line.append(_Source(number, at, row, standing))
        yield

    def attach(
        self, table: ValueTable, here: dict[int, Record], alike: Mapping[int, Sequence[Record]], same: set[int]
    ) -> None:
        """Puts the rows into ``table``. ``here``: records that lines change; ``alike``: records that equal a line in
        all that it says; ``same``: lines that bring nothing. Where rows are new to such a record, its line changes it.
        """
        chosen = self._chosen(here, alike, same)
        for place, by_field in sorted(self._rows.items()):
            record = here.get(place) or chosen.get(place)
            if record is None:
                for name, rows in by_field.items():
                    self._put(table, place, name, tuple(one.whole for one in rows), tuple(rows))
                self.said[place] = ", ".join(
                    f"{lower_first(self.register.field(name).label)} {format_number(len(rows))} dòng"
                    for name, rows in by_field.items()
                )
                continue
            merged = self._merged(record, by_field)
            new = {name: one for name, one in merged.items() if one.is_new}
            if new:
                same.discard(place)
            if new and self._is_own(record, place):
                self._change(table, place, record, new, by_field)
                here[place] = record

    def _chosen(
        self, here: Mapping[int, Record], alike: Mapping[int, Sequence[Record]], same: set[int]
    ) -> dict[int, Record]:
        """Of records that equal a line the one that is meant: with just these rows, with all of them, or the next."""
        found: dict[int, Record] = {}
        tables = [one.field.name for one in child_tables(self.register)]
        asked = [place for place in sorted(self._rows) if place in alike and place not in here]
        groups = {key: AlikeRecords(one, tables) for key, one in {id(alike[at]): alike[at] for at in asked}.items()}
        for fits in (self._has_just, self._has_all, None):
            for place in (one for one in asked if one not in found):
                group, by_field = groups[id(alike[place])], self._rows[place]
                cells = (cell for name, rows in by_field.items() for cell in cells_of(name, (one.row for one in rows)))
                record = group.take(cells, partial(fits, by_field)) if fits else group.take_next()
                if record is not None:
                    found[place] = record
        for place in asked:
            if place not in found:
                self._tell_main(place, "TD-XFER-025", singular=self.register.singular)
                same.discard(place)
        return found

    def _has_just(self, by_field: Mapping[str, Sequence[_Source]], record: Record) -> bool:
        kinds = (one.field.name for one in child_tables(self.register))
        others = any(record.values.get(name) for name in kinds if name not in by_field)
        merged = self._merged(record, by_field).values()
        return not others and not any(one.is_new or one.absent for one in merged)

    def _has_all(self, by_field: Mapping[str, Sequence[_Source]], record: Record) -> bool:
        return not any(one.is_new for one in self._merged(record, by_field).values())

    def _merged(self, record: Record, by_field: Mapping[str, Sequence[_Source]]) -> dict[str, MergedRows]:
        return {
            name: merged_rows(
                self.register.field(name),
                cast("tuple[Row, ...]", record.values.get(name) or ()),
                [one.row for one in rows],
                [one.whole for one in rows],
            )
            for name, rows in by_field.items()
        }

    def _change(
        self,
        table: ValueTable,
        place: int,
        record: Record,
        merged: Mapping[str, MergedRows],
        by_field: Mapping[str, Sequence[_Source]],
    ) -> None:
        for name, value in record.values.items():
            column = table.columns.get(name)
            if column is None or column[place] is None:
                table.put(name, place, value)
        for name, one in merged.items():
            come = by_field[name]
            origins = tuple(None if at is None else come[at] for at in one.origins)
            self._put(table, place, name, one.rows, origins)
        self.said[place] = "; ".join(one.said(self.register.field(name)) for name, one in merged.items())

    def _put(
        self, table: ValueTable, place: int, name: str, rows: tuple[Row, ...], origins: tuple[_Source | None, ...]
    ) -> None:
        table.put(name, place, rows)
        self._origins[place, name] = origins

    def _is_own(self, record: Record, place: int) -> bool:
        own = record.office == self.session.file.identity.code
        if not own:
            self._tell_main(place, "TD-XFER-027", singular=self.register.singular)
        return own

    def leave_out(self, places: Collection[int]) -> None:
        """The rows of records at these places are not recorded: those of a record without a line count as lost."""
        gone = {self._numbers[place] for place in places if place in self.stands}
        for number, sheet in enumerate(self.sheets) if gone else ():
            self.sheets[number] = replace(sheet, owners=[None if one in gone else one for one in sheet.owners])

    def _tell_main(self, place: int, code: str, **told: object) -> None:
        """Something about the record itself."""
        found = row_problem(code, self._numbers[place], "", Severity.ERROR, **told)
        problem = replace(found, text=f"{found.text} {error_table()[code].remedy}")
        self.told.setdefault(place, []).append(problem)

    def found_at(self, place: int, problem: Problem) -> RowProblem | None:
        """A finding of the checks about a child row, at its cell, or about a record that has no line, where it is
        named; None where it is about the record of a line.
        """
        named = _PLACE.fullmatch(problem.field)
        origins = self._origins.get((place, named[1])) if named else None
        source = origins[int(named[2])] if named and origins and int(named[2]) < len(origins) else None
        if named is None or source is None:
            if place not in self.stands:
                return None
            name, row = self.stands[place]
            told = f"Dòng {row}, {self.register.singular} đã có trong sổ: {sentence_of(self.register, problem)}"
            return of_sheet(name, RowProblem(row, "", problem.code, told, problem.severity))
        sheet = self.sheets[source.sheet]
        column = next((one.heading for one in sheet.columns if one.field == named[3]), named[3] or "")
        if named[3] and column == named[3]:
            column = sheet.table.field.child(named[3]).label
        row = sheet.lines.numbers[source.at]
        text = problem.text
        if problem.code == _MISSING_CELL:
            text = error_table()[_MISSING_CELL].sentence.format(label=column)
        where = f"Dòng {row}, cột “{column}”" if column else f"Dòng {row}"
        told = f"{where}: {text.removeprefix(f'“{column}”: ')}"
        return of_sheet(sheet.name, RowProblem(row, column, problem.code, told, problem.severity))


def _owner_texts(sheet: ChildSheet) -> Sequence[str]:
    """The column that names the records, as far as the sheet has one."""
    column = next((one for one in sheet.columns if one.field == OWNER), None)
    return sheet.lines.columns[column.index] if column and column.index < len(sheet.lines.columns) else ()


def of_sheet(name: str, problem: RowProblem) -> RowProblem:
    """A finding with its sheet named first."""
    return replace(problem, sheet=name, text=f"Trang “{name}”, {lower_first(problem.text)}")


def _rows(table: ChildTable, columns: Mapping[str, list[Value]], size: int) -> Iterator[Row]:
    """The row of each line, tidied as a save would."""
    given = ValueTable(size, {name: column for name, column in columns.items() if name not in {AREA, DAY}})
    for child in table.children:
        if child.name in given.columns:
            given.columns[child.name] = given.each(child.name, partial(_tidy, child)).of_lines()
    return cast("Iterator[Row]", given.rows(range(size)))


def _tidy(child: FieldSpec, value: Value) -> Value:
    return None if value is None else normalise_value(child, value)
