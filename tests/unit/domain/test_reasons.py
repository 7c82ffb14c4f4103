"""A reason says something: one letter typed to get on does not, a short word does."""

from __future__ import annotations

import pytest

from thidua_desktop.domain.reasons import told_reason


@pytest.mark.parametrize("text", ["", "  ", "x", "..", "xxxx", "1", "123", "a b", "- - -", "Aa a"])
def test_what_says_nothing_is_no_reason(text: str) -> None:
    assert told_reason(text) == ""


@pytest.mark.parametrize("text", ["nhầm", "thử", "ghi bù", "QĐ số 12", "Hộ chuyển đi 3/11", "Ủy"[:1] + " quyền"])
def test_short_words_are_whole_reasons(text: str) -> None:
    assert told_reason(f"  {text} ") == text
