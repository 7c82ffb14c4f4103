"""Tables for people and for machines: Excel forms, exports, and the lines that an import left out."""

from __future__ import annotations

import contextlib
import csv
import errno
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import plain_values
from thidua_desktop.services import links, lists
from thidua_desktop.services.raw_lines import RawLine
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import ImportColumn, travelling_fields, typed_fields
from thidua_desktop.services.transfer_rows import RowProblem
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import FORMULA_SIGNS

_TEXT_CELLS = {FieldType.IDENTITY_NUMBER, FieldType.PHONE, FieldType.TEXT, FieldType.TIME}
_WIDE = {FieldType.LONG_TEXT: 40, FieldType.NAME: 24, FieldType.TEXT: 22, FieldType.CHOICES: 28, FieldType.LINK: 24}
_OFFICE, _OFFICE_TOLD_APART = "Đơn vị", "Xã, phường, đặc khu"
_OFFICE_WIDTH = 24
_BATCH = 500
_LIST_LIMIT = 2_000
_FORM_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: Any
    required: Any
    hint: Any
    text: Any
    day: Any
    number: Any
    decimal: Any
    plain: Any
    fault: Any


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
    with _finished_whole(path) as unfinished:
        return writers[ending](session, spec, _read(session, query, on_progress), unfinished)


def write_template(session: Session, spec: RegisterSpec, path: Path) -> Path:
    """Write the Excel form of a register: headings (required ones with an asterisk), hints, code lists.

    What the program computes has no column; the hints name it.
    """
    fields = typed_fields(spec)
    with _finished_whole(path) as unfinished, _workbook(unfinished) as book:
        styles = _styles(book)
        sheet = book.add_worksheet(spec.title[:31])
        codes = book.add_worksheet("Danh mục")
        for column, field in enumerate(fields):
            title = f"{field.label} *" if field.required else field.label
            sheet.write_string(0, column, title, styles.required if field.required else styles.heading)
            sheet.set_column(column, column, _width(field), _column_style(field, styles))
            if field.help:
                sheet.write_comment(0, column, field.help)
            offered = [choice.label for choice in links.choices(session, field, limit=_LIST_LIMIT)]
            _offer(sheet, codes, column, field, offered, styles)
        sheet.freeze_panes(1, 0)
        _write_hints(book.add_worksheet("Hướng dẫn"), session, spec, fields, styles)
    return path


def write_broken(
    columns: Sequence[ImportColumn], lines: Sequence[RawLine], problems: Sequence[RowProblem], path: Path
) -> Path:
    """Write the lines that were left out as they were read, with what is wrong in the last column."""
    told: dict[int, list[str]] = {}
    for problem in problems:
        told.setdefault(problem.row, []).append(problem.text)
    with _finished_whole(path) as unfinished, _workbook(unfinished) as book:
        styles = _styles(book)
        sheet = book.add_worksheet("Dòng lỗi")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.heading, styles.heading)
        sheet.write_string(0, len(columns), "Lỗi", styles.fault)
        for row, line in enumerate(lines, start=1):
            for place, column in enumerate(columns):
                if column.index < len(line.cells):
                    sheet.write_string(row, place, line.cells[column.index], styles.text)
            sheet.write_string(row, len(columns), " ".join(told.get(line.number, [])), styles.fault)
        sheet.freeze_panes(1, 0)
    return path


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
    with _workbook(path) as book:
        styles, texts = _styles(book), _Texts(session, spec)
        sheet = book.add_worksheet(spec.title[:31])
        for column, heading in enumerate(whose):
            sheet.set_column(column, column, _OFFICE_WIDTH, styles.text)
            sheet.write_string(0, column, heading, styles.heading)
        for column, field in enumerate(fields, start=first):
            sheet.set_column(column, column, _width(field), _column_style(field, styles))
            sheet.write_string(0, column, field.label, styles.heading)
        sheet.freeze_panes(1, first)
        for records in batches:
            lists.prefetch_links(session, fields, records)
            for record in records:
                row += 1
                for column in range(first):
                    sheet.write_string(row, column, names.get(record.office, record.office), styles.text)
                for column, field in enumerate(fields, start=first):
                    _put(texts, sheet, row, column, field, record.values, styles)
        if row:
            sheet.autofilter(0, 0, row, first + len(fields) - 1)
    return row


