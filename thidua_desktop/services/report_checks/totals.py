"""What acceptance adds to consolidated figures: how many reports are accepted, and by how much checking changed them.

Consolidated figures always count records; nothing here changes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.handoff.acknowledged import figures_digest, received_report
from thidua_desktop.services.report_checks.decisions import accepted_offices
from thidua_desktop.services.report_checks.recount import number_of
from thidua_desktop.services.session import Session
from thidua_desktop.store.report_checks import ReportDecision
from thidua_desktop.text import format_number

_NAMED = 6


@dataclass(frozen=True, slots=True)
class CheckedSum:
    """A figure that was checked otherwise than reported: the sum of the differences, of how many communes."""

    indicator: str
    label: str
    unit: str
    difference: Number
    communes: int

    @property
    def words(self) -> str:
        """ "Lượt người dự −12 (3 xã)"."""
        sign = "+" if self.difference > 0 else "\u2212" if self.difference < 0 else ""
        number = format_number(max(self.difference, -self.difference))
        return f"{self.label} {sign}{number} ({self.communes} đơn vị)"


@dataclass(frozen=True, slots=True)
class AcceptedTotals:
    """Of ``communes`` communes these have an accepted report; ``sums`` only where checking found another figure."""

    accepted: tuple[str, ...]
    communes: int
    sums: tuple[CheckedSum, ...]

    @property
    def short(self) -> str:
        """ "60/102 xã, phường, đặc khu đã được chấp nhận"."""
        return f"{len(self.accepted)}/{self.communes} xã, phường, đặc khu đã được chấp nhận"

    @property
    def words(self) -> str:
        """The sums in a sentence, which says that the figures beside it are not these; "" where there is none."""
        if not self.sums:
            return ""
        named = "; ".join(one.words for one in self.sums[:_NAMED])
        more = f" và {len(self.sums) - _NAMED} chỉ tiêu khác" if len(self.sums) > _NAMED else ""
        return f"Số kiểm tra khác số xã báo cáo: {named}{more}. Số liệu ở đây đếm từ bản ghi, không cộng số kiểm tra."


NOBODY = AcceptedTotals((), 0, ())


def accepted_totals(session: Session, report: str, period: Period) -> AcceptedTotals:
    """How a report of a period stands over all communes."""
    offices = [code for code, _ in by_name(session, period)]
    accepted = accepted_offices(session, report, period, offices)
    found: dict[str, list[Number]] = {}
    for office, decision in accepted.items():
        reported = _reported(session, office, report, period, decision)
        for name, line in decision.content["figures"].items():
            checked = line.get("checked")
            if checked is not None and name in reported:
                found.setdefault(name, []).append(number_of(checked) - reported[name])
    indicators = session.definitions.indicators
    sums = tuple(
        CheckedSum(name, one.label, one.unit, sum(found[name], 0), len(found[name]))
        for name, one in indicators.items()
        if name in found
    )
    return AcceptedTotals(tuple(accepted), len(offices), sums)


def _reported(
    session: Session, office: str, report: str, period: Period, decision: ReportDecision
) -> Mapping[str, Number]:
    """The figures of the accepted closing."""
    editions = session.file.reports.figures_of_editions(received_report(office, report), period.code)
    about = next(one for one in editions.values() if figures_digest(one) == decision.figures)
    return {row["indicator"]: number_of(row["value"]) for row in about.get("figures", ())}
