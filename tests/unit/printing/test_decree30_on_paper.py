"""Decree 30/2020/NĐ-CP, Appendix I, measured on the finished report: numbers from the decree, not from the code."""

from __future__ import annotations

import pytest

from tests.unit.printing.measured import Page, pages_of
from tests.unit.printing.paper_samples import report_sample
from thidua_desktop.printing.render import render


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return pages_of(render(report_sample()).pdf)


@pytest.fixture(scope="module")
def first(pages: list[Page]) -> Page:
    return pages[0]


@pytest.fixture(scope="module")
def second(pages: list[Page]) -> Page:
    return pages[1]


def test_the_sheet_is_a4_upright(first: Page) -> None:
    assert (first.width, first.height) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))


def test_margins_stand_within_the_decree(pages: list[Page]) -> None:
    for page in pages[:2]:
        inside = [letter for letter in page.letters if letter.text.strip() and letter.baseline > 20]
        left, right = min(letter.left for letter in inside), max(letter.right for letter in inside)
        assert 29.9 <= left <= 35
        assert 15 <= page.width - right <= 20
        assert min(letter.baseline for letter in inside) >= 20
        assert max(letter.baseline for letter in inside) <= page.height - 20
        assert min(line.left for line in page.drawn) >= 29.99
        assert 15 <= page.width - max(line.right for line in page.drawn) <= 20


def test_body_is_size_14_justified_with_its_first_line_in(first: Page) -> None:
    opening = first.find("Thực hiện Kế hoạch")
    second_line = first.find("ban nhân dân xã về phong trào")
    assert opening.size == 14
    assert opening.font == "LiberationSerif"
    assert opening.left - second_line.left == pytest.approx(12.7, abs=0.5)
    ends = [
        first.find("01 năm 2026 của Ủy").right,
        first.find("Tổ quốc năm 2026, Ủy").right,
        first.find("từ ngày 15").right,
    ]
    assert max(ends) - min(ends) < 0.6


def test_lines_are_single_spaced_and_paragraphs_six_points_apart(first: Page) -> None:
    line = first.find("ban nhân dân xã về").baseline - first.find("Thực hiện Kế hoạch").baseline
    points = line * 72 / 25.4
    assert 14 * 1.1 <= points <= 14 * 1.15 * 1.5
    gap = first.find("I. TÌNH HÌNH").baseline - first.find("tháng 10 đến ngày 14").baseline
    assert (gap - line) * 72 / 25.4 == pytest.approx(6, abs=0.1)


def test_national_name_and_motto(first: Page) -> None:
    name, motto = first.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), first.find("Độc lập - Tự do - Hạnh phúc")
    assert (name.size, motto.size) in {(12, 13), (13, 14)}
    assert name.font == motto.font == "LiberationSerif-Bold"
    assert name.middle == pytest.approx(motto.middle, abs=0.4)
    assert name.left > first.width / 2 - 10


def test_the_rule_under_the_motto_is_as_long_as_its_text(first: Page) -> None:
    motto = first.find("Độc lập - Tự do - Hạnh phúc")
    rule = next(box for box in first.rules() if box.top > motto.baseline and box.left > 90)
    assert rule.width == pytest.approx(motto.width, abs=0.6)
    assert rule.middle == pytest.approx(motto.middle, abs=0.4)
    assert rule.top - motto.baseline < 3


def test_the_issuer_stands_level_and_its_rule_is_a_third_to_a_half(first: Page) -> None:
    upper, lower = first.find("ỦY BAN NHÂN DÂN"), first.find("XÃ PHÚ HÒA")
    assert upper.baseline == pytest.approx(first.find("CỘNG HÒA").baseline, abs=0.1)
    assert lower.font == "LiberationSerif-Bold"
    rule = next(box for box in first.rules() if box.right < 100)
    assert lower.width / 3 - 0.3 <= rule.width <= lower.width / 2 + 0.3
    assert rule.middle == pytest.approx(lower.middle, abs=0.4)
    assert upper.right < first.find("CỘNG HÒA").left


