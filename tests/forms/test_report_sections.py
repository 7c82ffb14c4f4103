"""Every report has the parts that reports of offices have, in their order, and says what it plans."""

from __future__ import annotations

import pytest

from thidua_desktop.formdef.loader import load_definitions

REPORTS = load_definitions().reports
PARTS = ("TÌNH HÌNH", "KẾT QUẢ", "NHẬN XÉT, ĐÁNH GIÁ", "NHIỆM VỤ", "KIẾN NGHỊ")
ROMAN = ("I. ", "II. ", "III. ", "IV. ", "V. ")


@pytest.mark.parametrize("name", REPORTS)
def test_parts_in_order(name: str) -> None:
    narrative = REPORTS[name].narrative
    parts = [one.heading for one in narrative if one.level == 1]
    assert [
        part.startswith(roman) and words in part for part, roman, words in zip(parts, ROMAN, PARTS, strict=True)
    ] == [True] * len(PARTS), parts
    at = next(place for place, one in enumerate(narrative) if one.heading == parts[2])
    assert [one.heading for one in narrative[at + 1 : at + 3]] == ["1. Ưu điểm", "2. Hạn chế, nguyên nhân"]
    assert [one.heading for one in narrative if one.tasks] == [parts[3]]
