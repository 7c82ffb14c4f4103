"""Who signs: kept with checks, one for each kind of paper, picked when printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import make_office
from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.errors import UserError
from thidua_desktop.services import letterhead, signers
from thidua_desktop.services.documents.printing import document_spec, print_documents, signers_of, take_numbers
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.services.signers import COUNCIL, OFFICE, POLICE, keep, typed, who_signs

Add = Callable[..., str]
CHAIR = typed("1", OFFICE, Capacity.HEAD, "Chủ tịch", "Lê Hữu Ổn", "")
DEPUTY = typed("2", OFFICE, Capacity.DEPUTY, "Phó Chủ tịch", "Y Bhăm Niê", "giấy mời; Thông báo")
HEAD_OF_POLICE = typed("3", POLICE, Capacity.HEAD, "Trưởng Công an xã", "Bùi Thị Ngữ", "")


def _text(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("\n".join(pages).replace("\u00a0", " ").split())


@pytest.fixture
def office(session: Session) -> Session:
    keep(session, [CHAIR, DEPUTY, HEAD_OF_POLICE])
    return session


def test_an_office_that_set_nobody_has_its_chair(session: Session) -> None:
    assert signers.signature(session, who_signs(session, OFFICE)).capacity == ("TM. ỦY BAN NHÂN DÂN",)
    session.file.settings.put(
        letterhead.SIGNER,
        {"position": "PHÓ CHỦ TỊCH", "full_name": "Lê Hữu Ổn", "capacity": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]},
    )
    (former,) = signers.signers(session)
    assert (former.capacity, former.full_name) == (Capacity.DEPUTY, "Lê Hữu Ổn")


def test_each_kind_of_paper_has_its_signer(office: Session) -> None:
    assert who_signs(office, OFFICE, "BÁO CÁO") == CHAIR
    assert who_signs(office, OFFICE, "GIẤY MỜI") == DEPUTY
    assert who_signs(office, POLICE, "GIẤY MỜI") == HEAD_OF_POLICE
    assert who_signs(office, COUNCIL).position == "CHỦ TỊCH" and who_signs(office, COUNCIL).full_name == ""
    assert who_signs(office, OFFICE, "BÁO CÁO", picked="Y Bhăm Niê") == DEPUTY
    with pytest.raises(UserError, match="TD-PRINT-093") as refused:
        who_signs(office, OFFICE, picked="Bùi Thị Ngữ")
    assert "CHỦ TỊCH Lê Hữu Ổn" in str(refused.value)


def test_what_does_not_go_together_is_not_kept(office: Session) -> None:
    wrong = replace(DEPUTY, position="CHÁNH VĂN PHÒNG")
    with pytest.raises(UserError, match="TD-PRINT-092"):
        keep(office, [CHAIR, wrong])
    (problem,) = signers.problems_of(office, replace(CHAIR, types=("GIẤY KHÁC",)))
    assert problem.code == "TD-PRINT-091" and "Giấy khác" in problem.text
    officer = replace(office, user=User("can.bo", "Cán bộ", Role.OFFICER))
    with pytest.raises(UserError, match="TD-STORE-220"):
        keep(officer, [])
    assert signers.signers(office) == (CHAIR, DEPUTY, HEAD_OF_POLICE)
    assert signers.next_key(office) == "4"


def test_papers_are_signed_by_who_was_picked(office: Session, add: Add) -> None:
    spec = document_spec(office, "festival_invitation")
    assert [one.full_name for one in signers_of(office, spec)] == ["Y Bhăm Niê", "Lê Hữu Ổn"]
    feast = add(
        "festival", kind="security", level="focal", unit_kind="area", unit_name="Thôn Tân Lập",
        held_on=date(2026, 11, 9), status="planned",
    )  # fmt: skip
    usual = _text(print_documents(office, spec.name, [feast]).pdf)
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Y Bhăm Niê" in usual
    picked = _text(print_documents(office, spec.name, [feast], signer="1").pdf)
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Hữu Ổn" in picked
    (taken,) = take_numbers(office, spec.name, [feast], "1")
    record = office.file.records.get("issued_document", taken.record_id)
    assert record is not None and record.values["signer"] == "Lê Hữu Ổn"


def test_letters_name_the_unit_that_drafts_them(session: Session) -> None:
    assert signers.drafting_unit(session) == "VP"
    signers.keep_drafting_unit(session, " KT ")
    assert signers.drafting_unit(session) == "KT"


def test_police_of_each_kind_of_unit(session: Session) -> None:
    body = signers.body_of(session, POLICE)
    assert body.lines[0].startswith("CÔNG AN XÃ") and body.parent.startswith("CÔNG AN TỈNH") and body.code == "CAX"
    assert signers.body_of(session, "none of them").key == OFFICE


def test_police_of_a_city_stand_under_the_ministry(tmp_path: Path) -> None:
    """Its kind is two words, its head a director."""
    city = make_office(tmp_path / "tp.thidua", "79", province=True)
    body = signers.body_of(city, POLICE)
    assert (body.title, body.parent, body.code) == ("Công an thành phố", "BỘ CÔNG AN", "CATP")
    assert body.signing.head == "GIÁM ĐỐC CÔNG AN THÀNH PHỐ"
    city.close()
