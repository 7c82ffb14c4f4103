"""A province of many communes on one PC: merge, opening, backup, pages, publishing. Run by hand; not one of the ratios.

``python -m tests.benchmarks.province_at_scale --communes 170 --records 5900 [--publish]``. Each commune's records are
merged as those of a package are; the floor is raw inserts of the same rows into the same file of the same size.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import uuid_utils

from tests.benchmarks.made_offices import ACTIVITY, AREA, CHEAP, CLOCK, PASSWORD, activities
from thidua_desktop.formdef.records import plain_values
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Session
from thidua_desktop.store.cells import plain_of, values_of_plain
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.packages import Partner
from thidua_desktop.store.queries import DateRange, ListQuery, Record

AREAS = 15
FLOORS = 5  # so often, spread over the run, the raw inserts are measured
FIRST = 10_000  # code of the first commune
REPORT = "movement_result"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds and result."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def made_lines(session: Session, office: str, size: int) -> list[RecordLine]:
    """The activities and areas of one commune, as they travel: registers by name, so areas come last."""
    areas = [str(uuid_utils.uuid7()) for _ in range(AREAS)]
    places = [
        RecordLine(register=AREA, id=one, office=office, revision=1,
                   values={"kind": "thon", "name": f"Thôn {place}", "households": 120})
        for place, one in enumerate(areas)
    ]  # fmt: skip
    spec = session.register(ACTIVITY)
    lines = [
        RecordLine(register=ACTIVITY, id=str(uuid_utils.uuid7()), office=office, revision=1,
                   values=plain_values(spec, values))
        for values in islice(activities(areas, int(office)), size)
    ]  # fmt: skip
    return lines + places


def as_records(session: Session, lines: list[RecordLine]) -> list[Record]:
    """The activities under new ids, as the store writes them."""
    spec = session.register(ACTIVITY)
    return [
        Record(register=ACTIVITY, id=str(uuid_utils.uuid7()), office=line.office, revision=1, deleted=False,
               values=values_of_plain(spec, line.values), changed_at=CLOCK.now(), changed_by="khoa")
        for line in lines if line.register == ACTIVITY
    ]  # fmt: skip


def raw_inserts(session: Session, records: list[Record]) -> int:
    """Into the same table and its indexes, without log, search and checks."""
    database = session.file._database
    table = database.table(ACTIVITY)
    with database.atomic():
        for record in records:
            cells = table.parameters(record, plain_of(table.spec, record.values), 0, None)
            database.connection.execute(table.insert, cells)
    return len(records)


def peak() -> int:
    """The most memory so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def offices(first: int, communes: int) -> Iterator[str]:
    """Made-up codes of communes."""
    return (f"{first + number:05d}" for number in range(communes))


