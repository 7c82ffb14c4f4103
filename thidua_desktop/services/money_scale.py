"""Sums that a table writes in millions or thousands: said in the head of their column, or in a line above the table.

Taken as they stand, 150 million dong would be recorded as 150 dong, and nobody would see it in a column of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from thidua_desktop.formdef.model import FieldSpec, RegisterSpec
from thidua_desktop.services.raw_lines import RawLine
from thidua_desktop.services.transfer_columns import ImportColumn
from thidua_desktop.text import fold, parse_number

_DONG = "đồng"
_SAID = (
    ("tỷ", re.compile(r"\bt[yi] ?(?:dong|d|vnd)\b")),
    ("triệu", re.compile(r"\btrieu\b|\btr\.? ?(?:d|dong|vnd)\b|\b1\.?000\.?000 ?(?:d|dong|vnd)\b")),
    ("nghìn", re.compile(r"\b(?:nghin|ngan)\b|\b1\.?000 ?(?:d|dong|vnd)\b")),
)
_UNIT_LINE = re.compile(r"\b(?:dvt|don vi(?: tinh)?) ?:")
_PLAIN = re.compile(r"\d[\d.,]*")
_IN_DONG = 1_000_000  # so many millions are none of a commune's: the sum is written in full all the same


def scale_of(words: str) -> str:
    """ "triệu" of "Kinh phí (triệu đồng)", "nghìn" of "ĐVT: 1.000 đ"; "" where sums are written in full."""
    folded = fold(words)
    return next((scale for scale, said in _SAID if said.search(folded)), "")


def is_money(spec: FieldSpec) -> bool:
    """Whether a field holds a sum in dong."""
    return spec.unit == _DONG


def with_scale_above(
    register: RegisterSpec, columns: Sequence[ImportColumn], above: Iterable[RawLine]
) -> tuple[ImportColumn, ...]:
    """The columns of money with the scale in their heads that a line above the table says ("ĐVT: triệu đồng")."""
    lines = (" ".join(filter(None, line.cells)) for line in above)
    scale = next((found for line in lines if _UNIT_LINE.search(fold(line)) and (found := scale_of(line))), "")
    if not scale:
        return tuple(columns)
    return tuple(
        replace(one, heading=f"{one.heading} ({scale} {_DONG})")
        if one.field and is_money(register.field(one.field)) and not scale_of(one.heading)
        else one
        for one in columns
    )


def scaled(heading: str, texts: Iterable[str]) -> dict[str, str]:
    """By text of a column of money whose head says a scale the same sum with it ("150": "150 triệu")."""
    scale = scale_of(heading)
    plain = (text for text in set(texts) if scale and _PLAIN.fullmatch(text.strip()))
    return {text: f"{text.strip()} {scale}" for text in plain if 0 < (parse_number(text) or 0) < _IN_DONG}
