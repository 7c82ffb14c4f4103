"""Papers that an officer writes in the register of issued papers, printed by Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services.documents.printing import papers_in_word, print_documents
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, keep, typed

Add = Callable[..., str]


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().replace("\u00a0", " ").split()) for page in document]


def _paper(add: Add, kind: str, symbol: str, **more: Value) -> str:
    values: dict[str, Value] = {
        "number": 5, "symbol": symbol, "issued_on": date(2026, 2, 5), "type": kind, "subject": "Tuần tra cuối năm",
        "signer": "Đỗ Văn Út", "body": "Đoạn một.\nĐoạn hai.", "recipients": "Như trên\nLưu: VT", **more,
    }  # fmt: skip
    return add("issued_document", **values)


def test_a_letter_is_printed_as_it_was_written(session: Session, add: Add) -> None:
    deputy = typed("1", OFFICE, Capacity.DEPUTY, "Phó Chủ tịch", "Đỗ Văn Út", "")
    keep(session, [typed("2", OFFICE, Capacity.HEAD, "Chủ tịch", "Đặng Thị Ước", ""), deputy])
    paper = _paper(add, "letter", "UBND-VP", addressees="Thôn Tân Lập\nBuôn Ea M'Doal", annex="Lịch trực\n1. Thứ Hai.")
    letter, annex = pages(print_documents(session, "official_paper", [paper]).pdf)
    assert "Số: 05/UBND-VP" in letter and "V/v Tuần tra cuối năm" in letter and "CÔNG VĂN" not in letter
    assert "Kính gửi: - Thôn Tân Lập; - Buôn Ea M'Doal. Đoạn một. Đoạn hai./." in letter
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đỗ Văn Út" in letter
    assert annex.startswith("Phụ lục LỊCH TRỰC (Kèm theo Công văn số 05/UBND-VP ngày 05 tháng 02 năm 2026")
    assert papers_in_word(session, "official_paper", [paper])[:2] == b"PK"


def test_a_decision_has_its_form(session: Session, add: Add) -> None:
    grounds = "Căn cứ Luật Thi đua, khen thưởng\nTheo đề nghị của Công an xã"
    paper = _paper(add, "decision", "QĐ-UBND", grounds=grounds, body="Điều 1. Tặng.\nĐiều 2. Thi hành.")
    (page,) = pages(print_documents(session, "official_paper", [paper]).pdf)
    assert "QUYẾT ĐỊNH Về việc tuần tra cuối năm CHỦ TỊCH ỦY BAN NHÂN DÂN" in page
    assert "khen thưởng; Theo đề nghị của Công an xã. QUYẾT ĐỊNH: Điều 1. Tặng. Điều 2. Thi hành./." in page


@pytest.mark.parametrize(("kind", "name"), [("invitation", "GIẤY MỜI"), ("introduction", "GIẤY GIỚI THIỆU")])
def test_other_types_name_themselves(session: Session, add: Add, kind: str, name: str) -> None:
    (page,) = pages(print_documents(session, "official_paper", [_paper(add, kind, "XX-HĐTĐKT")]).pdf)
    assert f"{name} Tuần tra cuối năm Đoạn một." in page and "Số: 05/XX-HĐTĐKT" in page


def test_a_paper_without_a_text_has_nothing_to_print(session: Session, add: Add) -> None:
    empty = _paper(add, "report", "BC-UBND", body=None)
    with pytest.raises(UserError, match="TD-PRINT-024"):
        print_documents(session, "official_paper", [empty])
