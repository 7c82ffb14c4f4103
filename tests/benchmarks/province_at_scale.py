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
from datetime import datetime
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
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.packages import Partner
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.store.records import Records

AREAS = 15
FLOORS = 5  # so often, spread over the run, the raw inserts are measured
FIRST = 10_000  # code of the first commune
REPORT = "movement_result"
_KEY = "RWQAAAAAAAAAANdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
_AGE = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds and result."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def processed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the processor, which other work does not lengthen, and result."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


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
            keys={"kind": "commune", "verify": _KEY, "age": _AGE, "fingerprint": "0" * 40},
            status="accepted",
            at=datetime(2026, 1, 5, tzinfo=VIETNAM_TIME),
        )
    )
    for period in ("2026-09", "2026-10"):
        session.file.reports.freeze(
            received_report(office, REPORT), period, {"figures": [{"indicator": "activities_total", "value": "500"}]},
            actor="khoa", now=CLOCK.now(),
        )  # fmt: skip


class SqlTime:
    """How long the statements of an open office have taken, while it is entered; reading a list's rows is one."""

    _WATCHED = ((OpenDatabase, "all"), (OpenDatabase, "one"), (OpenDatabase, "run"), (Records, "ids"))

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> SqlTime:
        self._before = [(kind, name, getattr(kind, name)) for kind, name in self._WATCHED]
        for kind, name, method in self._before:
            setattr(kind, name, self._timed(method))
        return self

    def __exit__(self, *_: object) -> None:
        for kind, name, method in self._before:
            setattr(kind, name, method)

    def _timed(self, method: Callable[..., object]) -> Callable[..., object]:
        def ask(*given: object, **named: object) -> object:
            start = time.process_time()
            try:
                return method(*given, **named)
            finally:
                self.seconds += time.process_time() - start

        return ask


def pages(session: Session, offices: list[str]) -> dict[str, Callable[[], object]]:
    """What the province's pages ask for when they are opened, by page."""
    from thidua_desktop.services import board, communes
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports import build, matrix, ranking
    from thidua_desktop.services.reports.consolidated import communes_of

    month = period_for(session, build.report_spec(session, REPORT), "2026-10")
    figure, compared = "activities_total", offices[0]
    kinds = matrix.MatrixChoice(kinds=("", "rural"))
    return {
        "board": lambda: board.board(session, REPORT),
        "summary_month": lambda: board.summary(session, REPORT, month),
        "coverage": lambda: communes.coverage(session, REPORT, month),
        "ranking": lambda: ranking.ranking(session, REPORT, month, figure),
        "ranking_per_households": lambda: ranking.ranking(
            session, REPORT, month, figure, ranking.Measure.PER_HOUSEHOLDS
        ),
        "ranking_target": lambda: ranking.ranking(session, REPORT, month, "sessions", ranking.Measure.TARGET),
        "matrix": lambda: matrix.matrix(session, REPORT, month, matrix.MatrixChoice()),
        "matrix_by_kind": lambda: matrix.matrix(session, REPORT, month, kinds),
        "areas_of_a_commune": lambda: ranking.areas_of(session, REPORT, month, figure, compared),
        "report": lambda: build.build(session, REPORT, month),
        "report_on_communes": lambda: communes_of(session, build.build(session, REPORT, month)),
    }


