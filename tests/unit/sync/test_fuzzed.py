"""Mutated files and mutated content: read as they are, or refused with a code; never another exception, never more.

``tests/fuzz`` holds what is mutated and how; atheris runs the same readers for as long as one likes.
"""

from __future__ import annotations

import random
import tracemalloc
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import mutate
from tests.fuzz.readers import LIMITS, MIB, READ, READERS, REFUSED, VECTORS, members, packed, whole
from tests.fuzz.seeds import all_seeds
from tests.unit.sync.crafting import compressed, plain_payload

GOOD = ("good.tdp", "exchange.tdp", "receipt.tdp", "down-receipt-good.tdp", "down-directive-good.tdp")


@cache
def seeds_of(reader: str) -> tuple[bytes, ...]:
    """Right content for a reader."""
    return tuple(data for name, data in all_seeds() if name == reader)


@cache
def vector(name: str) -> bytes:
    """A committed file."""
    return (VECTORS / name).read_bytes()


@pytest.mark.parametrize("reader", sorted(READERS))
def test_right_content_is_read(reader: str) -> None:
    outcomes = {READERS[reader](data) for data in seeds_of(reader)}
    assert any(READ in outcome or "new" in outcome for outcome in outcomes), outcomes


@pytest.mark.parametrize("reader", sorted(READERS))
@settings(max_examples=150)
@given(chosen=st.integers(0, 10_000), dice=st.randoms(use_true_random=False))
def test_mutated_content_is_read_or_refused(reader: str, chosen: int, dice: random.Random) -> None:
    seeds = seeds_of(reader)
    assert READERS[reader](mutate(reader, seeds[chosen % len(seeds)], dice))


@settings(max_examples=150)
@given(st.sampled_from(GOOD), st.sampled_from(GOOD), st.data())
def test_spliced_files_are_refused(first: str, second: str, data: st.DataObject) -> None:
    one, other = vector(first), vector(second)
    at = data.draw(st.integers(1, len(one) - 1), label="cut")
    on = data.draw(st.integers(0, len(other)), label="go on")
    spliced = one[:at] + other[on:]
    assert (whole(spliced) == READ) == (spliced in {one, other})


@settings(max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_any_byte_other_than_signed_is_refused(name: str, data: st.DataObject) -> None:
    good = bytearray(vector(name))
    for place in data.draw(st.sets(st.integers(0, len(good) - 1), min_size=1, max_size=3), label="places"):
        good[place] ^= data.draw(st.integers(1, 255), label="turned")
    outcome = whole(bytes(good))
    assert outcome.startswith("TD-SYNC-")


@settings(max_examples=60)
@given(st.sampled_from(GOOD), st.data())
def test_every_length_is_cut(name: str, data: st.DataObject) -> None:
    good = vector(name)
    assert whole(good[: data.draw(st.integers(1, len(good) - 1))]) in {"TD-SYNC-002", "TD-SYNC-016"}


@cache
def bombs() -> tuple[bytes, ...]:
    """Little that says it is much: no tar at all, a member beyond the ratio, a line beyond its length."""
    line = {"records/resident_meeting.jsonl": b'"' * (3 * MIB)}
    contents = (bytes(400 * MIB), plain_payload({"reports/a.pdf": bytes(6 * MIB)}), plain_payload(line))
    many = b"\n\0\n".join(b"figures/a%d.json\n{}" % number for number in range(2 * LIMITS.members))
    return (*map(compressed, contents), many)


@pytest.mark.parametrize("kind", range(4))
def test_a_bomb_costs_no_memory(kind: int) -> None:
    *packed_bombs, many = bombs()
    tracemalloc.start()
    try:
        assert {packed(bytes([kind]) + bomb) for bomb in packed_bombs} == {REFUSED}
        assert members(bytes([kind]) + many) == REFUSED
        assert tracemalloc.get_traced_memory()[1] < 24 * MIB
    finally:
        tracemalloc.stop()
