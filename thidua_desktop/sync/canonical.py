"""Canonical JSON: one value, one sequence of bytes, so that hashes and signatures mean the value itself.

UTF-8 without BOM, NFC, keys sorted by code point, no spaces, no floats, integers within ±(2**53 - 1), only the
escapes that JSON demands. See FORMAT.md, "Canonical JSON".
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32

_PLAIN = frozenset((str, bool, type(None)))
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


class NotCanonicalError(ValueError):
    """The value has no canonical form, or the bytes are not the canonical form of any value."""


def _check(value: object, depth: int) -> None:
    """NotCanonicalError unless the value consists of what canonical JSON can say, nested at most MAX_DEPTH deep."""
    if depth > MAX_DEPTH:
        raise NotCanonicalError("nested too deeply")
    items: Iterable[object]
    if isinstance(value, dict):
        if not {str}.issuperset(map(type, value)):
            raise NotCanonicalError("a key is not text")
        items = value.values()
    elif isinstance(value, (list, tuple)):
        items = value
    else:
        raise NotCanonicalError(f"value of type {type(value).__name__}")
    for item in items:
        kind = type(item)
        if kind is int:  # the usual cases without a call
            if not -MAX_INTEGER <= item <= MAX_INTEGER:
                raise NotCanonicalError("integer outside 2**53 - 1")
        elif kind not in _PLAIN:
            _check(item, depth + 1)


def canonical_bytes(value: object) -> bytes:
    """The canonical form of a value made of None, bool, int, str, list/tuple and dict with str keys.

    Raises NotCanonicalError for anything else: floats, big integers, text that is not NFC, lone surrogates.
    """
    _check((value,), 0)
    return _encoded(value)


def _encoded(value: object) -> bytes:
    text = _ENCODER.encode(value)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise NotCanonicalError("text is not in NFC")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError("lone surrogate") from error


def _parse_int(digits: str) -> int:
    if len(digits) > 17:
        raise NotCanonicalError("integer outside 2**53 - 1")
    value = int(digits)
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise NotCanonicalError("integer outside 2**53 - 1")
    return value


def _refuse_number(text: str) -> object:
    raise NotCanonicalError(f"number {text[:20]} is not an integer")


_DECODER = json.JSONDecoder(parse_int=_parse_int, parse_float=_refuse_number, parse_constant=_refuse_number)


def parse_canonical(data: bytes) -> JsonValue:
    """The value whose canonical form is exactly ``data``.

    The bytes are parsed and written again; any difference (duplicate or unsorted keys, spaces, needless escapes,
    ``-0``, NFD text, BOM) raises NotCanonicalError.
    """
    try:
        value: JsonValue = _DECODER.decode(data.decode("utf-8"))
        if data.count(b"[") + data.count(b"{") > MAX_DEPTH:
            _check((value,), 0)  # only then can it be nested too deeply; the decoder has refused all else
        again = _encoded(value)
    except (ValueError, RecursionError) as error:
        if isinstance(error, NotCanonicalError):
            raise
        raise NotCanonicalError(str(error)[:200]) from error
    if again != data:
        raise NotCanonicalError("bytes are not in canonical form")
    return value
