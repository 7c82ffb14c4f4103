"""How far a report has come: written, closed, printed for signing, put into a package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from thidua_desktop.domain.periods import Calendar, Period, PeriodKind, period_of, previous
from thidua_desktop.formdef.model import ReportSpec
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.names import report_label
from thidua_desktop.services.session import Session

_OFFERED = {PeriodKind.MONTH: 14, PeriodKind.QUARTER: 8, PeriodKind.HALF: 4, PeriodKind.YEAR: 3}
_MADE = "made"


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
    label = report_label(report.spec, report.period.code)
    made = [
        entry.number
        for entry in session.file.packages.all(_MADE)
        if entry.at >= report.closed_at and label in entry.details.get("reports", ())
    ]
    if made:
        return Progress(Step.DONE, min(made))
    printed = session.file.settings.get(_printed_name(report.spec.name, report.period)) == report.edition
    return Progress(Step.PACK if printed else Step.PRINT)


def note_printed(session: Session, report: Report) -> None:
    """Remember that the closed report was printed or saved as PDF for signing; of an open one nothing is kept."""
    if report.closed:
        session.file.settings.put(_printed_name(report.spec.name, report.period), report.edition)


def period_choices(session: Session, spec: ReportSpec, kind: str) -> list[Period]:
    """The periods offered for a report, newest first, from the one that today lies in."""
    chosen = PeriodKind(kind)
    periods = [period_of(session.today, chosen, Calendar(spec.calendar))]
    while len(periods) < _OFFERED[chosen]:
        periods.append(previous(periods[-1]))
    return periods


def period_to_report(session: Session, spec: ReportSpec) -> Period:
    """What a report page opens with: the last period that has ended, of the report's shortest kind."""
    return period_choices(session, spec, spec.period_kinds[0])[1]


def _printed_name(name: str, period: Period) -> str:
    return f"report.printed.{name}.{period.code}"
