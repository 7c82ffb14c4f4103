"""How far a report has come: written, closed, printed for signing, put into a package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from thidua_desktop.domain.periods import Period
from thidua_desktop.services.report_periods import report_label
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import MADE


class Step(IntEnum):
    """What is to be done next."""

    WRITE = 1  # odd values wait for a reason
    CLOSE = 2
    PRINT = 3
    PACK = 4
    DONE = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """The next step, and the package that carries the report (0: none yet)."""

    step: Step
    package: int = 0


def progress_of(session: Session, report: Report) -> Progress:
    """Where a report stands."""
    if not report.closed or report.closed_at is None:
        return Progress(Step.WRITE if report.unanswered else Step.CLOSE)
    label = report_label(session.definitions, report.spec, report.period.code)
    made = [
        entry.number
        for entry in session.file.packages.all(MADE)
        if entry.at >= report.closed_at and label in entry.details.get("reports", ())
    ]
    if made:
        return Progress(Step.DONE, min(made))
    if session.is_province:  # goes on as paper; nothing is packed upwards from here
        return Progress(Step.DONE if _is_printed(session, report) else Step.PRINT)
    return Progress(Step.PACK if _is_printed(session, report) else Step.PRINT)


def _is_printed(session: Session, report: Report) -> bool:
    return bool(session.file.settings.get(_printed_name(report.spec.name, report.period)) == report.edition)


def note_printed(session: Session, report: Report) -> None:
    """Remember that the closed report was printed or saved as PDF for signing; of an open one nothing is kept."""
    if report.closed:
        session.file.settings.put(_printed_name(report.spec.name, report.period), report.edition)


def _printed_name(name: str, period: Period) -> str:
    return f"report.printed.{name}.{period.code}"
