"""What the province decided of a commune's closed report: accepted and locked, returned, opened again; all of it kept.

A decision names the closing by the digest of its figures. One that comes after an accepted closing changes nothing of
what was accepted; it is told, and waits until a person opens the report again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.services.acts import Act
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.handoff.acknowledged import figures_digest, received_report
from thidua_desktop.services.report_checks.recount import kept_number, number_of, recounted
from thidua_desktop.services.report_periods import as_closed
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.packages import RECEIVED
from thidua_desktop.store.report_checks import ReportDecision
from thidua_desktop.sync.receipt import LONGEST_REASON
from thidua_desktop.text import format_date


class Standing(StrEnum):
    """How a report that is here stands."""

    TO_CHECK = "to_check"
    RETURNED = "returned"
    ACCEPTED = "accepted"


REOPENED = "reopened"
"""State of a decision that takes the one before it back."""

WORDS: Mapping[str, str] = {
    Standing.TO_CHECK: "chờ kiểm tra",
    Standing.RETURNED: "đã trả lại",
    Standing.ACCEPTED: "đã chấp nhận",
    REOPENED: "mở lại",
}


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """How a commune's report of a period stands.

    ``edition`` is the last closing here, ``digest`` that of the closing which the standing is about; ``decision`` is
    what stands, a reopening included as long as the commune has not closed again. ``overtaken``: a closing has come
    after the accepted one.
    """

    standing: Standing
    edition: int
    digest: str
    decision: ReportDecision | None = None
    overtaken: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the report is accepted and locked."""
        return self.standing is Standing.ACCEPTED


@dataclass(frozen=True, slots=True)
class FigureSince:
    """A figure that is counted otherwise now than when the report was accepted."""

    indicator: str
    label: str
    unit: str
    then: Number
    now: Number

    @property
    def difference(self) -> Number:
        """Now less then."""
        return self.now - self.then


Since = dict[tuple[int, str], tuple[FigureSince, ...]]
"""What was found changed: (decision, packages since) -> figures."""


class Standings:
    """Reads how reports stand; the decisions of all communes are read once."""

    def __init__(self, session: Session) -> None:
        self._reports = session.file.reports
        self._newest = session.file.report_checks.newest()

    def of(self, office: str, report: str, period: str) -> ReportStanding | None:
        """How a report stands; None when no closing of it is here."""
        name = received_report(office, report)
        editions = self._reports.figures_of_editions(name, period)
        if not editions:
            return None
        last = max(editions)
        digest, decision = figures_digest(editions[last]), self._newest.get((name, period))
        returned = self._reports.returns(name, period).get(last)
        if decision is not None and decision.state == Standing.ACCEPTED:
            kept = {figures_digest(figures) for figures in editions.values()}
            later = returned is not None and returned.at > decision.at
            if decision.figures in kept and not later:
                overtaken = decision.figures != digest
                return ReportStanding(Standing.ACCEPTED, last, decision.figures, decision, overtaken)
        about = decision if decision is not None and decision.figures == digest else None
        if returned is not None:
            return ReportStanding(Standing.RETURNED, last, digest, about)
        return ReportStanding(Standing.TO_CHECK, last, digest, about if about and about.state == REOPENED else None)


def standing_of(session: Session, office: str, report: str, period: Period) -> ReportStanding:
    """How a commune's report stands; raises TD-SYNC-130 when it is not here."""
    found = Standings(session).of(office, report, period.code)
    if found is None:
        name = dict(by_name(session)).get(office, office)
        raise UserError("TD-SYNC-130", office=name, report=report_spec(session, report).title, period=period.name)
    return found


def history(session: Session, office: str, report: str, period: Period) -> list[ReportDecision]:
    """Every decision on the report, the first one first."""
    return session.file.report_checks.decisions(received_report(office, report), period.code)


def accept(session: Session, office: str, report: str, period: Period) -> ReportDecision:
    """Accept the last closing with what its sheet says, and lock it; the commune hears it with its next receipt.

    A returned report may be accepted after all. Raises TD-SYNC-130 when it is not here, TD-SYNC-132 when it is accepted
    already, TD-STORE-220.
    """
    session.require(Permission.RECEIVE)
    found = standing_of(session, office, report, period)
    if found.accepted and found.decision is not None:
        raise UserError("TD-SYNC-132", period=period.name, day=format_date(found.decision.at.date()))
    with session.file.atomic():
        if found.standing is Standing.RETURNED:
            session.file.reports.drop_return(received_report(office, report), period.code, found.edition)
        made = _decide(session, office, report, period, found, Standing.ACCEPTED, "")
    session.announce(Changes(frozenset()))
    act = Act("chấp nhận báo cáo", elsewhere="bấm Mở lại ở trang kiểm tra báo cáo ấy")
    session.acts.note(session, act)
    return made


