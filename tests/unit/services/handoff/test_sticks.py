"""What counts as a package on a stick, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services.handoff import sticks
from thidua_desktop.services.handoff.sticks import packages_in, removable_mounts


def test_only_package_names_on_the_top_level(pair: TwoOffices) -> None:
    made = pair.send()
    (pair.folder / "~THIDUA_24412_0001_000001.tdp.part").write_bytes(b"")
    (pair.folder / "con").mkdir()
    (pair.folder / "con" / made.path.name).write_bytes(b"")
    assert packages_in(pair.folder) == [made.path.name]


def test_a_stick_pulled_this_moment_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "B").mkdir()
    monkeypatch.setattr(sticks, "_folders", lambda: iter([tmp_path / "rút", tmp_path / "B"]))
    found = sticks.sticks()
    assert [stick.folder for stick in found] == [tmp_path / "B"]
    assert found[0].free > 0


def test_only_media_that_can_be_pulled_out_are_sticks(tmp_path: Path) -> None:
    for name, removable in (("sdb", "1"), ("sda", "0")):
        (tmp_path / name / f"{name}1").mkdir(parents=True)
        (tmp_path / name / "removable").write_text(f"{removable}\n", encoding="ascii")
    on_a_cable = tmp_path / "usb1" / "sdc"
    on_a_cable.mkdir(parents=True)
    devices = tmp_path / "class"
    devices.mkdir()
    for device in (tmp_path / "sdb" / "sdb1", tmp_path / "sda" / "sda1", on_a_cable):
        (devices / device.name).symlink_to(device)
    mounts = "\n".join((
        r"/dev/sdb1 /media/can\040bộ/BÁO\040CÁO vfat rw 0 0", "/dev/sda1 /mnt/data ext4 rw 0 0",
        "/dev/sdc /run/media/a/USB exfat rw 0 0", "share /mnt/share 9p rw 0 0", "/dev/sdb1 / ext4 rw 0 0",
    ))  # fmt: skip
    assert list(removable_mounts(mounts, devices)) == [Path("/media/can bộ/BÁO CÁO"), Path("/run/media/a/USB")]
