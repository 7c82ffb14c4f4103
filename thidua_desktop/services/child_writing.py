"""The sheets of child rows in workbooks that go out: empty forms, exports, and the lines that an import left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, cast

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Row
from thidua_desktop.services import links, lists
from thidua_desktop.services.child_tables import (
    LINE,
    OWNER,
    ChildTable,
    Owners,
    child_tables,
    heading_of,
    line_cell,
    main_sheet,
    names_openly,
    placed_row,
    said_line,
)
from thidua_desktop.services.import_children import ChildSheet
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import namer
from thidua_desktop.services.transfer_columns import LINE_MARK
from thidua_desktop.services.workbook_cells import FORM_ROWS, Styles, Texts, column_style, letter, offer, put, width
from thidua_desktop.store.queries import Record
from thidua_desktop.text import format_number

MOST_LINES = 1_048_575
"""Of a sheet of Excel, without the line of its headings."""
_OWNER_WIDTH, _MARK_WIDTH = 34, 10
_LISTED = {FieldType.TEXT, FieldType.NAME}


def shown_tables(session: Session, spec: RegisterSpec) -> list[ChildTable]:
    """The child tables whose rows the person at the desk may see."""
    return [one for one in child_tables(spec) if session.sees(one.field)]


class ChildSheets:
    """The child rows of one export: written as their records are, which of them belongs to whom at the end."""

    def __init__(self, session: Session, spec: RegisterSpec, book: Any, styles: Styles) -> None:
        self._session, self._spec, self._styles = session, spec, styles
        self._tables = shown_tables(session, spec)
        self._sheets = [book.add_worksheet(one.sheet) for one in self._tables]
        self._texts = [Texts(session, one.spec) for one in self._tables]
        self._fields = [[child for child in one.children if session.sees(child)] for one in self._tables]
        self._owners: list[list[int]] = [[] for _ in self._tables]
        self._names = namer(session, spec) if self._tables and names_openly(session, spec) else None
        self._titles: dict[int, str] = {}
        self._lines: list[int] = []

    def take(self, records: Sequence[Record], first: int) -> None:
        """Write the child rows of records that stand on the lines from ``first`` on."""
        for line, record in enumerate(records, start=first) if self._tables else ():
            self._lines.append(line)
            if self._names is not None:
                self._titles[line] = self._names(record.values)
        for number, table in enumerate(self._tables):
            name = table.field.name
            given = [(line, one) for line, one in enumerate(records, start=first) if one.values.get(name)]
            self._prefetch(self._fields[number], [row for _, one in given for row in _rows(one, name)])
            for line, record in given:
                self._write(number, line, record, _rows(record, name))

    def _prefetch(self, fields: Sequence[FieldSpec], rows: Sequence[Row]) -> None:
        for field in fields:
            if field.type is FieldType.LINK and rows:
                ids = {str(row[field.name]) for row in rows if row.get(field.name)}
                lists.prefetch_ids(self._session, field.register, sorted(ids))

    def _write(self, number: int, line: int, record: Record, rows: Sequence[Row]) -> None:
        owners, sheet, texts = self._owners[number], self._sheets[number], self._texts[number]
        require_room(self._tables[number].sheet, len(owners) + len(rows))
        for row in rows:
            owners.append(line)
            values = placed_row(row, record.values, self._spec)
            for column, field in enumerate(self._fields[number], start=1):
                put(texts, sheet, len(owners), column, field, values, self._styles)

    def finish(self, main: Any, column: int) -> int:
        """Headings, and in the first column of each line the record that it belongs to. Where one is told by its line,
        the lines of ``main`` are marked in a column of their own; how many columns that makes.
        """
        named = Owners(self._lines, self._titles)
        cells: dict[int, str] = {}
        for table, sheet, fields, owners in zip(self._tables, self._sheets, self._fields, self._owners, strict=True):
            write_headings(sheet, table, fields, self._styles)
            for row, line in enumerate(owners, start=1):
                if line not in cells:
                    cells[line] = named.cell(line, self._titles.get(line, ""))
                sheet.write_string(row, 0, cells[line], self._styles.text)
            if owners:
                sheet.autofilter(0, 0, len(owners), len(fields))
        if not any(said_line(cell) == line for line, cell in cells.items()):
            return 0
        main.set_column(column, column, _MARK_WIDTH, self._styles.text)
        main.write_string(0, column, LINE_MARK, self._styles.heading)
        for line in self._lines:
            main.write_string(line - 1, column, line_cell(line), self._styles.text)
        return 1


def require_room(sheet: str, lines: int) -> None:
    """Raise TD-XFER-026 for more lines than a sheet of Excel holds."""
    if lines > MOST_LINES:
        raise UserError("TD-XFER-026", sheet=sheet, limit=format_number(MOST_LINES))


def _rows(record: Record, name: str) -> tuple[Row, ...]:
    return cast("tuple[Row, ...]", record.values.get(name) or ())


def write_headings(sheet: Any, table: ChildTable, fields: Sequence[FieldSpec], styles: Styles, mark: str = "") -> None:
    """The first line of a child sheet; ``mark`` behind what is required."""
    sheet.set_column(0, 0, _OWNER_WIDTH, styles.text)
    sheet.write_string(0, 0, f"{table.owner.label}{mark}", styles.required if mark else styles.heading)
    for column, field in enumerate(fields, start=1):
        needed = bool(mark) and field.required
        sheet.set_column(column, column, width(field), column_style(field, styles))
        sheet.write_string(
            0, column, f"{heading_of(field)}{mark if needed else ''}", styles.required if needed else styles.heading
        )
    sheet.freeze_panes(1, 1)


def write_forms(
    session: Session, spec: RegisterSpec, sheets: Sequence[Any], codes: Any, codes_from: int, styles: Styles
) -> None:
    """The empty child sheets of a register's form; their code lists stand in ``codes`` from a column on."""
    for table, sheet in zip(child_tables(spec), sheets, strict=True):
        write_headings(sheet, table, table.children, styles, " *")
        sheet.write_comment(0, 0, way_of_owner(spec))
        _offer_records(sheet, spec)
        for column, field in enumerate(table.children, start=1):
            if field.help:
                sheet.write_comment(0, column, field.help)
            offered = [choice.label for choice in links.choices(session, field, limit=FORM_ROWS)]
            offer(sheet, codes, (column, codes_from), field, offered, styles, over=f"{table.sheet}: {field.label}")
            codes_from += bool(offered)


