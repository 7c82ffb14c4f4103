"""Rows for Excel keep leading zeros and start no formula; numbers are numbers."""

from __future__ import annotations

from thidua_desktop.ui.components.table_clipboard import table_html, table_text

HEADS = ("Họ tên", "Điện thoại", "Hộ")
ROWS = (("Lò Thị Mỷ", "0912 345 678", "1.250"), ("=1+1", "0987\n654", ""))
NUMBERS = frozenset({2})


def test_text_has_tabs_and_plain_numbers() -> None:
    lines = table_text(HEADS, ROWS, NUMBERS).split("\n")
    assert lines == ["Họ tên\tĐiện thoại\tHộ", "Lò Thị Mỷ\t0912 345 678\t1250", "=1+1\t0987 654\t"]


def test_html_marks_texts_as_text_and_numbers_as_numbers() -> None:
    html = table_html(HEADS, ROWS, NUMBERS)
    assert '<td x:num="1250">1250</td>' in html
    assert "<td style=\"mso-number-format:'\\@'\">0912 345 678</td>" in html
    assert "&lt;" not in html


def test_days_are_days_of_a_spreadsheet_and_read_as_they_stood() -> None:
    html = table_html(("Ngày",), (("01/03/2026",), ("31/02/2026",), ("5/2026",)), frozenset())
    assert 'x:num="46082" sdval="46082"' in html and "mso-number-format:'dd\\/mm\\/yyyy'\">01/03/2026</td>" in html
    assert "<td style=\"mso-number-format:'\\@'\">31/02/2026</td>" in html  # no day
    assert html.startswith('<html xmlns:x="urn:schemas-microsoft-com:office:excel">')
