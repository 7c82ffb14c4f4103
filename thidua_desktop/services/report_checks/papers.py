"""Papers of checking: the sheet with every figure, and the slip with which a report goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.report_checks.decisions import Standing, decision_day
from thidua_desktop.services.report_checks.sheet import CheckLine, CheckSheet, difference_text
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import format_date, format_number, lower_first

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document, TableRow

SHEET_TITLE = "PHIẾU KIỂM TRA, ĐỐI CHIẾU BÁO CÁO"
SLIP_TITLE = "PHIẾU TRẢ LẠI BÁO CÁO"
_STAYS = "bản ghi không rời xã; cột Đếm lại là số lượng xã gửi kèm."
_AGREED = "Chỉ tiêu không ghi Số kiểm tra được chấp nhận theo số báo cáo."


def sheet_document(session: Session, sheet: CheckSheet) -> Document:
    """Every figure reported, counted anew, checked, with its difference and remark; on a sheet that lies."""
    from thidua_desktop.printing.blocks import Align, Column, SignatureBlock
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register

    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Nội dung", 3.4), Column("Đơn vị tính", 1.0, Align.CENTER),
        Column("Báo cáo", 1.0, Align.RIGHT), Column("Đếm lại", 1.0, Align.RIGHT),
        Column("Số kiểm tra", 1.0, Align.RIGHT), Column("Chênh lệch", 1.1, Align.RIGHT), Column("Nhận xét", 3.4),
    )  # fmt: skip
    rows = tuple(_row(place, line) for place, line in enumerate(sheet.lines, start=1))
    notes = [_AGREED, *([f"* {_STAYS}"] if any(line.stays for line in sheet.lines) else [])]
    notes += [f"Nhận xét chung: {sheet.remark}"] if sheet.remark else []
    content = RegisterContent(
        issuer(session), SHEET_TITLE, columns, rows, f"{_subject(sheet)}; {_state(sheet)}", notes=tuple(notes),
        date=session.today, left_signer=SignatureBlock("NGƯỜI KIỂM TRA", session.user.name),
        signer=signature(session, who_signs(session, OFFICE)),
    )  # fmt: skip
    return register(content)


def slip_document(session: Session, sheet: CheckSheet) -> Document:
    """Why a report goes back, and which figures are in question; raises TD-SYNC-140 when it is not returned."""
    from thidua_desktop.printing.blocks import Align, Column, Field, SignatureBlock
    from thidua_desktop.printing.contents import SheetContent
    from thidua_desktop.printing.official import sheet as plain_sheet

    returned = sheet.returned
    if returned is None:
        raise UserError("TD-SYNC-140", period=sheet.period.name, office=sheet.office_name)
    rows = tuple(
        (line.label, line.reported_text, _checked(line), difference_text(line.difference), line.remark)
        for line in sheet.differing
    )
    columns = (
        Column("Nội dung", 2.6), Column("Báo cáo", 0.9, Align.RIGHT), Column("Kiểm tra", 0.9, Align.RIGHT),
        Column("Chênh lệch", 1.2, Align.RIGHT), Column("Nhận xét", 2.4),
    )  # fmt: skip
    content = SheetContent(
        issuer=issuer(session),
        title=SLIP_TITLE,
        subtitle=_subject(sheet),
        fields=(
            Field("Nơi nhận lại", sheet.office_name),
            Field("Báo cáo nhận ngày", format_date(sheet.came.date())),
            Field("Trả lại ngày", format_date(returned.day)),
            Field("Lý do", returned.reason),
            *([Field("Nhận xét chung", sheet.remark)] if sheet.remark else []),
        ),
        columns=columns if rows else (),
        rows=rows,
        closing=("Đề nghị kiểm tra, sửa số liệu trong sổ, chốt lại báo cáo và gửi lại gói.",),
        date=session.today,
        signers=(SignatureBlock("NGƯỜI KIỂM TRA", returned.actor), signature(session, who_signs(session, OFFICE))),
    )
    return plain_sheet(content)


def _row(place: int, line: CheckLine) -> TableRow:
    from thidua_desktop.printing.blocks import Cell

    counted = line.counted_text
    return (
        str(place), line.label, line.unit, line.reported_text,
        Cell(counted, bold=True) if line.miscounted else counted, _checked(line),
        difference_text(line.difference), line.remark,
    )  # fmt: skip


def _checked(line: CheckLine) -> str:
    return "" if line.checked is None else format_number(line.checked)


def _subject(sheet: CheckSheet) -> str:
    period = lower_first(sheet.period.name)
    return f"{sheet.title} {period} của {sheet.office_name}"


def _state(sheet: CheckSheet) -> str:
    """How the report stands, with the day."""
    standing, decision = sheet.standing, sheet.standing.decision
    if standing.accepted and decision is not None:
        return f"chấp nhận ngày {format_date(decision_day(decision))}"
    if standing.standing is Standing.RETURNED and sheet.returned is not None:
        return f"trả lại ngày {format_date(sheet.returned.day)}"
    return "đang kiểm tra"