def reopen(session: Session, office: str, report: str, period: Period, reason: str) -> ReportDecision:
    """Take an acceptance back, with the reason that the commune will read; the last closing waits to be checked again.

    Raises TD-SYNC-130, TD-SYNC-133 without a reason, TD-SYNC-134 when it is not accepted, TD-STORE-220.
    """
    session.require(Permission.RECEIVE)
    found = standing_of(session, office, report, period)
    said = reasoned(reason)
    if not found.accepted:
        raise UserError("TD-SYNC-134", period=period.name, state=WORDS[found.standing])
    last = figures_digest(session.file.reports.last_figures(received_report(office, report), period.code))
    about = ReportStanding(Standing.TO_CHECK, found.edition, last)
    made = _decide(session, office, report, period, about, REOPENED, said)
    session.announce(Changes(frozenset()))
    return made


def note_return(session: Session, office: str, report: str, period: Period, reason: str) -> None:
    """Inside the transaction that returns a report: keep what the sheet says of it, for the receipt.

    Raises TD-SYNC-135 for an accepted report: it is opened again first.
    """
    found = standing_of(session, office, report, period)
    if found.accepted and found.decision is not None:
        raise UserError("TD-SYNC-135", period=period.name, day=format_date(found.decision.at.date()))
    _decide(session, office, report, period, found, Standing.RETURNED, reason)


def reasoned(reason: str) -> str:
    """A reason, tidied; TD-SYNC-133 for none or one that is too long."""
    said = " ".join(reason.split())
    if not told_reason(said) or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-133", most=LONGEST_REASON)
    return said


def changed_since(
    session: Session, report: str, period: Period, decided: Mapping[str, ReportDecision], known: Since | None = None
) -> dict[str, tuple[FigureSince, ...]]:
    """Per commune, the figures that its records give otherwise now than when its report was accepted.

    ``decided``: the acceptance by commune. Communes of which nothing came since are not counted, and those in ``known``
    only once for each package: it remembers between two questions, and is added to.
    """
    known = {} if known is None else known
    marks = {office: (decided[office].id, mark) for office, mark in _touched_since(session, decided).items()}
    counted_anew = sorted(office for office, key in marks.items() if key not in known)
    fresh = _changed(session, report, period, {office: decided[office] for office in counted_anew})
    known |= {marks[office]: fresh.get(office, ()) for office in counted_anew}
    return {office: known[key] for office, key in marks.items() if known[key]}


def _changed(
    session: Session, report: str, period: Period, decided: Mapping[str, ReportDecision]
) -> dict[str, tuple[FigureSince, ...]]:
    if not decided:
        return {}
    indicators = session.definitions.indicators
    kept = {office: _counted_then(decision) for office, decision in decided.items()}
    names = [name for name in indicators if any(name in counts for counts in kept.values())]
    now = recounted(session, names, period, list(kept), report)
    found = {}
    for office, then in kept.items():
        found[office] = tuple(
            FigureSince(name, indicators[name].label, indicators[name].unit, then[name], now.get((name, office), 0))
            for name in names
            if name in then and then[name] != now.get((name, office), 0)
        )
    return found


def _touched_since(session: Session, decided: Mapping[str, ReportDecision]) -> dict[str, str]:
    """The communes whose packages were taken in, or taken back, on or after the acceptance; which ones, as a mark."""
    files = session.file
    moments = [(entry.office, entry.at, entry.header_hash) for entry in files.packages.all(RECEIVED)]
    moments += [(one.office, one.at, f"-{one.header_hash}") for one in files.traces.undone()]
    touched: dict[str, list[str]] = {}
    for office, at, name in moments:
        if office in decided and at >= decided[office].at:
            touched.setdefault(office, []).append(f"{name} {at.isoformat()}")
    return {office: "\n".join(sorted(names)) for office, names in touched.items()}


def _counted_then(decision: ReportDecision) -> dict[str, Number]:
    return {name: number_of(value) for name, value in decision.content["counted"].items()}


def _decide(
    session: Session, office: str, report: str, period: Period, found: ReportStanding, state: str, reason: str
) -> ReportDecision:
    made = ReportDecision(
        report=received_report(office, report), period=period.code, edition=found.edition, figures=found.digest,
        state=state, reason=reason, at=session.now(), actor=session.user.name,
        content=_content(session, office, report, period, found.digest),
    )  # fmt: skip
    session.file.report_checks.decide(made)
    return made


def _content(session: Session, office: str, report: str, period: Period, digest: str) -> dict[str, Any]:
    """What a decision rests on: the sheet as it stands, and what the records give today."""
    name = received_report(office, report)
    spec, sheet = report_spec(session, report), session.file.report_checks.get(name, period.code, digest)
    span = as_closed(session, name, period)
    counted = recounted(session, spec.indicators, span, [office], report)
    return {
        "by": session.file.identity.name,
        "day": session.today.isoformat(),
        "remark": sheet.remark if sheet else "",
        "figures": dict(sheet.lines) if sheet else {},
        "counted": {one: kept_number(counted.get((one, office), 0)) for one in spec.indicators},
    }


def decision_day(decision: ReportDecision) -> date:
    """The day that a decision bears."""
    return date.fromisoformat(str(decision.content["day"]))


def accepted_offices(
    session: Session, report: str, period: Period, offices: Sequence[str]
) -> dict[str, ReportDecision]:
    """Of these communes those whose report is accepted, with the acceptance."""
    standings = Standings(session)
    found = {office: standings.of(office, report, period.code) for office in offices}
    return {office: one.decision for office, one in found.items() if one and one.accepted and one.decision}
