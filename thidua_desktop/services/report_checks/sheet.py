"""The sheet on which a commune's closed report is checked: reported, counted anew, as checked, remarks.

An empty checked value accepts what was reported. What is typed is kept at once; an accepted or returned report's sheet
is closed until the report is opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.handoff.acknowledged import figures_digest, received_report
from thidua_desktop.services.report_checks.decisions import (
    WORDS,
    FigureSince,
    ReportStanding,
    Standing,
    changed_since,
    history,
    standing_of,
)
from thidua_desktop.services.report_checks.recount import kept_number, number_of, recounted
from thidua_desktop.services.report_periods import as_closed
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.reports.private_counts import counted_only
from thidua_desktop.services.reports.unrecorded import told_values
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.periods import FrozenReport, ReportReturn
from thidua_desktop.store.report_checks import KeptCheck, ReportDecision
from thidua_desktop.sync.receipt import LONGEST_REASON
from thidua_desktop.text import UNTOLD, clean, format_number, parse_number

_MOST = 10**15
_PLACES = 6


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One figure. ``checked`` None: the reported one stands. ``stays``: no record of it is here to be counted.

    ``unrecorded``: the commune said that its 0 tells nothing, why; ``unwritten``: so does the counted one. ``before``:
    what the closing that came before this one reported, None where none did; ``asked`` and
    ``asked_remark``: what its sheet said of it. ``reason``: what the commune wrote of an odd one.
    """

    indicator: str
    label: str
    unit: str
    reported: Number
    counted: Number
    checked: Number | None
    remark: str
    stays: bool
    unrecorded: str = ""
    unwritten: bool = False
    before: Number | None = None
    asked: Number | None = None
    asked_remark: str = ""
    reason: str = ""

    @property
    def asked_text(self) -> str:
        """What the sheet of the closing before said: "38, Hai phiếu trùng"."""
        number = "" if self.asked is None else format_number(self.asked)
        return ", ".join(filter(None, (number, self.asked_remark)))

    @property
    def said_of_it(self) -> str:
        """What stands about it in neither of its cells: what was checked before, and how the commune explains it."""
        asked = f"Lần trước phiếu kiểm tra ghi: {self.asked_text}." if self.asked_text else ""
        reason = f"Xã ghi lý do: {self.reason.rstrip('.')}." if self.reason else ""
        return f"{asked} {reason}".strip()

    @property
    def moved(self) -> Number:
        """Reported less what was reported before; 0 where nothing was."""
        return 0 if self.before is None else self.reported - self.before

    @property
    def reported_text(self) -> str:
        """What was reported, "–" where the book was never written in."""
        return UNTOLD if self.unrecorded else format_number(self.reported)

    @property
    def counted_text(self) -> str:
        """What is counted here; a star where no record of it is here."""
        return f"{UNTOLD if self.unwritten else format_number(self.counted)}{' *' if self.stays else ''}"

    @property
    def difference(self) -> Number:
        """Checked less reported; 0 where nothing else was written."""
        return 0 if self.checked is None else self.checked - self.reported

    @property
    def miscounted(self) -> Number:
        """Counted less reported."""
        return self.counted - self.reported


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """A report as it is checked. ``came``: when its last closing came; ``pdf`` whether its paper came with it;
    ``earlier``: the number of the closing before it, 0 where there was none; ``sent_back``: why that was returned."""

    office: str
    office_name: str
    report: str
    title: str
    period: Period
    came: datetime
    has_paper: bool
    standing: ReportStanding
    lines: tuple[CheckLine, ...]
    remark: str
    decisions: tuple[ReportDecision, ...]
    changes: tuple[FigureSince, ...]
    returned: ReportReturn | None = None
    earlier: int = 0
    sent_back: ReportReturn | None = None

    @property
    def editable(self) -> bool:
        """Whether values can be written now."""
        return self.standing.standing is Standing.TO_CHECK

    @property
    def differing(self) -> tuple[CheckLine, ...]:
        """Lines with a checked value other than the reported one, or with a remark."""
        return tuple(line for line in self.lines if line.difference or line.remark)

    @property
    def moved(self) -> tuple[CheckLine, ...]:
        """Lines that the closing before reported otherwise."""
        return tuple(line for line in self.lines if line.moved)

    @property
    def miscounted(self) -> tuple[CheckLine, ...]:
        """Lines whose records give another figure than was reported."""
        return tuple(line for line in self.lines if line.miscounted)

    def line(self, indicator: str) -> CheckLine:
        """One figure of the sheet; raises TD-SYNC-139 when the report has none of that name."""
        for line in self.lines:
            if line.indicator == indicator:
                return line
        raise UserError("TD-SYNC-139", indicator=indicator, known=", ".join(one.indicator for one in self.lines))


