"""The access log is a chain: edits, gaps and a cut end are found; older files begin theirs with what they have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store.made_up import NOW, make_office
from thidua_desktop.store import migrations
from thidua_desktop.store.connection import connect
from thidua_desktop.store.open_file import OfficeFile


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeFile]:
    """An office with five accesses."""
    file = make_office(tmp_path / "xa.thidua").file
    for number in range(5):
        file.accesses.add("print", "event", f"r{number}", 1, login="dao", actor="Đào", now=NOW, always=True)
    yield file
    file.close()


def outside(office: OfficeFile, *statements: str) -> None:
    """What somebody does who has the key and SQL."""
    for statement in ("DROP TRIGGER access__kept", "DROP TRIGGER access__fixed", *statements):
        office._database.run(statement)


def test_a_sound_log_has_no_finding(office: OfficeFile) -> None:
    assert office.accesses.verify_chain() is None and office.check() == []


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE access SET actor = 'Ai khác' WHERE seq = 3", 3),
        ("DELETE FROM access WHERE seq = 2", 2),
        ("DELETE FROM access WHERE seq >= 4", 4),
        ("DELETE FROM access", 1),
        ("INSERT INTO access SELECT 6, at, login, actor, installation, what, register, record_id, records, hash "
         "FROM access WHERE seq = 5", 6),
    ],
)  # fmt: skip
def test_what_was_changed_from_outside_is_found(office: OfficeFile, statement: str, seq: int) -> None:
    outside(office, statement)
    assert office.accesses.verify_chain() == seq
    assert [finding[:12] for finding in office.check()] == ["TD-STORE-331"]


def test_every_access_changes_the_head_that_packages_carry(office: OfficeFile) -> None:
    before, changes = office.audit_head(), office.changes.head()
    office.accesses.add("open", "event", "r1", 1, login="dao", actor="Đào", now=NOW, always=True)
    assert office.audit_head() != before and office.changes.head() == changes
    assert len(before) == 64 and int(before, 16)


def test_an_older_log_becomes_the_beginning_of_the_chain(tmp_path: Path) -> None:
    connection = connect(tmp_path / "cu.thidua", bytes(32))
    names = [step.name for step in migrations.STEPS]
    place = names.index("m0019_access_chain")
    migrations.migrate(connection, migrations.STEPS[:place])
    for seq in (1, 2):
        connection.execute(
            "INSERT INTO access VALUES (?, '2026-11-01T08:00:00+07:00', 'dao', 'Đào', 'i', 'open', 'event', 'r', 1)",
            (seq,),
        )
    migrations.migrate(connection)
    rows = connection.execute("SELECT seq, hash FROM access ORDER BY seq").fetchall()
    assert [row[0] for row in rows] == [1, 2] and all(len(row[1]) == 32 for row in rows)
    assert connection.execute("SELECT seq, hash FROM access_head").fetchone() == rows[-1]
