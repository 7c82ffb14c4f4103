"""Where settings and offices lie: in the profile, moved, or beside a portable program."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from thidua_desktop import paths
from thidua_desktop.services import own_places


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portable program: packages in a folder, the mark beside it."""
    monkeypatch.delenv(own_places.MOVED, raising=False)
    (tmp_path / "pkgs").mkdir()
    (tmp_path / "portable.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "program_root", lambda: tmp_path / "pkgs")
    return tmp_path


def test_everything_of_a_portable_program_lies_beside_it(stick: Path) -> None:
    own_places.use_portable_places()
    assert own_places.settings_folder() == stick / "Du lieu" / "cau hinh"
    assert own_places.documents_folder() == stick / "Du lieu"
    del os.environ[own_places.MOVED]


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
