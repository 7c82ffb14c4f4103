"""Several installations of one commune, real and encrypted with a cheap key, and a province that takes from all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.unit.services.handoff.two_offices import DAY, introduce, make_office, save
from thidua_desktop.formdef.model import Value
from thidua_desktop.services.handoff import sideways
from thidua_desktop.services.handoff.sideways import Exchanged, MadeExchange
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.queries import ListQuery, Record

PERSONS = ("Y Bhăm Niê", "H'Lan Êban", "Trần Văn Ba")


@dataclass
class Machines:
    """All open; ``folder`` is the stick. The first one is the main one."""

    all: list[Session]
    folder: Path
    area: str
    sticks: int = field(default=0)

    def activity(self, machine: Session, title: str = "Phòng, chống lừa đảo qua mạng", **values: Value) -> str:
        """Records an activity on one machine; its id."""
        filled: dict[str, Value] = {
            "held_on": DAY, "kind": "propaganda", "title": title, "residential_area": self.area,
            "attendance_total": 40, "attendance_women": 18, **values,
        }  # fmt: skip
        return save(machine, "movement_activity", filled)

    def make(self, machine: Session) -> MadeExchange:
        """Makes a package on a stick of its own."""
        self.sticks += 1
        stick = self.folder / f"usb{self.sticks}"
        stick.mkdir()
        return sideways.make_exchange(machine, stick)

    def hand(self, giver: Session, taker: Session) -> Exchanged:
        """One machine's package is taken in on another."""
        return take(taker, self.make(giver))


def take(machine: Session, made: MadeExchange) -> Exchanged:
    """Takes a package in, however many records it deletes."""
    plan = sideways.look_at_exchange(machine, made.path)
    return sideways.take_exchange(machine, plan, deletions_confirmed=True)


def change(machine: Session, record_id: str, register: str = "movement_activity", **values: Value) -> Record:
    """Changes fields of a record on one machine."""
    found = machine.file.records.get(register, record_id)
    assert found is not None
    save(machine, register, {**found.values, **values}, record_id)
    again = machine.file.records.get(register, record_id)
    assert again is not None
    return again


def further_machine(path: Path, person: str, main: Session) -> Session:
    """A second installation of the main one's office: its own file, keys and user."""
    from tests.unit.services.handoff.two_offices import CHEAP, NOW, PASSWORD

    new = NewOffice(unit_code=main.file.identity.code, user_name=person, password=PASSWORD, login="")
    machine = create_office(path, new, Clock(NOW), CHEAP).session
    sideways.begin(machine)
    return machine


@contextmanager
def machines(folder: Path, count: int = 2) -> Iterator[Machines]:
    """Introduced to each other; the others have taken the main one's first package in. Closed at the end."""
    main = make_office(folder / "may1.thidua", "24412")
    every = [main]
    for number in range(2, count + 1):
        every.append(further_machine(folder / f"may{number}.thidua", PERSONS[number - 1], main))
    for place, one in enumerate(every):
        for other in every[place + 1 :]:
            introduce(one, other)
    area = next(iter(main.file.records.every(ListQuery("residential_area")))).id
    made = Machines(every, folder, area)
    if count > 1:
        first = made.make(main)
        for other in every[1:]:
            take(other, first)
    try:
        yield made
    finally:
        for session in every:
            session.close()
