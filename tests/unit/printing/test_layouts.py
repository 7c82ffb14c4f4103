"""The official layouts: what each must contain, in which order, and how blanks and edges are handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.unit.printing.measured import Page, pages_of, text_of
from tests.unit.printing.paper_samples import (
    CHAIR,
    ISSUER,
    minutes_content,
    official_minutes_sample,
    register_sample,
    sheet_sample,
)
from thidua_desktop.printing.blocks import Document, Paragraph
from thidua_desktop.printing.contents import AgendaItem, Annex, BallotVote, HandVote, ReportContent, SheetContent
from thidua_desktop.printing.minutes import residents_minutes
from thidua_desktop.printing.official import report, sheet
from thidua_desktop.printing.render import render


def words(document: Document) -> str:
    """All text on one line, hard spaces as spaces."""
    return " ".join(text_of(render(document).pdf).replace("\u00a0", " ").split())


def in_order(text: str, *parts: str) -> bool:
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def test_form_03_has_its_parts_in_order() -> None:
    text = words(residents_minutes(minutes_content()))
    assert in_order(
        text,
        "UBND XÃ PHÚ HÒA",
        "THÔN TÂN LẬP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BIÊN BẢN",
        "Hôm nay, vào hồi 19 giờ 30 phút, ngày 14 tháng 11 năm 2026, tại Nhà văn hóa thôn Tân Lập",
        "I. THÀNH PHẦN",
        "1. Chủ trì: Nguyễn Văn Thuận, Trưởng thôn.",
        "2. Thư ký: Lê Thị Hồng Gấm",
        "Tổng số hộ gia đình: 52 hộ.",
        "47/52 hộ (90,4%)",
        "05 hộ. Lý do: 05 hộ đi làm ăn xa.",
        "II. NỘI DUNG 1.",
        "III. KẾT QUẢ BIỂU QUYẾT 1.",
        "kết thúc vào hồi 21 giờ 05 phút cùng ngày",
        "TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
    )
    assert "Số:" not in text


def test_why_households_were_absent_is_left_open_where_nobody_wrote_it() -> None:
    text = words(residents_minutes(replace(minutes_content(), absent_reason="")))
    assert "05 hộ. Lý do: ………………" in text
    everybody = replace(minutes_content(), households_present=52, absent_reason="")
    assert "Lý do" not in words(residents_minutes(everybody))


def test_form_03_is_signed_by_all_that_the_law_names() -> None:
    text = words(residents_minutes(minutes_content()))
    assert text.count("ĐẠI DIỆN HỘ GIA ĐÌNH") == 2
    for name in ("Phạm Thị Xuyến", "Nguyễn Văn Thuận", "Huỳnh Ngọc Ẩn", "Võ Thị Sáu Lẫm", "Lê Thị Hồng Gấm"):
        assert name in text
    nameless = replace(minutes_content(), household_representatives=(), front_name="", head_name="")
    assert words(residents_minutes(nameless)).count("ĐẠI DIỆN HỘ GIA ĐÌNH") == 2


def test_names_of_one_row_stand_level() -> None:
    pages = pages_of(render(residents_minutes(minutes_content())).pdf)
    page: Page = next(page for page in pages if "Phạm Thị Xuyến" in page.text)
    names = page.find("Phạm Thị Xuyến"), page.find("Nguyễn Văn Thuận")
    assert names[0].baseline == pytest.approx(names[1].baseline, abs=0.1)


@pytest.mark.parametrize(
    ("vote", "needed", "expected"),
    [
        (HandVote(35, 8, 4), 35, ("giơ tay", "35 hộ (67,3% tổng số hộ; 74,5% số hộ dự họp)", "kết quả: đạt")),
        (HandVote(34, 9, 4), 35, ("34 hộ (65,4% tổng số hộ", "kết quả: không đạt")),
        (HandVote(47, 0), None, ("Không tán thành: 0 hộ.", "Ý kiến khác: 0 hộ.")),
        (
            BallotVote(47, 46, 45, 1, 40, 5),
            27,
            ("bỏ phiếu kín", "phát ra: 47; thu về: 46; hợp lệ: 45; không hợp lệ: 01", "88,9% số phiếu hợp lệ"),
        ),
    ],
)
def test_votes(vote: HandVote | BallotVote, needed: int | None, expected: tuple[str, ...]) -> None:
    item = AgendaItem("Lắp đèn", "", vote, needed, "Thông qua")
    text = words(residents_minutes(replace(minutes_content(), items=(item,))))
    for part in (*expected, "Kết luận: Thông qua."):
        assert part in text
    assert ("cần có để thông qua" in text) == (needed is not None)


def test_an_item_without_a_vote_has_only_its_conclusion() -> None:
    item = AgendaItem("Nghe thông báo", "Công an xã thông báo tình hình.", conclusion="Nhất trí!")
    text = words(residents_minutes(replace(minutes_content(), items=(item,))))
    assert "Hình thức biểu quyết" not in text
    assert "Kết luận: Nhất trí!" in text


def test_what_was_only_told_about_has_no_empty_line_under_the_results() -> None:
    told, voted = AgendaItem("Nghe thông báo"), AgendaItem("Lắp đèn", "", HandVote(40, 7), 35)
    text = words(residents_minutes(replace(minutes_content(), items=(told, voted))))
    assert text.count("1. Nghe thông báo") == 1 and text.count("2. Lắp đèn") == 2
    text = words(residents_minutes(replace(minutes_content(), items=(told,), tasks=())))
    assert "III. KẾT QUẢ BIỂU QUYẾT Cuộc họp không biểu quyết nội dung nào." in text


def test_a_matter_that_was_not_voted_on_says_so() -> None:
    item = AgendaItem("Góp tiền lắp camera", needed=35)
    text = words(residents_minutes(replace(minutes_content(), items=(item,), households_present=5)))
    assert "Chưa biểu quyết; số hộ tán thành cần có để thông qua: 35 hộ, có 05 hộ dự họp." in text


def test_the_recorded_outcome_tasks_and_women_are_printed() -> None:
    item = AgendaItem("Lắp đèn", "", HandVote(40, 7), 35, "", passed=False)
    content = replace(
        minutes_content(), items=(item,), women_present=21, tasks=("Tổ số 3 lắp đèn, xong trước ngày 30/11/2026",)
    )
    text = words(residents_minutes(content))
    assert "kết quả: không đạt" in text
    assert "(90,4%), trong đó có 21 đại diện là nữ." in text
    assert "Phân công thực hiện: - Tổ số 3 lắp đèn, xong trước ngày 30/11/2026." in text


def test_minutes_of_an_unfinished_or_empty_meeting_leave_blanks() -> None:
    content = replace(minutes_content(), closed=None, households_total=0, households_present=0, absent_reason="")
    text = words(residents_minutes(content))
    assert "kết thúc vào hồi …… giờ …… phút cùng ngày" in text
    assert "0/0 hộ." in text
    overnight = replace(minutes_content(), closed=datetime(2026, 11, 15, 0, 10))
    assert "00 giờ 10 phút, ngày 15 tháng 11 năm 2026" in words(residents_minutes(overnight))


def test_sample_1_9_has_a_number_and_no_place_date_line() -> None:
    text = words(official_minutes_sample())
    assert in_order(
        text,
        "Số: 07/BB-UBND",
        "BIÊN BẢN",
        "Thời gian bắt đầu: 08 giờ 00 phút",
        "Địa điểm:",
        "Thành phần tham dự:",
        "Chủ trì (chủ tọa):",
        "Thư ký (người ghi biên bản):",
        "Nội dung",
        "kết thúc vào 10 giờ 15 phút, ngày 18 tháng 11 năm 2026./.",
        "THƯ KÝ",
        "CHỦ TỌA",
        "Nơi nhận:",
        "- Lưu: VT, Hồ sơ.",
    )
    assert "Phú Hòa, ngày" not in text


def test_secretary_left_chair_right() -> None:
    (page,) = pages_of(render(official_minutes_sample()).pdf)
    secretary, chair = page.find("THƯ KÝ"), page.find("CHỦ TỌA")
    assert secretary.right < chair.left
    assert secretary.baseline == pytest.approx(chair.baseline, abs=0.1)
    assert page.find("Nơi nhận:").left < secretary.left


def annexed(count: int) -> Document:
    annexes = tuple(Annex(f"BẢNG {number}", (Paragraph("Nội dung phụ lục."),)) for number in range(1, count + 1))
    return report(ReportContent(ISSUER, "Kết quả", (Paragraph("Nội dung."),), CHAIR, annexes=annexes))


def test_annexes_are_numbered_only_when_there_are_several() -> None:
    one, two = pages_of(render(annexed(1)).pdf), pages_of(render(annexed(2)).pdf)
    assert one[1].text.splitlines()[0] == "Phụ lục"
    assert [page.text.splitlines()[0] for page in two[1:]] == ["Phụ lục I", "Phụ lục II"]
    assert "Nơi nhận" not in one[0].text


def test_other_types_take_their_own_symbol() -> None:
    content = ReportContent(
        ISSUER, "Về việc khen thưởng", (Paragraph("x"),), CHAIR, number="9", type_name="TỜ TRÌNH", type_code="TTr"
    )
    text = words(report(content))
    assert in_order(text, "Số: 09/TTr-UBND", "TỜ TRÌNH", "Về việc khen thưởng")


def test_a_register_repeats_its_head_and_is_signed_under_its_totals() -> None:
    pages = pages_of(render(register_sample(60)).pdf)
    assert all(round(page.width) == 297 for page in pages)
    assert all("Việc chính" in page.text for page in pages)
    assert in_order(pages[-1].text, "Tổng cộng: 60 cuộc", "CHỦ TỊCH")
    head = pages[0].find("ỦY BAN NHÂN DÂN")
    assert head.right < 120
    assert "Phú Hòa, ngày 05 tháng 02 năm 2026" in pages[0].text


def test_a_sheet_shows_its_code_large_and_its_fields_level() -> None:
    (page,) = pages_of(render(sheet_sample()).pdf)
    assert page.find("K7QF").size >= 18
    assert page.find("Tên tệp").baseline == pytest.approx(page.find("THIDUA_23017").baseline, abs=0.1)
    assert page.find("BÊN GIAO").right < page.find("BÊN NHẬN").left


def test_a_sheet_may_hold_almost_nothing() -> None:
    text = words(sheet(SheetContent(ISSUER, "PHIẾU KHÔI PHỤC", code=("AB12",))))
    assert "PHIẾU KHÔI PHỤC" in text
    assert "ngày" not in text
    assert "Kính gửi" not in text
    signed = sheet(SheetContent(ISSUER, "PHIẾU", closing=("Đã đọc.",), signers=(CHAIR,)))
    assert "Trần Thị Mỹ Uyên" in words(signed)
