"""Bảng so sánh nhiều chỉ tiêu: chosen communes beside chosen figures, with on how many communes they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.domain.figures import Number
from thidua_desktop.services.communes import some_names
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.reports.consolidated import covered_line, missing_annex, missing_rows, missing_words
from thidua_desktop.services.reports.matrix import SHOWN, Matrix, MatrixRow, paper_charts
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import UNTOLD, format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document, TableRow
    from thidua_desktop.printing.contents import Annex

TITLE = "BẢNG SO SÁNH NHIỀU CHỈ TIÊU CỦA CÁC XÃ, PHƯỜNG, ĐẶC KHU"
CHOSEN, WHOLE = "Các đơn vị trong bảng", "Toàn tỉnh"
NOT_SENT = "* chưa gửi báo cáo của kỳ; số liệu đếm từ những gói đã nhận, “–” là chưa có gì gửi lên."
NOT_SPLIT = "“–”: số liệu không tách được theo loại khu dân cư."
NOT_WRITTEN = "“–” ở đơn vị đã gửi: sổ ấy đơn vị chưa từng ghi."


def matrix_document(session: Session, report: str, found: Matrix) -> Document:
    """The table as blocks, charts and all communes that have not sent the report on pages of their own."""
    from thidua_desktop.printing.blocks import Align, Column
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register

    covered = covered_line(session, report, found.period)
    columns = (
        Column("TT", 0.6, Align.CENTER), Column("Đơn vị", 3.0),
        *(Column(f"{one.head} ({one.indicator.unit})", 1.6, Align.RIGHT) for one in found.columns),
    )  # fmt: skip
    rows = tuple((str(place), *_cells(row)) for place, row in enumerate(found.rows, start=1))
    content = RegisterContent(
        issuer(session), TITLE, columns, rows, f"{found.title}; {found.period.label}; {covered}.",
        totals=_totals(found), notes=notes_of(found, missing_words(session, report, found.period)), date=session.today,
        signer=signature(session, who_signs(session, OFFICE)), fits=True, foot_note=covered,
        annexes=(*_charts(session, found), *missing_annex(missing_rows(session, report, found.period))),
    )  # fmt: skip
    return register(content)


def value_text(value: Number | None) -> str:
    """ "12,5", "–" where it cannot be told or nothing came."""
    return UNTOLD if value is None else format_number(value)


def notes_of(found: Matrix, missing: str) -> tuple[str, ...]:
    """What a star and a dash mean, and who is missing."""
    notes = [NOT_SENT] if any(not row.sent for row in found.rows) else []
    empty = {at for row in found.rows if row.sent for at, value in enumerate(row.values) if value is None}
    notes += [NOT_SPLIT] if empty & found.unsplit else []
    notes += [NOT_WRITTEN] if empty - found.unsplit else []
    notes += partly_notes(found)
    return tuple([*notes, missing] if missing else notes)


def partly_notes(found: Matrix) -> list[str]:
    """Of every column that only some records tell: in how many, and in which communes."""
    notes = []
    for at, column in enumerate(found.columns):
        names = [row.name for row in found.rows if (at, row.office) in found.partly]
        if names:
            notes.append(f"{column.head}: {found.partly[at, SHOWN]} (ở {some_names(names)}).")
    return notes


def _charts(session: Session, found: Matrix) -> tuple[Annex, ...]:
    from thidua_desktop.printing.blocks import Orientation
    from thidua_desktop.printing.contents import Annex

    charts = paper_charts(session, found)
    return (Annex("BIỂU ĐỒ SO SÁNH CÁC ĐƠN VỊ", charts, Orientation.LANDSCAPE),) if charts else ()


def _cells(row: MatrixRow) -> list[str]:
    return [row.name if row.sent else f"{row.name} *", *map(value_text, row.values)]


def _totals(found: Matrix) -> tuple[TableRow, ...]:
    """The sum of what is shown, and of the whole province where that is more."""
    chosen = ("", CHOSEN if found.partial else WHOLE, *map(value_text, found.totals))
    return (chosen, ("", WHOLE, *map(value_text, found.whole))) if found.partial else (chosen,)
