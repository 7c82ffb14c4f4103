"""What the packs of the made-up commune share: its areas, groups, organizations, people, days and ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from thidua_desktop.formdef.model import Value
from thidua_desktop.services.demo.calendar import DemoCalendar
from thidua_desktop.services.demo.people import Person, make_person, make_phone


class Made(NamedTuple):
    """One record to be written: register, id, values."""

    register: str
    id: str
    values: dict[str, Value]


@dataclass(slots=True)
class Household:
    """A household as meetings need it."""

    id: str
    number: int
    representative: Person


@dataclass(slots=True)
class Group:
    """A self-managed group with its households."""

    id: str
    number: int
    leader: Person
    households: list[Household] = field(default_factory=list)


@dataclass(slots=True)
class Area:
    """A residential area with its groups."""

    id: str
    name: str
    types: tuple[str, ...]
    head: Person
    front_head: Person
    groups: list[Group] = field(default_factory=list)

    @property
    def households(self) -> list[Household]:
        """All households of the area in order of their number."""
        return [household for group in self.groups for household in group.households]


class Ids:
    """UUIDv7 texts that depend on the seed alone, so that two runs give the same file contents."""

    def __init__(self, rng: Random, first: date) -> None:
        self._rng = rng
        self._tick = (first - date(1970, 1, 1)).days * 86_400_000  # milliseconds

    def new(self) -> str:
        """The next id, later than all before."""
        self._tick += 1
        tail = self._rng.getrandbits(74)
        high, low = tail >> 62, tail & (1 << 62) - 1
        number = self._tick << 80 | 7 << 76 | high << 64 | 2 << 62 | low
        text = f"{number:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@dataclass(frozen=True, slots=True)
class Organization:
    """An agency, enterprise or school; ``kind`` and ``detail`` (size, school level) are catalog codes."""

    id: str
    name: str
    kind: str
    detail: str
    area: Area


@dataclass(slots=True)
class DemoWorld:
    """The made-up commune as a pack sees it; ``rng`` is the pack's own, so that packs do not disturb each other."""

    rng: Random
    ids: Ids
    calendar: DemoCalendar
    areas: list[Area]
    organizations: list[Organization]
    festivals: list[Made] = field(default_factory=list)  # their days and areas; recorded as festivals

    def day(self, start: date | None = None, end: date | None = None) -> date:
        """Some day between two days (default: the whole made-up time), both inclusive."""
        first, last = start or self.calendar.first, end or self.calendar.last
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def years(self) -> Iterator[int]:
        """The calendar years that the made-up time touches."""
        yield from range(self.calendar.first.year, self.calendar.last.year + 1)

    def person(self, area: Area | None = None, position: str = "", sex: str = "") -> Made:
        """A record of the register of people; yield it before what links to it."""
        person = make_person(self.rng)
        while sex and person.sex != sex:
            person = make_person(self.rng)
        return self.person_record(person, area, position)

    def person_record(self, person: Person, area: Area | None = None, position: str = "") -> Made:
        """The same for a person who is known already (a head of an area, a leader of a group)."""
        values: dict[str, Value] = {
            "name": person.name,
            "sex": person.sex,
            "birth_year": person.birth_year,
            "phone": make_phone(self.rng),
            "since": date(2025, 7, 1),
        }
        if area is not None:
            values["residential_area"] = area.id
        if position:
            values["position"] = position
        return Made("person", self.ids.new(), values)