def _offer_records(sheet: Any, spec: RegisterSpec) -> None:
    """Where one text names a record, the first column is chosen from those on the first sheet."""
    typed = [one for one in spec.living_fields if one.type is not FieldType.ROWS]
    names = [one.name for one in typed if one.name not in spec.computed_fields]
    [name, *more] = spec.title_fields
    if more or name not in names or spec.field(name).type not in _LISTED:
        return
    column, quoted = letter(names.index(name)), main_sheet(spec).replace("'", "''")
    chosen = {"validate": "list", "source": f"='{quoted}'!${column}$2:${column}${FORM_ROWS + 1}"}
    sheet.data_validation(1, 0, FORM_ROWS, 0, {**chosen, "error_type": "information", "show_error": False})


def way_of_owner(spec: RegisterSpec) -> str:
    """How the first column of a child sheet is filled."""
    labels = ", ".join(spec.field(name).label for name in spec.title_fields)
    more = " cách nhau bằng dấu phẩy" if len(spec.title_fields) > 1 else ""
    return (
        f"Tên {spec.singular} như ở trang “{main_sheet(spec)}” ({labels}{more}), hoặc {LINE} và số dòng ở trang ấy, "
        f"ví dụ {line_cell(2)}. Ghi số dòng rồi thì đừng sắp xếp lại trang ấy."
    )


def guide_of(spec: RegisterSpec) -> str:
    """What the sheet of instructions says of the child sheets, in one sentence; "" where there are none."""
    tables = child_tables(spec)
    if not tables:
        return ""
    named = ", ".join(f"“{one.sheet}”" for one in tables)
    return (
        f"Trang {named} ghi các dòng con, mỗi dòng của một {spec.singular}: cột đầu ghi tên {spec.singular} như ở "
        f"trang “{main_sheet(spec)}”, hoặc ghi {LINE} và số dòng ở trang ấy (ví dụ {line_cell(2)}); trang nào không "
        "cần thì để trống."
    )


def hinted(spec: RegisterSpec) -> Iterator[tuple[str, FieldSpec]]:
    """(what it is called, the column) of every child column, for the instructions."""
    for table in child_tables(spec):
        for field in table.children:
            yield f"{table.sheet}: {heading_of(field)}", field


def write_broken_children(
    book: Any, sheets: Sequence[ChildSheet], rows: Mapping[int, int], marked: Collection[int],
    problems: Mapping[tuple[str, int], str], styles: Styles,
) -> None:  # fmt: skip
    """The child rows that were left out, each sheet under its name. ``rows``: where the lines of their records stand in
    this workbook, ``marked`` those that are found by their marks; ``problems``: by sheet and line.
    """
    for sheet in sheets:
        places = [at for at, owner in enumerate(sheet.owners) if owner is None or owner in rows]
        if not places:
            continue
        page = book.add_worksheet(sheet.name)
        for column, one in enumerate(sheet.columns):
            page.write_string(0, column, one.heading, styles.heading)
        page.write_string(0, len(sheet.columns), "Lỗi", styles.fault)
        for row, at in enumerate(places, start=1):
            line, owner = sheet.lines[at], sheet.owners[at]
            for column, one in enumerate(sheet.columns):
                text = line.cells[one.index] if one.index < len(line.cells) else ""
                by_line = owner is not None and owner not in marked and said_line(text) is not None
                if one.field == OWNER and owner is not None and by_line:
                    text = line_cell(rows[owner])
                page.write_string(row, column, text, styles.text)
            of_sheet = problems.get((sheet.name, sheet.heading), "") if owner is None else ""
            page.write_string(
                row, len(sheet.columns), problems.get((sheet.name, line.number)) or of_sheet, styles.fault
            )
        page.freeze_panes(1, 0)


def sheets_told(sheets: Collection[str]) -> str:
    """What stands beside a record that is left out because of its child rows alone."""
    return f"Có dòng lỗi ở trang {', '.join(f'“{one}”' for one in sheets)}."
