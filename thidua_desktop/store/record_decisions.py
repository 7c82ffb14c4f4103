"""What the province decided about records of communes: values of their fields, until the next decision.

At the province a person writes it; at the commune it comes with a receipt, and ``settled`` says what was made of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from thidua_desktop.store.open_database import OpenDatabase

_COLUMNS = "register, record_id, office, content, settled, at, actor"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDecision:
    """One record's decision. ``values``: field -> plain value; ``applied`` and ``declined`` (at the commune): the value
    of each field that was taken over, and that of each for which the commune keeps its own."""

    register: str
    record_id: str
    office: str
    values: Mapping[str, str]
    at: datetime
    actor: str
    applied: Mapping[str, str] = field(default_factory=dict)
    declined: Mapping[str, str] = field(default_factory=dict)


class RecordDecisions:
    """The decisions of one office file; a record has at most one, the newest."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, decision: KeptDecision) -> None:
        """Keep a decision in place of the one before."""
        settled = {"applied": dict(decision.applied), "declined": dict(decision.declined)}
        self._database.run(
            f"INSERT OR REPLACE INTO record_decision ({_COLUMNS}) VALUES (?,?,?,?,?,?,?)",
            (decision.register, decision.record_id, decision.office, _text(decision.values), _text(settled),
             decision.at.isoformat(timespec="seconds"), decision.actor),
        )  # fmt: skip

    def drop(self, register: str, record_id: str) -> None:
        """Forget the decision on a record."""
        self._database.run("DELETE FROM record_decision WHERE register = ? AND record_id = ?", (register, record_id))

    def get(self, register: str, record_id: str) -> KeptDecision | None:
        """The decision on a record, or None."""
        sql = f"SELECT {_COLUMNS} FROM record_decision WHERE register = ? AND record_id = ?"
        row = self._database.one(sql, (register, record_id))
        return _decision(row) if row else None

    def of(self, office: str) -> list[KeptDecision]:
        """Decisions on records of one office, by register and record."""
        sql = f"SELECT {_COLUMNS} FROM record_decision WHERE office = ? ORDER BY register, record_id"
        return [_decision(row) for row in self._database.all(sql, (office,))]


def _text(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _decision(row: tuple[Any, ...]) -> KeptDecision:
    settled = json.loads(row[4])
    return KeptDecision(
        register=row[0], record_id=row[1], office=row[2], values=json.loads(row[3]), applied=settled["applied"],
        declined=settled["declined"], at=datetime.fromisoformat(row[5]), actor=row[6],
    )  # fmt: skip
