"""What a PC remembers: kept whole, read back, and never in the way of a start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thidua_desktop.ui.desk.preferences import (
    RECENT_KEPT,
    Preferences,
    keep_preferences,
    load_preferences,
    preferences_file,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cấu hình"))
    return tmp_path / "cấu hình"


def test_they_come_back_as_kept(tmp_path: Path) -> None:
    office = tmp_path / "xã Phú Hòa.thidua"
    office.write_bytes(b"x")
    kept = Preferences(theme="dark", text_scale=1.3).with_recent(office)
    keep_preferences(kept)
    assert load_preferences() == kept
    assert load_preferences().known() == [office]


def test_the_newest_office_stands_first_and_the_list_ends(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in range(RECENT_KEPT + 3):
        preferences = preferences.with_recent(tmp_path / f"{number}.thidua")
    again = preferences.with_recent(tmp_path / "5.thidua")
    assert len(again.recent) == RECENT_KEPT
    assert Path(again.recent[0]).name == "5.thidua"
    assert len(set(again.recent)) == RECENT_KEPT
    assert again.known()[0] == tmp_path / "5.thidua"  # not there now, named all the same


@pytest.mark.parametrize(
    "text",
    ["", "không phải JSON", "[1]", "null", "[" * 100_000,
     '{"text_scale": "to"}', '{"recent": 5}',
     '{"theme": "tím"}', '{"theme": 5}', '{"geometry": 5, "room": ["x"], "room_of": null}',
     '{"recent": [5, null, ""]}'],
)  # fmt: skip
def test_anything_unreadable_gives_the_defaults(text: str) -> None:
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text(text, encoding="utf-8")
    assert load_preferences() == Preferences()


def test_one_damaged_preference_takes_no_other_with_it(tmp_path: Path) -> None:
    preferences_file().parent.mkdir(parents=True)
    office = str(tmp_path / "xã.thidua")
    kept = {"theme": "tím", "text_scale": 1.3, "geometry": [], "recent": [3, office], "room": "report"}
    preferences_file().write_text(json.dumps(kept), encoding="utf-8-sig")
    assert load_preferences() == Preferences(text_scale=1.3, recent=(office,), room="report")


def test_a_folder_that_cannot_be_written_disturbs_nobody(folder: Path) -> None:
    folder.write_text("một tệp ở chỗ của thư mục", encoding="utf-8")
    keep_preferences(Preferences(theme="dark"))
    assert load_preferences() == Preferences()
