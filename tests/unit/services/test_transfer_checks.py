"""Checking a table column by column finds what checking its lines one by one finds, in every register."""

from __future__ import annotations

from datetime import date

from tests.unit.services.made_lines import lines_of
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.formdef.records import check_record, normalise, with_computed
from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_checks import TableChecks, table_of_rows
from thidua_desktop.services.transfer_table import ValueTable


def one_by_one(session: Session, spec: RegisterSpec, values: Values) -> tuple[Values, list[tuple[str, str, str]]]:
    """The values of one line as they are recorded, and what a form finds in them."""
    context = records.rule_context(session, spec)
    whole = {**{f.name: f.default for f in spec.living_fields if f.default is not None}, **values}
    tidy = with_computed(spec, normalise(spec, whole), context)
    found = check_record(session.definitions, spec, tidy, context)
    found += records._link_problems(session, spec, tidy)
    return tidy, [(one.code, one.field, one.text) for one in found]


def test_columns_are_checked_as_lines_are(session: Session) -> None:
    for spec in session.definitions.registers.values():
        lines = lines_of(session, spec)
        table, checks = table_of_rows(spec, lines), TableChecks(session, spec, frozenset())
        checks.defaults(table)
        checks.tidy(table)
        for _ in checks.steps(table):
            pass
        for place, values in enumerate(lines):
            tidy, expected = one_by_one(session, spec, values)
            found = [(one.code, one.field, one.text) for one in checks.found.get(place, [])]
            assert (spec.name, values, table.row(place)) == (spec.name, values, dict(tidy))
            assert (spec.name, values, sorted(found)) == (spec.name, values, sorted(expected))


def test_a_day_far_ahead_is_one_fault_of_one_sentence(session: Session) -> None:
    """It is after today, and more than a year ahead as well: the second says nothing more."""
    spec = session.register("movement_activity")
    values: Values = {"held_on": date(2027, 12, 31)}
    table, checks = table_of_rows(spec, [values]), TableChecks(session, spec, frozenset())
    checks.tidy(table)
    for _ in checks.steps(table):
        pass
    form = check_record(session.definitions, spec, values, records.rule_context(session, spec))
    for found in (form, checks.found[0]):
        assert [one.code for one in found if one.field == "held_on"] == ["TD-DATA-005"]


def test_what_looks_at_one_value_is_asked_once_for_it_and_what_looks_at_more_for_each_pair() -> None:
    table = ValueTable(4, {"a": [1, 1, 2, 2], "b": [5, 6, 5, 5], "c": [1, 2, 3, 4]})
    asked: list[object] = []

    def act(values: Values) -> str:
        asked.append(values["a"])
        return str(values.get("b")) if values["a"] == 2 else "không"

    assert table.ask(act).of_lines() == ["không", "không", "5", "5"]
    assert len(asked) <= 2 + 3
    assert table.ask(lambda values: len(values) + ("d" in values)).of_lines() == [3] * 4
    assert [place for place, _ in table.each("b", lambda value: value == 6).telling()] == [1]
