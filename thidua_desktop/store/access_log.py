"""Who opened, listed, exported or printed what of registers that not everybody may see. Rows are never changed.

It holds no names of the people that the records are about, only the records' ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from thidua_desktop.store.open_database import OpenDatabase

_COLUMNS = "at, login, actor, installation, what, register, record_id, records"
_AGAIN_AFTER = timedelta(minutes=10)
"""The same person looking at the same record again within this time is the same opening."""


@dataclass(frozen=True, slots=True)
class Access:
    """One access. ``what``: open | list | export | print | erase; ``record_id`` "" for many, ``records`` of them."""

    at: datetime
    login: str
    actor: str
    installation: str
    what: str
    register: str
    record_id: str
    records: int


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
        row = (_text(now), login, actor, self._database.installation, what, register, record_id, records)
        self._database.run(f"INSERT INTO access ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", row)

    def newest(self, limit: int) -> list[Access]:
        """The newest accesses, the last one first."""
        return list(
            map(_access, self._database.all(f"SELECT {_COLUMNS} FROM access ORDER BY seq DESC LIMIT ?", (limit,)))
        )

    def all(self) -> Iterator[Access]:
        """Every access in order."""
        return map(_access, self._database.run(f"SELECT {_COLUMNS} FROM access ORDER BY seq"))

    def count(self) -> int:
        """How many there are."""
        return int(self._database.one("SELECT count(*) FROM access")[0])

    def _is_known(self, what: str, register: str, record_id: str, login: str, now: datetime) -> bool:
        same = "login = ? AND what = ? AND register = ? AND record_id = ?"
        sql = f"SELECT 1 FROM access WHERE {same} AND at > ? AND at <= ?"
        known = (login, what, register, record_id, _text(now - _AGAIN_AFTER), _text(now))
        return self._database.one(sql, known) is not None


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _access(row: tuple[Any, ...]) -> Access:
    return Access(datetime.fromisoformat(row[0]), *row[1:])