def _put(texts: _Texts, sheet: Any, row: int, column: int, field: FieldSpec, values: Values, styles: _Styles) -> None:
    value = values.get(field.name)
    if value is None or value == ():
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.day)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), styles.decimal)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value, styles.plain if field.name.endswith("year") else styles.number)
    else:
        sheet.write_string(row, column, texts.of(field, values), styles.text)


def _write_csv(session: Session, spec: RegisterSpec, batches: Iterator[list[Record]], path: Path) -> int:
    fields = _shown_fields(session, spec)
    whose, names = _office_column(session, spec)
    texts, count = _Texts(session, spec), 0
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
    hidden = {field.name for field in spec.fields if not session.sees(field)}
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for records in batches:
            for record in records:
                plain = {name: v for name, v in plain_values(spec, record.values).items() if name not in hidden}
                line = {"register": spec.name, "id": record.id, "values": plain}
                stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
    return count


class _Texts:
    """The cells of one export as texts that its import understands."""

    def __init__(self, session: Session, spec: RegisterSpec) -> None:
        self._session, self._spec = session, spec
        self._names: dict[str, links.Names | None] = {}

    def of(self, field: FieldSpec, values: Values) -> str:
        """One cell of a record. A link is told with its place where the title and the record's own area would leave
        open which of several is meant.
        """
        value = values.get(field.name)
        text = _typed_text(self._session, field, value)
        if field.type is not FieldType.LINK or not isinstance(value, str) or not self._session.sees(field):
            return text
        if field.register not in self._names:
            self._names[field.register] = self._placed_names(field.register)
        names = self._names[field.register]
        area, day = values.get(self._spec.area_field), values.get(self._spec.date_field)
        known = names.told_apart(value, str(area or ""), day if isinstance(day, date) else None) if names else ""
        return known or text

    def _placed_names(self, register: str) -> links.Names | None:
        """The names of a register's records where there are not too many to know, and they belong to places."""
        spec = self._session.register(register)
        few = self._session.file.records.count(register) <= links.HELD_IN_MEMORY
        placed = spec.area_field not in {"", "id"} and self._session.opens(register)
        return links.names_of(self._session, register) if few and placed else None


def _typed_text(session: Session, field: FieldSpec, value: Value) -> str:
    """A value as a person would type it: links by their titles, phone numbers and ids as bare digits."""
    if value is None:
        return ""
    if field.type is FieldType.LINK:
        return lists.cell_text(session, field, value)
    if field.type in {FieldType.PHONE, FieldType.IDENTITY_NUMBER}:
        return str(value)
    return field_type(field).show(field, value, session.definitions.catalogs)


def _csv_cell(field: FieldSpec, text: str) -> str:
    return text if field.type in {FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE} else safe_cell(text)


def _offer(sheet: Any, codes: Any, column: int, field: FieldSpec, offered: list[str], styles: _Styles) -> None:
    """List the codes of a column on the second sheet; its cells are chosen from them, unless several may stand."""
    if not offered:
        return
    codes.write_string(0, column, field.label, styles.heading)
    codes.set_column(column, column, 28)
    for row, label in enumerate(offered, start=1):
        codes.write_string(row, column, label, styles.text)
    if field.type is FieldType.CHOICES:
        return
    letter = _letter(column)
    sheet.data_validation(
        1,
        column,
        _FORM_ROWS,
        column,
        {
            "validate": "list",
            "source": f"='Danh mục'!${letter}$2:${letter}${len(offered) + 1}",
            "error_type": "warning",
            "error_title": field.label[:32],
            "error_message": "Không có trong danh mục của sổ.",
        },
    )


