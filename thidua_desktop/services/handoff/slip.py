"""The handover slip: paper that two people sign when a stick changes hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import PackageEntry
from thidua_desktop.text import format_moment, format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document
    from thidua_desktop.services.handoff.outgoing import Outgoing

_ONE_BELOW_ANOTHER = 12  # registers; more would send the signatures to a second sheet


def handover_slip(
    session: Session, outgoing: Outgoing, number: int, sha256: str, size: int, made: PackageEntry | None = None
) -> bytes:
    """The slip as PDF: which package, how large, its fingerprint, what it holds; names nobody but the giver."""
    from thidua_desktop.printing.render import render

    return render(slip_document(session, outgoing, number, sha256, size, made)).pdf


def slip_document(
    session: Session, outgoing: Outgoing, number: int, sha256: str, size: int, made: PackageEntry | None = None
) -> Document:
    """The same slip as blocks."""
    from thidua_desktop.printing.blocks import Align, Column, Field, SignatureBlock
    from thidua_desktop.printing.contents import SheetContent
    from thidua_desktop.printing.official import sheet

    at = made.at if made else session.now()
    records = int(made.details.get("records", 0)) if made else outgoing.records
    registers = () if made else outgoing.registers
    rows: tuple[tuple[str, ...], ...] = tuple((one.title, format_number(one.records)) for one in registers)
    columns: tuple[Column, ...] = (Column("Sổ", 3.0), Column("Số bản ghi", 1.0, Align.RIGHT)) if rows else ()
    if len(rows) > _ONE_BELOW_ANOTHER:  # the signatures stand on the same sheet as what is signed for
        columns, rows = columns * 2, _side_by_side(rows)
    content = SheetContent(
        issuer=issuer(session),
        title="PHIẾU BÀN GIAO GÓI SỐ LIỆU",
        subtitle=f"Gói số {number} của {session.file.identity.name}",
        fields=(
            Field("Tên tệp", made.file_name if made else outgoing.file_name),
            Field("Lập lúc", format_moment(at)),
            Field("Người lập", made.actor if made else session.user.name),
            Field("Cỡ tệp", f"{format_number(size)} byte"),
            Field("Số bản ghi", format_number(records)),
            Field(
                "Báo cáo đã chốt",
                "; ".join(made.details.get("reports", ()) if made else outgoing.reports) or "không có",
            ),
        ),
        code=tuple(sha256[start : start + 4].upper() for start in range(0, 32, 4)),
        code_caption="Vân tay của gói (SHA-256, 32 chữ số đầu)",
        columns=columns,
        rows=rows,
        closing=("Mất hoặc hỏng USB không mất số liệu: gói sau gồm đủ những gì tỉnh chưa xác nhận.",),
        date=at.date(),
        signers=(SignatureBlock("NGƯỜI GIAO", session.user.name), SignatureBlock("NGƯỜI NHẬN")),
    )
    return sheet(content)


def _side_by_side(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The rows in two columns, the first half on the left."""
    half = (len(rows) + 1) // 2
    right = (*rows[half:], *((("", ""),) * (half - len(rows[half:]))))
    return tuple((*one, *other) for one, other in zip(rows[:half], right, strict=True))