def check_sheet(session: Session, office: str, report: str, period: Period) -> CheckSheet:
    """The sheet of the closing that stands: the accepted one, else the last. Raises TD-SYNC-130, TD-STORE-220."""
    session.require(Permission.VIEW)
    standing = standing_of(session, office, report, period)
    name, spec = received_report(office, report), report_spec(session, report)
    frozen, before = _frozen(session, name, period, standing)
    kept = session.file.report_checks.get(name, period.code, standing.digest)
    said = session.file.report_checks.get(name, period.code, figures_digest(before.figures)) if before else None
    days = as_closed(session, name, period)
    counted = recounted(session, _known(session, frozen.figures), days, [office], report)
    returns = session.file.reports.returns(name, period.code)
    returned = returns.get(standing.edition)
    accepted = {office: standing.decision} if standing.accepted and standing.decision else {}
    return CheckSheet(
        office, dict(by_name(session)).get(office, office), report, spec.title, days, frozen.at,
        frozen.pdf is not None, standing,
        tuple(
            _asked(line, said.lines.get(line.indicator, {}) if said else {})
            for line in _lines(session, (frozen, before), counted, (office, days), kept.lines if kept else {})
        ),
        kept.remark if kept else "",
        tuple(history(session, office, report, period)),
        changed_since(session, report, days, accepted).get(office, ()),
        returned if standing.standing is Standing.RETURNED else None,
        before.edition if before else 0, returns.get(before.edition) if before else None,
    )  # fmt: skip


def paper_of(session: Session, office: str, report: str, period: Period) -> bytes | None:
    """The paper of the closing that stands, as it came; None when only its figures did (from QR codes)."""
    session.require(Permission.PRINT)
    standing = standing_of(session, office, report, period)
    return _frozen(session, received_report(office, report), period, standing)[0].pdf


def parse_checked(text: str) -> Number | None:
    """What was typed as checked value; None for nothing. Raises TD-DATA-540 for what is no figure."""
    plain = text.strip()
    if not plain:
        return None
    number = parse_number(plain)
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    if number is None or not 0 <= number < _MOST or not isinstance(exponent, int) or exponent < -_PLACES:
        raise UserError("TD-DATA-540", text=plain)
    return number


def set_checked(session: Session, sheet: CheckSheet, indicator: str, value: Number | None) -> None:
    """Keep a checked value; None, or the reported value itself, leaves what was reported.

    Raises TD-SYNC-131 when the sheet is closed, TD-SYNC-139 unknown figure, TD-STORE-220.
    """
    session.require(Permission.RECEIVE)
    line = sheet.line(indicator)
    same = value is None or value == line.reported
    _write(session, sheet, indicator, {"checked": None if same or value is None else kept_number(value)})


def set_line_remark(session: Session, sheet: CheckSheet, indicator: str, text: str) -> None:
    """Keep the remark on one figure; raises as ``set_checked``, TD-SYNC-137 when it is too long."""
    session.require(Permission.RECEIVE)
    sheet.line(indicator)
    _write(session, sheet, indicator, {"remark": _tidy(text)})


