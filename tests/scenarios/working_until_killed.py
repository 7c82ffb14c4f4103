"""Run by test_faults in a process of its own: does one kind of work over and over, telling each finished piece."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

from tests.reporting_periods import period_of
from thidua_desktop.domain.periods import Period, PeriodKind
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import offices, records, transfer
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.offices import NewArea, NewOffice
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.sync import pack

PASSWORD = "bốn-từ-dễ-nhớ"
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)
ACTIVITY, AREA = "movement_activity", "residential_area"
REPORT = "movement_result"
IMPORTED = 150
AREAS = (NewArea("thon", "Tân Lập", 48), NewArea("buon", "Ea M'Doal", 120))


def make_office(path: Path, province: bool = False) -> Session:
    """A small office with a cheap key."""
    code, login = ("75", "khoa") if province else ("24412", "ybham")
    new = NewOffice(
        unit_code=code, user_name="Y Bhăm Niê", login=login, password=PASSWORD, province=province,
        areas=() if province else AREAS,
    )  # fmt: skip
    return offices.create_office(path, new, cost=CHEAP).session


def first_area(session: Session) -> str:
    """The id of a residential area."""
    return next(session.file.records.every(ListQuery(AREA))).id


def activity(area: str, number: int) -> dict[str, Value]:
    """A made-up activity."""
    return {
        "held_on": date(2026, 3, 1 + number % 28),
        "residential_area": area,
        "kind": "propaganda",
        "topics": ("crime",),
        "title": f"Tuyên truyền đợt {number}",
        "attendance_total": 40,
        "attendance_women": 21,
    }


def a_month() -> Period:
    """The month that is closed and opened again."""
    return period_of(date(2026, 3, 20), PeriodKind.MONTH)


def saving(session: Session, _folder: Path) -> Iterator[str]:
    """Save a record, change it, keep a draft; tells the id."""
    area = first_area(session)
    for number in count():
        saved = records.save(session, ACTIVITY, activity(area, number), reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        values = {**saved.record.values, "attendance_total": 41}
        records.save(session, ACTIVITY, values, record_id=saved.record.id, reasons={"*": "thử"})
        yield saved.record.id


def importing(session: Session, folder: Path) -> Iterator[str]:
    """Import a table of new rows; tells how many there are now."""
    spec = session.register(ACTIVITY)
    names = ("held_on", "residential_area", "kind", "topics", "title", "attendance_total")
    for number in count(session.file.records.count(ACTIVITY)):
        rows = ["\t".join(spec.field(name).label for name in names)]
        rows += [
            f"{1 + row % 28}/3/2026\tTân Lập\tTuyên truyền\tPhòng, chống tội phạm\tViệc {number}.{row}\t40"
            for row in range(IMPORTED)
        ]
        table = folder / "in.tsv"
        table.write_text("\n".join(rows), encoding="utf-8")
        transfer.apply_import(session, transfer.preview_import(session, ACTIVITY, table))
        yield str(session.file.records.count(ACTIVITY))


def closing(session: Session, _folder: Path) -> Iterator[str]:
    """Close a month and open it again; tells which."""
    while True:
        if reports.is_closed(session, REPORT, a_month()):
            reports.reopen(session, REPORT, a_month())
        report = reports.build(session, REPORT, a_month())
        for figure in report.unanswered:
            reports.keep_odd(session, a_month(), figure.indicator, "Số mẫu.")
        reports.close(session, REPORT, a_month())
        yield "closed"


def packing(session: Session, folder: Path) -> Iterator[str]:
    """Make packages on a made-up stick; tells their names."""
    stick = folder / "stick"
    stick.mkdir(exist_ok=True)
    while True:
        yield outgoing.make_package(session, stick).path.name


def half_packing(session: Session, folder: Path) -> Iterator[str]:
    """Die in the middle of the bytes of a package."""

    class Dying:
        """Takes one piece, puts it on the disk, and ends the process."""

        def __init__(self, pieces: BinaryIO, out: BinaryIO, _size: int) -> None:
            out.write(pieces.read(1000))
            out.flush()
            for path in (folder / "stick").iterdir():
                with path.open("rb+") as stream:
                    os.fsync(stream.fileno())
            sys.stdout.flush()
            os._exit(9)

    vars(pack)["shutil"] = SimpleNamespace(copyfileobj=Dying)
    yield from packing(session, folder)


def receiving(session: Session, folder: Path) -> Iterator[str]:
    """Take in the packages of a folder that were not taken in; tells their names."""
    for path in sorted((folder / "packages").glob("*.tdp")):
        try:
            incoming.receive(session, incoming.plan_receive(session, path))
        except UserError as refused:
            if refused.code != "TD-SYNC-009":
                raise
        yield path.name


WORK = {each.__name__: each for each in (saving, importing, closing, packing, half_packing, receiving)}


def main(work: str, office: str) -> None:
    """Open the office and work; every told line stands for something that is committed."""
    path = Path(office)
    session = offices.open_office(path, PASSWORD)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for told in WORK[work](session, path.parent):
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
    session.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
