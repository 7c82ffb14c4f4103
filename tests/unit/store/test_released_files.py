"""Office files of every released version open, are brought up to date and keep what they hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.db.make_fixture import CLOCK, FOLDER, PASSWORD
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


def test_there_is_a_file_of_the_first_version() -> None:
    assert VERSIONS and VERSIONS[0].name.startswith("version_")


def test_it_opens_whole_and_holds_what_was_recorded(session: Session) -> None:
    assert session.file.check() == []
    assert session.user.name == "Đỗ Thị Mơ"
    areas = session.file.records.every(ListQuery("residential_area"))
    assert sorted(str(area.values["name"]) for area in areas) == ["Hòa Bắc", "Đưng K'Si"]
    (activity,) = session.file.records.every(ListQuery("movement_activity"))
    assert activity.values["attendance_total"] == 41
    assert [entry.what for entry in records.history(session, "movement_activity", activity.id)] == ["Sửa", "Ghi mới"]
    assert [hit.register for hit in session.file.search("lua dao")] == ["movement_activity"]


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
