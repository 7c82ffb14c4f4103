"""What a province's report has beside a commune's: how many communes it stands on, and their figures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.communes import NAMED, by_name, change_words, coverage
from thidua_desktop.services.report_checks.totals import accepted_totals
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.private_counts import figure_rows
from thidua_desktop.services.reports.unrecorded import told_values
from thidua_desktop.services.session import Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.store.queries import DateRange
from thidua_desktop.text import UNTOLD, format_date, format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Table, TableRow
    from thidua_desktop.printing.contents import Annex

MOST_COLUMNS = 8
"""So many figures stand side by side on a sheet that lies."""
MISSING = "Chưa gửi"
MISSING_HEADS = ("TT", "Đơn vị", "Gói đã nhận gần nhất", "Nhận ngày")
_LISTED = "Danh sách đầy đủ kèm theo."
_NO_PACKAGE = "chưa có gói nào"
_STARRED = "* chưa gửi báo cáo của kỳ; số liệu đếm từ những gói đã nhận."

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Communes:
    """On what a consolidated paper stands, in finished words.

    ``covered`` stands on every page; ``words``: who is missing, what checking found otherwise, which communes began or
    ended; ``missing``: all who have not sent it, by name, with their last package; ``heads`` and ``rows``: their key
    figures; ``total`` their sum; ``changes`` which communes began or ended, once more for the sheet of figures.
    """

    covered: str
    words: str
    missing: tuple[Row, ...]
    heads: Row
    rows: tuple[Row, ...]
    total: Row
    changes: str = ""


def communes_of(session: Session, report: Report) -> Communes | None:
    """On what the report stands: of a closed one as it was when it was closed; None at a commune."""
    if not session.is_province:
        return None
    frozen = session.file.reports.frozen(report.spec.name, report.period.code) if report.closed else None
    kept = frozen.content.get("communes") if frozen is not None and frozen.content else None
    return _of_kept(kept) if kept else _counted(session, report)


def kept_communes(session: Session, report: Report) -> Mapping[str, Any] | None:
    """The same as JSON-able values, for a report that is being closed."""
    found = communes_of(session, report)
    return None if found is None else {
        "covered": found.covered, "words": found.words, "heads": list(found.heads), "total": list(found.total),
        "missing": [list(row) for row in found.missing], "rows": [list(row) for row in found.rows],
        "changes": found.changes,
    }  # fmt: skip


def covered_line(session: Session, report: str, period: Period) -> str:
    """ "Số liệu của 98/102 xã, phường, đặc khu đã gửi báo cáo, 60 đã chấp nhận", for every page and sheet."""
    accepted = len(accepted_totals(session, report, period).accepted)
    return f"Số liệu của {coverage(session, report, period).short} đã gửi báo cáo, {accepted} đã chấp nhận"


def missing_words(session: Session, report: str, period: Period) -> str:
    """Who has not sent the report, the first by name; "" when nobody is missing."""
    found = coverage(session, report, period)
    return f"{found.words} {_LISTED}" if len(found.missing) > NAMED else found.words


def missing_rows(session: Session, report: str, period: Period) -> tuple[Row, ...]:
    """Every commune that has not sent the report, by name, with the last package that came from it."""
    from thidua_desktop.services.handoff.incoming import received_packages

    sent, last = coverage(session, report, period).offices, dict[str, Row]()
    for entry in received_packages(session):  # the newest first
        last.setdefault(entry.office, (f"số {entry.number}", format_date(entry.at.date())))
    absent = [(code, name) for code, name in by_name(session, period) if code not in sent]
    return tuple(
        (str(place), name, *last.get(code, (_NO_PACKAGE, ""))) for place, (code, name) in enumerate(absent, start=1)
    )


def missing_sheet(session: Session, report: str, period: Period) -> ScreenTable | None:
    """The same as a sheet of an Excel book; None when nobody is missing."""
    rows = missing_rows(session, report, period)
    return ScreenTable(MISSING, MISSING_HEADS, rows, {0}) if rows else None


def missing_annex(rows: Sequence[Row]) -> tuple[Annex, ...]:
    """A list on a page of its own where the sentence on the paper cannot name all; nothing for few."""
    from thidua_desktop.printing.blocks import Align, Column, Table
    from thidua_desktop.printing.contents import Annex

    if len(rows) <= NAMED:
        return ()
    shares, aligns = (0.6, 3.4, 1.8, 1.4), (Align.CENTER, Align.LEFT, Align.CENTER, Align.CENTER)
    columns = tuple(Column(*one) for one in zip(MISSING_HEADS, shares, aligns, strict=True))
    return (Annex(f"DANH SÁCH {len(rows)} ĐƠN VỊ CHƯA GỬI BÁO CÁO", (Table(columns, tuple(rows), size=12.0),)),)


def commune_annex(found: Communes) -> Annex | None:
    """The communes' key figures side by side, on a sheet of its own; None without communes."""
    from thidua_desktop.printing.blocks import Orientation
    from thidua_desktop.printing.contents import Annex

    table = commune_table(found)
    return None if table is None else Annex("SỐ LIỆU THEO TỪNG ĐƠN VỊ", (table,), Orientation.LANDSCAPE)


