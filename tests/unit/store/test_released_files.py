"""Office files of every released version open, are brought up to date and keep what they hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.db import frozen
from tests.fixtures.db.make_fixture import CLOCK, FOLDER, HOLDS, PASSWORD, holds
from thidua_desktop.services import records
from thidua_desktop.services.offices import open_office, open_with_recovery
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

VERSIONS = sorted(FOLDER.glob("version_*"))


@pytest.fixture(params=VERSIONS, ids=lambda folder: folder.name)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(request.param, tmp_path / "office")
    opened = open_office(tmp_path / "office" / "office.thidua", PASSWORD, clock=CLOCK)
    yield opened
    opened.close()


def test_there_is_a_file_of_each_release() -> None:
    assert {"version_1", f"version_{len(frozen.frozen())}"} <= {folder.name for folder in VERSIONS}


def test_released_migrations_are_as_they_were(tmp_path: Path) -> None:
    """A step that offices have behind them is never edited, moved or taken out; a new one follows at the end."""
    released = frozen.frozen()
    assert list(frozen.present(len(released), tmp_path).items()) == list(released.items())


def test_the_list_only_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen, "LIST", tmp_path / "frozen.toml")
    first = {"m0001_one": {"text": "a", "schema": "b"}}
    frozen.write(first)
    both = {**first, "m0002_two": {"text": "c", "schema": "d"}}
    frozen.write(both)
    assert frozen.frozen() == both
    with pytest.raises(ValueError, match="released"):
        frozen.write(first)


def test_it_opens_whole_and_holds_what_was_recorded(session: Session) -> None:
    assert session.file.check() == []
    assert session.user.name == "Đỗ Thị Mơ"
    areas = session.file.records.every(ListQuery("residential_area"))
    assert sorted(str(area.values["name"]) for area in areas) == ["Hòa Bắc", "Đưng K'Si"]
    (activity,) = session.file.records.every(ListQuery("movement_activity"))
    assert activity.values["attendance_total"] == 41
    assert [entry.what for entry in records.history(session, "movement_activity", activity.id)] == ["Sửa", "Ghi mới"]
    assert "movement_activity" in {hit.register for hit in session.file.search("lua dao")}


def test_nothing_of_it_is_lost_or_changed(session: Session) -> None:
    told = session.file.path.parent / HOLDS
    if told.is_file():  # the first version had none
        known = json.loads(told.read_text(encoding="utf-8"))
        now = holds(session)
        assert {name: now["records"][name] for name in known["records"]} == known["records"]
        assert (now["changes"], now["digest"]) == (known["changes"], known["digest"])
        for name in known["records"]:
            assert all(record.values for record in session.file.records.every(ListQuery(name))), name


def test_it_can_be_worked_on(session: Session) -> None:
    (activity,) = session.file.records.every(ListQuery("movement_activity"))
    changed = {**activity.values, "attendance_total": 50}
    assert isinstance(
        records.save(session, "movement_activity", changed, record_id=activity.id, reasons={"*": "thử"}), records.Saved
    )
    records.undo(session)
    assert session.file.check() == []


@pytest.mark.parametrize("folder", VERSIONS, ids=lambda folder: folder.name)
def test_its_recovery_sheet_still_opens_it(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "office")
    sheet = (folder / "recovery.txt").read_text(encoding="utf-8")
    opened = open_with_recovery(tmp_path / "office" / "office.thidua", sheet.lower().replace("-", " "), CLOCK)
    assert opened.file.records.count("residential_area") == 2
    opened.close()