def test_number_and_date_stand_level_under_their_columns(first: Page) -> None:
    number, day = first.find("Số:"), first.find("Phú Hòa, ngày 16 tháng 11 năm 2026")
    assert number.size == 13
    assert number.baseline == pytest.approx(day.baseline, abs=0.1)
    assert 13 <= day.size <= 14
    assert day.font == "LiberationSerif-Italic"
    assert day.middle == pytest.approx(first.find("Độc lập - Tự do - Hạnh phúc").middle, abs=0.5)


def test_type_subject_and_its_rule_are_centred_on_the_text(first: Page) -> None:
    kind = first.find("BÁO CÁO")
    text_middle = 30 + (210 - 30 - 16) / 2
    title = first.find("Kết quả phong trào Toàn dân bảo vệ an ninh Tổ quốc")
    assert kind.size == title.size == 14
    assert kind.font == title.font == "LiberationSerif-Bold"
    assert kind.middle == pytest.approx(text_middle, abs=0.5)
    assert title.middle == pytest.approx(text_middle, abs=0.5)
    rule = next(box for box in first.rules() if box.top > title.baseline)
    (subject_end,) = [letter for letter in first.letters if title.baseline < letter.baseline < rule.top][-1:]
    last_line = 2 * (subject_end.right - text_middle)
    assert last_line / 3 <= rule.width <= last_line / 2
    assert rule.middle == pytest.approx(text_middle, abs=0.3)


def test_addressee_stands_on_the_line_of_its_label(first: Page) -> None:
    label = first.find("Kính gửi: Ủy ban nhân dân tỉnh Hòa Giang.")
    assert label.size in (13, 14)
    assert label.middle == pytest.approx(30 + 82, abs=0.6)


def test_page_number_from_the_second_page_on_centred_in_the_top_margin(pages: list[Page]) -> None:
    for page in (pages[0], pages[2]):
        assert min(letter.baseline for letter in page.letters if letter.text.strip()) > 20
    number = pages[1].letters[0]
    assert number.text == "2"
    assert 13 <= number.size <= 14
    assert number.font == "LiberationSerif"
    assert number.baseline < 20
    assert (number.left + number.right) / 2 == pytest.approx(30 + 82, abs=0.5)


def test_signature_block_stands_at_the_right_in_capacity_order(second: Page) -> None:
    capacity, deputy = second.find("TM. ỦY BAN NHÂN DÂN"), second.find("KT. CHỦ TỊCH")
    position, name = second.find("PHÓ CHỦ TỊCH"), second.find("Trần Thị Mỹ Uyên")
    assert capacity.baseline < deputy.baseline < position.baseline < name.baseline
    assert name.baseline - position.baseline > 25
    for part in (capacity, deputy, position, name):
        assert part.font == "LiberationSerif-Bold"
        assert part.size in (13, 14)
        assert part.middle == pytest.approx(capacity.middle, abs=0.5)
        assert part.left > 30 + 82 - 10


def test_recipients_stand_level_with_the_signature(second: Page) -> None:
    label, last = second.find("Nơi nhận:"), second.find("- Lưu: VT, CA.")
    assert label.size == 12
    assert label.font == "LiberationSerif-BoldItalic"
    assert last.size == 11
    assert second.find("- Ủy ban nhân dân tỉnh;").size == 11
    assert label.baseline == pytest.approx(second.find("TM. ỦY BAN NHÂN DÂN").baseline, abs=1.5)


def test_an_annex_is_turned_and_counts_its_own_pages(pages: list[Page]) -> None:
    annex = pages[2]
    assert (annex.width, annex.height) == (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1))
    assert annex.find("Phụ lục").size == 14
    assert annex.find("SỐ LIỆU THEO KHU DÂN CƯ").font == "LiberationSerif-Bold"
    assert annex.letters[0].text == "P"


def test_figure_marks_lie_over_their_figures(first: Page) -> None:
    rendered = render(report_sample())
    mark = next(mark for mark in rendered.marks if mark.key == "attendance")
    assert mark.page == 1
    found = first.find("3.296 lượt người")
    assert mark.x / 72 * 25.4 == pytest.approx(found.left, abs=0.6)
    assert (mark.x + mark.w) / 72 * 25.4 == pytest.approx(found.right, abs=0.6)
    assert mark.y / 72 * 25.4 < found.baseline < (mark.y + mark.h) / 72 * 25.4