def merged(session: Session, communes: int, records: int) -> list[dict[str, object]]:
    """Merge all; one line of numbers for every tenth of the way."""
    step, spent, count, report = max(1, communes // 10), 0.0, 0, []
    for number, office in enumerate(offices(FIRST, communes), start=1):
        lines = made_lines(session, office, records)
        seconds, _ = timed(partial(session.file.merge, lines, office, "gói 1", actor="khoa", now=CLOCK.now()))
        spent, count = spent + seconds, count + len(lines)
        if number % step == 0:
            point: dict[str, object] = {"records": number * len(lines), "merge_us": round(spent / count * 1e6, 1)}
            if number % (step * 10 // FLOORS) == 0:
                part = as_records(session, lines)
                raw, rows = timed(partial(raw_inserts, session, part))
                point |= {"raw_us": round(raw / int(str(rows)) * 1e6, 1)}
            report.append(point | {"peak_mib": peak()})
            print(json.dumps(report[-1]), flush=True)
            spent, count = 0.0, 0
    return report


def enrolled(session: Session, office: str) -> None:
    """The commune's card is accepted and its reports of two months have come."""
    from thidua_desktop.services.handoff.acknowledged import received_report

    session.file.partners.put(
        Partner(
            office=office,
            installation=f"may-{office}",
            name=f"Xã {office}",
            keys={"kind": "commune"},
            status="accepted",
            at=datetime(2026, 1, 5, tzinfo=VIETNAM_TIME),
        )
    )
    for period in ("2026-09", "2026-10"):
        session.file.reports.freeze(
            received_report(office, REPORT), period, {"figures": [{"indicator": "activities_total", "value": "500"}]},
            actor="khoa", now=CLOCK.now(),
        )  # fmt: skip


def read(session: Session, offices: list[str]) -> dict[str, dict[str, float]]:
    """Seconds of what the province's pages ask for, and of statements that go over the same table once."""
    from thidua_desktop.services import board, lists, search, today
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports import build, ranking

    month = period_for(session, build.report_spec(session, REPORT), "2026-10")
    names = [name for name, one in session.definitions.indicators.items() if one.register == ACTIVITY]
    year = [DateRange(date(2026, 1, 1), CLOCK.today())]
    everything = ListQuery(ACTIVITY)
    compared = next(office for office in offices)
    asked: dict[str, Callable[[], object]] = {
        "count": lambda: session.file.records.count(ACTIVITY),
        "one_pass": lambda: session.file._database.all(
            f"SELECT office, count(*), sum(attendance_total) FROM {ACTIVITY} WHERE deleted = 0 "
            "AND held_on BETWEEN '2026-10-01' AND '2026-10-31' GROUP BY office"
        ),
        "one_pass_year": lambda: session.file._database.all(
            f"SELECT office, count(*), sum(attendance_total) FROM {ACTIVITY} WHERE deleted = 0 GROUP BY office"
        ),
        "today": lambda: today.today(session),
        "board": lambda: board.board(session, REPORT),
        "summary_month": lambda: board.summary(session, REPORT, month),
        "ranking": lambda: ranking.ranking(session, REPORT, month, "activities_total"),
        "ranking_per_households": lambda: ranking.ranking(
            session, REPORT, month, "activities_total", ranking.Measure.PER_HOUSEHOLDS
        ),
        "areas_of_a_commune": lambda: ranking.areas_of(session, REPORT, month, "activities_total", compared),
        "report": lambda: build.build(session, REPORT, month),
        "figures_year": lambda: session.file.figures(names, year),
        "figures_one_office": lambda: session.file.figures(names, year, offices=[compared]),
        "list_of_a_month": lambda: lists.open_list(session, lists.default_query(session, ACTIVITY, month)).row(0),
        "list_of_all": lambda: lists.open_list(session, everything).row(0),
        "list_of_all_found": lambda: lists.open_list(session, replace(everything, text="lua dao")).row(0),
        "search": lambda: search.search(session, "tuyen truyen thon"),
    }
    session.file._database.measure_tables()
    found = {}
    for name, work in asked.items():
        first, again = timed(work)[0], timed(work)[0]
        found[name] = {"first": round(first, 4), "again": round(again, 4)}
        print(json.dumps({name: found[name]}), flush=True)
    return found


def opened(path: Path) -> Session:
    """Opens the file as at the start of a day, timed; a backup of it, timed."""
    from thidua_desktop.services.backups import backup_now
    from thidua_desktop.services.offices import open_office

    seconds, session = timed(lambda: open_office(path, PASSWORD, clock=CLOCK))
    print(json.dumps({"open": round(seconds, 3), "file_mib": path.stat().st_size >> 20}), flush=True)
    with tempfile.TemporaryDirectory(prefix="thidua-scale-", dir=path.parent) as folder:
        copied = timed(lambda: shutil.copyfile(path, Path(folder) / "copy"))[0]
        backup = timed(lambda: backup_now(session, Path(folder)))[0]  # type: ignore[arg-type]
    print(json.dumps({"backup": round(backup, 2), "copy_of_the_file": round(copied, 2)}), flush=True)
    return session  # type: ignore[return-value]


def published(session: Session) -> dict[str, object]:
    """Publishing everything, nothing again, sizes and a view, on a server started for it."""
    import psycopg

    from tests.scenarios.real_postgres import cluster
    from thidua_desktop.services.publishing import publish

    with cluster() as server:
        address = server.new_database("scale")
        layout, _ = timed(lambda: publish(session, address, dry_run=True))
        whole, done = timed(lambda: publish(session, address))
        again, _ = timed(lambda: publish(session, address))
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(b"ANALYZE")

            def ask(sql: str) -> tuple[float, object]:
                return timed(lambda: connection.execute(sql.encode()).fetchall())

            sizes = ask("SELECT sum(pg_table_size(oid)), sum(pg_indexes_size(oid)) FROM pg_class "
                        "WHERE relkind = 'r' AND relname LIKE 'movement_activity%'")[1]  # fmt: skip
            month = " WHERE calendar = 'decree09' AND period = '2026-06'"
            views = {
                "view_month": ask(f"SELECT * FROM thidua_figure.activities_total{month}")[0],
                "view_month_office": ask(f"SELECT * FROM thidua_figure.activities_total{month} AND office = '10000'")[
                    0
                ],
                "view_area_month": ask(f"SELECT * FROM thidua_figure_area.attendance_total{month}")[0],
            }
    return {"dry_run": layout, "publish": whole, "again": again, "result": str(done), "sizes": str(sizes), **views}


def made(path: Path, communes: int, records: int) -> None:
    """A province's file with the records of all communes."""
    new = NewOffice(unit_code="75", user_name="Tạ Đình Khoa", login="khoa", password=PASSWORD, province=True)
    session = create_office(path, new, CLOCK, CHEAP).session
    merged(session, communes, records)
    for office in offices(FIRST, communes):
        enrolled(session, office)
    session.close()


def main() -> None:
    """Print one JSON line per measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=int, default=170)
    parser.add_argument("--records", type=int, default=5_900, help="of each commune")
    parser.add_argument("--publish", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder for the file, which is made where it is not there yet")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thidua-scale-") as folder:
        path = (options.keep or Path(folder)) / "tinh.thidua"
        if not path.exists():
            made(path, options.communes, options.records)
        session = opened(path)
        read(session, list(offices(FIRST, options.communes)))
        if options.publish:
            print(json.dumps(published(session) | {"peak_mib": peak()}), flush=True)
        session.close()


if __name__ == "__main__":
    main()
