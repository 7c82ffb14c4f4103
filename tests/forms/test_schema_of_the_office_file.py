"""The first office file's tables, written literally in a migration, are those that the definitions ask for."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.forms.every_definition import DEFINITIONS, REGISTERS, name_of
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.formdef.schema import columns, schema_text
from thidua_desktop.store.migrations.m0001_registers import REGISTERS as STORED
from thidua_desktop.store.migrations.m0001_registers import STATEMENTS

_LENGTHS = re.compile(r"\(\d+\)")


def stored_columns() -> dict[str, dict[str, str]]:
    """The type of each column of each table that the migration makes."""
    database = sqlite3.connect(":memory:")
    for statement in STATEMENTS:
        database.execute(statement)
    found = {}
    for register in STORED:
        rows = database.execute(f"PRAGMA table_info({register})").fetchall()
        found[register] = {name: _LENGTHS.sub("", kind) for _, name, kind, *_ in rows}
    database.close()
    return found


@pytest.mark.parametrize("register", REGISTERS, ids=name_of)
def test_every_field_has_its_column(register: RegisterSpec) -> None:
    stored = stored_columns()[register.name]
    for column in columns(register):
        assert stored.get(column.name) == column.sql_type, column.name


def test_no_register_is_forgotten() -> None:
    assert set(STORED) == set(DEFINITIONS.registers)
    assert len(schema_text(DEFINITIONS).splitlines()) == sum(len(register.fields) for register in REGISTERS)
