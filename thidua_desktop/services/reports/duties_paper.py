"""The status board of duties as tables: an annex of its report, or a paper of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.duties import AREA, NAMES, DutyBoard
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document, Table, TableRow
    from thidua_desktop.printing.contents import Annex
    from thidua_desktop.printing.marks import Rendered

TITLE = "VIỆC KHU DÂN CƯ, TỔ TỰ QUẢN ĐÃ LÀM, CHƯA LÀM"
_NOT_DONE = "chưa"
_NOTE = "“chưa”: sổ chưa ghi trong kỳ; đăng ký và chấm điểm tính từ đầu năm."


def print_duties(session: Session, report: Report) -> Rendered:
    """The board as PDF; TD-STORE-220 permission, TD-PRINT-067 for a report that declares no duties."""
    from thidua_desktop.printing.render import render

    session.require(Permission.PRINT)
    return render(duties_document(session, report))


def duties_document(session: Session, report: Report) -> Document:
    """The board as a paper of its own, without a number."""
    from thidua_desktop.errors import UserError
    from thidua_desktop.printing.contents import ReportContent
    from thidua_desktop.printing.official import report as official_report

    if not report.boards:
        raise UserError("TD-PRINT-067", report=report.spec.title)
    period = report.period.paper_name
    content = ReportContent(
        issuer(session),
        f"Việc khu dân cư, tổ tự quản đã làm, chưa làm {period}",
        duty_tables(report),
        signature(session, who_signs(session, OFFICE)),
        date=session.today,
        type_name="THỐNG KÊ",
        type_code="TK",
    )
    return official_report(content)


def duties_annex(report: Report) -> tuple[Annex, ...]:
    """The annex of a report that declares duties; none of another."""
    from thidua_desktop.printing.contents import Annex

    return (Annex(TITLE, duty_tables(report)),) if report.boards else ()


def duty_tables(report: Report) -> tuple[Table, ...]:
    """A table for the areas, all of them, and one for the groups that have not done something."""
    return tuple(_table(board) for board in report.boards)


def _table(board: DutyBoard) -> Table:
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    columns = (
        Column("TT", 0.5, Align.CENTER), Column(NAMES[board.of], 3.0),
        *(Column(head, 1.0, Align.CENTER) for head in board.heads), Column("Còn thiếu", 0.9, Align.CENTER),
    )  # fmt: skip
    shown = board.rows if board.of == AREA else board.behind
    rows = tuple(
        (
            str(place), row.name,
            *(format_number(value) if value else Cell(_NOT_DONE, bold=True) for value in row.done),
            str(row.missing) if row.missing else "",
        )
        for place, row in enumerate(shown, start=1)
    )  # fmt: skip
    whole = len(board.rows)
    done: TableRow = tuple(Cell(f"{count}/{whole}", bold=True) for count in board.complete)
    totals: tuple[TableRow, ...] = (("", Cell("Đã làm", bold=True), *done, ""),)
    left_out = whole - len(shown)
    notes = (_NOTE, *((f"{left_out} {NAMES[board.of].lower()} đã làm đủ không kể tên.",) if left_out else ()))
    return Table(columns, rows, totals=totals, notes=notes, caption=NAMES[board.of], size=11.0)
