"""Findings take their sentences from the error table."""

from __future__ import annotations

import re
import unicodedata
from string import Formatter

import pytest

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import error_table

RULE_CODES = sorted(code for code in error_table() if re.fullmatch(r"TD-DATA-0\d\d|TD-TIME-\d{3}", code))


def test_a_finding_joins_what_happened_and_what_to_do() -> None:
    found = finding("TD-DATA-025", "phone", Severity.HINT, labels="“Điện thoại”, “Địa chỉ”")
    assert found.text == "Chưa nhập ô nào trong các ô: “Điện thoại”, “Địa chỉ”. Nhập ít nhất một ô."
    assert (found.code, found.field, found.severity) == ("TD-DATA-025", "phone", Severity.HINT)


def test_an_unknown_code_or_a_missing_value_is_a_bug() -> None:
    with pytest.raises(KeyError):
        finding("TD-DATA-999", "x")
    with pytest.raises(KeyError):
        finding("TD-DATA-025", "x")


@pytest.mark.parametrize("code", RULE_CODES)
def test_every_row_says_what_happened_and_what_to_do(code: str) -> None:
    row = error_table()[code]
    assert row.sentence.endswith(".") and row.remedy.endswith(".")
    assert unicodedata.is_normalized("NFC", row.sentence + row.remedy)
    names = [name for _, name, _, _ in Formatter().parse(row.sentence + row.remedy) if name is not None]
    assert all(name.isidentifier() for name in names)
