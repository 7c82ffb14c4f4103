"""The change log: one row per write, bound to the row before."""

from __future__ import annotations

import pytest

from tests.unit.store.made_up import NOW, event
from thidua_desktop.store.connection import DatabaseError
from thidua_desktop.store.open_file import OfficeFile

WHO = {"actor": "dao", "now": NOW}


def write_some(office: OfficeFile) -> str:
    """Three changes of one record."""
    saved = office.records.save("event", event(NOW.date(), present=5), **WHO)
    office.records.save("event", event(NOW.date(), present=6), id=saved.id, reason="đếm lại", **WHO)
    office.records.delete("event", saved.id, **WHO)
    return saved.id


def tamper(office: OfficeFile, sql: str) -> None:
    """Write into the log behind the program's back."""
    connection = office._database.connection
    connection.execute("DROP TRIGGER change__fixed")
    connection.execute("DROP TRIGGER change__kept")
    connection.execute(sql)


def test_history_tells_who_changed_what_and_why(office: OfficeFile) -> None:
    record_id = write_some(office)
    made, changed, gone = office.changes.history("event", record_id)
    assert [made.operation, changed.operation, gone.operation] == ["create", "update", "delete"]
    assert made.fields == {"held_on": (None, "2026-11-09"), "present": (None, 5), "title": (None, "Ra quân tuần tra")}
    assert (changed.fields, changed.reason) == ({"present": (5, 6)}, "đếm lại")
    assert (changed.seq, changed.revision, changed.actor, changed.at) == (2, 2, "dao", NOW)
    assert (changed.installation, changed.office) == (office.installation_id, "26734")


def test_the_head_and_what_came_since(office: OfficeFile) -> None:
    assert office.changes.head() == (0, "0" * 64)
    write_some(office)
    assert office.changes.head()[0] == 3
    assert [change.seq for change in office.changes.since(1)] == [2, 3]
    assert office.changes.head()[1] == list(office.changes.since(0))[-1].hash


def test_a_sound_chain(office: OfficeFile) -> None:
    write_some(office)
    assert office.changes.verify_chain() is None


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE change SET actor = 'an' WHERE seq = 2", 2),
        ("UPDATE change SET fields = replace(fields, '6', '7') WHERE seq = 2", 2),
        ("UPDATE change SET hash = zeroblob(32) WHERE seq = 1", 1),
        ("DELETE FROM change WHERE seq = 2", 2),
        ("UPDATE change SET undoes = 1 WHERE seq = 3", 3),
    ],
)
def test_a_changed_log_is_found(office: OfficeFile, sql: str, broken: int) -> None:
    write_some(office)
    tamper(office, sql)
    assert office.changes.verify_chain() == broken
    assert any(finding.startswith("TD-STORE-032") for finding in office.check())


@pytest.mark.parametrize("sql", ["UPDATE change SET actor = 'an'", "DELETE FROM change"])
def test_the_file_itself_refuses_changes_of_the_log(office: OfficeFile, sql: str) -> None:
    write_some(office)
    with pytest.raises(DatabaseError, match="the change log is kept"):
        office._database.connection.execute(sql)
