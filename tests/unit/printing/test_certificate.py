"""Citations: one landscape sheet each, colours where the decree wants them, and nothing over anything else."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from tests.unit.printing.measured import MM, pages_of
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Certificate, Document, Orientation, SignatureBlock
from thidua_desktop.printing.render import render

SHEET = Certificate(
    giver="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ HÒA",
    verb="TẶNG",
    award="GIẤY KHEN",
    receiver="Bà Đỗ Thị Ngọc Ánh",
    detail="Chi hội trưởng phụ nữ thôn Tân Lập",
    achievement="Đã có thành tích xuất sắc trong phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2026",
    decision=("Quyết định số 15/QĐ-UBND, ngày 05 tháng 02 năm 2026", "Số sổ vàng: 07"),
    place_date="Phú Hòa, ngày 05 tháng 02 năm 2026",
    signer=SignatureBlock("PHÓ CHỦ TỊCH", "Trần Thị Mỹ Uyên", ("KT. CHỦ TỊCH",)),
)
LONG = "cùng toàn thể cán bộ, chiến sĩ và Nhân dân thôn Ẵng Phước Thượng "


def printed(sheet: Certificate) -> bytes:
    return render(Document((sheet,), orientation=Orientation.LANDSCAPE)).pdf


def lines_of(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Rectangles of the printed texts: left, bottom, right, top."""
    textpage = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return [textpage.get_rect(number) for number in range(textpage.count_rects())]


def red_of(pdf: bytes) -> set[str]:
    """The words that are printed red."""
    page = pypdfium2.PdfDocument(pdf)[0]
    textpage, words = page.get_textpage(), set()
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        colour = [raw.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(shape.raw, *colour)
        if colour[0].value > 150 and colour[1].value == 0:
            left, bottom, right, top = shape.get_bounds() if hasattr(shape, "get_bounds") else shape.get_pos()
            words.add(" ".join(textpage.get_text_bounded(left, bottom, right, top).split()))
    return words


def test_the_sheet_is_a4_landscape_with_its_parts_in_order() -> None:
    (page,) = pages_of(printed(SHEET))
    assert (round(page.width), round(page.height)) == (297, 210)
    heights = [page.find(words).baseline for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "CHỦ TỊCH ỦY BAN", "TẶNG", "GIẤY KHEN",
        "Bà Đỗ Thị Ngọc Ánh", "Chi hội trưởng", "Đã có thành tích", "Phú Hòa, ngày", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
        "Trần Thị Mỹ Uyên",
    )]  # fmt: skip
    assert heights == sorted(heights) and len(set(heights)) == len(heights)
    for words in ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "GIẤY KHEN", "Bà Đỗ Thị Ngọc Ánh"):
        assert page.find(words).middle == pytest.approx(297 / 2, abs=0.6)
    assert page.find("Quyết định số 15/QĐ-UBND").right < 297 / 2 < page.find("PHÓ CHỦ TỊCH").left


def test_the_line_under_the_motto_is_as_long_as_the_motto() -> None:
    (page,) = pages_of(printed(SHEET))
    (rule,) = page.rules()
    assert rule.width == pytest.approx(page.find("Độc lập - Tự do - Hạnh phúc").width, abs=0.8)


def test_only_giver_and_award_are_red() -> None:
    assert red_of(printed(SHEET)) == {"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "GIẤY KHEN"}


def test_there_is_room_for_the_emblem_and_a_ring_only_where_asked() -> None:
    pdf = printed(SHEET)
    assert max(top for _, _, _, top in lines_of(pdf)) < (210 - 20 - 21) * MM
    curves = [len(pages_of(printed(replace(SHEET, ring=ring)))[0].drawn) for ring in (False, True)]
    assert curves[0] == 1
    assert printed(replace(SHEET, ring=True)) != pdf


@pytest.mark.parametrize("times", [1, 2, 4, 8])
def test_long_words_shrink_and_never_overlap(times: int) -> None:
    sheet = replace(
        SHEET,
        receiver=f"Tập thể {LONG * min(times, 3)}",
        detail=LONG * times,
        achievement=LONG * times * 2,
        giver="CHỦ TỊCH ỦY BAN NHÂN DÂN ĐẶC KHU TRƯỜNG SA VÀ CÁC ĐẢO LÂN CẬN",
    )
    pdf = printed(sheet)
    boxes = lines_of(pdf)
    for place, one in enumerate(boxes):
        assert one[0] > 20 * MM and one[2] < (297 - 20) * MM and one[1] > 19 * MM
        for other in boxes[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[1] >= other[3] - 2 or other[1] >= one[3] - 2
            assert apart, (one, other)
    assert len(pages_of(pdf)) == 1


def test_what_fits_on_no_sheet_is_refused() -> None:
    with pytest.raises(UserError, match="TD-PRINT-020"):
        printed(replace(SHEET, achievement=LONG * 200))


def test_same_sheet_same_bytes() -> None:
    assert printed(SHEET) == printed(SHEET)
