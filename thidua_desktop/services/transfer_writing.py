"""Tables for people and for machines: Excel forms, exports, and the lines that an import left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.formdef.records import plain_values
from thidua_desktop.services import child_writing, links, lists
from thidua_desktop.services.child_tables import child_tables, main_sheet
from thidua_desktop.services.import_children import ChildSheet
from thidua_desktop.services.raw_lines import RawLine
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import (
    FAULTS,
    ImportColumn,
    mark_column,
    travelling_fields,
    typed_fields,
)
from thidua_desktop.services.transfer_rows import RowProblem
from thidua_desktop.services.workbook_cells import (
    CODES_SHEET,
    FORM_ROWS,
    GUIDE_SHEET,
    Styles,
    Texts,
    column_style,
    finished_whole,
    offer,
    put,
    styles_of,
    typed_text,
    way,
    width,
    workbook,
)
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import FORMULA_SIGNS

_OFFICE, _OFFICE_TOLD_APART = "Đơn vị", "Xã, phường, đặc khu"
_OFFICE_WIDTH = 24
_BATCH = 500


def safe_cell(text: str) -> str:
    """A text that a spreadsheet takes as text: one that begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def write_records(
    session: Session, query: ListQuery, path: Path, on_progress: Callable[[int, int], bool | None] | None
) -> int:
    """Write the records of ``query`` in the form that the name's ending asks for; their number."""
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv, ".jsonl": _write_jsonl}
    ending = path.suffix.lower()
    if ending not in writers:
        raise UserError("TD-XFER-002", path=path.name, ending=ending or "(không có)")
    spec = session.register(query.register)
    with finished_whole(path) as unfinished:
        return writers[ending](session, spec, _read(session, query, on_progress), unfinished)


def write_template(session: Session, spec: RegisterSpec, path: Path) -> Path:
    """Write the Excel form of a register: headings (required ones with an asterisk), a sheet for each kind of child
    rows, hints, code lists.

    What the program computes has no column; the hints name it.
    """
    fields = typed_fields(spec)
    with finished_whole(path) as unfinished, workbook(unfinished) as book:
        styles = styles_of(book)
        sheet = book.add_worksheet(main_sheet(spec))
        children = [book.add_worksheet(one.sheet) for one in child_tables(spec)]
        codes = book.add_worksheet(CODES_SHEET)
        for column, field in enumerate(fields):
            title = f"{field.label} *" if field.required else field.label
            sheet.write_string(0, column, title, styles.required if field.required else styles.heading)
            sheet.set_column(column, column, width(field), column_style(field, styles))
            if field.help:
                sheet.write_comment(0, column, field.help)
            offered = [choice.label for choice in links.choices(session, field, limit=FORM_ROWS)]
            offer(sheet, codes, (column, column), field, offered, styles)
        sheet.freeze_panes(1, 0)
        child_writing.write_forms(session, spec, children, codes, len(fields), styles)
        _write_hints(book.add_worksheet(GUIDE_SHEET), session, spec, fields, styles)
    return path


def write_broken(
    columns: Sequence[ImportColumn],
    lines: Sequence[RawLine],
    problems: Sequence[RowProblem],
    sheets: Sequence[ChildSheet],
    path: Path,
) -> Path:
    """Write the lines that were left out as they were read, with what is wrong in the last column; child rows on their
    sheets beside them.
    """
    told = _told(problems)
    rows = {line.number: row for row, line in enumerate(lines, start=2)}
    of_children, mark = _bad_sheets(sheets, told), mark_column(columns)
    with finished_whole(path) as unfinished, workbook(unfinished) as book:
        styles = styles_of(book)
        sheet = book.add_worksheet("Dòng lỗi")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.heading, styles.heading)
        sheet.write_string(0, len(columns), FAULTS, styles.fault)
        for row, line in enumerate(lines, start=1):
            for place, column in enumerate(columns):
                if column.index < len(line.cells):
                    sheet.write_string(row, place, line.cells[column.index], styles.text)
            why = told.get(("", line.number)) or child_writing.sheets_told(of_children.get(line.number, ()))
            sheet.write_string(row, len(columns), why, styles.fault)
        sheet.freeze_panes(1, 0)
        marked = {line.number for line in lines if mark is not None and any(line.cells[mark : mark + 1])}
        child_writing.write_broken_children(book, sheets, rows, marked, told, styles)
    return path


def _told(problems: Sequence[RowProblem]) -> dict[tuple[str, int], str]:
    """By sheet and line what is told of it."""
    told: dict[tuple[str, int], list[str]] = {}
    for problem in problems:
        told.setdefault((problem.sheet, problem.row), []).append(problem.text)
    return {place: " ".join(texts) for place, texts in told.items()}


def _bad_sheets(sheets: Sequence[ChildSheet], told: Mapping[tuple[str, int], str]) -> dict[int, list[str]]:
    """By line the sheets where something is told of its child rows."""
    found: dict[int, list[str]] = {}
    for sheet in sheets:
        pairs = zip(sheet.lines.numbers, sheet.owners, strict=True)
        for line in {owner for number, owner in pairs if owner is not None and (sheet.name, number) in told}:
            found.setdefault(line, []).append(sheet.name)
    return found


