"""Who came in, and who opened, listed, exported or printed what. Rows never change; each is bound to the one before.

It holds no names of the people that the records are about, only the records' ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from thidua_desktop.store.hash_chain import START, linked
from thidua_desktop.store.open_database import OpenDatabase

_COLUMNS = "at, login, actor, installation, what, register, record_id, records"
_AGAIN_AFTER = timedelta(minutes=10)
"""The same person looking at the same record again within this time is the same opening."""


class Access(NamedTuple):
    """One access. ``what``: a word of ``services.access``; ``record_id`` "" for many, ``records`` of them.

    Without a register ``record_id`` holds what a deed was about: a login, a paper's title, a package.

    ``register`` is "" for what concerns the whole office (log-in, failed log-ins, lock, backup).
    """

    at: datetime
    login: str
    actor: str
    installation: str
    what: str
    register: str
    record_id: str
    records: int


class AccessQuery(NamedTuple):
    """Which accesses: "" for any person, deed, register; from ``start`` on, before ``until``."""

    login: str = ""
    what: str = ""
    register: str = ""
    start: date | None = None
    until: date | None = None

    @property
    def condition(self) -> tuple[str, list[str]]:
        """What stands after WHERE, and its values."""
        parts = [
            (f"{name} = ?", value)
            for name, value in (("login", self.login), ("what", self.what), ("register", self.register))
            if value
        ]
        parts += [("at >= ?", self.start.isoformat())] if self.start else []
        parts += [("at < ?", self.until.isoformat())] if self.until else []
        return " AND ".join(part for part, _ in parts) or "true", [value for _, value in parts]


class AccessLog:
    """The access log of one open office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def add(
        self, what: str, register: str, record_id: str, records: int, *, login: str, actor: str, now: datetime,
        always: bool,
    ) -> None:  # fmt: skip
        """Write an access; unless ``always``, one of the same kind some minutes ago stands for it."""
        if not always and self._is_known(what, register, record_id, login, now):
            return
        with self._database.atomic():
            last, digest = self.head()
            row = (
                last + 1, _text(now), login, actor, self._database.installation, what, register, record_id, records,
            )  # fmt: skip
            digest = linked(digest, row)
            self._database.run(
                f"INSERT INTO access (seq, {_COLUMNS}, hash) VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, digest)
            )
            self._database.run("UPDATE access_head SET seq = ?, hash = ?", (last + 1, digest))

    def head(self) -> tuple[int, bytes]:
        """Number and digest of the newest row; (0, zeros) for an empty log."""
        return head(self._database)

    def newest(self, limit: int) -> list[Access]:
        """The newest accesses, the last one first."""
        return list(
            map(_access, self._database.all(f"SELECT {_COLUMNS} FROM access ORDER BY seq DESC LIMIT ?", (limit,)))
        )

    def all(self) -> Iterator[Access]:
        """Every access in order."""
        return map(_access, self._database.run(f"SELECT {_COLUMNS} FROM access ORDER BY seq"))

    def verify_chain(self) -> int | None:
        """The first row that does not fit the one before or is missing, or None when all is sound."""
        return verify_chain(self._database)

    def find(self, query: AccessQuery, limit: int) -> list[Access]:
        """The newest accesses that ``query`` asks for, the last one first."""
        condition, values = query.condition
        sql = f"SELECT {_COLUMNS} FROM access WHERE {condition} ORDER BY seq DESC LIMIT ?"
        return list(map(_access, self._database.all(sql, (*values, limit))))

    def each(self, query: AccessQuery) -> Iterator[Access]:
        """Every access that ``query`` asks for, in order."""
        condition, values = query.condition
        return map(_access, self._database.run(f"SELECT {_COLUMNS} FROM access WHERE {condition} ORDER BY seq", values))

    def count(self, query: AccessQuery | None = None) -> int:
        """How many there are, of those that ``query`` asks for."""
        condition, values = (query or AccessQuery()).condition
        return int(self._database.one(f"SELECT count(*) FROM access WHERE {condition}", values)[0])

    def kinds(self) -> tuple[list[tuple[str, str]], set[str], set[str]]:
        """(login, name) of the people by name, the words of deeds and the names of registers that are in it."""
        people = dict(self._database.all("SELECT login, actor FROM access GROUP BY login HAVING seq = max(seq)"))
        deeds, registers = (
            {row[0] for row in self._database.all(f"SELECT DISTINCT {name} FROM access")}
            for name in ("what", "register")
        )
        return sorted(people.items(), key=lambda one: one[1]), deeds, registers

    def _is_known(self, what: str, register: str, record_id: str, login: str, now: datetime) -> bool:
        same = "login = ? AND what = ? AND register = ? AND record_id = ?"
        sql = f"SELECT 1 FROM access WHERE {same} AND at > ? AND at <= ?"
        known = (login, what, register, record_id, _text(now - _AGAIN_AFTER), _text(now))
        return self._database.one(sql, known) is not None


def head(database: OpenDatabase) -> tuple[int, bytes]:
    """See ``AccessLog.head``."""
    seq, digest = database.one("SELECT seq, hash FROM access_head")
    return seq, digest


def verify_chain(database: OpenDatabase) -> int | None:
    """See ``AccessLog.verify_chain``."""
    expected, previous = 1, START
    for *row, digest in database.run(f"SELECT seq, {_COLUMNS}, hash FROM access ORDER BY seq"):
        if row[0] != expected or digest != linked(previous, row):
            return expected
        expected, previous = expected + 1, digest
    head = database.one("SELECT seq, hash FROM access_head")
    return None if head is not None and tuple(head) == (expected - 1, previous) else expected


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _access(row: tuple[Any, ...]) -> Access:
    return Access(datetime.fromisoformat(row[0]), *row[1:])
