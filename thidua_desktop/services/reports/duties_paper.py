"""The status board of duties as tables: an annex of its report, or a paper of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services import access
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.duties import AREA, GROUP, NAMES, DutyBoard, DutyRow
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document, Table, TableRow
    from thidua_desktop.printing.contents import Annex
    from thidua_desktop.printing.marks import Rendered

TITLE = "VIỆC KHU DÂN CƯ, TỔ TỰ QUẢN ĐÃ LÀM, CHƯA LÀM"
_NOT_DONE = "chưa"
_NUMBERED = " số "
_NOTE = "“chưa”: sổ chưa ghi trong kỳ; đăng ký và chấm điểm tính từ đầu năm."


def print_duties(session: Session, report: Report) -> Rendered:
    """The board as PDF; TD-STORE-220 permission, TD-PRINT-067 for a report that declares no duties."""
    from thidua_desktop.printing.render import render

    session.require(Permission.PRINT)
    access.note_paper(session, access.PRINT, TITLE.capitalize())
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
    """A table with every area, and one that names by area the groups that have not done something."""
    return tuple(_of_areas(board) if board.of == AREA else _of_groups(board) for board in report.boards)


def _of_areas(board: DutyBoard) -> Table:
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    columns = (
        Column("TT", 0.5, Align.CENTER), Column(NAMES[AREA], 3.0),
        *(Column(head, 1.0, Align.CENTER) for head in board.heads), Column("Còn thiếu", 0.9, Align.CENTER),
    )  # fmt: skip
    rows = tuple(
        (
            str(place), row.name,
            *(format_number(value) if value else Cell(_NOT_DONE, bold=True) for value in row.done),
            str(row.missing) if row.missing else "",
        )
        for place, row in enumerate(board.rows, start=1)
    )  # fmt: skip
    done: TableRow = tuple(Cell(f"{count}/{len(board.rows)}", bold=True) for count in board.complete)
    totals: tuple[TableRow, ...] = (("", Cell("Đã làm", bold=True), *done, ""),)
    return Table(columns, rows, totals=totals, notes=(_NOTE,), caption=NAMES[AREA], size=11.0)


def _of_groups(board: DutyBoard) -> Table:
    """A row for each area, the one with most groups behind first: how many did each duty, and who did not."""
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    columns: list[Column] = [Column("TT", 0.5, Align.CENTER), Column(NAMES[AREA], 2.2)]
    for head in board.heads:
        columns += [Column(f"{head} (đã làm)", 1.0, Align.CENTER), Column(f"{head}: tổ chưa làm", 4.4)]
    by_area: dict[str, list[DutyRow]] = {}
    for row in board.rows:
        by_area.setdefault(row.area, []).append(row)
    ordered = sorted(by_area.items(), key=lambda one: (-sum(row.missing for row in one[1]), one[0]))
    rows: tuple[TableRow, ...] = tuple(
        (str(at), area, *_counted(groups, len(board.heads))) for at, (area, groups) in enumerate(ordered, start=1)
    )
    cells = [(Cell(f"{count}/{len(board.rows)}", bold=True), "") for count in board.complete]
    totals: tuple[TableRow, ...] = (("", Cell("Cộng", bold=True), *(cell for pair in cells for cell in pair)),)
    return Table(tuple(columns), rows, totals=totals, caption=NAMES[GROUP], size=11.0)


def _counted(groups: list[DutyRow], duties: int) -> TableRow:
    """Of each duty "3/10" and the names of those who did not do it; the word they all begin with once."""
    cells: list[str] = []
    for place in range(duties):
        behind = [row.name for row in groups if not row.done[place]]
        cells += [f"{len(groups) - len(behind)}/{len(groups)}", _together(behind)]
    return tuple(cells)


def _together(names: list[str]) -> str:
    """ "Tổ tự quản số 1, số 3, số 4": names that begin alike say it once."""
    heads = {name.rpartition(_NUMBERED)[0] for name in names}
    head = heads.pop() if len(heads) == 1 else ""
    return ", ".join([*names[:1], *(name.removeprefix(head).strip() for name in names[1:])])
