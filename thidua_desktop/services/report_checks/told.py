"""What the province said of this commune's closed reports, as its newest receipt brought it; and what that forbids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.acknowledged import figures_digest, report_answers
from thidua_desktop.services.report_checks.recount import number_of
from thidua_desktop.services.session import Session
from thidua_desktop.store.report_checks import ReportDecision
from thidua_desktop.sync.receipt import CheckedFigure, Receipt, ReportAnswer, ReportCheck, ReportState
from thidua_desktop.text import format_date, format_number


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One figure of which the province says something; ``checked`` None: it stands as reported."""

    indicator: str
    label: str
    unit: str
    reported: Number | None
    checked: Number | None
    remark: str

    @property
    def difference(self) -> Number:
        """Checked less reported; 0 where it stands."""
        return 0 if self.checked is None or self.reported is None else self.checked - self.reported

    @property
    def words(self) -> str:
        """ "Lượt người dự: báo cáo 40, tỉnh tính 38 (−2); thiếu hai phiếu"."""
        parts = []
        if self.checked is not None and self.reported is not None:
            sign = "+" if self.difference > 0 else "\u2212"
            told = f"báo cáo {format_number(self.reported)}, tỉnh tính {format_number(self.checked)}"
            parts.append(f"{told} ({sign}{format_number(max(self.difference, -self.difference))})")
        if self.remark:
            parts.append(self.remark)
        return f"{self.label}: {'; '.join(parts)}"


@dataclass(frozen=True, slots=True)
class ToldReport:
    """A report as the province answered. ``current``: the answer is about the closing that stands here now."""

    report: str
    period: str
    state: ReportState
    reason: str
    day: date | None
    by: str
    remark: str
    figures: tuple[ToldFigure, ...]
    current: bool

    @property
    def accepted(self) -> bool:
        """Whether the province has accepted a closing."""
        return self.state is ReportState.ACCEPTED

    @property
    def returned(self) -> bool:
        """Whether the province sent it back."""
        return self.state is ReportState.RETURNED

    @property
    def reopened(self) -> bool:
        """Whether the province took its decision back."""
        return self.state is ReportState.RECEIVED and bool(self.reason)

    @property
    def words(self) -> str:
        """ "Tỉnh Đắk Lắk đã chấp nhận ngày 05/12/2026", with what a later closing here has to know."""
        who = self.by or "Tỉnh"
        when = f" ngày {format_date(self.day)}" if self.day else ""
        if self.state is ReportState.ACCEPTED:
            later = "" if self.current else "; bản chốt sau đó không thay bản đã chấp nhận"
            return f"{who} đã chấp nhận{when}{later}"
        if self.state is ReportState.RETURNED:
            return f"{who} trả lại{when}: {self.reason}"
        return f"Tỉnh mở lại báo cáo đã chấp nhận: {self.reason}" if self.reason else "Tỉnh đã nhận"


def check_to_tell(decision: ReportDecision | None) -> ReportCheck | None:
    """What a receipt tells of a decision; None of one that was made before there were sheets."""
    if decision is None or not isinstance(decision.content, dict):
        return None
    content = decision.content
    figures = tuple(
        CheckedFigure(name, line["checked"], line["remark"]) for name, line in sorted(content["figures"].items())
    )
    return ReportCheck(content["day"], content["by"], content["remark"], figures)


def kept_answers(receipt: Receipt) -> dict[str, dict[str, Any]]:
    """A receipt's answers to reports as the commune keeps them, by "report period"."""
    return {f"{one.report} {one.period}": _kept(one) for one in receipt.reports}


def answer_words(one: ReportAnswer) -> str:
    """An answer in a list: "tỉnh đã chấp nhận ngày 05/12/2026, 2 chỉ tiêu có nhận xét"."""
    day = f" ngày {format_date(date.fromisoformat(one.check.day))}" if one.check else ""
    count = len(one.check.figures) if one.check else 0
    figures = f", {count} chỉ tiêu có nhận xét" if count else ""
    if one.state is ReportState.ACCEPTED:
        return f"tỉnh đã chấp nhận{day}{figures}"
    if one.state is ReportState.RETURNED:
        return f"tỉnh trả lại{day}: {one.reason}{figures}"
    return f"tỉnh mở lại: {one.reason}" if one.reason else "tỉnh đã nhận"


def told(session: Session, report: str, period: str) -> ToldReport | None:
    """What the province said of a report, by the period's code; None while it said nothing."""
    kept = report_answers(session).get(f"{report} {period}")
    if kept is None:
        return None
    figures = session.file.reports.last_figures(report, period)
    current = figures is not None and figures_digest(figures) == kept["figures"]
    return _told(session, report, period, kept, current)


def told_reports(session: Session) -> list[ToldReport]:
    """Everything that the province said of reports, by report and period."""
    found = (told(session, *key.split(" ", 1)) for key in sorted(report_answers(session)))
    return [one for one in found if one is not None]


def refuse_accepted(session: Session, report: str, period: Period) -> None:
    """A report that the province accepted is not opened, returned or closed again here: TD-SYNC-136."""
    if session.is_province:
        return
    found = told(session, report, period.code)
    if found is not None and found.state is ReportState.ACCEPTED:
        raise UserError("TD-SYNC-136", words=found.words)


def _kept(one: ReportAnswer) -> dict[str, Any]:
    kept: dict[str, Any] = {"figures": one.figures, "state": str(one.state), "reason": one.reason}
    if one.check is not None:
        lines = [[line.indicator, line.checked, line.remark] for line in one.check.figures]
        kept["check"] = {"day": one.check.day, "by": one.check.by, "remark": one.check.remark, "figures": lines}
    return kept


def _told(session: Session, report: str, period: str, kept: Mapping[str, Any], current: bool) -> ToldReport:
    check = kept.get("check", {})
    day = date.fromisoformat(check["day"]) if check else None
    reported = _reported(session, report, period, str(kept["figures"]))
    figures = []
    for name, checked, remark in check.get("figures", ()):
        known = session.definitions.indicators.get(name)
        number = None if checked is None else number_of(checked)
        label, unit = (known.label, known.unit) if known else (name, "")
        figures.append(ToldFigure(name, label, unit, reported.get(name), number, remark))
    return ToldReport(
        report, period, ReportState(kept["state"]), str(kept["reason"]), day, str(check.get("by", "")),
        str(check.get("remark", "")), tuple(figures), current,
    )  # fmt: skip


def _reported(session: Session, report: str, period: str, digest: str) -> dict[str, Number]:
    """The figures of the closing that the answer is about."""
    editions = session.file.reports.figures_of_editions(report, period)
    about: Mapping[str, Any] = next((figures for figures in editions.values() if figures_digest(figures) == digest), {})
    return {row["indicator"]: number_of(row["value"]) for row in about.get("figures", ())}
