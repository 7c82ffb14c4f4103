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

_MOST_ROWS = (10, 20)  # more would send the signatures to a sheet without what is signed for
_MOST_IN_TABLE = 24  # beyond that the registers are told in running words


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
    beside = sum(len(registers) > most for most in _MOST_ROWS)  # further registers in the same row
    names = (one.short if beside else one.title for one in registers)
    listed = tuple((name, format_number(one.records)) for name, one in zip(names, registers, strict=True))
    told: tuple[str, ...] = ()
    if len(listed) > _MOST_IN_TABLE:
        told = (f"Số bản ghi của từng sổ: {'; '.join(f'{name} {count}' for name, count in listed)}.",)
        listed = ()
    columns: tuple[Column, ...] = (Column("Sổ", 3.0), Column("Số bản ghi", 1.0, Align.RIGHT)) if listed else ()
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
        columns=columns * (beside + 1),
        rows=_side_by_side(listed, beside + 1),
        closing=(
            *told,
            "Mất hoặc hỏng USB không mất số liệu: gói sau gồm đủ những gì tỉnh chưa xác nhận.",
        ),
        date=at.date(),
        signers=(SignatureBlock("NGƯỜI GIAO", session.user.name), SignatureBlock("NGƯỜI NHẬN")),
    )
    return sheet(content)


def _side_by_side(rows: tuple[tuple[str, str], ...], abreast: int) -> tuple[tuple[str, ...], ...]:
    """The rows in so many columns, one below another from the left."""
    height = -(-len(rows) // abreast)
    padded = (*rows, *((("", ""),) * (height * abreast - len(rows))))
    return tuple(tuple(cell for row in padded[at::height] for cell in row) for at in range(height))