def list_work(session: Session, offices: list[str]) -> dict[str, Callable[[], object]]:
    """What is done with lists: opened, sorted, gone to the end of, filtered, searched."""
    from thidua_desktop.services import lists, search
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports import build

    month = period_for(session, build.report_spec(session, REPORT), "2026-10")
    everything, kept = ListQuery(ACTIVITY), lists.open_list(session, ListQuery(ACTIVITY))

    def opened_with(**asked: object) -> Callable[[], object]:
        return lambda: lists.open_list(session, everything._replace(**asked)).row(0)  # type: ignore[arg-type]

    launches = (lists.Condition("kind", ("launch",)),)
    return {
        "list_of_a_month": lambda: lists.open_list(session, lists.default_query(session, ACTIVITY, month)).row(0),
        "list_of_all": opened_with(),
        "list_page_further_on": lambda: kept.rows(500_000, 500_040),
        "list_end": lambda: lists.open_list(session, everything).rows(len(kept) - 40, len(kept)),
        "list_sorted_by_number": opened_with(sort=(lists.SortKey("attendance_total", True),)),
        "list_sorted_by_area": opened_with(sort=(lists.SortKey("residential_area"),)),
        "list_sorted_by_office": opened_with(sort=(lists.SortKey(lists.OFFICE),)),
        "list_of_an_office": opened_with(office=offices[0]),
        "list_of_a_kind": opened_with(conditions=launches),
        "list_of_a_kind_and_office": opened_with(conditions=launches, office=offices[0]),
        "list_totals": lambda: lists.open_list(session, everything).totals,
        "offices_counted": lambda: lists.offices(session, everything),
        "offices_offered": lambda: lists.offices(session, everything, counted=False),
        "filter_offered": lambda: lists.chips(session, everything, counted=False, only="kind"),
        "areas_offered": lambda: lists.chips(session, everything, counted=False, only="residential_area"),
        **{f"list_typed_{len(text)}": opened_with(text=text) for text in ("l", "lua", "lua dao", "lua dao qua mang")},
        "list_of_a_month_typed": lambda: lists.open_list(
            session, lists.default_query(session, ACTIVITY, month)._replace(text="lua")
        ).row(0),
        "search": lambda: search.search(session, "tuyen truyen thon"),
    }


def read(session: Session, offices: list[str]) -> None:
    """What pages and lists take, first and again, in seconds of this program alone, whatever else the machine does.

    Against the statements that they ask alone, and against one statement that goes over the same table once.
    """
    session.file._database.measure_tables()
    year = f"SELECT office, count(*), sum(attendance_total) FROM {ACTIVITY} WHERE deleted = 0"
    month = f"{year} AND held_on BETWEEN '2026-09-15' AND '2026-10-14' GROUP BY office"
    floors: dict[str, Callable[[], object]] = {
        "one_pass_month": lambda: session.file._database.all(month),
        "one_pass": lambda: session.file._database.all(f"{year} GROUP BY office"),
    }
    passes: dict[str, float] = {}
    for name, work in {**floors, **pages(session, offices), **list_work(session, offices)}.items():
        first = processed(work)[0]
        with SqlTime() as sql:
            again = processed(work)[0]
        if name in floors:
            passes[name] = again
        told = {"first": round(first, 3), "again": round(again, 3), "to_sql": round(again / max(sql.seconds, 1e-6), 2)}
        told |= {f"to_{floor}": round(again / seconds, 2) for floor, seconds in passes.items()}
        print(json.dumps({name: told}), flush=True)


def inbox(session: Session, folder: Path, records: int = 500) -> None:
    """The plan of a package of one more commune and taking it in, by record."""
    from tests.unit.services.handoff.two_offices import introduce, make_office
    from thidua_desktop.services import records as saving
    from thidua_desktop.services.automatic_backups import Step, copy_before
    from thidua_desktop.services.handoff import incoming, outgoing

    commune = make_office(folder / "xa.thidua", "24412", now=CLOCK.now())
    introduce(commune, session)
    areas = [record.id for record in commune.file.records.every(ListQuery(AREA))]
    for values in islice(activities(areas, 7), records):
        assert isinstance(saving.save(commune, ACTIVITY, values, reasons={"*": "thử"}), saving.Saved)
    packed, made = processed(lambda: outgoing.make_package(commune, folder))
    path = made.path  # type: ignore[attr-defined]
    planned, plan = processed(lambda: incoming.plan_receive(session, path))
    copied, _ = timed(lambda: copy_before(session, Step.PACKAGE))
    taken, done = processed(lambda: incoming.receive(session, plan))  # type: ignore[arg-type]
    told = {"packed": packed, "planned": planned, "taken": taken}
    each = {f"{name}_us": round(seconds / records * 1e6) for name, seconds in told.items()}
    print(json.dumps({"inbox": each | {"new": done.new, "copy_before_s": round(copied, 1)}}), flush=True)  # type: ignore[attr-defined]
    commune.close()


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
        inbox(session, Path(folder))
        if options.publish:
            print(json.dumps(published(session) | {"peak_mib": peak()}), flush=True)
        session.close()


if __name__ == "__main__":
    main()
