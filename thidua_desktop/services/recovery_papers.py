"""The recovery sheet on paper: the words that open the office when every password is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.session import Session
from thidua_desktop.store.recovery_sheet import read_sheet, sheet_digits

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document


def recovery_sheet(session: Session, recovery: str) -> bytes:
    """The page to print and lock away; PDF. ``recovery`` is the sheet's text, groups with dashes between."""
    from thidua_desktop.printing.render import render

    return render(recovery_document(session, recovery, session.file.installation_id)).pdf


def recovery_document(session: Session, recovery: str, installation: str) -> Document:
    """The same page as blocks."""
    from thidua_desktop.printing.blocks import Field
    from thidua_desktop.printing.contents import SheetContent
    from thidua_desktop.printing.official import sheet

    identity = session.file.identity
    content = SheetContent(
        issuer=issuer(session),
        title="PHIẾU KHÔI PHỤC",
        subtitle=f"Sổ của {_in_text(identity.name)}",
        fields=(
            Field("Tệp sổ", session.file.path.name),
            Field("Máy lập", installation),
            Field("Người lập", session.user.name),
        ),
        paragraphs=(
            "Khi không ai còn nhớ mật khẩu, chỉ dãy chữ dưới đây mở được sổ của văn phòng. Chép tay hay đọc qua "
            "điện thoại đều được; không phân biệt chữ hoa, chữ thường.",
        ),
        code=tuple(recovery.split("-")),
        code_caption="Dãy chữ khôi phục",
        qr_payloads=(sheet_digits(read_sheet(recovery)),),
        closing=(
            "Mã vuông chứa cùng dãy ấy: quét bằng máy quét nối với máy tính, hoặc đọc từ ảnh quét của phiếu.",
            "Cất phiếu này trong tủ có khóa, cùng chỗ với con dấu; không chụp ảnh, không gửi qua mạng.",
            "Ai có phiếu này và tệp sổ thì đọc được toàn bộ sổ. Lập phiếu mới thì phiếu này hết hiệu lực.",
        ),
        date=session.today,
    )
    return sheet(content)


def _in_text(name: str) -> str:
    """A unit's name inside a sentence: its kind in lower case."""
    return name[:1].lower() + name[1:]
