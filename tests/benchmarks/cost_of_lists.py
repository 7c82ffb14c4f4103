"""Lists as people use them, through services, against their SQL alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.made_offices import ACTIVITY, HOUSEHOLD, activities, area_ids, commune, fill, households
from tests.benchmarks.measure import Measurement
from thidua_desktop.services import lists
from thidua_desktop.services.search import search
from thidua_desktop.services.session import Session
from thidua_desktop.store import list_sql
from thidua_desktop.store.queries import ListQuery, SortKey

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SCREEN = 30  # lines that are seen at once


@dataclass(frozen=True, slots=True)
class Listed:
    """An office, and the queries that are opened one after the other."""

    session: Session
    queries: tuple[ListQuery, ...]


def activity_lists(size: int, folder: Path) -> Listed:
    """By day, by linked residential area, by a number; filtered by kind and area; with typed words."""
    session = commune(folder)
    areas = area_ids(session)
    fill(session, ACTIVITY, activities(areas), size)
    plain = ListQuery(ACTIVITY)
    filtered = lists.with_condition(plain, "kind", ("patrol",))
    return Listed(
        session,
        (
            plain,
            ListQuery(ACTIVITY, sort=(SortKey("residential_area"),)),
            ListQuery(ACTIVITY, sort=(SortKey("attendance_total", descending=True),)),
            filtered,
            lists.with_condition(filtered, "residential_area", (areas[0],)),
            ListQuery(ACTIVITY, text="tuan tra"),
        ),
    )


def households_by_name(size: int, folder: Path) -> Listed:
    """By given name, in Vietnamese order."""
    session = commune(folder)
    fill(session, HOUSEHOLD, households(area_ids(session)), size)
    return Listed(session, (ListQuery(HOUSEHOLD, sort=(SortKey("representative"),)),))


def look(state: Listed) -> int:
    """Open each list, see a screen of its first lines, jump to its end."""
    seen = 0
    for query in state.queries:
        opened = lists.open_list(state.session, query)
        seen += len(opened.rows(0, SCREEN)) + len(opened.rows(len(opened) - SCREEN, len(opened)))
    return seen


def statements(state: Listed) -> int:
    """The SQL statements of the same lists."""
    database = state.session.file._database
    return sum(len(database.all(*list_sql.rows_statement(database, query))) for query in state.queries)


def chips(state: Listed) -> int:
    """What the filters offer, with counts."""
    return len(lists.chips(state.session, state.queries[0]))


def grouped(state: Listed) -> int:
    """One statement per filter, as SQL counts it."""
    found = 0
    for field in state.session.register(ACTIVITY).list.filters:
        sql = f"SELECT {field}, count(*) FROM {ACTIVITY} WHERE deleted = 0 GROUP BY 1"
        found += len(state.session.file._database.all(sql))
    return found


def search_words(state: Listed) -> int:
    """Fifty hits with their titles, none of which is known yet."""
    state.session.entries.clear()
    return sum(len(group.records) for group in search(state.session, "tuyen tru", 50))


def search_index(state: Listed) -> int:
    """The index, and the rows that it names."""
    database = state.session.file._database
    sql = "SELECT rowid & 1099511627775 FROM search WHERE search MATCH 'tuyen* AND tru*' ORDER BY rowid DESC LIMIT 50"
    rows = [row[0] for row in database.all(sql)]
    return len(database.all(f"SELECT * FROM {ACTIVITY} WHERE row IN ({', '.join('?' * len(rows))})", rows))


def close(state: Listed) -> None:
    """Close the office."""
    state.session.close()


def _measurement(
    name: str, aim: float, prepare: Callable[[int, Path], Listed], ours: Callable[[Listed], int],
    floor: Callable[[Listed], int], floor_name: str,
) -> Measurement:  # fmt: skip
    return Measurement(name, aim, prepare, ours, floor, floor_name, SIZES, 1, close)


MEASUREMENTS = (
    _measurement("open, sort, filter, jump to the end", 1.3, activity_lists, look, statements, "their SQL"),
    _measurement("households by given name", 1.3, households_by_name, look, statements, "its SQL"),
    _measurement("search as typed", 1.3, activity_lists, search_words, search_index, "FTS5 and its rows"),
    _measurement("filters with counts", 1.3, activity_lists, chips, grouped, "GROUP BY"),
)
