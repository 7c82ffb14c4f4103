"""Identity numbers: made-up ones only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.identity_number import (
    NumberParts,
    check_identity_number,
    known_place,
    normalise_identity_number,
    read_parts,
    rescue_leading_zero,
)
from thidua_desktop.domain.problems import Severity

TODAY = date(2026, 11, 23)


def codes(number: str, birth_year: int | None = None, sex: str = "") -> list[str]:
    return [problem.code for problem in check_identity_number(number, "identity_number", TODAY, birth_year, sex)]


def test_parts_of_the_example_of_the_law() -> None:
    assert read_parts("035199000123") == NumberParts("035", "female", 1999)
    assert read_parts("079205000001") == NumberParts("079", "male", 2005)
    assert read_parts("03519900012") is None
    assert read_parts("٠٣٥١٩٩٠٠٠١٢٣") is None


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("", []),
        ("035199000123", []),
        ("035 199 000 123", []),
        ("035.199.000.123", []),
        ("101199000123", []),  # born abroad
        ("35199000123", ["TD-DATA-010"]),
        ("1199000123", ["TD-DATA-010"]),
        ("123456789", ["TD-DATA-011"]),
        ("12345678", ["TD-DATA-010"]),
        ("1234567", ["TD-DATA-009"]),
        ("0351990001234", ["TD-DATA-009"]),
        ("99199000123", ["TD-DATA-009"]),
        ("03519900012O", ["TD-DATA-015"]),
        ("003199000123", ["TD-DATA-012"]),
    ],
)
def test_numbers_are_judged_by_length_and_place(number: str, found: list[str]) -> None:
    assert codes(number) == found


def test_mismatches_are_warnings_for_corrections_exist() -> None:
    found = check_identity_number("035199000123", "identity_number", TODAY, 1998, "male")
    assert [(problem.code, problem.severity) for problem in found] == [
        ("TD-DATA-013", Severity.WARNING),
        ("TD-DATA-014", Severity.WARNING),
    ]
    assert "ghi năm sinh 1999, khác năm sinh đã nhập (1998)" in found[1].text
    assert codes("035199000123", 1999, "female") == []


def test_a_lost_zero_is_suggested_in_full() -> None:
    (found,) = check_identity_number("35199000123", "identity_number", TODAY)
    assert "có thể mất số 0 ở đầu" in found.text
    assert "035199000123" in found.text
    assert rescue_leading_zero("99199000123", TODAY) is None


def test_places_are_the_63_of_before_the_mergers() -> None:
    assert sum(known_place(f"{code:03d}", TODAY) for code in range(1, 101)) == 63


@given(st.sampled_from(["001", "035", "096"]), st.sampled_from("0123"), st.integers(0, 99), st.integers(0, 999_999))
def test_a_number_that_lost_its_zero_is_rescued_to_itself(place: str, sex: str, year: int, rest: int) -> None:
    number = f"{place}{sex}{year:02d}{rest:06d}"
    stripped = number.lstrip("0")
    assert rescue_leading_zero(stripped, TODAY) == number
    assert normalise_identity_number(f" {number[:3]}-{number[3:]} ") == number
