"""Columns of a table on paper: of the listed records, or of those that they point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua_desktop.formdef.crosscheck_documents import OFFICE, column_field, column_names
from thidua_desktop.formdef.model import FieldSpec, FieldType, Row, Value, Values
from thidua_desktop.services import access, lists
from thidua_desktop.services.documents.cells import cell_text
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_SUBJECT = "Đối tượng"


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """One column: the field that is shown, and the link that it is reached by ("" for the listed record itself)."""

    field: FieldSpec
    link: FieldSpec | None
    others: tuple[FieldSpec, ...] = ()
    nobody: str | None = None  # a column of several fields: what stands where none of them is filled

    def filled(self, row: Values | Row) -> FieldSpec:
        """The field that speaks in a row."""
        return next((one for one in (self.field, *self.others) if row.get(one.name)), self.field)


def listed_column(session: Session, fields: tuple[FieldSpec, ...], name: str) -> ListedColumn | None:
    """A column by its name in the definition ("field", "link.field", "a|b|office"); None: no such field."""
    found = [column_field(session.definitions, fields, part) for part in column_names(name)]
    known = [field for field in found if field is not None]
    if not known:
        return None
    if "|" in name:
        return ListedColumn(
            known[0], None, tuple(known[1:]), office_names(session)["name_capital"] if OFFICE in name else ""
        )
    return ListedColumn(
        known[0], column_field(session.definitions, fields, name.partition(".")[0]) if "." in name else None
    )


def cell_of(session: Session, column: ListedColumn, row: Values | Row, value: Value) -> str:
    """What stands in a row's cell; nothing that the person may not see."""
    if column.nobody is None:
        return cell_text(session, column.field, value)
    return cell_text(session, column.filled(row), value) or column.nobody


def value_of(column: ListedColumn, row: Values | Row, far: Mapping[str, Values]) -> Value:
    """The stored value of a row's cell."""
    if column.link is None:
        return row.get(column.filled(row).name)
    return far.get(str(row.get(column.link.name)), {}).get(column.field.name)


def far_values(
    session: Session, columns: Sequence[ListedColumn], listed: Sequence[Values | Row]
) -> Mapping[str, Values]:
    """Values of the records that columns reach through links, by id, one batch for each register."""
    found: dict[str, Values] = {}
    for link in {column.link.name: column.link for column in columns if column.link is not None}.values():
        ids = sorted({str(row[link.name]) for row in listed if row.get(link.name)})
        records = session.file.records.window(link.register, ids)
        note_shown(session, link.register, records)
        lists.prefetch_links(session, session.register(link.register).fields, records)
        found |= {record.id: record.values for record in records if not record.deleted}
    plain = [field for column in columns if column.link is None for field in (column.field, *column.others)]
    near = [field for field in plain if field.type is FieldType.LINK]
    for field in near:
        lists.prefetch_ids(session, field.register, [str(row[field.name]) for row in listed if row.get(field.name)])
    return found


def note_shown(session: Session, register: str, shown: Sequence[Record]) -> None:
    """Records of another register on a paper are looked at like its own."""
    if shown:
        access.note(session, session.register(register), access.PRINT, records=len(shown))


def head_of(column: ListedColumn) -> tuple[FieldSpec, str]:
    """The field that rules how the column looks, and the words over it, with the unit."""
    field = column.field
    if column.nobody is not None:
        return field, _SUBJECT
    with_unit = field.unit and field.type in NUMBERS and field.unit != "năm"
    return field, f"{field.heading} ({field.unit})" if with_unit else field.heading
