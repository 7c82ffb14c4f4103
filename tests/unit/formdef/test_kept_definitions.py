"""What is kept between starts is the definitions themselves, and never those of other files or another program."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from thidua_desktop.formdef import kept_definitions as kept
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import Aggregate, FieldType
from thidua_desktop.paths import forms_path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "bộ nhớ" / "definitions.json"


def test_what_is_read_back_is_what_was_loaded(place: Path) -> None:
    kept.keep(place, "dấu", load_definitions())
    found = kept.read_kept(place, "dấu")
    assert found == load_definitions()
    assert found is not None and list(found.registers) == list(load_definitions().registers)
    assert {type(field.type) for spec in found.registers.values() for field in spec.fields} == {FieldType}
    assert {type(indicator.aggregate) for indicator in found.indicators.values()} == {Aggregate}
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_only_what_is_asked_for_is_decoded(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.keep(place, "dấu", load_definitions())
    decoded: list[bytes] = []
    loads = json.loads
    monkeypatch.setattr(kept.json, "loads", lambda line, **how: (decoded.append(line), loads(line, **how))[1])
    found = kept.read_kept(place, "dấu")
    assert found is not None and "incident" in found.registers and len(found.indicators) > 1 and not decoded
    assert found.registers["incident"] is found.registers["incident"]
    assert len(decoded) == 1 and found.registers["incident"] == load_definitions().registers["incident"]
    with pytest.raises(KeyError):
        found.registers["không có"]


def test_another_mark_is_not_read(place: Path) -> None:
    kept.keep(place, "dấu", load_definitions())
    assert kept.read_kept(place, "dấu khác") is None


def test_a_changed_or_cut_file_is_not_read(place: Path) -> None:
    kept.keep(place, "dấu", load_definitions())
    whole = place.read_bytes()
    changed = whole.replace("Sổ".encode(), "Xổ".encode(), 1)
    assert changed != whole
    for damaged in (changed, whole[:-200], whole[:10], b""):
        place.write_bytes(damaged)
        assert kept.read_kept(place, "dấu") is None


def test_nothing_kept_or_nowhere_to_keep_is_no_matter(tmp_path: Path) -> None:
    assert kept.read_kept(tmp_path / "không có", "dấu") is None
    occupied = tmp_path / "tệp"
    occupied.write_text("", encoding="utf-8")
    kept.keep(occupied / "definitions.json", "dấu", load_definitions())
    assert occupied.read_bytes() == b""


def test_the_mark_follows_every_definition_file(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(forms_path(), folder)
    before = kept.fingerprint(folder)
    assert before == kept.fingerprint(forms_path())
    changed = next((folder / "indicators").glob("*.toml"))
    content = changed.read_bytes()
    state = changed.stat()
    changed.write_bytes(content[:-2] + b" \n")
    os.utime(changed, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert kept.fingerprint(folder) != before
    changed.write_bytes(content)
    assert kept.fingerprint(folder) == before
    changed.rename(changed.with_name("other.toml"))
    assert kept.fingerprint(folder) != before


def test_the_mark_follows_the_code_that_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "reading.py"
    code.write_text("a", encoding="utf-8")
    monkeypatch.setattr(kept, "_READING_CODE", (tmp_path,))
    before = kept.fingerprint(forms_path())
    code.write_text("ab", encoding="utf-8")
    assert kept.fingerprint(forms_path()) != before


def test_a_start_keeps_what_it_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path))
    kept.kept_definitions.cache_clear()
    first = kept.kept_definitions()
    kept.kept_definitions.cache_clear()
    second = kept.kept_definitions()
    kept.kept_definitions.cache_clear()
    assert first is load_definitions()
    assert second == first and second is not first
