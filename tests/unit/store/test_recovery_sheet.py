"""The recovery sheet forgives how people type and finds where they erred."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.errors import UserError
from thidua_desktop.store.recovery_sheet import GROUPS, read_sheet, sheet_text

SECRET = bytes(range(7, 39))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@given(st.binary(min_size=32, max_size=32))
def test_a_sheet_gives_its_secret_back(secret: bytes) -> None:
    assert read_sheet(sheet_text(secret)) == secret
    assert len(sheet_text(secret).split("-")) == GROUPS


def test_lower_case_spaces_and_look_alikes_are_forgiven() -> None:
    text = sheet_text(SECRET)
    assert "O" in text or "I" in text or "B" in text
    typed = text.lower().replace("-", "  ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert read_sheet(f" {typed}\n") == SECRET


@given(st.integers(0, GROUPS * 5 - 1), st.sampled_from(LETTERS))
def test_a_wrong_letter_is_found_in_its_group(place: int, letter: str) -> None:
    letters = list(sheet_text(SECRET).replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(UserError) as refused:
        read_sheet("".join(letters))
    assert (refused.value.code, refused.value.values["groups"]) == ("TD-STORE-009", str(place // 5 + 1))


@given(st.integers(0, GROUPS - 1), st.integers(0, 3))
def test_two_swapped_letters_are_found(group: int, place: int) -> None:
    groups = sheet_text(SECRET).split("-")
    letters = list(groups[group])
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    swapped = "".join(letters)
    if swapped == groups[group]:
        return
    groups[group] = swapped
    with pytest.raises(UserError, match="TD-STORE-009"):
        read_sheet("-".join(groups))


def test_swapped_groups_are_found() -> None:
    groups = sheet_text(SECRET).split("-")
    groups[2], groups[9] = groups[9], groups[2]
    with pytest.raises(UserError) as refused:
        read_sheet("-".join(groups))
    assert refused.value.values["groups"] == "3, 10"


def test_groups_of_two_sheets_do_not_make_one() -> None:
    mixed = sheet_text(SECRET).split("-")[:7] + sheet_text(SECRET[::-1]).split("-")[7:]
    with pytest.raises(UserError, match="TD-STORE-010"):
        read_sheet("-".join(mixed))


def test_a_short_sheet_says_how_much_is_missing() -> None:
    with pytest.raises(UserError) as refused:
        read_sheet(sheet_text(SECRET)[:-8])
    assert refused.value.code == "TD-STORE-008"
    assert refused.value.values == {"count": 63, "expected": 70}
