"""The connection to the PostgreSQL server: lay out, batches of rows, what was published already.

Every batch is one transaction that also moves the source's place in its change log, so that a killed publishing goes
on where the last batch ended and brings nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.publishing.figure_views import BY_AREA, FIGURES, view_statements
from thidua_desktop.publishing.frame import frame_statements
from thidua_desktop.publishing.layout import (
    PARTITIONS,
    SCHEMA,
    PublishedRegister,
    published_registers,
    quoted,
    table_statements,
)

if TYPE_CHECKING:
    from psycopg import Connection

_WAIT = "10s"  # for another publishing of the same file; that of a killed one ends within a moment
_AT_ONCE = 200  # statements of the layout sent together


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is published from, and how the server will know it again."""

    installation: str
    office: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """How far the server has this source's change log, and which layout it has."""

    seq: int
    hash: str
    layout: str
    frame: bool  # whether the server has been laid out by anybody


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A reporting period; ``standing``: stock figures are counted for it."""

    calendar: str
    period: str
    kind: str
    label: str
    starts_on: date
    ends_on: date
    standing: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """What a batch brings to one register."""

    register: str
    rows: Sequence[tuple[Any, ...]]
    erased: Sequence[str]


@contextmanager
def server(address: str, source: Source, definitions: Definitions) -> Iterator[Server]:
    """A connection for one publishing.

    UserError TD-ENV-050 without psycopg, TD-ENV-051 when the server cannot be reached, TD-ENV-052 when it refuses or
    breaks off, TD-SYNC-093 while the same file is being published by another process.
    """
    try:
        import psycopg
    except ModuleNotFoundError:
        raise UserError("TD-ENV-050") from None
    try:
        connection = psycopg.connect(address, autocommit=True, application_name="thidua province publish")
    except psycopg.Error as fault:
        raise UserError("TD-ENV-051", detail=_one_line(fault)) from None
    try:
        with connection:
            yield Server(connection, source, definitions)
    except psycopg.errors.LockNotAvailable:
        raise UserError("TD-SYNC-093") from None
    except psycopg.Error as fault:
        raise UserError("TD-ENV-052", detail=_one_line(fault)) from fault


class Server:
    """One publishing's way to the server."""

    def __init__(self, connection: Connection[Any], source: Source, definitions: Definitions) -> None:
        self._connection = connection
        self._source = source
        self._definitions = definitions
        self.registers: dict[str, PublishedRegister] = published_registers(definitions)
        self._staged: set[str] = set()

    def place(self) -> Place:
        """How far the server has this source."""
        if self._one("SELECT to_regclass(%s)", (f"{SCHEMA}.source",))[0] is None:
            return Place(0, "", "", False)
        row = self._one(f"SELECT seq, hash, layout FROM {SCHEMA}.source WHERE installation = %s", self._key)
        return Place(row[0], row[1], row[2], True) if row else Place(0, "", "", True)

    def claim(self) -> None:
        """Keep a second publishing of the same file out until this connection ends."""
        self._run(f"SET lock_timeout = '{_WAIT}'")
        self._run("SELECT pg_advisory_lock(hashtext('thidua_desktop'), hashtext(%s))", self._key)

    def lay_out(self, sent: frozenset[str], partitions: int = PARTITIONS) -> bool:
        """Make or extend tables, comments and views; whether anything had to be done.

        A new layout publishes the file from its first change again, so that new columns are filled. What another
        province's file laid out the same way is left as it is.
        """
        statements = list(self._statements(sent, partitions))
        layout = hashlib.sha256("\n".join(statements).encode()).hexdigest()
        if self.place().layout == layout:
            return False
        self._run("SELECT pg_advisory_lock(hashtext('thidua_desktop layout'))")
        known = self.place().frame and self._one(f"SELECT 1 FROM {SCHEMA}.source WHERE layout = %s", (layout,))
        for start in range(0, 0 if known else len(statements), _AT_ONCE):
            with self._connection.transaction():
                self._run(";\n".join(statements[start : start + _AT_ONCE]))
        with self._connection.transaction():
            self._run(
                f"INSERT INTO {SCHEMA}.source (installation, office, name, seq, hash, layout) "
                "VALUES (%s, %s, %s, 0, '', %s) "
                "ON CONFLICT (installation) DO UPDATE SET seq = 0, hash = '', layout = EXCLUDED.layout",
                (*self._key, self._source.office, self._source.name, layout),
            )
        self._run("SELECT pg_advisory_unlock(hashtext('thidua_desktop layout'))")
        return True

    def forget(self) -> None:
        """Take out all rows of this source: the file was brought back from an older copy and its log goes another
        way."""
        with self._connection.transaction():
            for register in self.registers.values():
                self._run(f"DELETE FROM {register.table} WHERE published_from = %s", self._key)
            self._run(f"UPDATE {SCHEMA}.source SET seq = 0, hash = '' WHERE installation = %s", self._key)

    def take(self, parts: Iterable[Rows], seq: int, digest: str) -> int:
        """One batch: rows that are newer than what is there replace it; how many were written."""
        written = 0
        with self._connection.transaction():
            for part in parts:
                written += self._take_rows(self.registers[part.register], part)
            self._run(
                f"UPDATE {SCHEMA}.source SET seq = %s, hash = %s, published_at = now() WHERE installation = %s",
                (seq, digest, *self._key),
            )
        return written

    def put_periods(self, periods: Sequence[PeriodRow]) -> None:
        """The periods and their days, where they differ: the views look only at days that stand here."""
        rows = [
            (one.calendar, one.period, one.kind, one.label, one.starts_on, one.ends_on, one.standing) for one in periods
        ]
        with self._connection.transaction():
            self._run(f"LOCK TABLE {SCHEMA}.period IN EXCLUSIVE MODE")
            there = set(self._connection.execute(f"SELECT * FROM {SCHEMA}.period".encode()).fetchall())
            if there == set(rows):
                return
            self._run(f"DELETE FROM {SCHEMA}.period")
            self._copy(f"{SCHEMA}.period", rows)
            if {row[:-1] for row in there} != {row[:-1] for row in rows}:
                self._run(f"DELETE FROM {SCHEMA}.day")
                self._run(
                    f"INSERT INTO {SCHEMA}.day SELECT d::date, calendar, period FROM {SCHEMA}.period, "
                    "generate_series(starts_on, ends_on, interval '1 day') AS d"
                )

    def put_offices(self, offices: Sequence[tuple[str, str, str, date | None, date | None]]) -> None:
        """(code, name, kind, first day, last day) of every office that the province knows."""
        with self._connection.transaction():
            self._run(f"DELETE FROM {SCHEMA}.office WHERE source = %s", self._key)
            for code, name, kind, first, last in offices:
                self._run(
                    f"INSERT INTO {SCHEMA}.office (code, name, kind, source, begins_on, ends_on) "
                    "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, "
                    "kind = EXCLUDED.kind, source = EXCLUDED.source, begins_on = EXCLUDED.begins_on, "
                    "ends_on = EXCLUDED.ends_on",
                    (code, name, kind, *self._key, first, last),
                )

    def put_arrivals(self, arrivals: Sequence[tuple[str, str, date]]) -> None:
        """(office, beginning of ids, day) of what communes took over from others."""
        with self._connection.transaction():
            self._run(f"DELETE FROM {SCHEMA}.arrival WHERE source = %s", self._key)
            self._copy(f"{SCHEMA}.arrival", ((*row, *self._key) for row in arrivals))

    def put_sent_figures(self, rows: Iterable[tuple[str, str, str, str, Any]]) -> None:
        """(indicator, calendar, period, office, value) of registers of which only counts reach the province."""
        with self._connection.transaction():
            self._run(f"DELETE FROM {SCHEMA}.sent_figure WHERE source = %s", self._key)
            self._copy(f"{SCHEMA}.sent_figure", ((*row, *self._key) for row in rows))

    @property
    def _key(self) -> tuple[str]:
        return (self._source.installation,)

    def _statements(self, sent: frozenset[str], partitions: int) -> Iterator[str]:
        yield from (f"CREATE SCHEMA IF NOT EXISTS {schema}" for schema in (SCHEMA, FIGURES, BY_AREA))
        yield from frame_statements(self._definitions)
        for register in self.registers.values():
            yield from table_statements(register, partitions)
        yield from view_statements(self._definitions, self.registers, sent)

    def _take_rows(self, register: PublishedRegister, part: Rows) -> int:
        stage = quoted(f"stage_{register.spec.name}")
        if register.spec.name not in self._staged:
            self._run(f"CREATE TEMP TABLE {stage} (LIKE {register.table}) ON COMMIT DELETE ROWS")
            self._staged.add(register.spec.name)
        if part.erased:
            self._run(f"DELETE FROM {register.table} WHERE id = ANY(%s)", (list(part.erased),))
        self._copy(stage, part.rows, register.columns)
        names = ", ".join(map(quoted, register.columns))
        changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in map(quoted, register.columns))
        return self._run(
            f"INSERT INTO {register.table} AS old ({names}) SELECT {names} FROM {stage} ON CONFLICT (office, id) "
            f"DO UPDATE SET {changes} WHERE CASE WHEN EXCLUDED.published_from = old.published_from "
            "THEN EXCLUDED.published_seq >= old.published_seq "
            "ELSE EXCLUDED.revision > old.revision END"
        )

    def _copy(self, table: str, rows: Iterable[tuple[Any, ...]], columns: Sequence[str] = ()) -> None:
        names = f" ({', '.join(map(quoted, columns))})" if columns else ""
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table}{names} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def _run(self, sql: str, parameters: Sequence[Any] | None = None) -> int:
        return int(self._connection.execute(sql.encode(), parameters).rowcount)

    def _one(self, sql: str, parameters: Sequence[Any]) -> Any:
        return self._connection.execute(sql.encode(), parameters).fetchone()


def _one_line(fault: Exception) -> str:
    """What the server said, without the lines that repeat the statement and its values."""
    text = str(fault).strip()
    return text.splitlines()[0] if text else type(fault).__name__
