"""Figures of communes counted anew from their merged records, over the days that each closed its report with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.report_periods import closed_days
from thidua_desktop.services.reports.private_counts import figure_rows
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange


def recounted(
    session: Session, names: Sequence[str], period: Period, codes: Sequence[str], report: str = ""
) -> dict[tuple[str, str], Number]:
    """Figures by indicator and office; of an office that has reported, over the days that it closed ``report`` with."""
    days = {code: closed_days(session, received_report(code, report), period.code) for code in codes}
    spans = {code: DateRange(*(found or (period.start, period.end))) for code, found in days.items()}
    asked = list(dict.fromkeys(spans.values()))
    counted: dict[tuple[str, str], Number] = {}
    for row in figure_rows(session, names, asked, codes) if asked else ():
        if asked[row.range_index] == spans[row.office]:
            key = (row.indicator, row.office)
            counted[key] = plain(counted.get(key, 0) + row.value)
    return counted


def plain(number: Number) -> Number:
    """3 rather than Decimal("3.00")."""
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return number


def number_of(kept: int | str) -> Number:
    """A number as JSON keeps it."""
    return plain(Decimal(kept))


def kept_number(number: Number) -> int | str:
    """A number as JSON keeps it: whole ones as integers, others as text."""
    tidy = plain(number)
    return tidy if isinstance(tidy, int) else f"{tidy:f}"
