"""Cells of the workbooks that go out: how they look, what a value becomes in them, how a file is written whole."""

from __future__ import annotations

import contextlib
import errno
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.services import links, lists
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import GUIDE_SHEETS

_TEXT_CELLS = {FieldType.IDENTITY_NUMBER, FieldType.PHONE, FieldType.TEXT, FieldType.TIME}
_WIDE = {FieldType.LONG_TEXT: 40, FieldType.NAME: 24, FieldType.TEXT: 22, FieldType.CHOICES: 28, FieldType.LINK: 24}
CODES_SHEET, GUIDE_SHEET = GUIDE_SHEETS
FORM_ROWS = 2_000
"""Lines of an empty form whose cells are chosen from lists; entries of a list."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of cells."""

    heading: Any
    required: Any
    hint: Any
    text: Any
    day: Any
    number: Any
    decimal: Any
    plain: Any
    fault: Any


def put(texts: Texts, sheet: Any, row: int, column: int, field: FieldSpec, values: Values, styles: Styles) -> None:
    """One value into its cell: numbers and days as such, everything else as text."""
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


class Texts:
    """The cells of one export as texts that its import understands."""

    def __init__(self, session: Session, spec: RegisterSpec) -> None:
        self._session, self._spec = session, spec
        self._names: dict[str, links.Names | None] = {}

    def of(self, field: FieldSpec, values: Values) -> str:
        """One cell of a record. A link is told with its place where the title and the record's own area would leave
        open which of several is meant.
        """
        value = values.get(field.name)
        text = typed_text(self._session, field, value)
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


def typed_text(session: Session, field: FieldSpec, value: Value) -> str:
    """A value as a person would type it: links by their titles, phone numbers and ids as bare digits."""
    if value is None:
        return ""
    if field.type is FieldType.LINK:
        return lists.cell_text(session, field, value)
    if field.type in {FieldType.PHONE, FieldType.IDENTITY_NUMBER}:
        return str(value)
    return field_type(field).show(field, value, session.definitions.catalogs)


def offer(
    sheet: Any,
    codes: Any,
    places: tuple[int, int],
    field: FieldSpec,
    offered: list[str],
    styles: Styles,
    over: str = "",
) -> None:
    """List the codes of a column on the sheet of codes, under ``over``; its cells are chosen from them, unless several
    may stand. ``places``: the column, and where on the sheet of codes.
    """
    if not offered:
        return
    column, at = places
    codes.write_string(0, at, over or field.label, styles.heading)
    codes.set_column(at, at, 28)
    for row, label in enumerate(offered, start=1):
        codes.write_string(row, at, label, styles.text)
    if field.type is FieldType.CHOICES:
        return
    named = letter(at)
    sheet.data_validation(
        1,
        column,
        FORM_ROWS,
        column,
        {
            "validate": "list",
            "source": f"='{CODES_SHEET}'!${named}$2:${named}${len(offered) + 1}",
            "error_type": "warning",
            "error_title": field.label[:32],
            "error_message": "Không có trong danh mục của sổ.",
        },
    )


def way(field: FieldSpec) -> str:
    """How a column is filled."""
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


def letter(column: int) -> str:
    """What Excel calls a column."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def width(field: FieldSpec) -> int:
    """How wide a column is."""
    return max(_WIDE.get(field.type, 12), min(len(field.label) + 2, 24))


def column_style(field: FieldSpec, styles: Styles) -> Any:
    """What a column is formatted as, so that Excel keeps what is typed."""
    if field.type in _TEXT_CELLS:
        return styles.text
    return styles.day if field.type is FieldType.DATE else styles.plain


def styles_of(book: Any) -> Styles:
    """The formats of a book."""
    wrapped = {"text_wrap": True, "valign": "top"}
    heading = {"bold": True, "bg_color": "#E8EEF4", "border": 1, **wrapped}
    return Styles(
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
def workbook(path: Path) -> Iterator[Any]:
    """A new book, written whole at the end: a disk that fills up meanwhile leaves no half archive open, which Python
    would try to end once more, with a fault that nobody can answer."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, options)
    try:
        yield book
    finally:
        book.close()
    path.write_bytes(content.getvalue())  # a view of it would outlive a refused write, with a fault of its own


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
def finished_whole(path: Path) -> Iterator[Path]:
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
