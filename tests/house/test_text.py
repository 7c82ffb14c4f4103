"""Text files are composed Unicode (NFC) with plain line ends: what looks equal is equal, for search and for git."""

from __future__ import annotations

import unicodedata

from tests.house.tree import texts


def test_every_text_is_composed() -> None:
    decomposed = [
        f"{path}:{number}"
        for path, text in texts()
        if not unicodedata.is_normalized("NFC", text)
        for number, line in enumerate(text.splitlines(), start=1)
        if not unicodedata.is_normalized("NFC", line)
    ]
    assert not decomposed, "not NFC (write test data with escapes or unicodedata): " + ", ".join(decomposed)


def test_no_text_has_carriage_returns_or_marks() -> None:
    odd = [path for path, text in texts() if "\r" in text or text.startswith("\ufeff")]
    assert not odd
