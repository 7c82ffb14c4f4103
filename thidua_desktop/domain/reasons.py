"""Whether a reason that somebody typed says anything."""

from __future__ import annotations

_LETTERS = 3


def told_reason(text: str) -> str:
    """The reason as it is kept, or "" when it says nothing: a letter, a dash, a key held down only to get on.

    Words are not judged: "ghi bù", "nhầm" are whole reasons.
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    return text.strip() if len(letters) >= _LETTERS and len(set(letters)) > 1 else ""