def commune_table(found: Communes) -> Table | None:
    """One row per commune by name, at most ``MOST_COLUMNS`` figures, those of charts first; None without communes."""
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    if not found.rows:
        return None
    columns = (
        Column("TT", 0.6, Align.CENTER),
        Column("Đơn vị", 3.0),
        *(Column(head, 1.6, Align.RIGHT) for head in found.heads),
    )
    total: TableRow = ("", Cell("Toàn tỉnh", bold=True), *(Cell(text, bold=True) for text in found.total))
    notes = (*((_STARRED,) if found.missing else ()), *((found.changes,) if found.changes else ()))
    return Table(columns, found.rows, totals=(total,), notes=notes, size=11.0, fits=True)


def _counted(session: Session, report: Report) -> Communes:
    name, period = report.spec.name, report.period
    checked = accepted_totals(session, name, period).words
    changes = change_words(session, period)
    said = (missing_words(session, name, period), checked, changes)
    words = " ".join(one for one in said if one)
    offices, names = by_name(session, period), _key_indicators(report)
    codes = [code for code, _ in offices]
    span = DateRange(period.start, period.end)
    counted = {(row.indicator, row.office): row.value for row in figure_rows(session, names, [span], codes)}
    sent = coverage(session, name, period).offices
    told = told_values(session, names, codes, counted, sent, span)
    rows = tuple(
        (
            str(place),
            office if code in sent else f"{office} *",
            *(_shown(told[indicator, code]) for indicator in names),
        )
        for place, (code, office) in enumerate(offices, start=1)
    )
    figures = {figure.indicator: figure for figure in report.figures}
    known = {one for one in names if any(told[one, code] is not None for code in codes)}
    indicators = session.definitions.indicators
    return Communes(
        covered=covered_line(session, name, period),
        words=words,
        missing=missing_rows(session, name, period),
        heads=tuple(f"{indicators[one].label} ({indicators[one].unit})" for one in names),
        rows=rows,
        total=tuple(_shown(figures[one].value if one in known else None) for one in names),
        changes=changes,
    )


def _shown(value: Number | None) -> str:
    return UNTOLD if value is None else format_number(value)


def _of_kept(kept: Mapping[str, Any]) -> Communes:
    return Communes(
        covered=kept["covered"],
        words=kept["words"],
        missing=tuple(tuple(row) for row in kept["missing"]),
        heads=tuple(kept["heads"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        total=tuple(kept["total"]),
        changes=kept.get("changes", ""),
    )


def _key_indicators(report: Report) -> list[str]:
    asked = [name for chart in report.spec.charts for name in chart.indicators]
    ordered = dict.fromkeys([*asked, *report.spec.indicators])
    return [name for name in ordered if name in report.spec.indicators][:MOST_COLUMNS]