def _write_hints(
    sheet: Any, session: Session, spec: RegisterSpec, fields: Sequence[FieldSpec], styles: _Styles
) -> None:
    for column, (title, width) in enumerate((("Cột", 28), ("Bắt buộc", 10), ("Ví dụ", 28), ("Cách ghi", 90))):
        sheet.write_string(0, column, title, styles.heading)
        sheet.set_column(column, column, width, styles.hint)
    for row, field in enumerate(fields, start=1):
        sample = field_type(field).sample(field, session.definitions.catalogs)
        shown = "" if field.type is FieldType.LINK else _typed_text(session, field, sample)
        sheet.write_string(row, 0, field.label, styles.text)
        sheet.write_string(row, 1, "có" if field.required else "", styles.text)
        sheet.write_string(row, 2, shown, styles.text)
        sheet.write_string(row, 3, " ".join(filter(None, (_way(field), field.help))), styles.hint)
    computed = [field for field in travelling_fields(spec) if field.name in spec.computed_fields]
    for row, field in enumerate(computed, start=len(fields) + 1):
        sheet.write_string(row, 0, field.label, styles.text)
        sheet.write_string(row, 3, f"Không nhập: chương trình tự tính. {field.help}".strip(), styles.hint)


def _way(field: FieldSpec) -> str:
    ways = {
        FieldType.DATE: "Ngày/tháng/năm, ví dụ 08/11/2026.",
        FieldType.TIME: "Giờ:phút, ví dụ 19:30.",
        FieldType.IDENTITY_NUMBER: "Đủ 12 chữ số; cột đã định dạng Văn bản để giữ số 0 ở đầu.",
        FieldType.PHONE: "Cột đã định dạng Văn bản để giữ số 0 ở đầu.",
        FieldType.BOOLEAN: "Ghi có hoặc không.",
        FieldType.CHOICE: "Chọn trong danh mục.",
        FieldType.CHOICES: "Các mục trong danh mục, cách nhau bằng dấu chấm phẩy.",
        FieldType.LINK: "Tên như trong sổ.",
    }
    return ways.get(field.type, "")


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _width(field: FieldSpec) -> int:
    return max(_WIDE.get(field.type, 12), min(len(field.label) + 2, 24))


def _column_style(field: FieldSpec, styles: _Styles) -> Any:
    if field.type in _TEXT_CELLS:
        return styles.text
    return styles.day if field.type is FieldType.DATE else styles.plain


def _styles(book: Any) -> _Styles:
    wrapped = {"text_wrap": True, "valign": "top"}
    heading = {"bold": True, "bg_color": "#E8EEF4", "border": 1, **wrapped}
    return _Styles(
        heading=book.add_format(heading),
        required=book.add_format({**heading, "font_color": "#9C1C1C"}),
        hint=book.add_format({**wrapped, "font_color": "#555555"}),
        text=book.add_format({"num_format": "@", "valign": "top"}),
        day=book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        number=book.add_format({"num_format": "#,##0", "valign": "top"}),
        decimal=book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        plain=book.add_format({"valign": "top"}),
        fault=book.add_format({**wrapped, "font_color": "#9C1C1C"}),
    )


@contextlib.contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    try:
        yield book
    finally:
        book.close()


_REASONS = {
    errno.ENOENT: "không có thư mục này.",
    errno.ENOTDIR: "không có thư mục này.",
    errno.EACCES: "không có quyền ghi, hoặc tệp đang mở.",
    errno.EPERM: "không có quyền ghi.",
    errno.EROFS: "ổ đĩa chỉ cho đọc.",
    errno.ENOSPC: "ổ đĩa hết chỗ trống.",
}


def _why(fault: BaseException) -> str:
    number = fault.errno if isinstance(fault, OSError) else None
    return _REASONS.get(number or 0, str(fault))


@contextlib.contextmanager
def _finished_whole(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path``, renamed when all is written; raises TD-XFER-014 when that cannot be done."""
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as fault:
        raise UserError("TD-XFER-014", path=path.name, reason=_why(fault)) from fault
    except Exception as fault:
        if type(fault).__module__.startswith("xlsxwriter"):
            raise UserError("TD-XFER-014", path=path.name, reason=_why(fault.__context__ or fault)) from fault
        raise
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
