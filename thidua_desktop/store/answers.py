"""What the province says of single records: set aside, in conflict, or returned to be mended.

At the province it is written when a package is taken in, or by a person; at the commune it comes with a receipt.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.store.open_database import OpenDatabase

_COLUMNS = "register, record_id, office, revision, state, field, reason, at, actor"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One record's answer; ``office`` owns the record, ``revision`` is the one that was looked at."""

    register: str
    record_id: str
    office: str
    revision: int
    state: str
    reason: str
    at: datetime
    actor: str
    field: str = ""


class RecordAnswers:
    """The answers of one office file; a record has at most one, the newest."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, answer: KeptAnswer) -> None:
        """Keep an answer in place of the one before."""
        self._database.run(
            f"INSERT OR REPLACE INTO record_answer ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",
            (answer.register, answer.record_id, answer.office, answer.revision, answer.state, answer.field,
             answer.reason, answer.at.isoformat(timespec="seconds"), answer.actor),
        )  # fmt: skip

    def drop(self, register: str, record_id: str) -> None:
        """Forget the answer of a record."""
        self._database.run("DELETE FROM record_answer WHERE register = ? AND record_id = ?", (register, record_id))

    def drop_all(self, office: str) -> None:
        """Forget every answer to records of one office."""
        self._database.run("DELETE FROM record_answer WHERE office = ?", (office,))

    def get(self, register: str, record_id: str) -> KeptAnswer | None:
        """The answer of a record, or None."""
        sql = f"SELECT {_COLUMNS} FROM record_answer WHERE register = ? AND record_id = ?"
        row = self._database.one(sql, (register, record_id))
        return _answer(row) if row else None

    def of(self, office: str, states: Collection[str] = ()) -> list[KeptAnswer]:
        """Answers to records of one office, by register and record; of some states alone where given."""
        sql = f"SELECT {_COLUMNS} FROM record_answer WHERE office = ? ORDER BY register, record_id"
        answers = map(_answer, self._database.all(sql, (office,)))
        return [answer for answer in answers if not states or answer.state in states]


def _answer(row: tuple[Any, ...]) -> KeptAnswer:
    return KeptAnswer(
        register=row[0], record_id=row[1], office=row[2], revision=row[3], state=row[4], field=row[5], reason=row[6],
        at=datetime.fromisoformat(row[7]), actor=row[8],
    )  # fmt: skip
