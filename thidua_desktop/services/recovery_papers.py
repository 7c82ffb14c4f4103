"""The recovery sheet on paper: the words that open the office when every password is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.session import Session
from thidua_desktop.store.recovery_sheet import read_sheet, sheet_digits
from thidua_desktop.text import lower_first

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
        subtitle=f"Sổ của {lower_first(identity.name)}",
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
            "Mã vuông chứa cùng dãy ấy: quét bằng máy quét mã, hoặc quét tờ giấy trên máy của đơn vị rồi xóa ảnh quét.",
            "Cất phiếu này trong tủ có khóa, cùng chỗ với con dấu; không chụp ảnh, không gửi qua mạng.",
            "Ai có phiếu này và tệp sổ thì đọc được toàn bộ sổ. Lập phiếu mới thì phiếu này hết hiệu lực.",
        ),
        date=session.today,
    )
    return sheet(content)


def rescue_sheet(session: Session, text: str, office: str, installation: str) -> bytes:
    """The province's page for an office that lost every other way in; PDF."""
    from thidua_desktop.printing.render import render

    return render(rescue_document(session, text, office, installation)).pdf


def rescue_document(session: Session, text: str, office: str, installation: str) -> Document:
    """The same page as blocks."""
    from thidua_desktop.printing.blocks import Field
    from thidua_desktop.printing.contents import SheetContent
    from thidua_desktop.printing.official import sheet

    content = SheetContent(
        issuer=issuer(session),
        title="PHIẾU CỨU SỔ",
        subtitle=f"Dùng một lần cho {lower_first(office)}",
        fields=(Field("Đơn vị", office), Field("Máy", installation), Field("Người in", session.user.name)),
        paragraphs=(
            "Ở cửa sổ mở sổ của đơn vị: chọn Dùng phiếu khôi phục, gõ hoặc quét dãy dưới đây, đặt mật khẩu mới. Cần có "
            "tệp sổ và tệp khóa (.keys) bên cạnh tệp sổ.",
        ),
        code=tuple(text.split("-")),
        code_caption="Dãy chữ cứu sổ",
        qr_payloads=(sheet_digits(read_sheet(text)),),
        closing=(
            "Đặt mật khẩu mới xong thì phiếu này hết hiệu lực. Lập ngay phiếu khôi phục mới; muốn tỉnh giữ hộ tiếp thì "
            "gửi lại tệp giữ hộ.",
            "Giao tận tay người đứng đầu đơn vị, không gửi qua mạng.",
        ),
        date=session.today,
    )
    return sheet(content)
