"""Closed periods, and the reports that closed them: narrative texts, figures and paper as reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase


class PeriodLock(NamedTuple):
    """A closed period: ``kind`` says by which report or calendar, ``code`` which period ("2026-11")."""

    kind: str
    code: str
    start: date
    end: date
    at: datetime
    actor: str


class Paragraph(NamedTuple):
    """A paragraph as the officer edited it."""

    name: str
    text: str
    at: datetime
    actor: str


class FrozenReport(NamedTuple):
    """A report as it was closed. ``edition`` grows by one each time it is closed again; the last one counts.

    ``content`` is what its paper said beside the figures; None of closings by an older program and of received ones.
    """

    report: str
    period: str
    edition: int
    figures: Any
    pdf: bytes | None
    at: datetime
    actor: str
    content: Any = None


class ReportReturn(NamedTuple):
    """That an edition of a report was returned: when, by whom (in words), why; ``at`` and ``actor`` who wrote it."""

    report: str
    period: str
    edition: int
    day: date
    by: str
    reason: str
    at: datetime
    actor: str


class Periods:
    """Which periods are closed."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def lock(self, kind: str, code: str, start: date, end: date, actor: str, now: datetime) -> None:
        """Close a period."""
        self._database.run(
            "INSERT OR REPLACE INTO period_lock (kind, code, first_day, last_day, at, actor) VALUES (?, ?, ?, ?, ?, ?)",
            (kind, code, start.isoformat(), end.isoformat(), now.isoformat(timespec="seconds"), actor),
        )

    def unlock(self, kind: str, code: str) -> None:
        """Open a period again."""
        self._database.run("DELETE FROM period_lock WHERE kind = ? AND code = ?", (kind, code))

    def locks_of(self, day: date) -> list[PeriodLock]:
        """The closed periods that ``day`` lies in, the one closed first standing first."""
        sql = "SELECT * FROM period_lock WHERE first_day <= ?1 AND last_day >= ?1 ORDER BY at"
        return [_lock(row) for row in self._database.all(sql, (day.isoformat(),))]

    def all(self) -> list[PeriodLock]:
        """All closed periods, the latest first."""
        return [_lock(row) for row in self._database.all("SELECT * FROM period_lock ORDER BY first_day DESC, kind")]


