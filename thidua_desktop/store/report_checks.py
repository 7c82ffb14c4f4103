"""What the province writes while it checks a commune's report, and what it decided: accepted, returned, reopened.

A closing is named by the digest of its figures, not by its number alone: when a package is taken back and comes again,
what was written of it is still there, and is never taken for another closing's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase

_DECISION = "id, report, period, edition, figures, state, reason, content, at, actor"


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """The sheet of one closing: ``lines`` is indicator -> {"checked": number or text, "remark": text}."""

    report: str
    period: str
    figures: str
    lines: Mapping[str, Mapping[str, Any]]
    remark: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDecision:
    """One decision; ``content`` is what it rests on, as JSON-able values. ``id`` 0: not written yet."""

    report: str
    period: str
    edition: int
    figures: str
    state: str
    reason: str
    at: datetime
    actor: str
    content: Any = None
    id: int = 0


class ReportChecks:
    """Sheets and decisions; ``report`` is the name that the frozen report has in this file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, check: KeptCheck) -> None:
        """Keep a sheet as it stands now."""
        self._database.run(
            "INSERT OR REPLACE INTO report_check (report, period, figures, lines, remark, at, actor) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                check.report, check.period, check.figures, compact_json(check.lines), check.remark,
                check.at.isoformat(timespec="seconds"), check.actor,
            ),
        )  # fmt: skip

    def get(self, report: str, period: str, figures: str) -> KeptCheck | None:
        """The sheet of a closing, or None while nothing was written."""
        sql = "SELECT lines, remark, at, actor FROM report_check WHERE report = ? AND period = ? AND figures = ?"
        row = self._database.one(sql, (report, period, figures))
        if row is None:
            return None
        return KeptCheck(report, period, figures, json.loads(row[0]), row[1], datetime.fromisoformat(row[2]), row[3])

    def decide(self, made: ReportDecision) -> None:
        """Keep a decision behind those before it."""
        self._database.run(
            "INSERT INTO report_decision (report, period, edition, figures, state, reason, content, at, actor) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made.report, made.period, made.edition, made.figures, made.state, made.reason,
                compact_json(made.content), made.at.isoformat(timespec="seconds"), made.actor,
            ),
        )  # fmt: skip

    def decisions(self, report: str, period: str) -> list[ReportDecision]:
        """Every decision on a report of a period, the first one first."""
        sql = f"SELECT {_DECISION} FROM report_decision WHERE report = ? AND period = ? ORDER BY id"
        return [_decision(row) for row in self._database.all(sql, (report, period))]

    def newest(self) -> dict[tuple[str, str], ReportDecision]:
        """The last decision on each report and period."""
        sql = (
            f"SELECT {_DECISION} FROM report_decision WHERE id IN "
            "(SELECT max(id) FROM report_decision GROUP BY report, period)"
        )
        found = map(_decision, self._database.all(sql))
        return {(one.report, one.period): one for one in found}


def _decision(row: tuple[Any, ...]) -> ReportDecision:
    return ReportDecision(
        id=row[0], report=row[1], period=row[2], edition=row[3], figures=row[4], state=row[5], reason=row[6],
        content=json.loads(row[7]), at=datetime.fromisoformat(row[8]), actor=row[9],
    )  # fmt: skip
