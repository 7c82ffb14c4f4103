"""Canonical JSON: one value, one sequence of bytes, so that hashes and signatures mean the value itself.

UTF-8 without BOM, NFC, keys sorted by code point, no spaces, no floats, integers within ±(2**53 - 1), only the
escapes that JSON demands. See FORMAT.md, "Canonical JSON".
"""

from __future__ import annotations

import json
import unicodedata
from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


class NotCanonicalError(ValueError):
    """The value has no canonical form, or the bytes are not the canonical form of any value."""


def _check(value: object, depth: int) -> None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
            raise NotCanonicalError("integer outside 2**53 - 1")
        return
    if depth >= MAX_DEPTH:
        raise NotCanonicalError("nested too deeply")
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str:
                raise NotCanonicalError(f"key of type {type(key).__name__}")
            _check(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(item, depth + 1)
    else:
        raise NotCanonicalError(f"value of type {kind.__name__}")


def canonical_bytes(value: object) -> bytes:
    """The canonical form of a value made of None, bool, int, str, list/tuple and dict with str keys.

    Raises NotCanonicalError for anything else: floats, big integers, text that is not NFC, lone surrogates.
    """
    _check(value, 0)
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
    return int(digits)


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
        again = canonical_bytes(value)
    except (ValueError, RecursionError) as error:
        if isinstance(error, NotCanonicalError):
            raise
        raise NotCanonicalError(str(error)[:200]) from error
    if again != data:
        raise NotCanonicalError("bytes are not in canonical form")
    return value
