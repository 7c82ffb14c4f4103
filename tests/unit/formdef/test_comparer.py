"""What the comparer calls harmless, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, write_folder
from thidua_desktop.formdef.comparer import Difference, compare
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.lock import image

EVENT = "registers/event.toml"
CUT, DRIVES = "calendars/decree09.toml", "calendars/drives.toml"
LATER = '\n[[rules]]\nvalid_from = 2029-01-01\nmonth = 10\nyear = "12-10"\n'
NEW_FIELD = '[[fields]]\nname = "colour"\ntype = "text"\nlabel = "Màu"\n\n[[fields]]\nname = "kind"'

# file, what stands there, what is written instead, kind of difference, harmless
CHANGES = [
    (EVENT, 'type = "decimal"', 'type = "integer"', "retyped", False),
    (EVENT, "digits = 1", "digits = 2", "retyped", False),
    (EVENT, 'catalog = "kind"', 'catalog = "sort"', "retyped", False),
    (EVENT, 'label = "Nữ"', 'label = "Nữ"\nrequired = true', "narrowed", False),
    (EVENT, 'label = "Ngày"\nhelp = "Ngày làm."\nrequired = true', 'label = "Ngày"', "widened", True),
    (EVENT, 'label = "Nữ"', 'label = "Nữ"\nmaximum = 9', "narrowed", False),
    (EVENT, 'label = "Nữ"', 'label = "Nữ"\nretired = true', "retired", True),
    (EVENT, 'label = "Nữ"', 'label = "Nữ"\ntravels = false', "moved", True),
    (EVENT, 'name = "women"', 'name = "ladies"', "removed", False),
    (EVENT, '[[fields]]\nname = "kind"', NEW_FIELD, "added", True),
    (EVENT, 'date_field = "held_on"\n', "", "moved", False),
    (EVENT, 'title = "Sổ việc"', 'title = "Sổ việc"\ntravels = "counts"', "moved", True),
    ("catalogs/kind.toml", 'code = "talk"', 'code = "speech"', "removed", False),
    ("catalogs/kind.toml", 'label = "Tuần tra"', 'label = "Tuần tra đêm"', "recatalogued", True),
    (CUT, "[[rules]]\nvalid_from = 2027-01-20", "[[rules]]\nvalid_from = 2027-02-20", "redefined", False),
    (CUT, 'year = "12-20"\n', f'year = "12-20"\n{LATER}', "added", True),
    (CUT, "version = 1", 'version = 1\nmark = "KV2"', "moved", False),
    (DRIVES, 'first = "12-15"', 'first = "12-16"', "moved", False),
    (DRIVES, 'code = "TET"', 'code = "TET27"', "removed", False),
    ("indicators/figures.toml", 'where = { kind = ["patrol"] }', 'where = { kind = ["talk"] }', "redefined", False),
]


def differences(tmp_path: Path, file: str, old: str, new: str) -> list[Difference]:
    """The differences that one replacement makes."""
    folder = write_folder(tmp_path)
    before = image(read_definitions(folder)[0])
    change(folder, file, old, new)
    return compare(before, image(read_definitions(folder)[0]))


@pytest.mark.parametrize(("file", "old", "new", "kind", "harmless"), CHANGES)
def test_difference(file: str, old: str, new: str, kind: str, harmless: bool, tmp_path: Path) -> None:
    found = differences(tmp_path, file, old, new)
    assert (kind, harmless) in [(difference.kind, difference.harmless) for difference in found]
    if not harmless:
        assert any(not difference.harmless for difference in found)
    else:
        assert all(difference.harmless for difference in found)


def test_wording_is_no_difference(tmp_path: Path) -> None:
    assert differences(tmp_path, EVENT, 'label = "Nữ"', 'label = "Số nữ"') == []


def test_a_field_cannot_come_back(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, EVENT, 'label = "Nữ"', 'label = "Nữ"\nretired = true')
    before = image(read_definitions(folder)[0])
    change(folder, EVENT, "retired = true\n", "")
    assert [(found.kind, found.harmless) for found in compare(before, image(read_definitions(folder)[0]))] == [
        ("reused", False)
    ]


def test_a_new_required_field_is_harmful(tmp_path: Path) -> None:
    required = NEW_FIELD.replace('label = "Màu"', 'label = "Màu"\nrequired = true')
    found = differences(tmp_path, EVENT, '[[fields]]\nname = "kind"', required)
    assert [difference.harmless for difference in found] == [False]


def test_looser_limits_are_harmless(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, EVENT, 'label = "Nữ"', 'label = "Nữ"\nminimum = 2\nmaximum = 9')
    before = image(read_definitions(folder)[0])
    change(folder, EVENT, "minimum = 2\nmaximum = 9", "minimum = 1\nmaximum = 10")
    found = compare(before, image(read_definitions(folder)[0]))
    assert [(difference.kind, difference.harmless) for difference in found] == [("widened", True), ("widened", True)]
