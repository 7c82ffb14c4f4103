"""Every paper shows itself from the samples of its fields, under the office's own head, and leaves the office alone."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.errors import UserError
from thidua_desktop.services.documents.samples import print_sample
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.services.signers import OFFICE, keep, typed


def _text(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("\n".join(pages).replace("\u00a0", " ").split())


@pytest.mark.parametrize("document", ["festival_invitation", "citation", "recognition_decision", "meeting_minutes"])
def test_a_paper_before_there_is_a_record(session: Session, document: str) -> None:
    keep(session, [typed("1", OFFICE, Capacity.HEAD, "Chủ tịch", "Đặng Thị Ước", "")])
    before = {name: session.file.records.count(name) for name in session.definitions.registers}
    text = _text(print_sample(document, session).pdf)
    assert "M’DRẮK" in text.upper() or document == "citation"
    assert "Đặng Thị Ước" in text or document == "meeting_minutes"
    assert {name: session.file.records.count(name) for name in session.definitions.registers} == before


def test_a_sample_needs_no_office_and_a_known_name(session: Session) -> None:
    assert "XÃ MẪU" in _text(print_sample("award_decision").pdf)
    with pytest.raises(UserError, match="TD-CLI-004"):
        print_sample("no_such_paper")
    seeing = replace(session, user=User("xem", "Người xem", Role.PROVINCE))
    assert print_sample("area_list", seeing).pages >= 1
