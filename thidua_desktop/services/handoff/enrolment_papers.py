"""Keys on paper: the sheet with which an office registers its key, and the list of cards that were revoked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.handoff.fingerprints import scanned_text
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

_SAMPLE_KEY = "RWQAAAAAAAAAANdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"  # RFC 8032, 7.1, test 1
_SAMPLE_AGE = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"  # of the age specification


def enrolment_sheet(session: Session) -> bytes:
    """The sheet that goes with the card file, carried by hand; PDF."""
    from thidua_desktop.printing.render import render

    return render(enrolment_document(session)).pdf


def enrolment_document(session: Session, card: cards.OfficeCard | None = None) -> Document:
    """The same sheet as blocks: public facts only; of another ``card`` than this office's own where one is given."""
    from thidua_desktop.printing.blocks import Field, SignatureBlock
    from thidua_desktop.printing.contents import SheetContent
    from thidua_desktop.printing.official import sheet

    card = card or cards.own_card(session)
    other = "Ủy ban nhân dân xã" if session.is_province else "tỉnh"
    content = SheetContent(
        issuer=issuer(session),
        title="PHIẾU ĐĂNG KÝ KHÓA",
        subtitle=f"Thẻ của {card.office_name}",
        fields=(
            Field("Mã đơn vị", card.office_code),
            Field("Máy", card.installation),
            Field("Tệp thẻ", cards.card_name(card)),
            Field("Ngày lập", format_date(session.today)),
            Field("Người lập", session.user.name),
        ),
        paragraphs=(
            f"Người nhận thẻ ở {other} so từng nhóm dưới đây với máy, hoặc quét mã, rồi mới bấm Nhận thẻ. Phiếu đưa "
            "tận tay hoặc qua văn thư, không gửi cùng tệp thẻ qua người lạ.",
        ),
        code=tuple(card.fingerprint.split()),
        code_caption="Vân tay của khóa",
        qr_payloads=(scanned_text(card),),
        closing=("Nhóm nào không khớp thì đừng nhận thẻ, gọi hỏi lại đơn vị. Mất máy thì báo ngay để thu hồi thẻ.",),
        date=session.today,
        signers=(SignatureBlock("NGƯỜI LẬP", session.user.name), SignatureBlock("NGƯỜI NHẬN THẺ")),
    )
    return sheet(content)


def sample_sheet(session: Session, installation: str) -> Document:
    """The sheet of a made-up key, always the same: to look at, never to be compared with."""
    from thidua_desktop.sync.card import OfficeKind
    from thidua_desktop.sync.keys import VerifyKey

    identity = session.file.identity
    kind = OfficeKind.PROVINCE if session.is_province else OfficeKind.COMMUNE
    key = VerifyKey.from_line(_SAMPLE_KEY)
    return enrolment_document(
        session, cards.OfficeCard(identity.code, identity.name, installation, kind, key, _SAMPLE_AGE)
    )


def revoked_list(session: Session) -> bytes:
    """Every card of which nothing is taken in any more, to be signed and kept; PDF. TD-SYNC-160 when there is none."""
    from thidua_desktop.printing.render import render

    return render(revoked_document(session)).pdf


def revoked_document(session: Session) -> Document:
    """The same list as blocks."""
    from thidua_desktop.printing.blocks import Column, SignatureBlock
    from thidua_desktop.printing.contents import SheetContent
    from thidua_desktop.printing.official import sheet

    rows = tuple(
        (
            partner.name, partner.office, partner.installation[-4:], str(partner.keys["fingerprint"]),
            _day(partner.keys.get("revoked")), str(partner.keys.get("reason", "")),
        )
        for partner in session.file.partners.all()
        if partner.status == cards.REVOKED
    )  # fmt: skip
    if not rows:
        raise UserError("TD-SYNC-160")
    content = SheetContent(
        issuer=issuer(session),
        title="DANH SÁCH THẺ ĐÃ THU HỒI",
        subtitle=f"Đến ngày {format_date(session.today)}",
        columns=(
            Column("Đơn vị", 2.4), Column("Mã", 0.8), Column("Máy", 0.7), Column("Vân tay", 2.6),
            Column("Ngày thu hồi", 1.2), Column("Lý do", 2.0),
        ),
        rows=rows,
        closing=("Gói của các máy này không được nhận nữa, kể cả gói lập trước ngày thu hồi.",),
        date=session.today,
        signers=(SignatureBlock("NGƯỜI LẬP", session.user.name),),
    )  # fmt: skip
    return sheet(content)


def _day(text: object) -> str:
    return format_date(datetime.fromisoformat(str(text)).date()) if text else ""
