"""34 provinces, 3,321 communes, one year on one PostgreSQL server, at a fraction of the size. Run by hand.

``python -m tests.benchmarks.nation_at_scale --parts 50 20 10``: the server grows to a fiftieth, a twentieth and a tenth
of the country's communes (each with 6,000 activities), through the same batches that publishing sends; after each
step the cost of the last rows, the disk and the views are measured.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

import uuid_utils

from tests.scenarios.real_postgres import cluster
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.publishing.server import PeriodRow, Rows, Server, Source, server
from thidua_desktop.services.publishing import BATCH, _periods
from thidua_desktop.services.reports.private_counts import counted_only

PROVINCES, COMMUNES, RECORDS = 34, 3_321, 6_000
ACTIVITY = "movement_activity"
YEAR = date(2026, 1, 1)
AT = "2026-12-31T08:00:00+07:00"
MONTH = " WHERE calendar = 'decree09' AND period = '2026-06'"
VIEWS = {
    "month": f"SELECT * FROM thidua_figure.activities_total{MONTH}",
    "one_office": f"SELECT * FROM thidua_figure.activities_total{MONTH} AND office = '10000'",
    "sum_by_area": f"SELECT * FROM thidua_figure_area.attendance_total{MONTH}",
    "distinct": f"SELECT * FROM thidua_figure.areas_active{MONTH}",
}


def made_rows(there: Server, source: Source, office: int, first: int) -> Iterator[tuple[object, ...]]:
    """One commune's year."""
    luck = Random(office)
    areas = [str(uuid_utils.uuid7()) for _ in range(15)]
    register = there.registers[ACTIVITY]
    for number in range(RECORDS):
        people = luck.randrange(20, 200)
        plain = {
            "held_on": (YEAR + timedelta(luck.randrange(365))).isoformat(),
            "residential_area": luck.choice(areas),
            "kind": luck.choice(("propaganda", "patrol", "launch")),
            "topics": ["crime"],
            "title": f"Tuyên truyền phòng, chống lừa đảo qua mạng, đợt {number}",
            "place": "Nhà văn hóa thôn",
            "attendance_total": people,
            "attendance_women": people // 2,
            "result": "Nhân dân dự đông đủ, thảo luận sôi nổi; không có vụ việc phức tạp.",
        }
        head = (str(office), str(uuid_utils.uuid7()), 1, False, AT, source.installation, first + number)
        yield register.row(head, plain, False)


def sent(address: str, communes: range) -> tuple[int, float]:
    """(rows, seconds) of publishing these communes, each from its province's file; making the rows is not counted."""
    definitions = load_definitions()
    rows, spent = 0, 0.0
    for province in range(PROVINCES):
        source = Source(f"province-{province}", str(province), f"Tỉnh {province}")
        with server(address, source, definitions) as there:
            there.claim()
            there.lay_out(counted_only(definitions))
            there.put_periods(list[PeriodRow](_periods(definitions.calendars.values(), YEAR)))
            place = there.place().seq
            for commune in communes[province::PROVINCES]:
                made = made_rows(there, source, 10_000 + commune, place)
                while part := list(islice(made, BATCH)):
                    place += len(part)
                    start = time.perf_counter()
                    rows += there.take([Rows(ACTIVITY, part, ())], place, "")
                    spent += time.perf_counter() - start
    return rows, spent


def look(address: str) -> dict[str, object]:
    """Disk and views."""
    import psycopg

    sizes = "SELECT sum(pg_table_size(oid)), sum(pg_indexes_size(oid)), sum(reltuples) FROM pg_class " \
            "WHERE relkind = 'r' AND relname LIKE 'movement_activity__p%'"  # fmt: skip
    found: dict[str, object] = {}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(b"VACUUM ANALYZE thidua.movement_activity")
        table, index, rows = connection.execute(sizes.encode()).fetchone() or (0, 0, 0)
        found |= {"rows": int(rows), "table_mib": int(table) >> 20, "index_mib": int(index) >> 20}
        for name, sql in VIEWS.items():
            start = time.perf_counter()
            connection.execute(sql.encode()).fetchall()
            found[name] = round(time.perf_counter() - start, 3)
    return found


def main() -> None:
    """Print one JSON line per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, nargs="+", default=[50, 20, 10], help="growing: 50 20 10")
    options = parser.parse_args()
    with cluster() as running:
        address, done = running.new_database("nation"), 0
        sent(address, range(0))
        for part in options.parts:
            communes = COMMUNES // part
            rows, seconds = sent(address, range(done, communes))
            done = communes
            point = {"part": f"1/{part}", "communes": communes, "s_per_million": round(seconds / rows * 1e6, 1)}
            print(json.dumps(point | look(address)), flush=True)


if __name__ == "__main__":
    main()
