"""What a province's report has beside a commune's: how many communes it stands on, and their figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services.communes import by_name, coverage
from thidua_desktop.services.report_checks.totals import accepted_totals
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.private_counts import figure_rows
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Table, TableRow
    from thidua_desktop.printing.contents import Annex

MOST_COLUMNS = 8
"""So many figures stand side by side on a sheet that lies."""


def covered_words(session: Session, report: Report) -> str:
    """ "Số liệu của 98/102 xã, phường, đặc khu đã gửi báo cáo, 60 đã chấp nhận", for every page; "" at a commune."""
    if not session.is_province:
        return ""
    accepted = len(accepted_totals(session, report.spec.name, report.period).accepted)
    sent = coverage(session, report.spec.name, report.period).short
    return f"Số liệu của {sent} đã gửi báo cáo, {accepted} đã chấp nhận"


def missing_words(session: Session, report: Report) -> str:
    """Who has not sent the report, and what checking found otherwise, in sentences; "" at a commune or for neither."""
    if not session.is_province:
        return ""
    found = (
        coverage(session, report.spec.name, report.period),
        accepted_totals(session, report.spec.name, report.period),
    )
    return " ".join(one.words for one in found if one.words)


def commune_annex(session: Session, report: Report) -> Annex | None:
    """The communes' key figures side by side, on a sheet of its own; None at a commune or without communes."""
    from thidua_desktop.printing.blocks import Orientation
    from thidua_desktop.printing.contents import Annex

    table = commune_table(session, report) if session.is_province else None
    return None if table is None else Annex("SỐ LIỆU THEO TỪNG ĐƠN VỊ", (table,), Orientation.LANDSCAPE)


def commune_table(session: Session, report: Report) -> Table | None:
    """One row per commune by name, at most ``MOST_COLUMNS`` figures, those of charts first; None without communes."""
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    offices = by_name(session)
    if not offices:
        return None
    names = _key_indicators(report)
    span = DateRange(report.period.start, report.period.end)
    counted = {
        (row.office, row.indicator): row.value
        for row in figure_rows(session, names, [span], [code for code, _ in offices])
    }
    indicators = session.definitions.indicators
    columns = (
        Column("TT", 0.6, Align.CENTER),
        Column("Đơn vị", 3.0),
        *(Column(f"{indicators[name].label} ({indicators[name].unit})", 1.6, Align.RIGHT) for name in names),
    )
    sent = set(coverage(session, report.spec.name, report.period).received)
    rows = tuple(
        (
            str(place),
            name if name in sent else f"{name} *",
            *(format_number(counted.get((code, indicator), 0)) for indicator in names),
        )
        for place, (code, name) in enumerate(offices, start=1)
    )
    whole = {figure.indicator: figure.value for figure in report.figures}
    sums = [Cell(format_number(whole[name]), bold=True) for name in names]
    total: TableRow = ("", Cell("Toàn tỉnh", bold=True), *sums)
    notes = () if len(sent) == len(offices) else ("* chưa gửi báo cáo của kỳ; số liệu đếm từ những gói đã nhận.",)
    return Table(columns, rows, totals=(total,), notes=notes, size=11.0, fits=True)


def _key_indicators(report: Report) -> list[str]:
    asked = [name for chart in report.spec.charts for name in chart.indicators]
    ordered = dict.fromkeys([*asked, *report.spec.indicators])
    return [name for name in ordered if name in report.spec.indicators][:MOST_COLUMNS]
