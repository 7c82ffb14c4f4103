"""The steps between a commune and its province, in few words."""

from __future__ import annotations

from datetime import date

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.board import BoardCell, board
from thidua_desktop.services.handoff import answers, receipts
from thidua_desktop.services.report_checks.decisions import accept, reopen
from thidua_desktop.services.report_checks.sheet import CheckSheet, check_sheet
from thidua_desktop.services.report_checks.told import ToldReport, told
from thidua_desktop.services.reports import build as reports

ATTENDANCE = "attendance_total"


def code(pair: TwoOffices) -> str:
    """The commune's code."""
    return pair.commune.file.identity.code


def sheet(pair: TwoOffices, period: Period = NOVEMBER) -> CheckSheet:
    """The sheet as it stands."""
    return check_sheet(pair.province, code(pair), REPORT, period)


def accepted(pair: TwoOffices, period: Period = NOVEMBER) -> None:
    """The province accepts."""
    accept(pair.province, code(pair), REPORT, period)


def reopened(pair: TwoOffices, reason: str = "Xã bổ sung danh sách", period: Period = NOVEMBER) -> None:
    """The province opens again."""
    reopen(pair.province, code(pair), REPORT, period, reason)


def returned(pair: TwoOffices, reason: str = "Số hộ chưa khớp", period: Period = NOVEMBER) -> None:
    """The province returns."""
    answers.return_closed_report(pair.province, code(pair), REPORT, period, reason)


def answer(pair: TwoOffices) -> receipts.ReceiptView:
    """A receipt goes down and is taken in."""
    made = answers.make_receipt(pair.province, code(pair), pair.folder)
    view = receipts.look_at_receipt(pair.commune, made.path)
    receipts.take_receipt(pair.commune, view)
    return view


def heard(pair: TwoOffices, period: Period = NOVEMBER) -> ToldReport:
    """What the commune has heard."""
    found = told(pair.commune, REPORT, period.code)
    assert found is not None
    return found


def closed_again(pair: TwoOffices, attendance: int = 5) -> None:
    """The commune opens, adds an activity, closes, sends; the province takes it in."""
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    mended(pair, attendance)


def mended(pair: TwoOffices, attendance: int = 5) -> None:
    """The same without opening (after a return the report stands open)."""
    pair.activity("Ghi thêm", date(2026, 11, 10), attendance_total=attendance, attendance_women=1)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())


def cell(pair: TwoOffices) -> BoardCell:
    """The board's cell of November."""
    return board(pair.province, REPORT).rows[0].cells[-1]
