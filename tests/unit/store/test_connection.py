"""What every connection to an office file promises."""

from __future__ import annotations

import pytest

from tests.unit.store.made_up import NOW, event
from thidua_desktop.errors import UserError
from thidua_desktop.store.connection import cipher_version, connect
from thidua_desktop.store.open_file import OfficeFile


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 2),  # FULL: a committed record survives a power cut
        ("journal_mode", "wal"),
        ("secure_delete", 1),
        ("temp_store", 2),  # memory: nothing in clear on the disk
        ("cipher_page_size", "4096"),
    ],
)
def test_how_a_connection_is_set(office: OfficeFile, pragma: str, value: object) -> None:
    assert office._database.one(f"PRAGMA {pragma}")[0] == value


def test_the_driver_encrypts() -> None:
    assert cipher_version().startswith("4.")


def test_a_file_held_by_another_program(office: OfficeFile) -> None:
    other = connect(office.path, office._access.key)
    other.execute("BEGIN IMMEDIATE")
    office._database.run("PRAGMA busy_timeout = 20")
    with pytest.raises(UserError, match="TD-ENV-005"):
        office.records.save("event", event(NOW.date()), actor="dao", now=NOW)
    other.execute("ROLLBACK")
    other.close()
    assert office.records.save("event", event(NOW.date()), actor="dao", now=NOW).revision == 1


def test_a_reader_cannot_write(office: OfficeFile) -> None:
    with office.reader() as reader, pytest.raises(UserError, match="TD-ENV-002"):
        reader.settings.put("a", 1)
