"""Codes on paper: digits that say the same again, and every way in which they may be read wrongly or forged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua_desktop.errors import UserError
from thidua_desktop.sync.envelope import Sender, SenderStatus, Trust
from thidua_desktop.sync.keys import OfficeKeys
from thidua_desktop.sync.paper_codes import PaperFigures, codes_of, joined, read_part

KEYS, STRANGER = OfficeKeys.generate(), OfficeKeys.generate()
PAPER = PaperFigures(
    "24412", "a1b2", "movement_result", "2026-11", "2026-10-15", "2026-11-14", 2, 7,
    (*((f"indicator_{number:02d}", number * 37) for number in range(60)), ("area", "12.50")),
)  # fmt: skip
SENDER = Sender("24412", "a1b2", KEYS.verify_key)
TRUST = Trust((SENDER,))


def code_of(fault: pytest.ExceptionInfo[UserError]) -> str:
    """The code of a refusal."""
    return fault.value.code


def test_what_is_written_is_read_in_any_order() -> None:
    texts = codes_of(PAPER, KEYS)
    assert len(texts) > 1
    assert all(text.isdigit() and len(text) < 600 for text in texts)
    parts = [read_part(text) for text in reversed((*texts, texts[0]))]
    assert joined(parts, TRUST) == PAPER


def test_a_scanner_may_add_spaces_and_line_ends() -> None:
    (text, *_) = codes_of(PAPER, KEYS)
    assert read_part(f" {text[:40]} {text[40:]}\r\n") == read_part(text)


@given(st.integers(0, 10**6), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_no_wrong_digit_goes_through(place: int, digit: int) -> None:
    text = codes_of(PAPER, KEYS)[0]
    at = place % len(text)
    changed = f"{text[:at]}{digit}{text[at + 1 :]}"
    if changed != text:
        with pytest.raises(UserError):
            joined([read_part(changed), *map(read_part, codes_of(PAPER, KEYS)[1:])], TRUST)


@pytest.mark.parametrize(
    "text", ["", "8", "https://example.vn", "7041712345678010112345", "70417" + "1" * 5000, "７０４１７"]
)
def test_other_texts_are_not_ours(text: str) -> None:
    with pytest.raises(UserError) as fault:
        read_part(text)
    assert code_of(fault) == "TD-SYNC-070"


def test_missing_and_mixed_parts_are_told_apart() -> None:
    parts = [read_part(text) for text in codes_of(PAPER, KEYS)]
    others = [read_part(text) for text in codes_of(replace(PAPER, edition=3), KEYS)]
    with pytest.raises(UserError) as fault:
        joined(parts[:-1], TRUST)
    assert code_of(fault) == "TD-SYNC-071" and str(len(parts)) in str(fault.value)
    with pytest.raises(UserError) as fault:
        joined([parts[0], *others[1:]], TRUST)
    assert code_of(fault) == "TD-SYNC-072"
    with pytest.raises(UserError) as fault:
        joined([], TRUST)
    assert code_of(fault) == "TD-SYNC-070"


def test_only_trusted_keys_sign() -> None:
    forged = [read_part(text) for text in codes_of(PAPER, STRANGER)]
    true = [read_part(text) for text in codes_of(PAPER, KEYS)]
    revoked = Trust((replace(SENDER, status=SenderStatus.REVOKED),))
    for parts, trust, expected in (
        (forged, TRUST, "TD-SYNC-074"),
        (true, Trust(()), "TD-SYNC-073"),
        (true, revoked, "TD-SYNC-073"),
    ):
        with pytest.raises(UserError) as fault:
            joined(parts, trust)
        assert code_of(fault) == expected
