"""Bảng so sánh các xã: the communes of a province by one figure, with how many of them it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.domain.figures import Number
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.reports.ranking import MEASURE_WORDS, Measure, RankedCommune, Ranking
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

TITLE = "BẢNG SO SÁNH CÁC XÃ, PHƯỜNG, ĐẶC KHU"
NOT_SENT = "chưa gửi báo cáo"
NO_MEASURE = "không có số để so"


def print_ranking(session: Session, found: Ranking) -> bytes:
    """The table as PDF; TD-STORE-220 permission."""
    from thidua_desktop.printing.render import render

    session.require(Permission.PRINT)
    return render(ranking_document(session, found)).pdf


def ranking_in_word(session: Session, found: Ranking) -> bytes:
    """The same as a .docx file."""
    from thidua_desktop.printing.word.render import render_word

    session.require(Permission.PRINT)
    return render_word(ranking_document(session, found))


def ranking_in_excel(session: Session, found: Ranking) -> bytes:
    """The same as an .xlsx file."""
    from thidua_desktop.services.spreadsheets import excel_of

    session.require(Permission.PRINT)
    return excel_of(ranking_document(session, found))


def ranking_document(session: Session, found: Ranking) -> Document:
    """The table as blocks; communes without a report come last, with a dash for their place."""
    from thidua_desktop.printing.blocks import Align, Column
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register

    own = found.measure is Measure.SIZE
    columns = [Column("Hạng", 0.6, Align.CENTER), Column("Đơn vị", 3.0),
               Column(f"Số liệu ({found.indicator.unit})", 1.4, Align.RIGHT)]  # fmt: skip
    if not own:
        columns.append(Column(f"{MEASURE_WORDS[found.measure]} ({found.unit})", 1.4, Align.RIGHT))
    columns.append(Column("Ghi chú", 1.6))
    rows = tuple(tuple(_cells(row, own)) for row in found.rows)
    lines = (found.indicator.label, found.period.label, f"Số liệu của {found.covered} đã gửi báo cáo. {found.words}.")
    content = RegisterContent(
        issuer(session), TITLE, tuple(columns), rows, "; ".join(lines), date=session.today,
        signer=signature(session, who_signs(session, OFFICE)),
    )  # fmt: skip
    return register(content)


def _cells(row: RankedCommune, own: bool) -> list[str]:
    measure = [] if own else [measure_text(row.measure)]
    return ["–" if row.place is None else str(row.place), row.name, format_number(row.value), *measure, remark(row)]


def measure_text(measure: Number | None) -> str:
    """ "12,5", "–" where there is nothing to compare with."""
    return "–" if measure is None else format_number(measure)


def remark(row: RankedCommune) -> str:
    """Why a commune has no place; "" when it has one."""
    if not row.sent:
        return NOT_SENT
    return NO_MEASURE if row.place is None else ""
