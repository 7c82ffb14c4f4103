"""What the machine refuses is told in words, and nothing is half done."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.unit.store.made_up import NOW, event
from thidua_desktop.errors import UserError
from thidua_desktop.store import durable_files
from thidua_desktop.store.connection import DatabaseError
from thidua_desktop.store.durable_files import write_durably
from thidua_desktop.store.environment import code_of, told_to_the_person
from thidua_desktop.store.open_file import OfficeFile


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "TD-ENV-001"),
        (errno.EROFS, "TD-ENV-002"),
        (errno.EACCES, "TD-ENV-002"),
        (errno.ENOENT, "TD-ENV-003"),
        (errno.EIO, "TD-ENV-004"),
        (errno.EBUSY, "TD-ENV-005"),
        (errno.EXDEV, "TD-ENV-004"),
    ],
)
def test_what_the_system_refuses(number: int, code: str) -> None:
    with pytest.raises(UserError) as refused, told_to_the_person(Path("E:/xa.thidua")):
        raise OSError(number, "x")
    assert refused.value.code == code
    assert "xa.thidua" in refused.value.sentence and refused.value.remedy


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "TD-ENV-001"),
        ("SQLITE_READONLY_DBMOVED", "TD-ENV-002"),
        ("SQLITE_IOERR_WRITE", "TD-ENV-004"),
        ("SQLITE_BUSY_SNAPSHOT", "TD-ENV-005"),
        ("SQLITE_CORRUPT", "TD-STORE-004"),
        ("SQLITE_NOTADB", "TD-STORE-002"),
        ("SQLITE_CONSTRAINT", None),
    ],
)
def test_what_sqlite_refuses(name: str, code: str | None) -> None:
    problem = DatabaseError("x")
    problem.sqlite_errorname = name  # type: ignore[attr-defined]
    assert code_of(problem) == code


def test_bugs_pass_through() -> None:
    with pytest.raises(ZeroDivisionError), told_to_the_person(Path("x")):
        _ = 1 / 0


def test_a_full_disk_loses_nothing_that_was_saved(office: OfficeFile) -> None:
    kept = office.records.save("event", event(NOW.date()), actor="dao", now=NOW)
    connection = office._database.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match="TD-ENV-001"):
        for number in range(2000):
            office.records.save("event", event(NOW.date(), note=f"{number} " * 500), actor="dao", now=NOW)
    connection.execute("PRAGMA max_page_count = 1000000")
    assert office.check() == [] and office.records.get("event", kept.id) == kept
    office.records.save("event", event(NOW.date()), actor="dao", now=NOW)


def test_a_file_is_old_or_new_and_never_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.keys"
    write_durably(target, b"old")

    def no_space(handle: int) -> None:
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(durable_files.os, "fsync", no_space)
    with pytest.raises(OSError):
        write_durably(target, b"new")
    assert target.read_bytes() == b"old"


def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"new")
    refusals = iter([True, True, False])
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError(13, "x")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    durable_files.replace_patiently(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"new"
