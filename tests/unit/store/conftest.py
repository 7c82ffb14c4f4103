"""An office file of the made-up definitions for every test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store.made_up import make_office
from thidua_desktop.store.office_file import Created
from thidua_desktop.store.open_file import OfficeFile


@pytest.fixture
def created(tmp_path: Path) -> Iterator[Created]:
    """An open office file and its recovery sheet."""
    made = make_office(tmp_path / "xa.thidua")
    yield made
    made.file.close()


@pytest.fixture
def office(created: Created) -> OfficeFile:
    """An open office file."""
    return created.file
