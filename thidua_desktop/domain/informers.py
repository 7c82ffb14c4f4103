"""Words that would give away who told: the program keeps what people tell, never who told it.

Tips are recorded without their source, so the registers have no place for a name and notice one that slipped in.
"""

from __future__ import annotations

import re

_TITLES = "ông|bà|anh|chị|cô|chú|bác|cụ|dì|cậu|em|cháu|thầy"
_TELLING = "báo|tố giác|trình báo|cung cấp|phản ánh|cho biết|gọi điện|nhắn|tố cáo|đến trụ sở"
_NAMED = re.compile(rf"\b(?:{_TITLES})\s+(.{{1,60}}?)\s+(?:đã\s+|vừa\s+|có\s+)?(?:{_TELLING})\b", re.IGNORECASE)
_GIVEN = re.compile(
    rf"\b(?:người (?:báo|tố giác|cung cấp)(?: tin)?(?: là)?|(?:theo|do|nguồn|tin của))\s*:?\s+(?:{_TITLES})\s+(\S+)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?![.,]?\d)")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_NAME_WORDS = 6


def informer_words(text: str) -> str:
    """The piece of ``text`` that looks as if it named who told: a name before a verb of telling, a phone number, an
    identity number; "" when there is none."""
    for pattern in (_IDENTITY, _PHONE):
        found = pattern.search(text)
        if found:
            return found.group().strip()
    for pattern in (_NAMED, _GIVEN):
        for found in pattern.finditer(text):
            if _is_name(found.group(1)):
                return found.group().strip()
    return ""


def _is_name(words: str) -> bool:
    """A few words, the first with a capital: "Sáu", "Lò Văn Ọi"; not "em công nhân", not a whole sentence."""
    parts = words.split()
    return bool(parts) and len(parts) <= _NAME_WORDS and parts[0][:1].isupper()
