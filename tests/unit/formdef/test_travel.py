"""What leaves the office, and what never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, write_folder
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.formdef.travel import package_row, private_fields, travelling_fields

EVENT = "registers/event.toml"
PLAIN = {"held_on": "2026-11-09", "women": 3, "things": [{"what": "Pháo", "amount": "1.5"}], "later": 1}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Definitions in which the number of women and the amounts stay."""
    made = write_folder(tmp_path)
    change(made, EVENT, 'label = "Nữ"', 'label = "Nữ"\nsensitive = true\ntravels = false')
    change(made, EVENT, 'help = "Số lượng."', 'help = "Số lượng."\ntravels = false')
    return made


def event_of(folder: Path) -> RegisterSpec:
    """The register of events."""
    definitions, faults = read_definitions(folder)
    assert faults == []
    return definitions.registers["event"]


def test_private_fields_and_cells_stay(folder: Path) -> None:
    event = event_of(folder)
    assert package_row(event, PLAIN) == {"held_on": "2026-11-09", "things": [{"what": "Pháo"}]}
    assert [field.name for field in private_fields(event)] == ["women"]


@pytest.mark.parametrize("reach", ["counts", "none"])
def test_registers_of_counts_stay(folder: Path, reach: str) -> None:
    change(folder, EVENT, 'title = "Sổ việc"', f'title = "Sổ việc"\ntravels = "{reach}"')
    event = event_of(folder)
    assert travelling_fields(event) == ()
    assert package_row(event, PLAIN) == {}
