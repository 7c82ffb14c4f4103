"""Emulation launches, targets, clusters, awards."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.services.demo import emulation
from thidua_desktop.services.demo.world import DemoWorld, Made


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    yield from emulation.records(world)
