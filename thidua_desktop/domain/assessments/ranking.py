"""Places of subjects by points: equal points share a place, the next one is skipped, unless the set breaks ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from thidua_desktop.text import sort_key

WOMEN = "women"
"""Tie break: women, or groups with enough women (law table ``women_first_share``), first; where a set says so."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject to be placed. ``women_first``: enough women; ``criteria``: its points by criterion, for tie breaks."""

    key: str
    name: str
    total: Decimal
    women_first: bool = False
    criteria: Mapping[str, Decimal] = field(default_factory=dict)


def places(entries: Sequence[Ranked], tie_breaks: Sequence[str] = ()) -> list[tuple[int, Ranked]]:
    """Every entry with its place, best first; entries that nothing tells apart share one (1, 2, 2, 4), by name.

    ``tie_breaks``: "women", or a criterion's code (more points in it first), in order.
    """

    def weight(entry: Ranked) -> tuple[Decimal, ...]:
        return (-entry.total, *(-_advantage(entry, tie_break) for tie_break in tie_breaks))

    ordered = sorted(entries, key=lambda entry: (weight(entry), sort_key(entry.name)))
    placed: list[tuple[int, Ranked]] = []
    for number, entry in enumerate(ordered, start=1):
        tied = placed and weight(placed[-1][1]) == weight(entry)
        placed.append((placed[-1][0] if tied else number, entry))
    return placed


def _advantage(entry: Ranked, tie_break: str) -> Decimal:
    if tie_break == WOMEN:
        return Decimal(entry.women_first)
    return entry.criteria.get(tie_break, Decimal(0))
