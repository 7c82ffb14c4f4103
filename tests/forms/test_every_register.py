"""Every register through everything that is derived from it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.forms.every_definition import DEFINITIONS, REGISTERS, name_of
from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.help_pages import help_page
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.formdef.print_cells import print_parts
from thidua_desktop.formdef.records import (
    check_record,
    normalise,
    plain_values,
    sample_values,
    values_from_plain,
)
from thidua_desktop.formdef.schema import columns
from thidua_desktop.formdef.travel import package_row

CONTEXT = RuleContext(today=date(2026, 11, 23))
SENSITIVE = {"identity_number", "ethnicity"}

every_register = pytest.mark.parametrize("register", REGISTERS, ids=name_of)


@every_register
def test_sample_record_can_be_saved(register: RegisterSpec) -> None:
    values = sample_values(DEFINITIONS, register)
    problems = check_record(DEFINITIONS, register, values, CONTEXT)
    assert [problem for problem in problems if problem.severity is not Severity.HINT] == []
    assert normalise(register, values) == values


@every_register
def test_empty_record_asks_for_what_is_required(register: RegisterSpec) -> None:
    problems = check_record(DEFINITIONS, register, {}, CONTEXT)
    required = {field.name for field in register.living_fields if field.required}
    assert {problem.field for problem in problems if problem.code == "TD-DATA-101"} == required != set()


@every_register
def test_record_travels_through_json(register: RegisterSpec) -> None:
    values = sample_values(DEFINITIONS, register)
    plain = json.loads(json.dumps(plain_values(register, values), ensure_ascii=False))
    assert values_from_plain(register, plain) == values


@every_register
def test_what_is_shown_can_be_typed(register: RegisterSpec) -> None:
    for field in register.living_fields:
        kind = field_type(field)
        value = kind.sample(field, DEFINITIONS.catalogs)
        shown = kind.show(field, value, DEFINITIONS.catalogs)
        assert kind.parse(field, shown, CONTEXT.today, DEFINITIONS.catalogs) == value, field.name


@every_register
def test_texts_for_people(register: RegisterSpec) -> None:
    page = help_page(DEFINITIONS, register)
    for field in register.living_fields:
        assert f"**{field.label}**" in page
        assert field.label[0].isupper()


@every_register
def test_the_form_has_a_place_for_every_field_once(register: RegisterSpec) -> None:
    placed = [name for section in register.sections for line in section.lines for name in line]
    assert sorted(placed) == sorted(field.name for field in register.living_fields)


@every_register
def test_paper_shows_the_record(register: RegisterSpec) -> None:
    parts = print_parts(DEFINITIONS, register, sample_values(DEFINITIONS, register), {})
    assert [part.title for part in parts] == [section.title for section in register.sections]
    assert "001099000123" not in str(parts)


@every_register
def test_blank_record_has_known_defaults(register: RegisterSpec) -> None:
    defaults = {field.name: field.default for field in register.living_fields if field.default is not None}
    problems = check_record(DEFINITIONS, register, defaults, CONTEXT)
    assert {problem.code for problem in problems} <= {"TD-DATA-101"}


@every_register
def test_every_field_has_a_column(register: RegisterSpec) -> None:
    assert [column.name for column in columns(register)] == [field.name for field in register.fields]


@every_register
def test_private_data_stay(register: RegisterSpec) -> None:
    row = package_row(register, plain_values(register, sample_values(DEFINITIONS, register)))
    assert not SENSITIVE & set(row)
    assert "attendance" not in row
    if register.name == "household":
        assert row == {}


def test_votes_that_do_not_add_up_are_found() -> None:
    meeting = DEFINITIONS.registers["resident_meeting"]
    agenda = ({"subject": "Góp quỹ", "matter": "clause_6", "yes": 40, "no": 5, "other": 0},)
    values = {**sample_values(DEFINITIONS, meeting), "households_present": 43, "agenda": agenda}
    problems = check_record(DEFINITIONS, meeting, values, CONTEXT)
    assert ("TD-DATA-016", "agenda[0].yes") in [(problem.code, problem.field) for problem in problems]


def test_activity_larger_than_its_area_asks_for_a_reason() -> None:
    activity = DEFINITIONS.registers["movement_activity"]
    values = {**sample_values(DEFINITIONS, activity), "residential_area": "a", "attendance_total": 5000}
    context = RuleContext(today=CONTEXT.today, lookup=lambda register, record: {"households": 364})
    problems = check_record(DEFINITIONS, activity, values, context)
    assert [(problem.code, problem.severity) for problem in problems] == [("TD-DATA-022", Severity.WARNING)]


@every_register
def test_columns_have_short_heads(register: RegisterSpec) -> None:
    heads = [register.field(name).heading for name in register.list.columns]
    assert [head for head in heads if len(head) > 20] == []
    assert len(heads) == len(set(heads))
