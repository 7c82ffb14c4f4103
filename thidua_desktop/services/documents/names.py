"""What document texts may read (``formdef.document_texts``): the office, records as shown, their rows and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.jinja_texts import fill
from thidua_desktop.formdef.model import DocumentSpec, FieldSpec, FieldType, RegisterSpec, Row, Value, Values
from thidua_desktop.services import access, lists
from thidua_desktop.services.assessments.rankings import RankLine, standings
from thidua_desktop.services.assessments.registers import ASSESSMENTS
from thidua_desktop.services.documents.cells import cell_text
from thidua_desktop.services.documents.linked import linked_records
from thidua_desktop.services.reports.names import number_text, office_names
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record
from thidua_desktop.text import decree_date, decree_number, format_number, lower_first

_PLACES = "residential_area"
"""Its titles begin with a common noun, small within a sentence (thôn Tân Lập; Decree 30, Appendix II)."""
_CODES = {FieldType.CHOICE, FieldType.CHOICES, FieldType.BOOLEAN}


class Shown(str):
    """One value as papers show it; ``formdef.document_texts.SHOWN_NAMES`` says what stands behind it."""

    value: Value
    words: str
    lines: str

    @classmethod
    def of(cls, session: Session, field: FieldSpec, value: Value) -> Shown:
        """The value of a field; where the person may not see it, its mask alone."""
        made = cls(cell_text(session, field, value))
        seen = session.sees(field)
        made.value = value if seen else None
        made.words = _words(field, value, made) if seen else str(made)
        made.lines = value if seen and isinstance(value, str) and field.type is FieldType.LONG_TEXT else str(made)
        return made


def _words(field: FieldSpec, value: Value, shown: str) -> str:
    """A value within a sentence: days and hours in words, small numbers with a zero, labels with a small letter."""
    if isinstance(value, date):
        return decree_date(value)
    if field.type is FieldType.TIME and isinstance(value, str) and ":" in value:
        hour, _, minute = value.partition(":")
        return f"{hour} giờ {minute} phút"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_text(value)
    if field.type in _CODES and not shown[1:2].isupper():
        return lower_first(shown)
    return shown


class ShownRecord:
    """A record (or child row) whose fields are shown when a text asks for them."""

    def __init__(self, session: Session, fields: Sequence[FieldSpec], values: Values | Row) -> None:
        self._session: Final = session
        self._fields: Final = {field.name: field for field in fields}
        self._values: Final = values
        self._shown: Final[dict[str, object]] = {}

    def __getitem__(self, name: str) -> object:
        """A field as shown, "" when empty; KeyError when there is none."""
        if name not in self._shown:
            field = self._fields[name]
            value = self._values.get(name)
            linked = field.type is FieldType.LINK
            self._shown[name] = (
                LinkedRecord(self._session, field, value) if linked else Shown.of(self._session, field, value)
            )
        return self._shown[name]


class LinkedRecord:
    """What a link points at: its title when written, its fields one step away; empty where nothing is linked."""

    def __init__(self, session: Session, field: FieldSpec, value: Value) -> None:
        self._session: Final = session
        self._field: Final = field
        self._id: Final = value if isinstance(value, str) and session.sees(field) else ""
        self._title: Final = cell_text(session, field, value)
        self._far: ShownRecord | None = None

    def __str__(self) -> str:
        return self._title

    def __bool__(self) -> bool:
        return bool(self._title)

    def __eq__(self, other: object) -> bool:
        return self._title == (other._title if isinstance(other, LinkedRecord) else other)

    def __hash__(self) -> int:
        return hash(self._title)

    def __getitem__(self, name: str) -> object:
        if self._far is None:
            register = self._session.register(self._field.register)
            found = self._session.file.records.get(register.name, self._id) if self._id else None
            if found is not None:
                access.note(self._session, register, access.PRINT, found.id)
            values: Values = found.values if found is not None and not found.deleted else {}
            self._far = ShownRecord(self._session, register.fields, values)
        if name == "value" and name not in self._far._fields:
            return self._id or None
        if name == "words" and name not in self._far._fields:
            place = self._field.register == _PLACES
            return lower_first(self._title) if place else self._title
        return self._far[name]


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """Fills the texts of one document from the records that it is printed from."""

    session: Session
    spec: DocumentSpec
    register: RegisterSpec
    records: tuple[Record, ...]
    shared: Mapping[str, object]

    def of(self, record: Record) -> dict[str, str]:
        """Every text, filled from one record."""
        return self._filled({**self.shared, **_record_names(self.session, self.register, record)})

    def of_selection(self) -> dict[str, str]:
        """Every text, filled from all records together."""
        ids = [record.id for record in self.records]
        names = {**self.shared, "related": _related(self.session, ids)}
        if self.register.name == ASSESSMENTS:
            names["standings"] = _standings(self.session, self.records)
        return self._filled(names)

    def _filled(self, names: Mapping[str, object]) -> dict[str, str]:
        from jinja2 import TemplateError

        filled: dict[str, str] = {}
        for place, text in self.spec.texts.items():
            try:
                filled[place] = fill(text, names)
            except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
                raise UserError("TD-PRINT-023", title=self.spec.title, place=place, reason=error) from error
        return filled


def paper_texts(session: Session, spec: DocumentSpec, records: Sequence[Record]) -> PaperTexts:
    """The texts of a document over these records."""
    register = session.register(spec.register)
    lists.prefetch_links(session, register.fields, records)
    shown = [ShownRecord(session, register.fields, record.values) for record in records]
    count = len(records)

    def total(name: str) -> str:
        field = register.field(name)
        return number_text(column_total([record.values.get(name) for record in records])) if session.sees(field) else ""

    shared = {
        "office": office_names(session),
        "records": shown,
        "count": count,
        "count_text": decree_number(count) if count else "0",
        "today": decree_date(session.today),
        "year": str(session.today.year),
        "total": total,
    }
    return PaperTexts(session, spec, register, tuple(records), shared)


def _standings(session: Session, records: Sequence[Record]) -> list[dict[str, object]]:
    """The selected sheets ranked set by set, as texts: ``formdef.document_texts.STANDING_NAMES``."""
    bands = session.definitions.catalogs["assessment_band"].items
    labels = {item.code: item.label for item in bands}

    def line(one: RankLine) -> dict[str, object]:
        band = labels.get(one.band, "")
        shown = {"place": str(one.place), "tied": "đồng hạng" if one.tied else "", "name": one.subject.name}
        return {**shown, "total": number_text(one.total), "band": lower_first(band)}

    return [
        {
            "title": standing.title,
            "year": str(standing.year),
            "lines": [line(one) for one in standing.lines],
            "unplaced": ", ".join(standing.unplaced),
        }
        for standing in standings(session, records)
    ]


def column_total(values: Sequence[object]) -> int | Decimal:
    """The sum of the numbers among values."""
    total: int | Decimal = 0
    for value in values:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            total += value
    return total


def total_text(values: Sequence[object]) -> str:
    """The sum as the foot of a table shows it."""
    return format_number(column_total(values))


def _record_names(session: Session, register: RegisterSpec, record: Record) -> dict[str, object]:
    def rows(name: str) -> list[ShownRecord]:
        field = register.field(name)
        values = record.values.get(name) if session.sees(field) else None
        return [ShownRecord(session, field.fields, row) for row in rows_of(values)]

    return {
        "record": ShownRecord(session, register.fields, record.values),
        "rows": rows,
        "related": _related(session, [record.id]),
    }


def _related(session: Session, ids: Sequence[str]) -> object:
    def related(register: str, link: str) -> list[ShownRecord]:
        spec = session.register(register)
        return [ShownRecord(session, spec.fields, found.values) for found in linked_records(session, spec, link, ids)]

    return related
