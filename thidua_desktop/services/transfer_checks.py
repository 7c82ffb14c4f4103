"""What is wrong with the lines of an import: the checks of a record, made column by column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules import compute, known_computations, known_rules, run_rule
from thidua_desktop.formdef.model import Computation, FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import check_field, each_once, normalise_value
from thidua_desktop.services import records
from thidua_desktop.services.periods import closing_of
from thidua_desktop.services.session import Session
from thidua_desktop.services.sound_rows import SoundRows
from thidua_desktop.services.transfer_table import Answers, ValueTable
from thidua_desktop.text import format_date

_WRONG_TYPE = "TD-DATA-125"
_AS_THEY_ARE = frozenset((FieldType.INTEGER, FieldType.DATE, FieldType.BOOLEAN))
Found = dict[int, list[Problem]]
"""Place of a line -> what was found about it, in the order of the form."""


class TableChecks:
    """Checks the lines of one import as ``records.check`` checks a record: fields, rules, links, closed periods.

    Other records are looked up once each; nothing of the office may change meanwhile.
    """

    def __init__(self, session: Session, spec: RegisterSpec, brought: frozenset[str]) -> None:
        """``brought``: the fields that the table has columns for; other ones take their defaults."""
        self._session, self._spec, self._brought = session, spec, brought
        self.found: Found = {}
        plain = records.rule_context(session, spec)
        known: dict[tuple[str, str], Mapping[str, object] | None] = {}

        def lookup(register: str, record_id: str) -> Mapping[str, object] | None:
            key = (register, record_id)
            if key not in known:
                known[key] = plain.lookup(register, record_id)
            return known[key]

        self._context = replace(plain, lookup=lookup)

    def steps(self, table: ValueTable) -> Iterator[None]:
        """Fills in computed fields of what is tidied and has its defaults, then finds what is wrong: ``found`` at the
        end. Between the steps the work can be stopped.
        """
        found = self.found
        self._computed(table)
        yield
        for field in self._spec.living_fields:
            self._field(table, field, found)
        yield
        untyped = {place for place, problems in found.items() if any(one.code == _WRONG_TYPE for one in problems)}
        for check in self._spec.checks:
            self._rule(table, check.rule, check.args, untyped, found)
            yield
        self._links(table, found)
        self._closed(table, found)
        for place, problems in found.items():
            found[place] = each_once(problems)
        yield

    def defaults(self, table: ValueTable, recorded: Collection[int] = ()) -> None:
        """Gives lines the defaults of what the table has no column for; those at ``recorded`` places mean records that
        are here, and stay as they are.
        """
        for field in self._spec.living_fields:
            if field.default is not None and field.name not in self._brought:
                column = table.columns.get(field.name)
                given = column or [None] * table.size
                table.columns[field.name] = [
                    field.default if value is None and place not in recorded else value
                    for place, value in enumerate(given)
                ]

    def tidy(self, table: ValueTable) -> None:
        """Makes of what was read what is stored; what is recorded already is so, and need not be there yet."""
        known = {field.name: field for field in self._spec.fields}
        for name in list(table.columns):
            if name not in known:
                del table.columns[name]
            elif known[name].type not in _AS_THEY_ARE:
                table.columns[name] = table.each(name, _tidier(known[name])).of_lines()

    def _computed(self, table: ValueTable) -> None:
        for one in self._spec.computed:
            asked = known_computations()[one.function].field_args(one.args)
            act = partial(self._value_of, one)
            given = table.ask(act, asked).of_lines()
            table.columns.pop(one.field, None)
            if any(value is not None for value in given):
                table.columns[one.field] = given

    def _value_of(self, one: Computation, values: Mapping[str, object]) -> Value:
        return cast(Value, compute(one.function, values, one.args, self._context))

    def _field(self, table: ValueTable, field: FieldSpec, found: Found) -> None:
        if field.name in table.columns or field.required:
            definitions = self._session.definitions
            of_rows = SoundRows(definitions, field).problems if field.type is FieldType.ROWS else None
            _add(found, table.each(field.name, of_rows or partial(check_field, definitions, field)))

    def _rule(self, table: ValueTable, rule: str, args: tuple[str, ...], untyped: set[int], found: Found) -> None:
        """A rule of the form; not of lines with a value of a foreign type, which a rule may not be asked about."""
        signature = known_rules()[rule]
        parts = [(one,) for one in args] if signature.each else [args]
        for part in parts:
            act = partial(self._broken_rule, rule, part)
            if not untyped:
                _add(found, table.ask(act, _columns_named(signature.field_args(part))))
                continue
            for place in range(table.size):
                if place not in untyped and (problems := act(table.row(place))):
                    found.setdefault(place, []).extend(problems)

    def _broken_rule(self, rule: str, args: tuple[str, ...], values: Mapping[str, object]) -> list[Problem]:
        return run_rule(rule, values, args, self._context)

    def _links(self, table: ValueTable, found: Found) -> None:
        for field in self._spec.living_fields:
            if field.type is FieldType.LINK and field.name in table.columns:
                _add(found, table.each(field.name, self._linked(field)))

    def _linked(self, field: FieldSpec) -> Callable[[Value], list[Problem]]:
        def act(value: Value) -> list[Problem]:
            missing = isinstance(value, str) and self._context.lookup(field.register, value) is None
            return [finding("TD-DATA-203", field.name, label=field.label)] if missing else []

        return act

    def _closed(self, table: ValueTable, found: Found) -> None:
        name = self._spec.date_field
        if name in table.columns:
            _add(found, table.each(name, self._in_closed_period))

    def _in_closed_period(self, day: Value) -> list[Problem]:
        lock = closing_of(self._session, day) if isinstance(day, date) else None
        if lock is None or not isinstance(day, date):
            return []
        told = {"day": format_date(day), "period": records.period_name(self._session, lock.code)}
        return [finding(records.CLOSED_PERIOD, self._spec.date_field, Severity.WARNING, **told)]


def value_table(spec: RegisterSpec, size: int, columns: Mapping[str, list[Value]]) -> ValueTable:
    """The table of a register's lines."""
    return ValueTable(size, dict(columns), frozenset(f.name for f in spec.fields if f.type is FieldType.ROWS))


def table_of_rows(spec: RegisterSpec, rows: list[Values]) -> ValueTable:
    """The table of lines that are there one by one."""
    names = dict.fromkeys(name for row in rows for name in row)
    return value_table(spec, len(rows), {name: [row.get(name) for row in rows] for name in names})


def _tidier(field: FieldSpec) -> Callable[[Value], Value]:
    return lambda value: None if value is None else normalise_value(field, value)


def _columns_named(args: Iterable[str]) -> Iterable[str]:
    return (arg.partition(".")[0] for arg in args)


def _add(found: Found, answers: Answers[list[Problem]]) -> None:
    for place, problems in answers.telling():
        found.setdefault(place, []).extend(problems)
