"""Tables on papers: child rows, records that link to the paper's record, or the selected records themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thidua_desktop.formdef.crosscheck_documents import OFFICE, column_field, column_names
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import (
    DocumentSpec,
    DocumentTable,
    FieldSpec,
    FieldType,
    RegisterSpec,
    Row,
    Value,
    Values,
)
from thidua_desktop.services import access, lists
from thidua_desktop.services.documents.linked import linked_records
from thidua_desktop.services.documents.names import total_text
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Column, Table, TableRow

_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}
_CENTRED = {FieldType.DATE, FieldType.TIME, FieldType.BOOLEAN}
_WEIGHED_ROWS = 200
_LEAST_SHARE, _MOST_SHARE = 5.0, 34.0
_SIZES = ((7, 12.0), (9, 11.0), (12, 10.0))
_SMALLEST = 9.0
_SUBJECT = "Đối tượng"
_NOTHING = "Chưa có dòng nào"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table that is ready, and the title that stands over it."""

    caption: str
    table: Table


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: the field that is shown, and the link that it is reached by ("" for the listed record itself)."""

    field: FieldSpec
    link: FieldSpec | None
    others: tuple[FieldSpec, ...] = ()
    nobody: str | None = None  # a column of several fields: what stands where none of them is filled

    def filled(self, row: Values | Row) -> FieldSpec:
        """The field that speaks in a row."""
        return next((one for one in (self.field, *self.others) if row.get(one.name)), self.field)


def document_tables(session: Session, spec: DocumentSpec, records: Sequence[Record]) -> tuple[PaperTable, ...]:
    """The tables of a document, over its one record or over all selected ones."""
    return tuple(_document_table(session, spec, table, records) for table in spec.tables)


def _document_table(
    session: Session, spec: DocumentSpec, table: DocumentTable, records: Sequence[Record]
) -> PaperTable:
    register = session.register(table.register or spec.register)
    fields = register.field(table.rows).fields if table.rows else register.fields
    columns = [column for name in table.columns if (column := _column(session, fields, name)) is not None]
    listed = _listed(session, register, table, records)
    far = _far_values(session, columns, listed)
    values = [[_value(column, row, far) for column in columns] for row in listed]
    cells = [
        tuple(_cell(session, column, row, value) for column, value in zip(columns, line, strict=True))
        for row, line in zip(listed, values, strict=True)
    ]
    sums = {name: number for number, name in enumerate(table.columns) if name in table.totals}
    foot = [
        total_text([line[number] for line in values]) if number in sums.values() and session.sees(column.field) else ""
        for number, column in enumerate(columns)
    ]
    made = shaped_table([_head(column) for column in columns], cells, foot if table.totals and cells else [])
    return PaperTable(table.caption, made)


def _column(session: Session, fields: tuple[FieldSpec, ...], name: str) -> _Column | None:
    found = [column_field(session.definitions, fields, part) for part in column_names(name)]
    known = [field for field in found if field is not None]
    if not known:
        return None
    if "|" in name:
        return _Column(
            known[0], None, tuple(known[1:]), office_names(session)["name_capital"] if OFFICE in name else ""
        )
    return _Column(known[0], column_field(session.definitions, fields, name.partition(".")[0]) if "." in name else None)


def _cell(session: Session, column: _Column, row: Values | Row, value: Value) -> str:
    if column.nobody is None:
        return lists.cell_text(session, column.field, value)
    return lists.cell_text(session, column.filled(row), value) or column.nobody


def _listed(
    session: Session, register: RegisterSpec, table: DocumentTable, records: Sequence[Record]
) -> list[Values | Row]:
    if table.rows:
        seen = session.sees(register.field(table.rows))
        return [row for record in records if seen for row in rows_of(record.values.get(table.rows))]
    if table.register:
        found = linked_records(session, register, table.link, [record.id for record in records], table.where)
        _note(session, register.name, found)
        return [record.values for record in found]
    return [record.values for record in records]


def _far_values(session: Session, columns: Sequence[_Column], listed: Sequence[Values | Row]) -> Mapping[str, Values]:
    """Values of the records that columns reach through links, by id, one batch for each register."""
    found: dict[str, Values] = {}
    for link in {column.link.name: column.link for column in columns if column.link is not None}.values():
        ids = sorted({str(row[link.name]) for row in listed if row.get(link.name)})
        records = session.file.records.window(link.register, ids)
        _note(session, link.register, records)
        lists.prefetch_links(session, session.register(link.register).fields, records)
        found |= {record.id: record.values for record in records if not record.deleted}
    plain = [field for column in columns if column.link is None for field in (column.field, *column.others)]
    near = [field for field in plain if field.type is FieldType.LINK]
    for field in near:
        lists.prefetch_ids(session, field.register, [str(row[field.name]) for row in listed if row.get(field.name)])
    return found


def _note(session: Session, register: str, shown: Sequence[Record]) -> None:
    """Records of another register on a paper are looked at like its own."""
    if shown:
        access.note(session, session.register(register), access.PRINT, records=len(shown))


def _value(column: _Column, row: Values | Row, far: Mapping[str, Values]) -> Value:
    if column.link is None:
        return row.get(column.filled(row).name)
    return far.get(str(row.get(column.link.name)), {}).get(column.field.name)


def _head(column: _Column) -> tuple[FieldSpec, str]:
    field = column.field
    if column.nobody is not None:
        return field, _SUBJECT
    with_unit = field.unit and field.type in _NUMBERS and field.unit != "năm"
    return field, f"{field.heading} ({field.unit})" if with_unit else field.heading


def shaped_table(
    heads: Sequence[tuple[FieldSpec, str]], rows: Sequence[tuple[str, ...]], foot: Sequence[str], caption: str = ""
) -> Table:
    """A numbered table whose columns are as wide as what stands in them asks for; small letters where there are many.

    ``foot`` has a cell for each column, or is empty.
    """
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    columns = (Column("TT", 3.0, Align.CENTER), *_columns(heads, rows))
    whole = [number for number, (field, _) in enumerate(heads) if field.type is FieldType.PHONE]
    numbered = tuple((format_number(number), *_held(cells, whole)) for number, cells in enumerate(rows, start=1))
    none = ((Cell(_NOTHING, italic=True, columns=len(columns), align=Align.CENTER),),)
    totals: tuple[TableRow, ...] = (("", *_totals(foot)),) if foot else ()
    return Table(columns, numbered or none, totals=totals, caption=caption, size=_size(len(columns)), fits=True)


def _held(cells: tuple[str, ...], whole: Sequence[int]) -> tuple[str, ...]:
    """Cells of which some are never broken: a telephone number on two lines is dialled wrongly."""
    if not whole:
        return cells
    return tuple(text.replace(" ", "\u00a0") if number in whole else text for number, text in enumerate(cells))


def _size(columns: int) -> float:
    """Many columns need small letters, or their rows grow high."""
    return next((size for most, size in _SIZES if columns <= most), _SMALLEST)


def _totals(foot: Sequence[str]) -> list[str]:
    """The word for the sum stands in the first column that has none."""
    cells = list(foot)
    place = next((number for number, text in enumerate(cells) if not text), None)
    if place is not None:
        cells[place] = "Cộng"
    return cells


def _columns(heads: Sequence[tuple[FieldSpec, str]], rows: Sequence[tuple[str, ...]]) -> list[Column]:
    from thidua_desktop.printing.blocks import Align, Column

    made = []
    for number, (field, label) in enumerate(heads):
        texts = [cells[number] for cells in rows[:_WEIGHED_ROWS]]
        align = Align.RIGHT if field.type in _NUMBERS else Align.CENTER if field.type in _CENTRED else Align.LEFT
        made.append(Column(label, _share(label, texts), align))
    return made


def _share(label: str, texts: Sequence[str]) -> float:
    """A column's share: between the mean and the longest of its texts, and never less than its head asks for."""
    lengths = [len(text) for text in texts if text]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    wanted = max((max(lengths, default=0) + 2 * mean) / 3, len(label) / 2.5)
    return min(max(wanted, _LEAST_SHARE), _MOST_SHARE)
