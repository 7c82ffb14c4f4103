"""A commune whose report of November lies at its province."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, two_offices
from thidua_desktop.services.reports import build as reports


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


@pytest.fixture
def reported(pair: TwoOffices) -> TwoOffices:
    """One activity with forty people, reported and here."""
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    return pair