def set_remark(session: Session, sheet: CheckSheet, text: str) -> None:
    """Keep the remark on the whole report; raises as ``set_line_remark``."""
    session.require(Permission.RECEIVE)
    _write(session, sheet, "", {"remark": _tidy(text)})


def difference_text(number: Number) -> str:
    """A difference with its sign, never by colour alone: "+2", "−2"; "" for none."""
    if not number:
        return ""
    return f"+{format_number(number)}" if number > 0 else f"\u2212{format_number(-number)}"


def _write(session: Session, sheet: CheckSheet, indicator: str, change: Mapping[str, Any]) -> None:
    name, code = received_report(sheet.office, sheet.report), sheet.period.code
    now = standing_of(session, sheet.office, sheet.report, sheet.period)
    if now.standing is not Standing.TO_CHECK or now.digest != sheet.standing.digest:
        state = WORDS[now.standing] if now.standing is not Standing.TO_CHECK else "có bản chốt mới"
        raise UserError("TD-SYNC-131", period=sheet.period.name, state=state)
    kept = session.file.report_checks.get(name, code, now.digest)
    lines, remark = dict(kept.lines) if kept else {}, kept.remark if kept else ""
    if indicator:
        lines[indicator] = {"checked": None, "remark": "", **lines.get(indicator, {}), **change}
        if lines[indicator] == {"checked": None, "remark": ""}:
            del lines[indicator]
    else:
        remark = str(change["remark"])
    session.file.report_checks.put(KeptCheck(name, code, now.digest, lines, remark, session.now(), session.user.name))
    session.announce(Changes(frozenset()))


def _tidy(text: str) -> str:
    said = clean(text)
    if len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-137", most=LONGEST_REASON)
    return said


def _frozen(
    session: Session, name: str, period: Period, standing: ReportStanding
) -> tuple[FrozenReport, FrozenReport | None]:
    """The closing that stands, and the one that came before it."""
    editions = session.file.reports.editions(name, period.code)
    at = next(at for at in reversed(range(len(editions))) if figures_digest(editions[at].figures) == standing.digest)
    return editions[at], editions[at - 1] if at else None


def _asked(line: CheckLine, said: Mapping[str, Any]) -> CheckLine:
    checked = said.get("checked")
    return replace(
        line, asked=None if checked is None else number_of(checked), asked_remark=str(said.get("remark", ""))
    )


def _rows(figures: Any) -> list[Mapping[str, Any]]:
    return list(figures.get("figures", ())) if isinstance(figures, dict) else []


def _known(session: Session, figures: Any) -> list[str]:
    return [row["indicator"] for row in _rows(figures) if row["indicator"] in session.definitions.indicators]


def _lines(
    session: Session, closings: tuple[FrozenReport, FrozenReport | None], counted: Mapping[tuple[str, str], Number],
    of: tuple[str, Period], kept: Mapping[str, Mapping[str, Any]],
) -> list[CheckLine]:  # fmt: skip
    """The figures as reported, in their order; one that this program does not know has its own label and no recount."""
    figures, before = closings[0].figures, closings[1].figures if closings[1] else None
    earlier = {str(row["indicator"]): number_of(row["value"]) for row in _rows(before)}
    indicators, staying, (office, days) = session.definitions.indicators, counted_only(session.definitions), of
    told = told_values(session, _known(session, figures), [office], counted, [office], days)
    found = []
    for row in _rows(figures):
        name, reported = str(row["indicator"]), number_of(row["value"])
        known, written = indicators.get(name), kept.get(name, {})
        checked = written.get("checked")
        found.append(
            CheckLine(
                name, known.label if known else str(row.get("label", name)),
                known.unit if known else str(row.get("unit", "")), reported,
                counted.get((name, office), 0) if known else reported,
                None if checked is None else number_of(checked), str(written.get("remark", "")),
                known is None or name in staying, str(row.get("unrecorded", "")),
                known is not None and told[name, office] is None, earlier.get(name), reason=str(row.get("reason", "")),
            )
        )  # fmt: skip
    return found
