"""Every type of paper that Decree 30/2020/NĐ-CP names, measured on the finished page (Appendix I; samples 1.1–1.8)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.printing.measured import Page, pages_of
from thidua_desktop.domain.paper_types import LETTER, PAPER_TYPES, type_code
from thidua_desktop.printing.blocks import Orientation, SignatureBlock
from thidua_desktop.printing.contents import Annex, Issuer
from thidua_desktop.printing.letters import LetterContent, body_blocks, letter
from thidua_desktop.printing.marks import Rendered
from thidua_desktop.printing.render import render

ISSUER = Issuer(("ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"), "Phú Hòa", "UBND")
SIGNER = SignatureBlock("PHÓ CHỦ TỊCH", "Đỗ Văn Út", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"))
LONG = "Các đơn vị chủ động thực hiện, báo cáo kết quả trước ngày 05 tháng 12. " * 4
TYPES = [LETTER, *PAPER_TYPES]
MIDDLE = (30 + 210 - 16) / 2
BOLD, ITALIC, UPRIGHT = "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif"


def printed(name: str) -> Rendered:
    """A paper of two pages and a turned annex."""
    is_letter = name == LETTER
    return render(
        letter(
            LetterContent(
                issuer=Issuer(ISSUER.issuer_lines, ISSUER.place, "UBND-VP") if is_letter else ISSUER,
                type_name=name, type_code=type_code(name), subject="Tăng cường tuần tra dịp cuối năm", signer=SIGNER,
                to=("Các khu dân cư",), grounds=("Căn cứ Luật Thi đua, khen thưởng",) if not is_letter else (),
                body=(LONG,) * 9, recipients=("Như trên", "Lưu: VT"), number="5", date=date(2026, 2, 5),
                annexes=(Annex("LỊCH TUẦN TRA", tuple(body_blocks((LONG,))), Orientation.LANDSCAPE),),
            )
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def papers() -> dict[str, tuple[list[Page], Rendered]]:
    made = {name: printed(name) for name in TYPES}
    return {name: (pages_of(one.pdf), one) for name, one in made.items()}


Papers = dict[str, tuple[list[Page], Rendered]]


@pytest.mark.parametrize("name", TYPES)
def test_head_number_and_day(papers: Papers, name: str) -> None:
    first = papers[name][0][0]
    symbol = "UBND-VP" if name == LETTER else f"{PAPER_TYPES[name]}-UBND"
    number, day = first.find(f"Số: 05/{symbol}"), first.find("Phú Hòa, ngày 05 tháng 02 năm 2026")
    assert (number.size, number.font) == (13, UPRIGHT) and day.font == ITALIC and 13 <= day.size <= 14
    issuer, nation = first.find("XÃ PHÚ HÒA"), first.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert issuer.font == nation.font == BOLD and 12 <= issuer.size <= 13
    assert number.middle == pytest.approx(issuer.middle, abs=0.5) and day.middle == pytest.approx(nation.middle, abs=1)
    assert abs(number.baseline - day.baseline) < 0.2


@pytest.mark.parametrize("name", TYPES)
def test_type_and_subject_stand_where_the_type_has_them(papers: Papers, name: str) -> None:
    first = papers[name][0][0]
    if name == LETTER:
        about = first.find("V/v Tăng cường tuần tra")
        number = first.find("Số: 05/UBND-VP")
        assert 12 <= about.size <= 13 and about.font == UPRIGHT and about.baseline > number.baseline
        line = [
            one
            for one in first.letters
            if abs(one.baseline - about.baseline) < 0.1 and one.text.strip() and one.left < 96
        ]
        middle = (min(one.left for one in line) + max(one.right for one in line)) / 2
        assert middle == pytest.approx(number.middle, abs=0.6) and name not in first.text
        return
    title = first.find(name)
    assert (title.size, title.font) == (14, BOLD) and title.middle == pytest.approx(MIDDLE, abs=0.6)
    said = first.find("Về việc tăng cường" if name in {"QUYẾT ĐỊNH", "NGHỊ QUYẾT"} else "Tăng cường tuần tra")
    assert (said.size, said.font) == (14, BOLD) and said.baseline > title.baseline
    (rule,) = [one for one in first.rules() if title.baseline < one.top < first.find("Kính gửi").baseline]
    assert 1 / 3 <= rule.width / said.width <= 1 / 2 or said.width < 60
    assert rule.middle == pytest.approx(MIDDLE, abs=0.6)


@pytest.mark.parametrize("name", TYPES)
def test_margins_page_numbers_and_the_place_of_the_signature(papers: Papers, name: str) -> None:
    pages, made = papers[name]
    assert "2" in pages[1].text.split()[:1] and pages[0].text.split()[0] != "1"
    for page in pages[:2]:
        inside = [one for one in page.letters if one.text.strip() and one.baseline > 20]
        assert min(one.left for one in inside) >= 29.9
        assert 15 <= page.width - max(one.right for one in inside) <= 20.1
        assert max(one.baseline for one in inside) <= page.height - 20
    (place,) = made.places
    assert (place.position, place.name) == ("PHÓ CHỦ TỊCH", "Đỗ Văn Út")
    assert place.h * 25.4 / 72 >= 26.9  # room for signature and seal
    signed = pages[place.page - 1]
    assert signed.find("KT. CHỦ TỊCH").font == BOLD and signed.find("Đỗ Văn Út").font == BOLD
    left, right = place.x * 25.4 / 72, (place.x + place.w) * 25.4 / 72
    top, bottom = place.y * 25.4 / 72, (place.y + place.h) * 25.4 / 72
    within = [one for one in signed.letters if left < one.left < right and top < one.baseline < bottom - 1]
    assert not [one for one in within if one.text.strip()]
    assert signed.find("Nơi nhận:").baseline < signed.find("Đỗ Văn Út").baseline


@pytest.mark.parametrize("name", TYPES)
def test_the_annex_is_turned_and_counts_its_pages_anew(papers: Papers, name: str) -> None:
    annex = papers[name][0][-1]
    assert annex.width > annex.height and annex.find("Phụ lục").font == BOLD
    assert annex.find("(Kèm theo").font == ITALIC and "ngày 05 tháng 02 năm 2026" in annex.text.replace("\u00a0", " ")
