"""Figures of communes counted anew from their merged records, over the days that each closed its report with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period, whole_year
from thidua_desktop.services.communes import cut_by_changes
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.report_periods import closed_days
from thidua_desktop.services.reports.private_counts import figure_rows
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange


def recounted(
    session: Session, names: Sequence[str], period: Period, codes: Sequence[str], report: str = ""
) -> dict[tuple[str, str], Number]:
    """Figures by indicator and office, each counted as its own desk does, to be laid beside what it reported.

    Of an office that has reported, over the days that it closed ``report`` with; of one that ended, to its last day.
    """
    windows = session.file.commune_changes.windows()
    spans = {}
    for code in codes:
        days = closed_days(session, received_report(code, report), period.code)
        last = windows[code].last if code in windows else None
        end = last if last is not None and period.start <= last < period.end else period.end
        spans[code] = DateRange(*(days or (period.start, end)))
    return _counted(session, names, spans, as_kept=True)


def consolidated(
    session: Session, names: Sequence[str], period: Period, codes: Sequence[str], report: str = "",
    kind: str = "", *, year_so_far: bool = False,
) -> dict[tuple[str, str], Number]:  # fmt: skip
    """Figures by indicator and office that add up to the province's: each office on the days that it is there.

    They differ from ``recounted`` only where an office begins or ends within the period: what stood in a commune that
    is not there at the end any more is its successor's. ``kind``: only in residential areas of this kind;
    ``year_so_far``: from the first day of the year on.
    """
    whole = whole_year(period) if year_so_far else None
    cut = cut_by_changes(session, period)
    spans = {}
    for code in codes:
        days = closed_days(session, received_report(code, report), period.code) if code not in cut else None
        first, last = days or (period.start, period.end)
        spans[code] = DateRange(whole.start if whole is not None else first, last)
    return _counted(session, names, spans, as_kept=False, kind=kind)


def _counted(
    session: Session,
    names: Sequence[str],
    spans: Mapping[str, DateRange],
    as_kept: bool,
    kind: str = "",
) -> dict[tuple[str, str], Number]:
    asked = list(dict.fromkeys(spans.values()))
    counted: dict[tuple[str, str], Number] = {}
    for row in figure_rows(session, names, asked, list(spans), as_kept, kind) if asked and names else ():
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
