"""Papers of one record: which there are, what they say, and refusals that name what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.services import lists
from thidua_desktop.services.documents.printing import documents_of, print_document
from thidua_desktop.services.documents.sheets import print_list
from thidua_desktop.services.session import Session

Add = Callable[..., str]


def _text(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join("\n".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.fixture
def meeting(add: Add, area_ids: list[str]) -> str:
    hands = {
        "subject": "Góp tiền lắp 4 camera",
        "matter": "clause_1",
        "method": "hands",
        "yes": 34,
        "no": 2,
        "other": 1,
    }
    secret = {"subject": "Quét dọn ngõ", "matter": "clause_6", "method": "secret", "issued": 39, "returned": 39}
    return add(
        "resident_meeting",
        held_on=date(2026, 11, 8),
        starts_at="19:30",
        ends_at="20:50",
        kind="regular",
        status="ended",
        residential_area=area_ids[-1],
        place="Nhà văn hóa <thôn> & sân",
        chair="Đoàn Quang Vịnh",
        chair_title="Trưởng thôn",
        secretary="K'Nớ",
        front_head="Phạm Thị Ngọc",
        witness_one="Lê Hữu Ổn",
        witness_two="Bùi Thị Nở",
        households_total=52,
        households_present=39,
        agenda=(
            {**hands, "outcome": "not_passed"},
            {**secret, "valid": 38, "invalid": 1, "yes": 30, "no": 8, "outcome": "passed"},
        ),
    )


def test_minutes_hold_what_the_law_asks(session: Session, meeting: str) -> None:
    text = _text(print_document(session, "meeting_minutes", meeting).pdf)
    for words in (
        "BIÊN BẢN", "THÔN TÂN LẬP", "19 giờ 30 phút", "Nhà văn hóa <thôn> & sân", "39/52 hộ", "13 hộ",
        "Tán thành: 34 hộ", "35 hộ", "bỏ phiếu kín", "Đoàn Quang Vịnh", "Phạm Thị Ngọc", "Lê Hữu Ổn", "Bùi Thị Nở",
    ):  # fmt: skip
        assert words in text, words


def test_a_meeting_of_a_group_is_headed_by_the_group(session: Session, add: Add, area_ids: list[str]) -> None:
    group = add(
        "self_managed_group", residential_area=area_ids[-1], number="3", name="Tổ tự quản số 3", kind="security"
    )
    meeting = add(
        "resident_meeting", held_on=date(2026, 11, 8), kind="regular", residential_area=area_ids[-1], group=group,
        households_total=20, status="draft", notice_on=date(2026, 11, 5),
    )  # fmt: skip
    text = _text(print_document(session, "meeting_minutes", meeting).pdf)
    assert "TỔ TỰ QUẢN SỐ 3 THÔN TÂN LẬP" in text and "TỔ TRƯỞNG" in text
    invitation = _text(print_document(session, "meeting_invitation", meeting).pdf)
    assert "Thời gian: …… giờ …… phút, ngày 08" in invitation  # an hour that is not set is written by hand
    assert "GIẤY MỜI" in invitation and "ngày 05 tháng 11 năm 2026" in invitation and "Số:" not in invitation


def test_a_meeting_without_a_number_of_households_has_no_minutes(session: Session, area_ids: list[str]) -> None:
    written = session.file.records.save(
        "resident_meeting", {"held_on": date(2026, 11, 8), "kind": "regular", "residential_area": area_ids[0]},
        actor="x", now=session.now(),
    )  # fmt: skip
    with pytest.raises(UserError, match="TD-PRINT-010"):
        print_document(session, "meeting_minutes", written.id)


def test_the_sheet_of_an_activity(session: Session, add: Add, area_ids: list[str]) -> None:
    activity = add(
        "movement_activity", held_on=date(2026, 11, 9), residential_area=area_ids[0], kind="propaganda",
        title="Phòng, chống lừa đảo qua mạng", topics=("online_fraud",), attendance_total=40, attendance_women=21,
    )  # fmt: skip
    text = _text(print_document(session, "activity_sheet", activity).pdf)
    assert "Phòng, chống lừa đảo qua mạng" in text and "40 lượt" in text and "Buôn Ea M'Doal" in text


def test_an_unknown_paper_or_record_is_named(session: Session, meeting: str) -> None:
    with pytest.raises(UserError, match="TD-CLI-004"):
        print_document(session, "none", meeting)
    with pytest.raises(UserError, match="TD-STORE-221"):
        print_document(session, "meeting_minutes", "none")
    assert [paper.name for paper in documents_of(session, "resident_meeting")] == [
        "meeting_minutes", "meeting_invitation",
    ]  # fmt: skip


def test_a_list_is_printed_with_its_totals(session: Session, add: Add, area_ids: list[str]) -> None:
    for day in (1, 2, 3):
        add(
            "movement_activity", held_on=date(2026, 11, day), residential_area=area_ids[0], kind="patrol",
            title=f"Tuần tra {day}", topics=("crime",), attendance_total=5,
        )  # fmt: skip
    printed = print_list(session, lists.default_query(session, "movement_activity"))
    text = _text(printed.pdf)
    assert "SỔ HOẠT ĐỘNG PHONG TRÀO" in text and "Cộng" in text and "15" in text and "Tổng số: 3 dòng." in text


def test_what_is_not_known_is_left_open(session: Session, add: Add, area_ids: list[str]) -> None:
    record = add(
        "resident_meeting", held_on=date(2026, 11, 8), kind="regular", status="draft", residential_area=area_ids[-1],
        households_total=52, chair_title="Trưởng thôn",
    )  # fmt: skip
    text = _text(print_document(session, "meeting_minutes", record).pdf)
    assert "00 giờ" not in text
    assert "Số hộ có đại diện dự họp: ………………/52 hộ." in text
    assert "1. Chủ trì: ………………, Trưởng thôn." in text


def test_minutes_end_after_midnight_and_hold_tasks(session: Session, add: Add, area_ids: list[str]) -> None:
    record = add(
        "resident_meeting", held_on=date(2026, 11, 8), kind="regular", status="ended",
        residential_area=area_ids[-1], starts_at="22:00", ends_at="00:30",
        households_total=52, households_present=40, women_present=21,
        tasks=({"task": "Thu tiền góp", "who": "Tổ 5", "due": date(2026, 12, 31)}, {"task": "Họp lại"}),
        agenda=({"subject": "Góp", "matter": "clause_1", "yes": 40, "no": 0, "other": 0, "outcome": "not_passed"},),
    )  # fmt: skip
    text = _text(print_document(session, "meeting_minutes", record).pdf)
    assert "kết thúc vào hồi 00 giờ 30 phút, ngày 09 tháng 11 năm 2026" in text
    assert "trong đó có 21 đại diện là nữ" in text
    assert "- Thu tiền góp; người làm: Tổ 5; hạn: ngày 31/12/2026. - Họp lại." in text
    assert "kết quả: không đạt" in text
