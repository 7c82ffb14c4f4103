"""Where settings and offices lie: in the profile, moved, or beside a portable program."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest

from thidua_desktop import paths
from thidua_desktop.errors import UserError
from thidua_desktop.services import own_places, private_copies

INSTALLED = paths.program_root


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portable program: packages in a folder, the mark beside it; what it sets of the environment goes again."""
    for name in (own_places.MOVED, "TMPDIR"):
        monkeypatch.setenv(name, "")  # noted, so that it is put back
        monkeypatch.delenv(name)
    (tmp_path / "pkgs").mkdir()
    (tmp_path / "portable.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "program_root", lambda: tmp_path / "pkgs")
    return tmp_path


def test_everything_of_a_portable_program_lies_beside_it(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_places.use_portable_places()
    assert own_places.settings_folder() == stick / "Du lieu" / "cau hinh"
    assert own_places.documents_folder() == stick / "Du lieu"
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert private_copies.new_folder().parent == stick / "Du lieu" / "tam"


def test_a_stick_that_only_reads_says_so(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "program_root", INSTALLED)  # where the sentence stands
    own_places.require_writable_stick()
    monkeypatch.setattr(own_places, "portable_folder", lambda: stick / "Du lieu")
    own_places.require_writable_stick()
    (stick / "Du lieu").rmdir()
    (stick / "Du lieu").write_text("một tệp nằm ở chỗ của thư mục", encoding="utf-8")
    own_places.use_portable_places()
    assert "TMPDIR" not in os.environ
    with pytest.raises(UserError, match="TD-ENV-100"):
        own_places.require_writable_stick()


def test_a_stick_finds_its_offices_under_another_letter(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = stick / "Du lieu" / "Thi dua" / "Xã Mẫu.thidua"
    written = own_places.written_place(office)
    assert written == "Thi dua/Xã Mẫu.thidua"
    moved = stick.rename(stick.with_name("ổ E"))
    monkeypatch.setattr(paths, "program_root", lambda: moved / "pkgs")
    assert own_places.found_place(written) == moved / "Du lieu" / "Thi dua" / "Xã Mẫu.thidua"
    elsewhere = Path("/khác/Xã.thidua")
    assert own_places.found_place(own_places.written_place(elsewhere)) == elsewhere


def test_without_the_mark_nothing_is_portable(stick: Path) -> None:
    (stick / "portable.txt").unlink()
    own_places.use_portable_places()
    assert own_places.MOVED not in os.environ
    assert own_places.written_place(stick / "a.thidua") == str(stick / "a.thidua")


def test_known_offices_are_the_recent_ones_that_are_there(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, made = stick / "cài đặt", stick / "Du lieu" / "Thi dua"
    monkeypatch.setenv(own_places.MOVED, str(settings))
    assert own_places.kept_offices() == []
    made.mkdir(parents=True)
    settings.mkdir()
    for path in (stick / "một.thidua", made / "hai.thidua"):
        path.write_bytes(b"")
    recent = [str(stick / "một.thidua"), str(stick / "mất.thidua")]
    (settings / "preferences.json").write_text(json.dumps({"recent": recent}), encoding="utf-8")
    assert own_places.kept_offices() == [stick / "một.thidua", made / "hai.thidua"]
