"""A commune and its province, introduced to each other; a province that five communes have reported to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from tests.unit.services.reports.five_communes import five_communes
from thidua_desktop.services.session import Session


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Read only: it serves all tests of a run."""
    with five_communes(tmp_path_factory.mktemp("five")) as made:
        yield made
