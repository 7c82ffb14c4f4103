"""Every closing of a report: its figures, its paper, its number, and whether it was returned; returning one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services import paper_numbers
from thidua_desktop.services.paper_numbers import Taken
from thidua_desktop.services.report_checks.told import refuse_accepted
from thidua_desktop.services.reports.build import is_closed
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.services.reports.reported import figures_of_kept
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.periods import FrozenReport, ReportReturn
from thidua_desktop.text import decree_date, format_date


class EditionState(StrEnum):
    """How an edition stands."""

    CURRENT = "current"
    RETURNED = "returned"
    REOPENED = "reopened"
    REPLACED = "replaced"


WORDS = {
    EditionState.CURRENT: "đang có hiệu lực",
    EditionState.RETURNED: "bị trả lại",
    EditionState.REOPENED: "đã mở lại, chưa chốt lại",
    EditionState.REPLACED: "đã có bản thay thế",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """One closing. ``pdf`` is its paper, with its number once it took one; None of closings that kept none."""

    number: int
    at: datetime
    actor: str
    figures: tuple[Figure, ...]
    pdf: bytes | None
    taken: Taken | None
    returned: ReportReturn | None
    state: EditionState

    @property
    def state_text(self) -> str:
        """How it stands, in words; of a returned one also by whom, when and why."""
        if self.returned is None:
            return WORDS[self.state]
        told = self.returned
        return f"{told.by} trả lại ngày {format_date(told.day)}: {told.reason}"


def edition_key(report: str, period: str, edition: int) -> str:
    """The key of an edition's paper among the numbers that were taken."""
    return f"{report}.{period}.{edition}"


def editions(session: Session, report: str, period: Period) -> list[Edition]:
    """Every closing of a report, the newest first."""
    kept = session.file.reports.editions(report, period.code)
    returns = session.file.reports.returns(report, period.code)
    closed = is_closed(session, report, period)
    return [_edition(session, one, returns.get(one.edition), one is kept[-1], closed) for one in reversed(kept)]


def edition_paper(session: Session, report: str, period: Period, number: int) -> bytes:
    """The paper of a closing; raises TD-PRINT-060 for a closing that there is not or that kept no paper."""
    session.require(Permission.PRINT)
    for one in session.file.reports.editions(report, period.code):
        if one.edition == number and one.pdf is not None:
            return one.pdf
    raise UserError("TD-PRINT-060", edition=number, period=period.name)


def return_report(session: Session, report: str, period: Period, by: str, day: date, reason: str) -> ReportReturn:
    """Write down that the report was returned; its period opens for mending, what was reported stays kept.

    Raises TD-PRINT-061 when it never was closed, 062 without by whom or why, 063 for a day before the closing or after
    today, TD-SYNC-136 when the province has accepted it, TD-STORE-220 permission.
    """
    session.require(Permission.CLOSE_PERIOD)
    refuse_accepted(session, report, period)
    made = keep_return(session, report, period, by, day, reason)
    session.file.periods.unlock(report, period.code)
    session.announce(Changes(frozenset()))
    return made


def keep_return(session: Session, report: str, period: Period, by: str, day: date, reason: str) -> ReportReturn:
    """The same for a report that is not this office's own: its days stay as they are; raises the same."""
    frozen = session.file.reports.frozen(report, period.code)
    if frozen is None:
        raise UserError("TD-PRINT-061", period=period.name)
    who, why = " ".join(by.split()), " ".join(reason.split())
    if not who or not why:
        raise UserError("TD-PRINT-062")
    if not frozen.at.date() <= day <= session.today:
        raise UserError(
            "TD-PRINT-063", day=format_date(day), closed=format_date(frozen.at.date()), today=format_date(session.today)
        )
    made = ReportReturn(
        report, period.code, frozen.edition, day, who, why.rstrip(" ."), session.now(), session.user.name
    )  # fmt: skip
    session.file.reports.put_return(made)
    return made


def replaced_words(session: Session, report: str, period: Period, edition: int) -> str:
    """What an edition replaces and why: "Báo cáo số 05/BC-UBND ngày … do … trả lại ngày … (lý do: …)"; "" nothing.

    An earlier closing that had no number and was not returned never left the office: nothing is replaced.
    """
    returns = session.file.reports.returns(report, period.code)
    for one in range(edition - 1, 0, -1):
        taken, returned = paper_numbers.kept(session, edition_key(report, period.code, one)), returns.get(one)
        if taken is None and returned is None:
            continue
        name = paper_numbers.named(session, taken) if taken else _unnumbered(session, report, period, one)
        if returned is None:
            return name
        return f"{name} do {returned.by} trả lại {decree_date(returned.day)} (lý do: {returned.reason})"
    return ""


def _unnumbered(session: Session, report: str, period: Period, edition: int) -> str:
    kept = next(one for one in session.file.reports.editions(report, period.code) if one.edition == edition)
    return f"báo cáo chốt {decree_date(kept.at.date())}"


def _edition(session: Session, kept: FrozenReport, returned: ReportReturn | None, last: bool, closed: bool) -> Edition:
    rows = kept.figures.get("figures", ()) if isinstance(kept.figures, dict) else ()
    state = EditionState.CURRENT if closed else EditionState.REOPENED
    if not last:
        state = EditionState.REPLACED
    if returned is not None:
        state = EditionState.RETURNED
    taken = paper_numbers.kept(session, edition_key(kept.report, kept.period, kept.edition))
    return Edition(
        kept.edition, kept.at, kept.actor, figures_of_kept(session, rows), kept.pdf, taken, returned, state
    )  # fmt: skip
