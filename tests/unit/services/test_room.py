"""Free space is looked at before long work: what cannot end is not begun."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.services import backups, files, transfer
from thidua_desktop.services.session import Session

AREA = "residential_area"


@pytest.fixture
def nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with 2 MB left."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=10**12, used=0, free=2_000_000))


def test_an_import_that_has_no_room_is_not_begun(session: Session, nearly_full: None) -> None:
    plan = transfer.preview_paste(session, AREA, "Loại\tTên\tSố hộ\nThôn\tThôn Một\t12")
    before = session.file.changes.head()
    with pytest.raises(UserError, match="TD-ENV-073"):
        transfer.apply_import(session, plan, "thử")
    assert session.file.changes.head() == before


def test_papers_and_copies_that_have_no_room(session: Session, tmp_path: Path, nearly_full: None) -> None:
    with pytest.raises(UserError, match="TD-ENV-073"):
        files.write_whole(tmp_path / "giay.pdf", b"x")
    with pytest.raises(UserError, match="TD-STORE-300"):
        backups.backup_now(session, tmp_path)
    assert not list(tmp_path.glob("*.pdf")) and not list(tmp_path.glob("*.part"))


def test_a_disk_that_does_not_say_is_asked_by_writing(tmp_path: Path) -> None:
    files.require_room(tmp_path / "no-such-folder", 10**15)
