"""Bảng so sánh các xã: the communes of a province by one figure, with how many of them it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.domain.figures import Number
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.reports.ranking import MEASURE_WORDS, Measure, RankedCommune, Ranking
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

TITLE = "BẢNG SO SÁNH CÁC XÃ, PHƯỜNG, ĐẶC KHU"
NOT_SENT = "chưa gửi báo cáo"
NO_MEASURE = "không có số để so"
NOT_WRITTEN = "sổ chưa từng ghi"


def ranking_document(session: Session, found: Ranking) -> Document:
    """The table as blocks; communes without a report come last, every one, with a dash for their place."""
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
    covered = f"Số liệu của {found.covered} đã gửi báo cáo"
    lines = (found.indicator.label, found.period.label, f"{covered}. {found.words}.")
    content = RegisterContent(
        issuer(session), TITLE, tuple(columns), rows, "; ".join(lines), date=session.today,
        signer=signature(session, who_signs(session, OFFICE)), foot_note=covered,
        notes=(found.missing,) if found.missing else (),
    )  # fmt: skip
    return register(content)


def _cells(row: RankedCommune, own: bool) -> list[str]:
    measure = [] if own else [measure_text(row.measure)]
    return ["–" if row.place is None else str(row.place), row.name, row.text, *measure, remark(row)]


def measure_text(measure: Number | None) -> str:
    """ "12,5", "–" where there is nothing to compare with."""
    return "–" if measure is None else format_number(measure)


def remark(row: RankedCommune) -> str:
    """Why a commune has no place, or what its measure is made of; in how many records its figure is told."""
    return "; ".join(filter(None, (_remark(row), row.partly)))


def _remark(row: RankedCommune) -> str:
    if not row.sent:
        return NOT_SENT
    if row.untold:
        return NOT_WRITTEN
    return NO_MEASURE if row.place is None else row.told
