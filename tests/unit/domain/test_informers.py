"""Texts that give away who told, and texts that do not."""

from __future__ import annotations

from datetime import date

import pytest

from thidua_desktop.domain.informers import informer_words
from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule

NAMING = {
    "Ông Lò Văn Ọi báo có người lạ vào thôn": "Ông Lò Văn Ọi báo",
    "Tối 5/11 bà H'Đung Êban đã gọi điện cho trực ban": "bà H'Đung Êban đã gọi điện",
    "anh Sáu ở ngõ 12 vừa trình báo mất xe": "anh Sáu ở ngõ 12 vừa trình báo",
    "Tin của chị Phia, thôn Tân Lập": "Tin của chị Phia,",
    "Người báo tin: ông Kỷ": "Người báo tin: ông Kỷ",
    "Liên hệ 0912 345 678 để hỏi thêm": "0912 345 678",
    "số +84912345678": "+84912345678",
    "CCCD 001099000123": "001099000123",
}
HARMLESS = (
    "",
    "Nhóm thanh niên tụ tập đánh bạc ở bãi đất trống",
    "Anh em công nhân báo có mùi khét, đã kiểm tra",
    "Ông Tư bị mất xe máy",
    "Thiệt hại 12.345.678 đồng, xe biển số 99-B1 123.45",
    "Người dân báo tin qua Zalo lúc 22 giờ 15",
    "Trưởng thôn thông báo lịch tuần tra",
)


@pytest.mark.parametrize(("text", "words"), NAMING.items())
def test_what_names_an_informer_is_found(text: str, words: str) -> None:
    assert informer_words(text) == words


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_pass(text: str) -> None:
    assert informer_words(text) == ""


def test_the_rule_asks_for_a_reason_and_names_the_field() -> None:
    values = {"content": "Bà Nở báo có trộm", "note": "đã báo cáo"}
    context = RuleContext(date(2026, 11, 23), labels={"content": "Nội dung"})
    [problem] = run_rule("no_informer_named", values, ("content", "note"), context)
    assert (problem.code, problem.field, problem.severity) == ("TD-DATA-460", "content", Severity.WARNING)
    assert "“Bà Nở báo”" in problem.text
