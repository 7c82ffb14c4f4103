"""Official papers on paper: what the type of a paper changes, measured (Decree 30/2020, Appendix I, part II)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.printing.measured import MM, Page, pages_of
from tests.unit.printing.paper_samples import CHAIR, ISSUER
from thidua_desktop.domain.paper_types import LETTER, PAPER_TYPES, paper_type, type_code
from thidua_desktop.printing.blocks import Column, Orientation, Table
from thidua_desktop.printing.contents import Annex
from thidua_desktop.printing.letters import LetterContent, letter
from thidua_desktop.printing.render import render

TABLE = Table((Column("TT"), Column("Họ và tên")), (("1", "Đỗ Thị Ngọc Ánh"),))
DECISION = LetterContent(
    issuer=ISSUER,
    type_name="QUYẾT ĐỊNH",
    type_code="QĐ",
    subject="Về việc tặng Giấy khen",
    signer=CHAIR,
    issuer_name="Chủ tịch Ủy ban nhân dân xã Phú Hòa",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ HÒA",
    grounds=("Căn cứ Luật Tổ chức chính quyền địa phương.", "Căn cứ Luật Thi đua, khen thưởng", "Theo đề nghị;"),
    body=("Điều 1. Tặng Giấy khen cho 01 cá nhân.", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
    date=date(2026, 11, 16),
    annexes=(Annex("DANH SÁCH CÁ NHÂN", (TABLE,), Orientation.LANDSCAPE, word=False),),
)
OFFICIAL_LETTER = replace(
    DECISION, type_name=LETTER, type_code="", subject="V/v phối hợp tuần tra ban đêm ở các khu dân cư giáp ranh",
    authority="", grounds=(), body=("Đề nghị phối hợp.",), to=("Công an xã Phú Mỹ",), annexes=(),
)  # fmt: skip


def printed(content: LetterContent) -> list[Page]:
    return pages_of(render(letter(content)).pdf)


def test_a_decision_has_its_parts_in_their_faces() -> None:
    page, _ = printed(DECISION)
    bold, italic = page.find("QUYẾT ĐỊNH").font, page.find("Căn cứ Luật Tổ chức").font
    assert "Bold" in bold and "Italic" in italic
    for words in ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "QUYẾT ĐỊNH:"):
        found = page.find(words)
        assert found.font == bold and found.middle == pytest.approx((30 + 210 - 16) / 2, abs=0.6)
    assert page.find("Điều 1.").font == bold != page.find("Tặng Giấy khen cho 01").font
    assert page.find("Điều 1.").left == pytest.approx(30 + 12.7, abs=0.5)
    places = [
        page.find(words).baseline for words in ("CHỦ TỊCH ỦY", "Căn cứ Luật Tổ", "Theo đề", "QUYẾT ĐỊNH:", "Điều 1.")
    ]
    assert places == sorted(places)  # fmt: skip


def test_grounds_end_as_the_decree_asks_and_the_text_with_its_mark() -> None:
    text = " ".join(printed(DECISION)[0].text.split())
    assert "địa phương; Căn cứ Luật Thi đua, khen thưởng; Theo đề nghị. QUYẾT ĐỊNH:" in text
    assert "kể từ ngày ký./." in text and "01 cá nhân./." not in text


def test_a_chair_in_his_own_right_signs_without_the_committee() -> None:
    text = printed(DECISION)[0].text
    assert "TM. ỦY BAN" not in text and "KT. CHỦ TỊCH" in text
    assert "TM. ỦY BAN NHÂN DÂN" in printed(replace(DECISION, authority=""))[0].text


def test_a_decision_of_the_committee_is_headed_by_it() -> None:
    page = printed(replace(DECISION, authority=""))[0]
    assert page.text.count("ỦY BAN NHÂN DÂN XÃ PHÚ HÒA") == 1


def test_nobody_forgets_the_files() -> None:
    text = " ".join(printed(DECISION)[0].text.split())
    assert "- Như Điều 2; - Lưu: VT." in text
    named = replace(DECISION, recipients=("Công an tỉnh", "Lưu: VT, CA"))
    assert "- Công an tỉnh; - Lưu: VT, CA." in " ".join(printed(named)[0].text.split())


def test_a_list_stands_on_a_page_of_its_own_with_open_places() -> None:
    _, annex = printed(DECISION)
    text = " ".join(annex.text.replace("\u00a0", " ").split())
    assert (round(annex.width), round(annex.height)) == (297, 210)
    assert text.startswith("DANH SÁCH CÁ NHÂN (Kèm theo Quyết định số /QĐ-UBND ngày tháng năm của Chủ tịch")
    signed = " ".join(printed(replace(DECISION, number="7"))[1].text.split())
    assert "số 07/QĐ-UBND ngày 16 tháng 11 năm 2026" in signed
    early = " ".join(printed(replace(DECISION, number="7", date=date(2026, 1, 5)))[1].text.split())
    assert "ngày 05 tháng 01 năm 2026" in early
    named = replace(DECISION, annexes=(Annex("SỐ LIỆU", (TABLE,)),))
    assert printed(named)[1].text.startswith("Phụ lục")


def test_the_subject_of_a_letter_stands_under_its_number() -> None:
    (page,) = printed(OFFICIAL_LETTER)
    number, about, place = page.find("Số:"), page.find("V/v phối hợp"), page.find("Phú Hòa, ngày")
    assert LETTER not in page.text and page.text.count("V/v") == 1
    assert about.size == pytest.approx(12, abs=0.1) and about.right < place.left
    assert 6 + 8 < (about.baseline - number.baseline) * MM < 6 + 24
    assert place.baseline == pytest.approx(number.baseline, abs=0.3)
    assert about.baseline < page.find("Kính gửi").baseline


@pytest.mark.parametrize("line", ["1. Mục đích", "II. NỘI DUNG"])
def test_titles_in_the_text_are_bold(line: str) -> None:
    page = printed(replace(OFFICIAL_LETTER, body=(line, "1. Nâng cao nhận thức của Nhân dân.", "Hết.")))[0]
    assert "Bold" in page.find(line).font and "Bold" not in page.find("1. Nâng cao").font


def test_types_and_their_codes() -> None:
    assert paper_type("", "Tờ trình đề nghị khen thưởng") == "TỜ TRÌNH" and type_code("TỜ TRÌNH") == "TTr"
    assert paper_type("", "Quy chế phối hợp") == "QUY CHẾ" and paper_type("", "Phiếu") == ""
    assert paper_type(" quyết  định ") == "QUYẾT ĐỊNH" and type_code(LETTER) == ""
    assert len(set(PAPER_TYPES.values())) == len(PAPER_TYPES)
