"""Numbers that run on within a book or list (``runs_in``): the next is proposed, the same one twice is warned of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import Condition, FieldSpec, FieldType, RegisterSpec, Scalar, Value, Values
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.services.transfer_table import ValueTable
from thidua_desktop.store.queries import ListQuery, Record, SortKey

PAPERS = "issued_document"
_LAST_NUMBER = re.compile(r"(?<!\S)(\d+[^\W\d_]?)$")
"""A number, perhaps with a letter, that a name ends with: "Tổ 1", "Tổ tự quản số 2A"."""


def next_number(session: Session, spec: RegisterSpec, field: FieldSpec, values: Values) -> Scalar:
    """One more than the highest number of the book that ``values`` belong to; of events, of the record's year, or of
    the last year that has any, so that a book that starts at 1 each year is followed too.

    Cases without a number are counted as if they had one. None while the book is not known, and where what stands in
    a list has no numbers: this office does not number it.
    """
    if session.is_province or not session.opens(spec.name) or not values.get(field.runs_in[0]):
        return None
    if spec.name == PAPERS:
        return _next_paper(session, values)
    query = _book(session, spec, field, values)
    highest = _highest(session, field, query)
    if highest is None and spec.date_field:
        query = query._replace(start=None, end=None, sort=(SortKey(spec.date_field, descending=True),))
        newest = session.file.records.ids(query)[:1]
        for record in session.file.records.window(spec.name, newest):
            highest = _highest(session, field, _book(session, spec, field, record.values))
    if highest is None:
        unnumbered = len(session.file.records.ids(query))
        if unnumbered and not spec.date_field:
            return None
        highest = unnumbered
    return _typed(field, highest + 1)


def numbered_by_names(spec: RegisterSpec) -> tuple[FieldSpec, ...]:
    """The numbers that a table need not have: required ones in words ("5", "2A") of things that have names."""
    text = FieldType.TEXT
    named = any(spec.field(name).type is text for name in spec.title_fields)
    return tuple(field for field in spec.running_fields if field.required and field.type is text and named)


def number_lines(session: Session, spec: RegisterSpec, table: ValueTable) -> None:
    """Gives the lines of a table without a number the one that their name ends with, or else the next of their book."""
    names = [name for name in spec.title_fields if spec.field(name).type is FieldType.TEXT]
    for field in numbered_by_names(spec):
        numbers = [cast(str | None, value) for value in table.columns.get(field.name, [None] * table.size)]
        taken: dict[tuple[Value, ...], set[str]] = defaultdict(set)
        lines = list(table.rows(range(table.size)))
        for place, values in enumerate(lines):
            numbers[place] = numbers[place] or _ending(values, names)
            taken[_key(field, values)].add(numbers[place] or "")
        following: dict[ListQuery, Scalar] = {}
        for place, values in enumerate(lines):
            if numbers[place]:
                continue
            book = _book(session, spec, field, values)
            if book not in following:  # nothing is written meanwhile, so the book is asked once
                following[book] = next_number(session, spec, field, values)
            numbers[place] = following[book] = _free(following[book], taken[_key(field, values)])
        table.columns[field.name] = list(numbers)


def _ending(values: Values, names: Sequence[str]) -> str | None:
    found = [_LAST_NUMBER.search(str(values[name])) for name in names if name in values]
    return next((one[1] for one in found if one), None)


def _key(field: FieldSpec, values: Values) -> tuple[Value, ...]:
    return tuple(map(values.get, field.runs_in))


def _free(following: Scalar, taken: set[str]) -> str | None:
    """The next number from that of the book on which no line of the table has; it is taken from now on."""
    if following is None:
        return None
    number = next(str(one) for one in count(int(str(following))) if str(one) not in taken)
    taken.add(number)
    return number


def _next_paper(session: Session, values: Values) -> int | None:
    """Of issued papers a deleted number stays used, and so do those of the paper book."""
    from thidua_desktop.services import paper_numbers

    day = values.get("issued_on")
    return paper_numbers.next_number(session, str(values["series"]), day.year) if isinstance(day, date) else None


def number_problems(session: Session, spec: RegisterSpec, values: Values, record_id: str | None) -> list[Problem]:
    """A warning where the book has this number already: two people at two desks may take the same one."""
    found = []
    for field in spec.running_fields if spec.name != PAPERS else ():  # a paper's number twice is no matter of reasons
        record = holder(session, spec, field, values, record_id)
        if record is not None:
            told = {"number": str(values[field.name]), "title": title_with_links(session, spec, record.values)}
            following = next_number(session, spec, field, values)
            found.append(finding("TD-DATA-605", field.name, Severity.WARNING, **told, next=str(following or "")))
    return found


def holder(
    session: Session, spec: RegisterSpec, field: FieldSpec, values: Values, record_id: str | None
) -> Record | None:
    """Another record of the same book that has the number of ``values`` already."""
    number = values.get(field.name)
    if number in (None, "") or not values.get(field.runs_in[0]) or not session.opens(spec.name):
        return None
    query = _book(session, spec, field, values, Condition(field.name, (str(number),)))
    found = session.file.records.window(spec.name, session.file.records.ids(query)[:2])
    return next((one for one in found if one.id != record_id and one.values.get(field.name) == number), None)


def _book(session: Session, spec: RegisterSpec, field: FieldSpec, values: Values, *further: Condition) -> ListQuery:
    """The records that are numbered together with ``values``: of the same book, of events those of the same year; of
    what stands those that stand today."""
    conditions = [Condition(name, (str(values.get(name) or ""),)) for name in field.runs_in]
    day = values.get(spec.date_field) if spec.date_field else None
    year = day.year if isinstance(day, date) else None
    return ListQuery(
        spec.name,
        start=date(year, 1, 1) if year else None,
        end=date(year, 12, 31) if year else None,
        conditions=(*conditions, *further),
        office=session.file.identity.code,
        valid_on=session.today if spec.valid_to else None,
    )


def _highest(session: Session, field: FieldSpec, query: ListQuery) -> int | None:
    return max(_numbers(session, field, query), default=None)


def _numbers(session: Session, field: FieldSpec, query: ListQuery) -> Iterator[int]:
    """All numbers of a book; of whole numbers the highest is enough, of words ("2A") those that are digits."""
    if field.type is FieldType.INTEGER:
        keys = session.file.records.ids(query._replace(sort=(SortKey(field.name, descending=True),)))[:1]
        records = iter(session.file.records.window(query.register, keys))
    else:
        records = session.file.records.every(query)
    for record in records:
        number = record.values.get(field.name)
        if isinstance(number, int):
            yield number
        elif isinstance(number, str) and number.isdecimal():
            yield int(number)


def _typed(field: FieldSpec, number: int) -> Scalar:
    if field.type is FieldType.INTEGER:
        return None if field.maximum is not None and number > field.maximum else number
    return str(number)
