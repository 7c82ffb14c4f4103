"""Where an office file may lie: shares are refused with the reason, cloud folders for new ones, else it is told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.services.conftest import CHEAP, OFFICE, PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import file_places, offices, own_places, setup_flow
from thidua_desktop.services.file_places import Place, cloud_of, place_of
from thidua_desktop.services.safety import safety
from thidua_desktop.services.session import Session

MOUNTS = """/dev/sda2 / ext4 rw 0 0
//may-chu/chung /mnt/chung cifs rw 0 0
may2:/xuat /mnt/n\\040f\\040s nfs4 rw 0 0
/dev/sdb1 /mnt/chung/usb vfat rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "mounts"
    listed.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(file_places, "_MOUNTS", listed)
    monkeypatch.setattr(file_places.sys, "platform", "linux")


@pytest.mark.parametrize("path", ["//may-chu/chung/xa.thidua", "\\\\may-chu\\chung\\xa.thidua",
                                  "/mnt/chung/a/xa.thidua", "/mnt/n f s/xa.thidua"])  # fmt: skip
def test_a_share_is_a_share(mounts: None, path: str) -> None:
    assert place_of(Path(path)) is Place.SHARE
    with pytest.raises(UserError, match="TD-ENV-071"):
        offices.open_office(Path(path), PASSWORD)
    with pytest.raises(UserError, match="TD-ENV-071"):
        offices.open_with_recovery(Path(path), "x")
    with pytest.raises(UserError, match="TD-ENV-071"):
        offices.create_office(Path(path), OFFICE, cost=CHEAP)


@pytest.mark.parametrize("path", ["/home/a/xa.thidua", "/mnt/chung/usb/xa.thidua", "/home/a/dropboxes.thidua"])
def test_a_disk_of_this_pc_is_fine(mounts: None, path: str) -> None:
    assert place_of(Path(path)) is Place.OWN


@pytest.mark.parametrize(("folder", "cloud"), [("OneDrive - Công an tỉnh", "OneDrive"), ("Dropbox", "Dropbox"),
                                               ("My Drive", "Google Drive"), ("iCloudDrive", "iCloud")])  # fmt: skip
def test_no_office_is_made_where_a_cloud_takes_it_away(tmp_path: Path, folder: str, cloud: str) -> None:
    path = tmp_path / folder / "so" / "xa.thidua"
    assert cloud_of(path) == cloud
    with pytest.raises(UserError, match="TD-ENV-072") as refused:
        offices.create_office(path, OFFICE, cost=CHEAP)
    assert cloud in refused.value.sentence and not path.parent.exists()
    assert setup_flow.path_problem(str(path)) == refused.value.sentence


def test_the_folder_that_windows_names_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "đám mây"))
    assert cloud_of(tmp_path / "đám mây" / "xa.thidua") == "OneDrive" and not cloud_of(tmp_path / "xa.thidua")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "đám mây" / "Documents")
    assert own_places.documents_folder() == Path.home()


def test_an_office_that_lies_there_already_opens_and_is_told(session: Session, tmp_path: Path) -> None:
    assert not [line for line in safety(session).lines if "đồng bộ" in line.title]
    session.close()
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()
    for name in ("xa.thidua", "xa.thidua.keys"):
        shutil.copy(session.file.path.with_name(name), cloud / name)
    moved = replace(offices.open_office(cloud / "xa.thidua", PASSWORD), clock=session.clock)
    assert [line.title for line in safety(moved).lines if "đồng bộ" in line.title] == ["Tệp sổ bị OneDrive đồng bộ"]
    moved.close()


def test_a_folder_is_tried_by_writing_and_left_as_it_was(tmp_path: Path) -> None:
    file_places.require_writing(tmp_path)
    assert not list(tmp_path.iterdir())
    for folder in (tmp_path / "không có", Path("/proc")):
        with pytest.raises(OSError):
            file_places.require_writing(folder)
