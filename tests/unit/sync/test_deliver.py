"""Putting a file on a stick: whole under its name or not at all, and faults in words."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pytest

from tests.unit.sync.crafting import COMMUNE, COMMUNE_CARD, FACTS, members
from thidua_desktop.errors import UserError
from thidua_desktop.sync import deliver as deliver_module
from thidua_desktop.sync.card import card_from_bytes, card_name, card_to_bytes
from thidua_desktop.sync.deliver import clean_temporaries, deliver, deliver_bytes
from thidua_desktop.sync.environment import environment_error
from thidua_desktop.sync.header import package_name
from thidua_desktop.sync.pack import PackedPackage, write_package

NAME = package_name(FACTS)


def produce(stream: BinaryIO) -> PackedPackage:
    return write_package(stream, FACTS, members(), COMMUNE, [])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(folder: Path, **options: Any) -> str:
    with pytest.raises(UserError) as caught:
        deliver(options.pop("produce", produce), folder, NAME, **options)
    assert caught.value.sentence and caught.value.remedy
    return caught.value.code


def test_a_delivered_file_stands_alone_under_its_name(tmp_path: Path) -> None:
    path = deliver(produce, tmp_path, NAME, expected_size=10_000)
    assert names(tmp_path) == [NAME] and path.stat().st_size > 1000


def test_leftovers_of_ours_go_and_nothing_else(tmp_path: Path) -> None:
    for name in (f"~{NAME}.part", "~THIDUA_1_2.tdcard.part", "~other.part", "x.tdp.part"):
        (tmp_path / name).write_bytes(b"half")
    assert clean_temporaries(tmp_path) == ["~THIDUA_00123_12ab_000001.tdp.part", "~THIDUA_1_2.tdcard.part"]
    assert names(tmp_path) == ["x.tdp.part", "~other.part"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "TD-ENV-041"),
        (errno.EROFS, "TD-ENV-042"),
        (errno.EIO, "TD-ENV-043"),
        (errno.EBUSY, "TD-ENV-044"),
        (errno.EFBIG, "TD-ENV-045"),
        (errno.EINVAL, "TD-ENV-046"),
    ],
)
def test_a_fault_while_writing_leaves_the_old_file_and_no_temporary(tmp_path: Path, number: int, code: str) -> None:
    (tmp_path / NAME).write_bytes(b"old")

    def broken(stream: BinaryIO) -> PackedPackage:
        stream.write(b"half")
        raise OSError(number, "fault")

    assert refused(tmp_path, produce=broken) == code
    assert names(tmp_path) == [NAME] and (tmp_path / NAME).read_bytes() == b"old"


def test_windows_numbers_come_before_errno() -> None:
    for number, code in ((112, "TD-ENV-041"), (19, "TD-ENV-042"), (1167, "TD-ENV-043"), (32, "TD-ENV-044")):
        error = OSError(errno.EACCES, "refused")
        error.winerror = number  # type: ignore[attr-defined, unused-ignore]
        assert environment_error(error, Path("E:/")).code == code


def test_free_space_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        total: int
        used: int
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(100, 95, 5))
    assert refused(tmp_path, expected_size=6, produce=lambda _stream: pytest.fail("written")) == "TD-ENV-041"


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    assert refused(tmp_path / "none") == "TD-ENV-043"


def test_a_stick_that_keeps_other_bytes_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def worn(*arguments: Any) -> PackedPackage:
        written = write(*arguments)
        path: Path = arguments[1]
        data = bytearray(path.read_bytes())
        data[700] ^= 1
        path.write_bytes(bytes(data))
        return written

    write = deliver_module._write
    monkeypatch.setattr(deliver_module, "_write", worn)
    assert refused(tmp_path) == "TD-ENV-047"
    assert names(tmp_path) == []


def test_a_name_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [True, True]
    replace = Path.replace

    def busy(self: Path, target: Path) -> Path:
        if held:
            held.pop()
            raise PermissionError(errno.EACCES, "held by a virus scanner")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(deliver_module, "_RENAME_PAUSE", 0)
    assert deliver(produce, tmp_path, NAME).is_file()
    held += [True] * 100
    assert refused(tmp_path) == "TD-ENV-042"


@pytest.mark.parametrize(("number", "code"), [(errno.EINVAL, ""), (errno.EIO, "TD-ENV-043")])
def test_a_folder_that_cannot_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fsync)
    if code and os.name != "nt":  # Windows has no handle for a folder, so nothing can fail there
        assert refused(tmp_path) == code
    else:
        assert deliver(produce, tmp_path, NAME).is_file()


def test_a_fault_of_the_producer_passes_through_clean(tmp_path: Path) -> None:
    def faulty(stream: BinaryIO) -> PackedPackage:
        stream.write(b"half")
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        deliver(faulty, tmp_path, NAME)
    assert names(tmp_path) == []


def test_a_card_travels_the_same_way(tmp_path: Path) -> None:
    path = deliver_bytes(card_to_bytes(COMMUNE_CARD, COMMUNE), tmp_path, card_name(COMMUNE_CARD))
    assert path.name == "THIDUA_00123_12ab.tdcard"
    assert card_from_bytes(path.read_bytes()) == COMMUNE_CARD
