"""All migrations together give the schema that the definitions ask for; older files are copied, then upgraded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.store.made_up import FORMS, NOW, PASSWORD, event, make_office
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.formdef.schema import columns
from thidua_desktop.store import migrations, register_table
from thidua_desktop.store.connection import DatabaseError, connect, sqlite_utils_over
from thidua_desktop.store.migrations import Step
from thidua_desktop.store.office_file import open_office
from thidua_desktop.store.schema_change import transform_keeping_triggers, triggers_of

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

KEY = bytes(32)


@pytest.fixture
def empty(tmp_path: Path) -> Connection:
    """A database after all migrations."""
    connection = connect(tmp_path / "rong.thidua", KEY)
    migrations.migrate(connection)
    return connection


def missing_migration(connection: Connection, spec: RegisterSpec) -> list[str]:
    """What a migration has to say so that the file fits the definition; nothing when it does."""
    present = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({spec.name})")}
    if not present:
        return [f"{statement};" for statement in register_table.creation_statements(spec)]
    wanted = dict(register_table.column_definitions(spec))
    asked = {column.name: column.sql_type or "TEXT" for column in columns(spec)}
    assert set(asked) <= set(wanted)
    absent = {name: kind for name, kind in wanted.items() if name not in present}
    steps = [f"ALTER TABLE {spec.name} ADD COLUMN {name} {kind};" for name, kind in absent.items()]
    for name, kind in asked.items():
        if name in present and present[name].split("(")[0] != kind:
            steps.append(f"-- {name} is {present[name]}, asked for as {kind}")
    steps += [f"-- {name}: no definition asks for it" for name in present if name not in wanted]
    indexes = {row[1]: indexed(connection, row[1]) for row in connection.execute(f"PRAGMA index_list({spec.name})")}
    for ending, names in register_table.indexes(spec).items():
        name = f"{spec.name}__{ending}"
        if indexes.get(name) != list(names):
            steps.append(f"DROP INDEX IF EXISTS {name}; CREATE INDEX {name} ON {spec.name} ({', '.join(names)}) …;")
    return steps


def indexed(connection: Connection, index: str) -> list[str]:
    """The columns of an index."""
    return [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]


@pytest.mark.parametrize("register", sorted(load_definitions().registers))
def test_the_migrations_give_what_the_definitions_ask_for(empty: Connection, register: str) -> None:
    missing = missing_migration(empty, load_definitions().registers[register])
    assert not missing, "a migration is missing:\n" + "\n".join(missing)


def test_a_new_field_prints_its_migration(empty: Connection) -> None:
    spec = load_definitions().registers["household"]
    empty.execute("ALTER TABLE household RENAME COLUMN phone TO telephone")
    assert missing_migration(empty, spec)[:2] == [
        "ALTER TABLE household ADD COLUMN phone TEXT;", "-- telephone: no definition asks for it"
    ]  # fmt: skip


def test_every_register_has_a_place_in_the_search_index(empty: Connection) -> None:
    numbers = dict(empty.execute("SELECT register, number FROM register_number").fetchall())
    assert set(load_definitions().registers) <= set(numbers)
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_the_version_stands_in_the_header(empty: Connection) -> None:
    assert empty.execute("PRAGMA application_id").fetchone()[0] == 0x54484456
    assert empty.execute("PRAGMA user_version").fetchone()[0] == 1 << 16 | len(migrations.STEPS)
    assert migrations.pending_steps(empty) == []


def test_a_step_that_fails_leaves_nothing(empty: Connection) -> None:
    def half(database: Database) -> None:
        database.execute("CREATE TABLE half (x)")
        raise RuntimeError

    steps = (*migrations.STEPS, Step("m9999_half", half))
    with pytest.raises(RuntimeError):
        migrations.migrate(empty, steps)
    assert empty.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone() is None
    assert [step.name for step in migrations.pending_steps(empty, steps)] == ["m9999_half"]


def test_an_older_file_is_copied_and_then_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = make_office(tmp_path / "xa.thidua").file
    file.records.save("event", event(NOW.date()), actor="dao", now=NOW)
    file.close()
    later = Step("m9998_later", lambda database: transform_keeping_triggers(database, "draft", rename={"at": "when"}))
    steps = (*migrations.STEPS, later)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", steps)
        for name in ("pending_steps", "migrate", "refuse_newer", "version_of"):
            patch.setattr(getattr(migrations, name), "__defaults__", (steps,))
        with open_office(file.path, FORMS, PASSWORD) as upgraded:
            assert upgraded.records.count("event") == 1
    copy = tmp_path / f"xa.before-upgrade-1.{len(migrations.STEPS)}.thidua"
    with open_office(copy, FORMS, PASSWORD) as older:
        assert older.records.count("event") == 1 and older.drafts.all() == []


def test_rebuilding_a_table_keeps_its_triggers(empty: Connection) -> None:
    database = sqlite_utils_over(empty)
    before = triggers_of(database, "change")
    assert len(before) == 2
    transform_keeping_triggers(database, "change", rename={"reason": "why"})
    assert triggers_of(database, "change") == before
    assert "why" in {column.name for column in database.table("change").columns}
    empty.execute("INSERT INTO change VALUES (1,'e','x',1,'create','','a','i','o','{}','',1,NULL,x'00')")
    with pytest.raises(DatabaseError, match="kept"):
        empty.execute("DELETE FROM change")


def test_a_trigger_that_can_no_longer_stand_stops_the_change(empty: Connection) -> None:
    empty.execute("CREATE TRIGGER counted AFTER INSERT ON draft BEGIN SELECT new.owner; END")
    database = sqlite_utils_over(empty)
    empty.execute("INSERT INTO draft VALUES ('event', '', 'dao', '{}', '')")
    transform_keeping_triggers(database, "draft", rename={"fields": "plain"})
    assert set(triggers_of(database, "draft")) == {"counted"}


def test_sqlite_utils_catches_this_drivers_errors(empty: Connection) -> None:
    table = sqlite_utils_over(empty).table("setting")
    table.insert({"name": "a", "value": "1", "added": 2}, alter=True)
    assert "added" in {column.name for column in table.columns}