def _read(
    session: Session, query: ListQuery, on_progress: Callable[[int, int], bool | None] | None
) -> Iterator[list[Record]]:
    keys = session.file.records.ids(query)
    for start in range(0, len(keys), _BATCH):
        if on_progress is not None and on_progress(start, len(keys)) is False:
            return
        yield session.file.records.window(query.register, keys[start : start + _BATCH])


def _shown_fields(session: Session, spec: RegisterSpec) -> tuple[FieldSpec, ...]:
    return tuple(field for field in travelling_fields(spec) if session.sees(field))


def _office_column(session: Session, spec: RegisterSpec) -> tuple[tuple[str, ...], dict[str, str]]:
    """At the province the heading of the column that says whose a record is, and names by code; else none."""
    if not session.is_province:
        return (), {}
    taken = {field.label for field in spec.fields}
    return (_OFFICE if _OFFICE not in taken else _OFFICE_TOLD_APART,), lists.office_names(session)


def _write_xlsx(session: Session, spec: RegisterSpec, batches: Iterator[list[Record]], path: Path) -> int:
    fields = _shown_fields(session, spec)
    whose, names = _office_column(session, spec)
    row, first = 0, len(whose)
    with workbook(path) as book:
        styles, texts = styles_of(book), Texts(session, spec)
        sheet = book.add_worksheet(main_sheet(spec))
        children = child_writing.ChildSheets(session, spec, book, styles)
        for column, heading in enumerate(whose):
            sheet.set_column(column, column, _OFFICE_WIDTH, styles.text)
            sheet.write_string(0, column, heading, styles.heading)
        for column, field in enumerate(fields, start=first):
            sheet.set_column(column, column, width(field), column_style(field, styles))
            sheet.write_string(0, column, field.label, styles.heading)
        sheet.freeze_panes(1, first)
        for records in batches:
            child_writing.require_room(main_sheet(spec), row + len(records))
            lists.prefetch_links(session, fields, records)
            children.take(records, row + 2)
            for record in records:
                row += 1
                for column in range(first):
                    sheet.write_string(row, column, names.get(record.office, record.office), styles.text)
                for column, field in enumerate(fields, start=first):
                    put(texts, sheet, row, column, field, record.values, styles)
        last = first + len(fields) - 1
        last += children.finish(sheet, last + 1)  # within the filter, or sorting would leave the marks where they are
        if row:
            sheet.autofilter(0, 0, row, last)
    return row


def _write_csv(session: Session, spec: RegisterSpec, batches: Iterator[list[Record]], path: Path) -> int:
    fields = _shown_fields(session, spec)
    whose, names = _office_column(session, spec)
    texts, count = Texts(session, spec), 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow([*whose, *(field.label for field in fields)])
        for records in batches:
            lists.prefetch_links(session, fields, records)
            for record in records:
                cells = (texts.of(field, record.values) for field in fields)
                office = [safe_cell(names.get(record.office, record.office)) for _ in whose]
                writer.writerow([*office, *(_csv_cell(field, cell) for field, cell in zip(fields, cells, strict=True))])
                count += 1
    return count


def _write_jsonl(session: Session, spec: RegisterSpec, batches: Iterator[list[Record]], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for records in batches:
            for record in records:
                plain = _seen_of(session, spec.fields, plain_values(spec, record.values))
                line = {"register": spec.name, "id": record.id, "values": plain}
                stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
    return count


def _seen_of(session: Session, fields: Sequence[FieldSpec], plain: dict[str, Any]) -> dict[str, Any]:
    """The plain values that the person at the desk may see, those of child rows too."""
    seen = {field.name: field for field in fields if session.sees(field)}
    return {
        name: [_seen_of(session, seen[name].fields, row) for row in value]
        if seen[name].type is FieldType.ROWS
        else value
        for name, value in plain.items()
        if name in seen
    }


def _csv_cell(field: FieldSpec, text: str) -> str:
    return text if field.type in {FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE} else safe_cell(text)


def _write_hints(sheet: Any, session: Session, spec: RegisterSpec, fields: Sequence[FieldSpec], styles: Styles) -> None:
    for column, (title, wide) in enumerate((("Cột", 28), ("Bắt buộc", 10), ("Ví dụ", 28), ("Cách ghi", 90))):
        sheet.write_string(0, column, title, styles.heading)
        sheet.set_column(column, column, wide, styles.hint)
    named = [*((field.label, field) for field in fields), *child_writing.hinted(spec)]
    for row, (title, field) in enumerate(named, start=1):
        sample = field_type(field).sample(field, session.definitions.catalogs)
        shown = "" if field.type is FieldType.LINK else typed_text(session, field, sample)
        sheet.write_string(row, 0, title, styles.text)
        sheet.write_string(row, 1, "có" if field.required else "", styles.text)
        sheet.write_string(row, 2, shown, styles.text)
        sheet.write_string(row, 3, " ".join(filter(None, (way(field), field.help))), styles.hint)
    computed = [field for field in travelling_fields(spec) if field.name in spec.computed_fields]
    for row, field in enumerate(computed, start=len(named) + 1):
        sheet.write_string(row, 0, field.label, styles.text)
        sheet.write_string(row, 3, f"Không nhập: chương trình tự tính. {field.help}".strip(), styles.hint)
    if child_tables(spec):
        row = len(named) + len(computed) + 1
        sheet.write_string(row, 0, "Các dòng con", styles.text)
        sheet.write_string(row, 3, child_writing.guide_of(spec), styles.hint)
