"""Tables that offices keep head their columns in their own words; each book knows the usual ones."""

from __future__ import annotations

import pytest

from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services.raw_lines import RawLine, SpreadOver
from thidua_desktop.services.transfer_columns import columns_of, find_heading

HEADINGS = {
    "movement_activity": {
        "Ngày tháng": "held_on",
        "Nội dung tuyên truyền": "title",
        "Số người": "attendance_total",
        "Nữ": "attendance_women",
        "Địa bàn": "residential_area",
        "Hình thức": "kind",
    },
    "tip": {"Ngày": "received_on", "Nguồn tin": "way", "Kết quả xử lý": "result", "Địa bàn": "residential_area"},
    "incident": {"Ngày": "occurred_on", "Số đối tượng": "people_involved", "Loại vụ": "kind", "Kết quả": "outcome"},
    "organization": {"Tên trường": "name", "Thủ trưởng": "head", "SĐT": "phone", "Số lao động": "staff"},
    "person": {
        "Họ tên": "name",
        "Nam/Nữ": "sex",
        "Chức danh": "position",
        "Nơi ở": "address",
        "CCCD": "identity_number",
    },
    "team_member": {"Họ và tên": "person", "Tổ": "team", "Ngày vào tổ": "joined_on", "Chức vụ": "position"},
    "security_team": {
        "Tên tổ": "name",
        "Thôn": "residential_area",
        "Quyết định": "decision",
        "Ngày thành lập": "founded_on",
    },
    "resident_meeting": {"Ngày họp": "held_on", "Số hộ dự": "households_present", "Chủ trì": "chair"},
    "award_nomination": {"Họ và tên": "person", "Hình thức khen": "award"},
    "model": {"Tên mô hình": "name", "QĐ thành lập": "decision", "Ngày ra mắt": "founded_on"},
    "programme": {"Số, ký hiệu": "number", "Ngày ký": "issued_on", "Trích yếu": "title"},
    "supervised_person": {"Họ và tên": "name", "Từ ngày": "term_starts_on", "Đến ngày": "term_ends_on"},
}


@pytest.mark.parametrize("register", HEADINGS)
def test_the_usual_heads_of_a_table_are_known(register: str) -> None:
    spec, wanted = load_definitions().registers[register], HEADINGS[register]
    found = {column.heading: column.field for column in columns_of(spec, ["STT", *wanted, "Ghi chú"])}
    assert {heading: found[heading] for heading in wanted} == wanted


def test_no_two_fields_of_a_book_are_called_the_same() -> None:
    for spec in load_definitions().registers.values():
        names = [name for field in spec.living_fields for name in {field.label, *field.called}]
        twice = {name for name in names if names.count(name) > 1}
        assert not twice - {"Trong đó nữ", "Ghi chú"}, spec.name


def test_a_word_under_a_merged_head_says_what_both_say_together() -> None:
    spec = load_definitions().registers["self_managed_group"]
    upper = ("TT", "Thôn", "Tên tổ", SpreadOver("Tổ trưởng"), "", "Số hộ")
    lines = [RawLine(1, upper), RawLine(2, ("TT", "Thôn", "Tên tổ", "Họ và tên", "Số ĐT", "Số hộ"))]
    _, columns = find_heading(spec, lines)
    found = {column.field: column.heading for column in columns if column.field}
    assert (found["leader"], found["leader_phone"]) == ("Họ và tên tổ trưởng", "Số ĐT tổ trưởng")
