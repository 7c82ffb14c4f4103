"""Where a letter that no paper font has was typed: the record and its field, or the part of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import DocumentSpec, FieldSpec, Row, Values
from thidua_desktop.services import titles
from thidua_desktop.services.documents.linked import linked_records
from thidua_desktop.services.session import Session

_UNKNOWN = "TD-PRINT-001"


@contextmanager
def records_named(session: Session, spec: DocumentSpec, ids: Sequence[str]) -> Iterator[None]:
    """A refusal of a letter says which field of which record holds it (TD-PRINT-072); else it passes as it is."""
    try:
        yield
    except UserError as error:
        if error.code != _UNKNOWN:
            raise
        found = next(_holding(session, spec, ids, str(error.values["letter"])), None)
        if found is None:
            raise
        field, register, record_id = found
        shown = f"{session.register(register).singular} “{titles.title(session, register, record_id)}”"
        raise _told(error, field.label, shown) from error


@contextmanager
def parts_named(title: str, parts: Iterable[tuple[str, str]]) -> Iterator[None]:
    """The same for a paper made of parts, each a heading and its text."""
    try:
        yield
    except UserError as error:
        if error.code != _UNKNOWN:
            raise
        letter = str(error.values["letter"])
        heading = next((heading for heading, text in parts if letter in text), None)
        if heading is None:
            raise
        raise _told(error, heading, f"“{title}”") from error


def _told(error: UserError, field: str, record: str) -> UserError:
    return UserError("TD-PRINT-072", **{**error.values, "field": field, "record": record})


def _holding(
    session: Session, spec: DocumentSpec, ids: Sequence[str], letter: str
) -> Iterator[tuple[FieldSpec, str, str]]:
    """Fields that hold a letter, of the paper's records and of those that its tables list."""
    groups = [(spec.register, session.file.records.window(spec.register, list(ids)))]
    for table in spec.tables:
        if table.register:
            register = session.register(table.register)
            groups.append((table.register, linked_records(session, register, table.link, ids, table.where)))
    for name, records in groups:
        fields = session.register(name).fields
        for record in records:
            for field in _fields_with(session, fields, record.values, letter):
                yield field, name, record.id


def _fields_with(
    session: Session, fields: Sequence[FieldSpec], values: Values | Row, letter: str
) -> Iterator[FieldSpec]:
    for field in fields:
        value = values.get(field.name)
        if isinstance(value, str) and letter in value and session.sees(field):
            yield field
        for row in rows_of(value) if field.fields else ():
            yield from _fields_with(session, field.fields, row, letter)
