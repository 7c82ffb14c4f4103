"""Any changed or missing byte is refused, with a code of the right family."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sync.crafting import COMMUNE, COMMUNE_CARD, PROVINCE, TRUST
from thidua_desktop.errors import UserError
from thidua_desktop.sync.card import card_from_bytes, card_to_bytes
from thidua_desktop.sync.envelope import read_header
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.verify import verify

FOLDER = Path(__file__).parents[2] / "fixtures" / "packages"
FLIPPED = {
    Code.NOT_A_PACKAGE,
    Code.CUT,
    Code.CUT_AT_START,
    Code.DAMAGED,
    Code.NEWER_FORMAT,
    Code.UNKNOWN_SENDER,
    Code.BAD_SIGNATURE,
}


@cache
def package() -> bytes:
    """A committed vector: the same bytes in every run, as derandomised examples need."""
    return (FOLDER / "good.tdp").read_bytes()


def code_of(data: bytes) -> Code | None:
    """The refusal's code, None when the package is taken."""
    try:
        verify(BytesIO(data), TRUST, [PROVINCE.age_identity]).close()
    except Refusal as refusal:
        assert refusal.sentence and refusal.remedy
        return refusal.reason
    return None


def test_the_untouched_package_is_taken() -> None:
    assert code_of(package()) is None


@settings(max_examples=400)
@given(st.data())
def test_any_byte_changed_to_any_other_is_refused(data: st.DataObject) -> None:
    whole = package()
    position = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[position]))
    code = code_of(whole[:position] + bytes([byte]) + whole[position + 1 :])
    assert code in FLIPPED
    header_end = 1024 + int(whole[124:135], 8)
    if position >= header_end + 2048:
        assert code is Code.DAMAGED


def test_every_bit_before_the_payload_counts() -> None:
    whole = package()
    payload = whole.index(b"age-encryption.org")
    for position in range(payload):
        changed = whole[:position] + bytes([whole[position] ^ (1 << position % 8)]) + whole[position + 1 :]
        assert code_of(changed) in FLIPPED, position


@settings(max_examples=200)
@given(st.integers(0, 10**6))
def test_cut_anywhere_says_cut(place: int) -> None:
    whole = package()
    kept = whole[: place % len(whole)]
    code = code_of(kept)
    header_end = 512 + int(whole[124:135], 8)
    header_end += -header_end % 512
    assert code is (Code.CUT if len(kept) >= header_end else Code.CUT_AT_START)
    if code is Code.CUT:
        assert 0 < read_header(BytesIO(kept)).percent_present < 100


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=1100))
def test_anything_appended_is_refused(more: bytes) -> None:
    assert code_of(package() + more) is Code.DAMAGED


@settings(max_examples=200)
@given(st.binary(max_size=3000))
def test_noise_is_not_a_package(noise: bytes) -> None:
    assert code_of(noise) in {Code.NOT_A_PACKAGE, Code.CUT_AT_START}


@settings(max_examples=150)
@given(st.data())
def test_two_packages_spliced_are_refused(data: st.DataObject) -> None:
    first, second = package(), (FOLDER / "good-empty.tdp").read_bytes()
    cut = data.draw(st.integers(1, min(len(first), len(second)) - 1))
    spliced = first[:cut] + second[cut:]
    if spliced not in (first, second):
        assert code_of(spliced) in FLIPPED


def test_every_byte_of_a_card_counts() -> None:
    card = card_to_bytes(COMMUNE_CARD, COMMUNE)
    for position in range(len(card)):
        for changed in (card[:position] + bytes([card[position] ^ 1]) + card[position + 1 :], card[:position]):
            with pytest.raises(UserError) as caught:
                card_from_bytes(changed)
            assert caught.value.code in {Code.NOT_A_CARD, Code.BAD_CARD, Code.NEWER_CARD}
