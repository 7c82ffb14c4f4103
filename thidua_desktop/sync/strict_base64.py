"""Base64 with exactly one spelling for each sequence of bytes."""

from __future__ import annotations

import base64
import binascii


def encode(data: bytes) -> str:
    """Standard base64 with padding, on one line."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str, size: int) -> bytes:
    """The ``size`` bytes that ``text`` spells; ValueError for any other length, alphabet, or loose trailing bits."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    if len(data) != size or encode(data) != text:
        raise ValueError("not the canonical base64 of the expected size")
    return data
