"""Every register with child rows: saved as Excel, taken into an empty office, and the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.test_every_register import DEFINITIONS, NOW, record_of
from tests.unit.services.handoff.two_offices import make_office
from thidua_desktop.domain.problems import Severity
from thidua_desktop.formdef.model import FieldSpec, FieldType, Row, Values
from thidua_desktop.services import records, transfer
from thidua_desktop.services.child_tables import child_tables
from thidua_desktop.services.demo.build import linked_first
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.queries import ListQuery

NOT_BY_TABLE = {"attachment"}  # a line of a file, which no table can hold
SET_ROWS = {"assessment"}  # its rows are the criteria of its set
LINKED = {
    field.register for spec in DEFINITIONS.registers.values() for one in spec.fields for field in (one, *one.fields)
}
NESTED = sorted(name for name, spec in DEFINITIONS.registers.items() if child_tables(spec))


@dataclass(frozen=True, slots=True)
class Both:
    """The office that was written, an office that took in its workbooks, and what was told of each."""

    first: Session
    second: Session
    plans: dict[str, transfer.ImportPlan]
    folder: Path


def another(field: FieldSpec, row: Row, number: int) -> Row:
    """A row that says something else, in every cell whose type has room for it."""
    changed: dict[str, Any] = dict(row)
    for child in field.fields:
        value = row.get(child.name)
        if child.type in {FieldType.TEXT, FieldType.LONG_TEXT} and isinstance(value, str):
            changed[child.name] = f"{value} {number}" if len(value) + 2 <= (child.max_length or 300) else value
        elif child.type is FieldType.NAME:
            changed[child.name] = ("Mai Văn Sửu", "Y Bhăm Niê", "H'Hen Ayŭn")[number % 3]
        elif isinstance(value, date):
            months = child.name == "month"  # counted from the month in which somebody came on
            changed[child.name] = value + timedelta(days=31 * number) if months else value - timedelta(days=number)
    return changed


def may_repeat(field: FieldSpec) -> bool:
    """Whether a row says more than which record it points at: two that point at one are refused."""
    return any(child.type is not FieldType.LINK and child.required for child in field.fields)


def with_more_rows(name: str, values: Values, count: int) -> Values:
    """The same with so many child rows of each kind, where they can say more than what they point at."""
    more: dict[str, Any] = dict(values)
    for table in child_tables(DEFINITIONS.registers[name]):
        rows: Any = more.pop(table.field.name, None) or ()
        most = range(count if may_repeat(table.field) else min(count, 1))
        if rows and most:
            more[table.field.name] = tuple(another(table.field, rows[0], number) for number in most)
    return more


def fill(session: Session) -> None:
    """Of each register a record with three child rows of a kind; where no link would have to choose between them and no
    rule forbids a second one, also one with two that is called the same, and one without any.
    """
    ids: dict[str, str] = {}
    for name in linked_first(DEFINITIONS):
        values = record_of(session, name, ids)
        wanted = [values]
        if name in NESTED and name not in SET_ROWS:
            wanted = [with_more_rows(name, values, 3)]
            wanted += [with_more_rows(name, values, 2), with_more_rows(name, values, 0)] * (name not in LINKED)
        for one in wanted:
            saved = records.save(session, name, one, reasons={"*": "thử"})
            if isinstance(saved, records.Refused) and name not in ids:  # a rule of the record counts its rows
                saved = records.save(session, name, values, reasons={"*": "thử"})
                assert isinstance(saved, records.Saved), (name, saved)
            if isinstance(saved, records.Saved):
                ids.setdefault(name, saved.record.id)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("both")
    first, second = (make_office(folder / f"{name}.thidua", "24412", now=NOW) for name in ("một", "hai"))
    for session in (first, second):
        for area in list(session.file.records.every(ListQuery("residential_area"))):
            session.file.records.delete("residential_area", area.id, actor="A", now=NOW)
    fill(first)
    plans = {}
    for name in linked_first(DEFINITIONS):
        if name in NOT_BY_TABLE:
            continue
        path = folder / f"{name}.xlsx"
        transfer.export_records(first, ListQuery(name), path)
        plans[name] = transfer.preview_import(second, name, path)
        if plans[name].rows:
            transfer.apply_import(second, plans[name])
    yield Both(first, second, plans, folder)
    first.close()
    second.close()


def records_of(session: Session, name: str) -> list[Any]:
    """Every record of a register."""
    return list(session.file.records.every(ListQuery(name)))


def content(session: Session, name: str) -> list[str]:
    """Every record of a register, links by what they are called."""
    spec = session.register(name)

    def told(fields: tuple[FieldSpec, ...], values: Any) -> dict[str, object]:
        shown: dict[str, object] = {}
        for field in fields:
            value = values.get(field.name)
            if field.type is FieldType.ROWS and value:
                shown[field.name] = [told(field.fields, row) for row in value]
            elif field.type is FieldType.LINK and value:
                found = session.file.records.get(field.register, value)
                assert found is not None, (name, field.name)
                shown[field.name] = title_with_links(session, session.register(field.register), found.values)
            elif value is not None:
                shown[field.name] = value
        return shown

    return sorted(repr(told(spec.fields, one.values)) for one in records_of(session, name))


@pytest.mark.parametrize("name", NESTED)
def test_all_child_rows_come_into_an_empty_office(both: Both, name: str) -> None:
    plan = both.plans[name]
    errors = [problem.text for problem in plan.problems if problem.severity is Severity.ERROR]
    ignored = [heading for sheet in plan.sheets for heading in sheet.ignored]
    assert (errors, ignored, plan.unread, plan.lost) == ([], [], (), 0)
    assert len(plan.sheets) == len(child_tables(DEFINITIONS.registers[name]))
    assert content(both.second, name) == content(both.first, name)


def test_most_tables_were_tried_with_several_rows_and_twins(both: Both) -> None:
    sizes = {
        (name, table.field.name): [len(one.values.get(table.field.name, ())) for one in records_of(both.first, name)]
        for name in NESTED
        for table in child_tables(DEFINITIONS.registers[name])
    }
    assert {kind for kind, counts in sizes.items() if not max(counts)} == {("residential_area", "predecessors")}
    assert sum(max(counts) == 3 for counts in sizes.values()) > 30 and sum(2 in one for one in sizes.values()) > 20


@pytest.mark.parametrize("name", NESTED)
def test_taken_in_a_second_time_nothing_is_new(both: Both, name: str) -> None:
    again = transfer.preview_import(both.second, name, both.folder / f"{name}.xlsx")
    assert (len(again.rows), again.broken, again.lost) == (0, (), 0)
    assert again.unchanged == len(content(both.first, name))
