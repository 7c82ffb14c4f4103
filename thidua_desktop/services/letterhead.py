"""The office's own lines above every paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.services.session import Session

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document
    from thidua_desktop.printing.contents import Issuer

_BODY = "ỦY BAN NHÂN DÂN"
SIGNER = "letterhead.signer"
"""Setting: the one signer of offices made before 0.2; ``signers`` reads it."""


def issuer_lines(header: str) -> tuple[str, ...]:
    """The issuer on its printed lines: the body above, the unit's name below ("ỦY BAN NHÂN DÂN" / "XÃ PHÚ HÒA")."""
    lines = tuple(line.strip() for line in header.splitlines() if line.strip())
    if len(lines) == 1 and lines[0].startswith(f"{_BODY} "):
        return (_BODY, lines[0][len(_BODY) + 1 :])
    return lines or ("",)


def issuer(session: Session) -> Issuer:
    """The issuer of this office's papers."""
    from thidua_desktop.printing.contents import Issuer

    identity = session.file.identity
    return Issuer(
        issuer_lines(identity.header_issuer), identity.place, identity.symbol_suffix, identity.header_parent or None
    )


def sample_page(header_parent: str, header_issuer: str, place: str, symbol_suffix: str, day: date) -> bytes:
    """A page with nothing but the head of a report, as it would be printed; PDF (Decree 30/2020/NĐ-CP Appendix I).

    Raises TD-PRINT-001 for a letter that the font lacks.
    """
    from thidua_desktop.printing.render import render

    return render(sample_document(header_parent, header_issuer, place, symbol_suffix, day)).pdf


def sample_document(header_parent: str, header_issuer: str, place: str, symbol_suffix: str, day: date) -> Document:
    """The same page as blocks."""
    from thidua_desktop.printing.blocks import Document, LetterHead, Meta, Title

    head = LetterHead(
        header_parent.strip() or None,
        issuer_lines(header_issuer.strip()),
        symbol=f"BC-{symbol_suffix.strip()}",
        place=place.strip(),
        date=day,
    )
    title = Title("BÁO CÁO", "Kết quả phong trào toàn dân bảo vệ an ninh Tổ quốc")
    return Document((head, title), Meta(title="Mẫu đầu giấy tờ"))
