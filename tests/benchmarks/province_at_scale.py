"""A province of many communes on one PC: merge, figures, a list, publishing. Run by hand; not one of the ratios.

``python -m tests.benchmarks.province_at_scale --communes 170 --records 5900 [--publish]``. Each commune's records are
merged as those of a package are; the floor is raw inserts of the same rows into the same file of the same size.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import uuid_utils

from tests.benchmarks.made_offices import ACTIVITY, AREA, CHEAP, CLOCK, PASSWORD, activities
from thidua_desktop.formdef.records import plain_values
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.session import Session
from thidua_desktop.store.cells import plain_of, values_of_plain
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.queries import DateRange, ListQuery, Record

AREAS = 15
FLOORS = 5  # so often, spread over the run, the raw inserts are measured


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds and result."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def made_lines(session: Session, office: str, size: int) -> list[RecordLine]:
    """The areas and activities of one commune, as they travel."""
    areas = [str(uuid_utils.uuid7()) for _ in range(AREAS)]
    lines = [
        RecordLine(register=AREA, id=one, office=office, revision=1,
                   values={"kind": "thon", "name": f"Thôn {place}", "households": 120})
        for place, one in enumerate(areas)
    ]  # fmt: skip
    spec = session.register(ACTIVITY)
    lines += [
        RecordLine(register=ACTIVITY, id=str(uuid_utils.uuid7()), office=office, revision=1,
                   values=plain_values(spec, values))
        for values in islice(activities(areas, int(office)), size)
    ]  # fmt: skip
    return lines


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


def merged(session: Session, communes: int, records: int, first: int = 10_000) -> list[dict[str, object]]:
    """Merge all; one line of numbers for every tenth of the way."""
    step, spent, count, report = max(1, communes // 10), 0.0, 0, []
    for number, office in enumerate(offices(first, communes), start=1):
        lines = made_lines(session, office, records)
        work = lambda one=lines, of=office: session.file.merge(  # noqa: E731
            one, of, "gói 1", actor="khoa", now=CLOCK.now()
        )
        seconds, _ = timed(work)
        spent, count = spent + seconds, count + len(lines)
        if number % step == 0:
            point: dict[str, object] = {"records": number * len(lines), "merge_us": round(spent / count * 1e6, 1)}
            if number % (step * 10 // FLOORS) == 0:
                part = as_records(session, lines)
                raw, rows = timed(lambda one=part: raw_inserts(session, one))
                point |= {"raw_us": round(raw / int(str(rows)) * 1e6, 1)}
            report.append(point | {"peak_mib": peak()})
            print(json.dumps(report[-1]), flush=True)
            spent, count = 0.0, 0
    return report


def read(session: Session) -> dict[str, float]:
    """Seconds of the province's figures for a month, of one office's, and of opening the whole list."""
    names = [name for name, one in session.definitions.indicators.items() if one.register == ACTIVITY]
    month = [DateRange(CLOCK.today().replace(day=1), CLOCK.today())]
    session.file._database.measure_tables()
    return {
        "figures_month": timed(lambda: session.file.figures(names, month))[0],
        "figures_one_office": timed(lambda: session.file.figures(names, month, offices=["10000"]))[0],
        "list_of_all": timed(lambda: session.file.records.ids(ListQuery(ACTIVITY)))[0],
    }


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


def main() -> None:
    """Print one JSON line per measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=int, default=170)
    parser.add_argument("--records", type=int, default=5_900, help="of each commune")
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thidua-scale-") as folder:
        path = Path(folder) / "tinh.thidua"
        new = NewOffice(unit_code="75", user_name="Tạ Đình Khoa", login="khoa", password=PASSWORD, province=True)
        session = create_office(path, new, CLOCK, CHEAP).session
        merged(session, options.communes, options.records)
        print(json.dumps(read(session) | {"file_mib": path.stat().st_size >> 20}), flush=True)
        if options.publish:
            print(json.dumps(published(session) | {"peak_mib": peak()}), flush=True)
        session.close()


if __name__ == "__main__":
    main()
