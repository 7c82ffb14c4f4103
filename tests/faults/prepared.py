"""A folder with small real offices in the middle of their work, made once; faults are tried on copies of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from tests.fixtures.db import make_fixture
from tests.unit.services.handoff.two_machines import further_machine
from tests.unit.services.handoff.two_offices import NOW, PASSWORD, TwoOffices, introduce, save, two_offices
from thidua_desktop.services.automatic_backups import automatic_folder
from thidua_desktop.services.handoff import answers, directives, outgoing, sideways
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.key_slots import slots_path

SECRET_NAME = "Vàng Xynvqa"
COMMUNE, PROVINCE, SECOND, OLD = "xa.thidua", "tinh.thidua", "may2.thidua", "old/office.thidua"
AUTOMATIC = ("20261027-090000", "20261027-150000", "20261116-080000")
"""Moments of the automatic copies that are there; of the first two only the later one has to stay."""

_FACTS = "facts.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in it: paths are relative to ``path`` in the file, whole here."""

    path: Path
    area: str
    activities: tuple[str, ...]
    waiting: tuple[Path, ...]
    receipt: Path
    directive: Path
    exchange: Path
    copy: Path
    supervised: str

    @property
    def automatic(self) -> Path:
        """Where automatic copies of the commune lie."""
        return automatic_folder(self.path / COMMUNE)

    @property
    def stick(self) -> Path:
        """Where packages and backups are written."""
        return self.path / "stick"

    @classmethod
    def read(cls, path: Path) -> Folder:
        """A prepared folder, or a copy of one."""
        facts = json.loads((path / _FACTS).read_text(encoding="utf-8"))
        waiting = tuple(path / one for one in facts["waiting"])
        files = {name: path / facts[name] for name in ("receipt", "directive", "exchange", "copy")}
        supervised = facts["supervised"]
        return cls(path, facts["area"], tuple(facts["activities"]), waiting, supervised=supervised, **files)


def opened(path: Path, password: str = "") -> Session:
    """One of the offices, at the usual moment."""
    if path.name == Path(OLD).name:
        return open_office(path, password or make_fixture.PASSWORD, clock=make_fixture.CLOCK)
    return open_office(path, password or PASSWORD, clock=Clock(NOW))


def prepare(path: Path) -> Folder:
    """Make the folder."""
    path.mkdir()
    (path / "stick").mkdir()
    with two_offices(path) as pair:
        facts = _worked(pair, path)
    shutil.copytree(make_fixture.FOLDER / "version_1", path / "old")
    for leftover in path.rglob("*.lock"):
        leftover.unlink()
    plain = {name: value for name, value in asdict(facts).items() if name != "path"}
    text = json.dumps(plain, default=lambda one: str(one.relative_to(path)))
    (path / _FACTS).write_text(text, encoding="utf-8")
    return Folder.read(path)


def _worked(pair: TwoOffices, path: Path) -> Folder:
    ids = [pair.activity(f"Buổi {number}") for number in range(20)]
    pair.take(pair.send())
    supervised = _supervised(pair)
    copy = _copies(pair.commune)
    receipt = answers.make_receipt(pair.province, pair.commune.file.identity.code, path).path
    plan = {
        "title": "Kế hoạch phòng, chống đuối nước", "kind": "plan", "level": "province", "number": "125/KH-BCĐ",
        "issued_on": date(2026, 11, 2), "topics": ("crime",), "valid_from": date(2026, 11, 2),
    }  # fmt: skip
    save(pair.province, "programme", dict(plan))
    directive = directives.make_directive(
        pair.province, DirectiveWish("Chương trình 2027", registers=("programme",)), path
    ).path
    waiting = []
    for number in range(2):
        ids += [pair.activity(f"Buổi sau {number}.{part}") for part in range(20)]
        waiting.append(outgoing.make_package(pair.commune, pair.folder).path)
    sideways.begin(pair.commune)
    second = further_machine(path / SECOND, "H'Lan Êban", pair.commune)
    introduce(pair.commune, second)
    exchange = sideways.make_exchange(pair.commune, pair.folder).path
    second.close()
    return Folder(path, pair.area, tuple(ids), tuple(waiting), receipt, directive, exchange, copy, supervised)


def _supervised(pair: TwoOffices) -> str:
    """A person in the register whose records are erased after their time."""
    person = {
        "name": SECRET_NAME, "sex": "female", "residential_area": pair.area, "group": "suspended_sentence",
        "decision": "15/2026/QĐ-CA", "received_on": date(2026, 9, 3),
    }  # fmt: skip
    return save(pair.commune, "supervised_person", dict(person))


def _copies(session: Session) -> Path:
    """A copy to be taken back; automatic ones of today and, two on one day, of twenty days ago."""
    folder = automatic_folder(session.file.path)
    copy = session.file.path.parent / "copies" / "xa-20261115-083000.thidua"
    for place in (folder, copy.parent):
        place.mkdir()
    session.file.backup_to(copy)
    for stamp in AUTOMATIC:
        target = folder / f"xa-{stamp}-tu-dong.thidua"
        shutil.copy(copy, target)
        shutil.copy(slots_path(copy), slots_path(target))
    return copy
