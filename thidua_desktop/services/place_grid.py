"""Where each residential area (at the province each commune) lies in the grid map: a setting of the office's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua_desktop.charts.grid_map import MOST_COLUMNS
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import AREA_REGISTER, entries_of
from thidua_desktop.store.packages import RECEIVED
from thidua_desktop.text import sort_key

SETTING = "charts.places"

Cell = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a cell of the map stands for: id of an area, or code of a commune."""

    key: str
    name: str


def places(session: Session, day: date | None = None, also: Sequence[str] = ()) -> tuple[Place, ...]:
    """The areas that stand on ``day`` (today) and those of ``also``, by name; at the province its communes."""
    if session.is_province:
        from thidua_desktop.services.communes import by_name, on_day  # which reads reports itself

        wanted = {*also, *(code for code, _ in by_name(session, on_day(day or session.today)))}
        found = [Place(code, name) for code, name in by_name(session) if code in wanted]
    else:
        wanted = set(also)
        entries = entries_of(session, AREA_REGISTER).items()
        found = [Place(key, one.label) for key, one in entries if key in wanted or one.valid_on(day or session.today)]
    return tuple(sorted(found, key=lambda place: (sort_key(place.name), place.key)))


def senders(session: Session) -> frozenset[str]:
    """The communes of which a package was taken in (province): of them a 0 is a figure, of others nothing is known."""
    return frozenset(entry.office for entry in session.file.packages.all(RECEIVED))


def kept_cells(session: Session) -> dict[str, Cell]:
    """The cells that the office chose; empty while it chose none."""
    kept: Any = session.file.settings.get(SETTING)
    return {str(key): (int(cell[0]), int(cell[1])) for key, cell in kept.items()} if kept else {}


def arranged(keys: Sequence[str], kept: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """A cell for each key: as kept, what is new in the rows below; empty where nothing is kept of any of them."""
    if not any(key in kept for key in keys):
        return ()
    found: dict[str, Cell] = {}
    taken: set[Cell] = set()
    for key in keys:
        cell = kept.get(key)
        if cell is not None and cell not in taken and cell[1] < MOST_COLUMNS:
            found[key] = cell
            taken.add(cell)
    columns = max(column for _, column in taken) + 1
    row = max(row for row, _ in taken) + 1
    for number, key in enumerate(key for key in keys if key not in found):
        found[key] = (row + number // columns, number % columns)
    return tuple(found[key] for key in keys)


def keep_cells(session: Session, cells: Mapping[str, Cell]) -> None:
    """Keep where each place lies; an empty mapping returns to the order of names. Raises TD-STORE-220."""
    session.require(Permission.RECORD)
    session.file.settings.put(SETTING, {key: list(cell) for key, cell in sorted(cells.items())} or None)
    session.announce(Changes(frozenset()))
