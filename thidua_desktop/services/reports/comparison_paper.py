"""Bảng đối chiếu số liệu đã báo cáo: what was reported beside what the books say now, with the records that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.paper_numbers import named
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.comparison import HIDDEN, Comparison, FigureChange
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import format_date, format_moment, format_number, lower_first

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

TITLE = "BẢNG ĐỐI CHIẾU SỐ LIỆU ĐÃ BÁO CÁO"
_RECORDS_SHOWN = 12
_SAME = "Số liệu đã báo cáo khớp với sổ."


def comparison_document(session: Session, report: Report, found: Comparison) -> Document:
    """The table as blocks; a figure's records stand under one another in its row."""
    from thidua_desktop.printing.blocks import Align, Cell, Column
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register

    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Nội dung", 2.6), Column("Đơn vị tính", 0.9, Align.CENTER),
        Column("Đã báo cáo", 1.0, Align.RIGHT), Column("Nay theo sổ", 1.0, Align.RIGHT),
        Column("Chênh lệch", 1.0, Align.RIGHT), Column("Bản ghi làm thay đổi", 5.4),
    )  # fmt: skip
    rows = tuple(
        (
            str(place), one.figure.label, one.figure.unit, one.reported_text, format_number(one.figure.value),
            signed(one), records_text(one),
        )
        for place, one in enumerate(found.changes, start=1)
    ) or ((Cell(_SAME, italic=True, columns=len(columns), align=Align.CENTER),),)  # fmt: skip
    content = RegisterContent(
        issuer(session), TITLE, columns, rows, _subtitle(session, report, found), date=session.today,
        signer=signature(session, who_signs(session, OFFICE)),
    )  # fmt: skip
    return register(content)


def signed(change: FigureChange) -> str:
    """The difference with its sign: "+7", "-12"."""
    return f"{'+' if change.difference > 0 else ''}{format_number(change.difference)}"


def records_text(change: FigureChange) -> str:
    """The records of a figure, a line each: what, what became of it, who and when."""
    lines = [
        f"{one.title}: {one.words}; {one.actor}, {format_moment(one.at)}" for one in change.records[:_RECORDS_SHOWN]
    ]
    if len(change.records) > _RECORDS_SHOWN:
        lines.append(f"và {len(change.records) - _RECORDS_SHOWN} bản ghi khác")
    if change.hidden:
        lines.append(HIDDEN)
    return "\n".join(lines)


def _subtitle(session: Session, report: Report, found: Comparison) -> str:
    edition = found.edition
    paper = named(session, edition.taken) if edition.taken else f"lần chốt {edition.number}"
    period = lower_first(report.period.name)
    return f"{report.spec.title} {period}; {paper}, chốt ngày {format_date(edition.at.date())}"
