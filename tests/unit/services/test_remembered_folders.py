"""Folders that a PC remembers, each sort of files its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_desktop.services.remembered_folders import Files, known_folder, remember_folder


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cấu hình"
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(folder))
    return folder


def test_each_sort_of_files_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert known_folder(Files.SCANNER) is None
    remember_folder(Files.SCANNER, tmp_path / "máy quét")
    remember_folder(Files.PAPERS, tmp_path / "báo cáo")
    remember_folder(Files.PAPERS, tmp_path / "báo cáo 2026")
    assert known_folder(Files.SCANNER) == tmp_path / "máy quét"
    assert known_folder(Files.PAPERS) == tmp_path / "báo cáo 2026"
    assert known_folder(Files.TABLES) is None


@pytest.mark.parametrize("written", ["[]", "{", '{"papers": 3}', '{"papers": ""}'])
def test_what_is_no_note_of_folders_is_none(settings: Path, tmp_path: Path, written: str) -> None:
    settings.mkdir()
    (settings / "folders.json").write_text(written, encoding="utf-8")
    assert known_folder(Files.PAPERS) is None
    remember_folder(Files.PAPERS, tmp_path)
    assert known_folder(Files.PAPERS) == tmp_path


def test_settings_that_cannot_be_written_disturb_nobody(settings: Path, tmp_path: Path) -> None:
    settings.write_text("a file where the folder would be", encoding="utf-8")
    remember_folder(Files.PAPERS, tmp_path)
    assert known_folder(Files.PAPERS) is None
