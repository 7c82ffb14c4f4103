"""The lock file: what is written is read back, and it holds what recorded data depend on."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.formdef.definition_folder import write_folder
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.lock import LOCK_NAME, image, lock_text, read_lock, write_lock


def test_written_lock_is_read_back(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    definitions = read_definitions(folder)[0]
    assert write_lock(folder, definitions).name == LOCK_NAME
    assert read_lock(folder) == image(definitions)


def test_lock_holds_types_and_conditions(tmp_path: Path) -> None:
    found = image(read_definitions(write_folder(tmp_path))[0])
    assert found["registers"]["event"]["fields"]["things"]["fields"]["amount"]["digits"] == 1
    assert found["indicators"]["patrols"]["where"] == {"kind": ["patrol"]}
    assert found["catalogs"]["kind"]["items"] == {"patrol": "Tuần tra", "talk": "Tuyên truyền"}


def test_lock_text_is_stable_and_readable(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    text = lock_text(read_definitions(folder)[0])
    assert text == lock_text(read_definitions(folder)[0])
    assert "Tuần tra" in text
    assert json.loads(text)["format"] == 1


def test_lock_of_another_format_is_not_read(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text('{"format": 99}', encoding="utf-8")
    assert read_lock(tmp_path) is None
