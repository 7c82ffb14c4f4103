"""A known sender gone bad: rightly signed packages with any content are refused or read whole, and never crash."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sync.crafting import PROVINCE, TRUST, compressed, meeting, outer, plain_payload, sealed, tar_member
from thidua_desktop.sync.card import card_from_bytes
from thidua_desktop.sync.envelope import read_header
from thidua_desktop.sync.members import MemberError, parse_manifest, record_line
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.verify import verify

PLAIN = plain_payload(
    {
        "figures/a.json": b'{"meetings":3}',
        "records/resident_meeting.jsonl": meeting(1).to_bytes() + b"\n" + meeting(2).to_bytes() + b"\n",
    }
)
HOSTILE = {Code.BAD_CONTENT, Code.TOO_LARGE}


def refused(package: bytes) -> bool:
    """Whether the package is refused for its content; all of it is read otherwise."""
    try:
        with verify(io.BytesIO(package), TRUST, [PROVINCE.age_identity]) as verified:
            for _ in verified.all_records():
                pass
            for report in verified.reports:
                verified.figures(report)
    except Refusal as refusal:
        assert refusal.reason in HOSTILE and refusal.sentence
        return True
    return False


@settings(max_examples=300)
@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_any_byte_of_the_inner_archive_counts(position: int, turn: int) -> None:
    changed = bytearray(PLAIN)
    changed[position] ^= turn
    assert refused(sealed(compressed(bytes(changed))))


@settings(max_examples=100)
@given(st.integers(0, len(PLAIN) - 1))
def test_a_short_inner_archive_is_refused(length: int) -> None:
    assert refused(sealed(compressed(PLAIN[:length])))


@settings(max_examples=200)
@given(st.data())
def test_broken_zstd_is_refused_or_harmless(data: st.DataObject) -> None:
    frame = bytearray(compressed(PLAIN))
    for _ in range(data.draw(st.integers(1, 3))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    kept = data.draw(st.integers(0, len(frame)))
    refused(sealed(bytes(frame[:kept]) + data.draw(st.binary(max_size=20))))


@settings(max_examples=200)
@given(st.binary(max_size=600))
def test_noise_at_every_door_ends_in_a_refusal(noise: bytes) -> None:
    for package in (noise, tar_member("header.json", noise), outer(noise, noise, noise)):
        try:
            read_header(io.BytesIO(package))
            raise AssertionError("noise was read as a header")
        except Refusal:
            pass
    try:
        card_from_bytes(b'{"age":' + noise)
        raise AssertionError("noise was read as a card")
    except Refusal:
        pass
    for parse in (parse_manifest, record_line):
        try:
            parse(noise)
            raise AssertionError("noise was read")
        except MemberError:
            pass


def test_the_untouched_content_is_taken() -> None:
    assert not refused(sealed(compressed(PLAIN)))
