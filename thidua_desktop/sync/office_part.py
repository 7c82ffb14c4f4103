"""``office.json``: what installations of one office tell each other beside records, and which numbers went elsewhere.

See FORMAT.md, "Between installations of one office".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua_desktop.sync.canonical import MAX_INTEGER, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.header import is_installation

MOST_ELSEWHERE = 200


class OfficePartError(ValueError):
    """``office.json`` is not as FORMAT.md says."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the whole office has once. ``count`` rises with every change, ``by`` is who made the last one."""

    count: int
    by: str
    value: Any

    @property
    def rank(self) -> tuple[int, str]:
        """Of two states of one fact that with the higher rank stands, wherever they meet."""
        return self.count, self.by


@dataclass(frozen=True, slots=True)
class OfficePart:
    """``taken``: installation -> pairs of (its change, the sender's own change) up to which all has been taken in.

    ``receipt``: number of the newest receipt that the sender knows, and what it acknowledges by installation.
    """

    elsewhere: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    taken: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    receipt: tuple[int, Mapping[str, int]] | None = None


def part_bytes(part: OfficePart) -> bytes:
    """``office.json``; NotCanonicalError (a ValueError) for values that have no canonical form."""
    return canonical_bytes(
        {
            "elsewhere": list(part.elsewhere),
            "facts": {name: [fact.count, fact.by, fact.value] for name, fact in part.facts.items()},
            "receipt": None if part.receipt is None else [part.receipt[0], dict(part.receipt[1])],
            "taken": {who: [list(pair) for pair in pairs] for who, pairs in part.taken.items()},
        }
    )


def parse_part(data: bytes) -> OfficePart:
    """What ``part_bytes`` wrote; OfficePartError for anything else."""
    try:
        value: Any = parse_canonical(data)
        receipt = value["receipt"]
        part = OfficePart(
            tuple(value["elsewhere"]),
            {name: Fact(*row) for name, row in value["facts"].items()},
            {who: tuple((pair[0], pair[1]) for pair in pairs) for who, pairs in value["taken"].items()},
            None if receipt is None else (receipt[0], dict(receipt[1])),
        )
        _check(part)
        if part_bytes(part) != data:
            raise OfficePartError("unknown parts")
    except (NotCanonicalError, KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise OfficePartError(f"office.json: {error}") from error
    return part


def _check(part: OfficePart) -> None:
    numbers = [*part.elsewhere, *(one for pairs in part.taken.values() for pair in pairs for one in pair)]
    numbers += [fact.count for fact in part.facts.values()]
    if part.receipt is not None:
        numbers += [part.receipt[0], *part.receipt[1].values()]
    if any(type(number) is not int or not 0 <= number <= MAX_INTEGER for number in numbers):
        raise OfficePartError("a number outside its rule")
    named = [*part.taken, *(fact.by for fact in part.facts.values()), *(part.receipt[1] if part.receipt else ())]
    if not all(isinstance(one, str) and is_installation(one) for one in named):
        raise OfficePartError("not an installation")
    if list(part.elsewhere) != sorted(set(part.elsewhere)) or len(part.elsewhere) > MOST_ELSEWHERE:
        raise OfficePartError("numbers out of order")
