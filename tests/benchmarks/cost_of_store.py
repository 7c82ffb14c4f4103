"""The office file against SQLite itself: saving, lists, figures."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import Measurement
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import Value
from thidua_desktop.store import figure_sql, list_sql
from thidua_desktop.store.identity import NewUser, OfficeIdentity
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.office_file import create_office
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import DateRange, ListQuery, SortKey

if TYPE_CHECKING:
    from sqlite3 import Connection

NOW = datetime(2026, 11, 9, 8, 30)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
REGISTER = "movement_activity"
YEAR = tuple(DateRange(date(2026, month, 1), date(2026, month, 28)) for month in range(1, 13))
WORDS = ("tuyên", "truyền", "phát", "động", "tuần", "tra", "ký", "cam", "kết", "thôn", "bản", "tổ", "nhân", "dân")


@dataclass(frozen=True, slots=True)
class Filled:
    """An office file with activities, and its connection for the floor."""

    file: OfficeFile
    connection: Connection
    sample: dict[str, Value]
    record_id: str


def activity(luck: random.Random, areas: list[str]) -> dict[str, Value]:
    """One made-up activity."""
    return {
        "held_on": date(2026, 1, 1) + timedelta(luck.randrange(365)),
        "residential_area": luck.choice(areas),
        "kind": luck.choice(["propaganda", "patrol", "launch"]),
        "topics": ("fraud",),
        "title": " ".join(luck.choices(WORDS, k=6)),
        "attendance_total": luck.randrange(20, 200),
        "attendance_women": luck.randrange(20),
    }


def filled(size: int, folder: Path) -> Filled:
    """An office file with ``size`` activities in 15 residential areas."""
    identity, user = OfficeIdentity(code="24412", name="Xã Tân Lập"), NewUser("Lò Thị Đào", "dao")
    path = folder / f"{len(list(folder.iterdir()))}.thidua"
    file = create_office(path, load_definitions(), identity, user, "x", NOW, cost=KeyCost(64, 1, 1)).file
    names = ((None, {"kind": "thon", "name": f"Thôn {number}"}) for number in range(15))
    areas = [key.id for key in file.records.save_many("residential_area", names, actor="dao", now=NOW)]
    luck = random.Random(1)
    rows = ((None, activity(luck, areas)) for _ in range(size))
    keys = file.records.save_many(REGISTER, rows, actor="dao", now=NOW)
    file._database.run("CREATE TABLE floor (row INTEGER PRIMARY KEY, content TEXT)")
    return Filled(file, file._database.connection, activity(luck, areas), keys[0].id)


def close(state: Filled) -> None:
    """Close the file, so that its folder can go."""
    state.file.close()


def save_one(state: Filled) -> None:
    """One record with its history, audit chain, search and indexes."""
    state.file.records.save(REGISTER, state.sample, actor="dao", now=NOW)


def insert_one(state: Filled) -> None:
    """One synchronous insert of as many bytes."""
    state.connection.execute("INSERT INTO floor (content) VALUES (?)", ("x" * 400,))


def open_list(state: Filled) -> int:
    """The list by title, ready to be scrolled."""
    return len(state.file.records.ids(ListQuery(REGISTER, sort=(SortKey("title"),))))


def list_statement(state: Filled) -> int:
    """The statement alone."""
    query = ListQuery(REGISTER, sort=(SortKey("title"),))
    sql, parameters = list_sql.rows_statement(state.file._database, query)
    return len(state.connection.execute(sql, parameters).fetchall())


def all_figures(state: Filled) -> int:
    """Every indicator of activities, twelve periods, every area."""
    return len(state.file.figures(figure_names(state), YEAR, by_area=True))


def one_pass(state: Filled) -> int:
    """The same conditions written out in one pass over the table, by month."""
    database = state.file._database
    table = database.table(REGISTER)
    named = [state.file.definitions.indicators[name] for name in figure_names(state)]
    summed = [one for one in named if one.aggregate.value != "distinct" and not one.rows and not one.stock]
    columns, parameters = figure_sql._columns(table, [(one, None) for one in summed])
    sql = (
        f"SELECT office, residential_area, substr(held_on, 1, 7), {', '.join(columns)} FROM {REGISTER} AS t "
        "WHERE deleted = 0 AND held_on BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY 1, 2, 3"
    )
    return len(state.connection.execute(sql, parameters).fetchall())


def figure_names(state: Filled) -> list[str]:
    """The indicators of activities."""
    return [name for name, one in state.file.definitions.indicators.items() if one.register == REGISTER]


MEASUREMENTS = (
    Measurement("save one record", 3.0, filled, save_one, insert_one, "synchronous insert", SIZES, 20, close),
    Measurement("open a list sorted by title", 1.3, filled, open_list, list_statement, "its SQL", SIZES, 1, close),
    Measurement("all figures, 12 months, all areas", 2.0, filled, all_figures, one_pass, "one pass", SIZES, 1, close),
)
