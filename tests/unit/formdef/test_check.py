"""What ``thidua forms check`` finds beyond loading, each by its code."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, write_folder
from thidua_desktop.formdef.check import check_forms
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.lock import LOCK_NAME, write_lock

EVENT = "registers/event.toml"
REPORT = "reports/result.toml"
SLIP = "documents/slip.toml"

BROKEN = [
    ("TD-FORM-030", REPORT, "{{ period.paper_name }}", "{{ period.paper_name", "subject"),
    ("TD-FORM-031", REPORT, "{{ period.paper_name }}", "{{ weather }}", "subject"),
    ("TD-FORM-031", REPORT, "{{ period.paper_name }}", "{{ period.weather }}", "subject"),
    ("TD-FORM-031", REPORT, "fig('events')", "fig('patrols')", "narrative[first]"),
    ("TD-FORM-031", REPORT, ".text }}", ".colour }}", "narrative[first]"),
    ("TD-FORM-031", REPORT, "fig('events')", "fig(period.kind)", "narrative[first]"),
    ("TD-FORM-031", SLIP, "record.kind", "record.colour", "texts.subject"),
    ("TD-FORM-031", SLIP, "row.what", "row.colour", "texts.subject"),
    ("TD-FORM-031", SLIP, "rows('things')", "rows('people')", "texts.subject"),
    ("TD-FORM-033", EVENT, 'label = "Nữ"', 'label = "Người dự"', "fields"),
    ("TD-FORM-034", EVENT, 'help = "Số nữ."\n', "", "fields[women]"),
    ("TD-FORM-038", EVENT, 'label = "Nữ"', 'label = "Nữ"\nmaximum = 4\nsample = "5"', "fields[women].sample"),
    ("TD-FORM-038", EVENT, 'label = "Ngày"', 'label = "Ngày"\nsample = "hôm qua"', "fields[held_on].sample"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder with its lock file."""
    made = write_folder(tmp_path)
    write_lock(made, read_definitions(made)[0])
    return made


def test_sound_folder_has_no_finding(folder: Path) -> None:
    assert check_forms(folder) == []


@pytest.mark.parametrize(("code", "file", "old", "new", "place"), BROKEN)
def test_finding(code: str, file: str, old: str, new: str, place: str, folder: Path) -> None:
    change(folder, file, old, new)
    found = [finding for finding in check_forms(folder) if finding.file != LOCK_NAME]
    assert [(finding.code, finding.file, finding.place) for finding in found] == [(code, file, place)]


def test_decomposed_letters_are_found(folder: Path) -> None:
    change(folder, EVENT, "Người dự", unicodedata.normalize("NFD", "Người dự"))
    assert ("TD-FORM-032", EVENT) in [(finding.code, finding.file) for finding in check_forms(folder)]


def test_harmful_change_against_the_lock(folder: Path) -> None:
    change(folder, EVENT, 'name = "women"\ntype = "integer"', 'name = "women"\ntype = "text"')
    assert [finding.code for finding in check_forms(folder)] == ["TD-FORM-035"]


def test_missing_lock(folder: Path) -> None:
    (folder / LOCK_NAME).unlink()
    assert [finding.code for finding in check_forms(folder)] == ["TD-FORM-036"]


def test_damaged_lock(folder: Path) -> None:
    (folder / LOCK_NAME).write_text("{", encoding="utf-8")
    assert [finding.code for finding in check_forms(folder)] == ["TD-FORM-036"]


def test_harmless_change_asks_for_a_new_lock(folder: Path) -> None:
    change(folder, "catalogs/kind.toml", "]\n", '    { code = "feast", label = "Ngày hội" },\n]\n')
    found = check_forms(folder)
    assert [finding.code for finding in found] == ["TD-FORM-037"]
    assert "feast" in found[0].text


def test_new_version_number_asks_for_a_new_lock(folder: Path) -> None:
    change(folder, REPORT, "version = 1", "version = 2")
    assert [finding.code for finding in check_forms(folder)] == ["TD-FORM-037"]
