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
from thidua_desktop.services.handoff import answers, directives, outgoing, sideways
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Clock, Session

COMMUNE, PROVINCE, SECOND, OLD = "xa.thidua", "tinh.thidua", "may2.thidua", "old/office.thidua"
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

    @property
    def stick(self) -> Path:
        """Where packages and backups are written."""
        return self.path / "stick"

    @classmethod
    def read(cls, path: Path) -> Folder:
        """A prepared folder, or a copy of one."""
        facts = json.loads((path / _FACTS).read_text(encoding="utf-8"))
        waiting = tuple(path / one for one in facts["waiting"])
        files = {name: path / facts[name] for name in ("receipt", "directive", "exchange")}
        return cls(path, facts["area"], tuple(facts["activities"]), waiting, **files)


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
    return Folder(path, pair.area, tuple(ids), tuple(waiting), receipt, directive, exchange)
