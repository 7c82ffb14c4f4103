"""The recovery sheet on paper: the words that open the office when every password is forgotten."""

from __future__ import annotations

from thidua_desktop.services.session import Session


def recovery_sheet(session: Session, recovery: str) -> bytes:
    """The page to print and lock away; PDF."""
    from thidua_desktop.printing.contents import Issuer, SheetContent
    from thidua_desktop.printing.official import sheet
    from thidua_desktop.printing.render import render

    identity = session.file.identity
    content = SheetContent(
        issuer=Issuer(
            (identity.header_issuer,), identity.place, identity.symbol_suffix, identity.header_parent or None
        ),
        title="PHIẾU KHÔI PHỤC",
        subtitle=f"Sổ của {identity.name}, {identity.province_name}",
        paragraphs=(
            "Khi không ai còn nhớ mật khẩu, chỉ dãy chữ dưới đây mở được sổ của văn phòng. Chép tay hay đọc qua "
            "điện thoại đều được; không phân biệt chữ hoa, chữ thường.",
        ),
        code=tuple(recovery.split("-")),
        code_caption="Dãy chữ khôi phục",
        closing=(
            "Cất phiếu này trong tủ có khóa, cùng chỗ với con dấu; không chụp ảnh, không gửi qua mạng.",
            "Ai có phiếu này và tệp sổ thì đọc được toàn bộ sổ.",
        ),
        date=session.today,
    )
    return render(sheet(content)).pdf