class Reports:
    """Narrative texts and closed reports. ``report`` and ``period`` are the report's name and the period's code."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put_narrative(self, report: str, period: str, name: str, text: str, *, actor: str, now: datetime) -> None:
        """Keep a paragraph as edited."""
        self._database.run(
            "INSERT OR REPLACE INTO report_text (report, period, paragraph, text, at, actor) VALUES (?, ?, ?, ?, ?, ?)",
            (report, period, name, text, now.isoformat(timespec="seconds"), actor),
        )

    def drop_narrative(self, report: str, period: str, name: str) -> None:
        """Return a paragraph to its first draft."""
        sql = "DELETE FROM report_text WHERE report = ? AND period = ? AND paragraph = ?"
        self._database.run(sql, (report, period, name))

    def narrative(self, report: str, period: str) -> Mapping[str, Paragraph]:
        """The edited paragraphs by name."""
        sql = "SELECT paragraph, text, at, actor FROM report_text WHERE report = ? AND period = ?"
        rows = self._database.all(sql, (report, period))
        return {row[0]: Paragraph(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows}

    def narratives(self) -> dict[tuple[str, str], list[Paragraph]]:
        """All edited paragraphs by (report, period)."""
        found: dict[tuple[str, str], list[Paragraph]] = {}
        sql = "SELECT report, period, paragraph, text, at, actor FROM report_text ORDER BY report, period, paragraph"
        for row in self._database.all(sql):
            paragraph = Paragraph(row[2], row[3], datetime.fromisoformat(row[4]), row[5])
            found.setdefault((row[0], row[1]), []).append(paragraph)
        return found

    def freeze(
        self,
        report: str,
        period: str,
        figures: Any,
        pdf: bytes | None = None,
        *,
        actor: str,
        now: datetime,
        content: Any = None,
    ) -> FrozenReport:
        """Keep a report as closed: ``figures`` and ``content`` are any JSON-able values."""
        with self._database.atomic():
            before = self.frozen(report, period)
            edition = before.edition + 1 if before else 1
            self.put_edition(report, period, edition, figures, pdf, actor=actor, now=now, content=content)
        return FrozenReport(report, period, edition, figures, pdf, now, actor, content)

    def put_paper(self, report: str, period: str, edition: int, pdf: bytes) -> None:
        """The paper of an edition with the number that it was given."""
        sql = "UPDATE report_frozen SET pdf = ? WHERE report = ? AND period = ? AND edition = ?"
        self._database.run(sql, (pdf, report, period, edition))

    def put_return(self, made: ReportReturn) -> None:
        """Keep that an edition was returned; a second word on the same edition replaces the first."""
        self._database.run(
            "INSERT OR REPLACE INTO report_return "
            "(report, period, edition, returned_on, returned_by, reason, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made.report, made.period, made.edition, made.day.isoformat(), made.by, made.reason,
                made.at.isoformat(timespec="seconds"), made.actor,
            ),
        )  # fmt: skip

    def returns(self, report: str, period: str) -> Mapping[int, ReportReturn]:
        """The returned editions of a report."""
        sql = "SELECT * FROM report_return WHERE report = ? AND period = ?"
        return {row[2]: _return(row) for row in self._database.all(sql, (report, period))}

    def drop_return(self, report: str, period: str, edition: int) -> None:
        """An edition is not returned after all."""
        sql = "DELETE FROM report_return WHERE report = ? AND period = ? AND edition = ?"
        self._database.run(sql, (report, period, edition))

    def waiting_returns(self) -> list[ReportReturn]:
        """Reports whose last edition was returned and that were not closed again since, the oldest return first."""
        sql = (
            "SELECT * FROM report_return AS r WHERE edition = (SELECT max(edition) FROM report_frozen AS f "
            "WHERE f.report = r.report AND f.period = r.period) ORDER BY returned_on, report, period"
        )
        return [_return(row) for row in self._database.all(sql)]

    def put_edition(
        self, report: str, period: str, edition: int, figures: Any, pdf: bytes | None, *, actor: str, now: datetime,
        content: Any = None,
    ) -> None:  # fmt: skip
        """Keep one closing under its number (as another installation of the office made it)."""
        self._database.run(
            "INSERT INTO report_frozen (report, period, edition, figures, pdf, at, actor, content) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                report, period, edition, compact_json(figures), pdf, now.isoformat(timespec="seconds"), actor,
                None if content is None else compact_json(content),
            ),
        )  # fmt: skip

    def drop_edition(self, report: str, period: str, edition: int) -> None:
        """Forget one closing of a report (the package that brought it is taken back)."""
        sql = "DELETE FROM report_frozen WHERE report = ? AND period = ? AND edition = ?"
        self._database.run(sql, (report, period, edition))

    def frozen(self, report: str, period: str) -> FrozenReport | None:
        """The report as last closed, or None when it never was."""
        editions = self.editions(report, period)
        return editions[-1] if editions else None

    def last_figures(self, report: str, period: str) -> Any | None:
        """The figures of the last closing alone, without its paper; None when it never was closed."""
        sql = "SELECT figures FROM report_frozen WHERE report = ? AND period = ? ORDER BY edition DESC LIMIT 1"
        row = self._database.one(sql, (report, period))
        return json.loads(row[0]) if row else None

    def figures_of_editions(self, report: str, period: str) -> dict[int, Any]:
        """The figures of every closing by its number, without the papers, the first one first."""
        sql = "SELECT edition, figures FROM report_frozen WHERE report = ? AND period = ? ORDER BY edition"
        return {row[0]: json.loads(row[1]) for row in self._database.all(sql, (report, period))}

    def moments(self, report: str, period: str) -> dict[int, datetime]:
        """When each closing was made, or came, by its number."""
        sql = "SELECT edition, at FROM report_frozen WHERE report = ? AND period = ? ORDER BY edition"
        return {row[0]: datetime.fromisoformat(row[1]) for row in self._database.all(sql, (report, period))}

    def editions(self, report: str, period: str) -> list[FrozenReport]:
        """Every closing of the report, the first one first."""
        sql = "SELECT * FROM report_frozen WHERE report = ? AND period = ? ORDER BY edition"
        return [_frozen(row) for row in self._database.all(sql, (report, period))]

    def closed_days(self, report: str) -> dict[str, tuple[date, date]]:
        """First and last day of each closed period of a report, by its code, as its last closing kept them."""
        sql = (
            "SELECT period, json_extract(figures, '$.from'), json_extract(figures, '$.to') FROM report_frozen "
            "WHERE report = ? ORDER BY edition"
        )
        rows = self._database.all(sql, (report,))
        return {row[0]: (date.fromisoformat(row[1]), date.fromisoformat(row[2])) for row in rows if row[1] and row[2]}

    def all_frozen(self) -> list[tuple[str, str, int]]:
        """(report, period, last edition) of every closed report."""
        sql = "SELECT report, period, max(edition) FROM report_frozen GROUP BY report, period ORDER BY period, report"
        return [(row[0], row[1], row[2]) for row in self._database.all(sql)]


def _lock(row: tuple[Any, ...]) -> PeriodLock:
    first, last = date.fromisoformat(row[2]), date.fromisoformat(row[3])
    return PeriodLock(row[0], row[1], first, last, datetime.fromisoformat(row[4]), row[5])


def _frozen(row: tuple[Any, ...]) -> FrozenReport:
    pdf = bytes(row[4]) if row[4] is not None else None
    at, content = datetime.fromisoformat(row[5]), json.loads(row[7]) if row[7] is not None else None
    return FrozenReport(row[0], row[1], row[2], json.loads(row[3]), pdf, at, row[6], content)


def _return(row: tuple[Any, ...]) -> ReportReturn:
    day, at = date.fromisoformat(row[3]), datetime.fromisoformat(row[6])
    return ReportReturn(row[0], row[1], row[2], day, row[4], row[5], at, row[7])
