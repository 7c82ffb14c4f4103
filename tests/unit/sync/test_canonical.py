"""Canonical JSON: each value has one spelling, and every other spelling is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.sync.canonical import MAX_INTEGER, NotCanonicalError, canonical_bytes, parse_canonical

TEXTS = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    assert parse_canonical(canonical_bytes(value)) == value


@given(st.binary(max_size=40))
def test_what_is_read_is_what_would_be_written(data: bytes) -> None:
    try:
        value = parse_canonical(data)
    except NotCanonicalError:
        return
    assert canonical_bytes(value) == data


def test_keys_are_sorted_and_letters_stand_as_they_are() -> None:
    assert (
        canonical_bytes({"b": [1, None, True], "a": "Đường “Ư”\n"}) == '{"a":"Đường “Ư”\\n","b":[1,null,true]}'.encode()
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1\n",
        b"-0",
        b"1.0",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"9007199254740992",
        b"1" * 5000,
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b"[1,]",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        '"Đ\u01b0\u01a1\u0300ng"'.encode(),
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
    ],
)
def test_other_spellings_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        parse_canonical(data)


@pytest.mark.parametrize("value", [1.5, {"a": [2.0]}, {1: 2}, MAX_INTEGER + 1, "e\u0301", "\ud800", b"x", {"a": {2}}])
def test_values_without_a_form_are_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_bytes(value)


def test_nesting_has_the_same_limit_both_ways() -> None:
    deepest = b"[" * 32 + b"]" * 32
    assert canonical_bytes(parse_canonical(deepest)) == deepest
