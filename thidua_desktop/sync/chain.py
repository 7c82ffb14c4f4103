"""Where a verified package stands among those already taken in: pure judgements on state that the caller brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from thidua_desktop.sync.header import NO_PREVIOUS, Header, PackageKind
from thidua_desktop.sync.refusals import Code, Refusal


@dataclass(frozen=True, slots=True)
class ChainLink:
    """What must be remembered of every package taken in from one installation."""

    number: int
    header_hash: str
    previous: str
    changes_from: int
    changes_to: int


@dataclass(frozen=True, slots=True)
class KnownChain:
    """All packages taken in from one installation, by number; empty for a sender heard for the first time."""

    links: Mapping[int, ChainLink]

    @classmethod
    def of(cls, links: Iterable[ChainLink]) -> KnownChain:
        """From rows of the store, in any order."""
        return cls({link.number: link for link in links})

    @property
    def highest(self) -> int:
        """The highest number taken in, 0 when none."""
        return max(self.links, default=0)


class Place(StrEnum):
    """How a package that may be merged continues its chain."""

    NEXT = "next"  # the number that was expected
    GAP = "gap"  # numbers between are missing; merged all the same, and told
    LATE = "late"  # a lower number that still brings changes not seen so far


@dataclass(frozen=True, slots=True)
class ChainPosition:
    """A place to merge at. ``missing_numbers``: first and last of each run of packages never seen below this one.

    ``missing_changes``: whether changes before this package's range have not come with any package either; then
    the sender should send its next package from the last acknowledged change.
    """

    place: Place
    link: ChainLink
    missing_numbers: tuple[tuple[int, int], ...]
    missing_changes: bool

    @property
    def missing_text(self) -> str:
        """``2–4, 6`` for a sentence."""
        return ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in self.missing_numbers)

    def without(self, elsewhere: Iterable[int]) -> ChainPosition:
        """The same place when packages of these numbers went to somebody else: they are not missing."""
        gone = set(elsewhere)
        missing = [n for first, last in self.missing_numbers for n in range(first, last + 1) if n not in gone]
        place = Place.NEXT if self.place is Place.GAP and not missing else self.place
        return replace(self, place=place, missing_numbers=_runs(missing))


def _runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Ascending numbers as first and last of each run."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        runs[-1:] = [(runs[-1][0], number)] if runs and runs[-1][1] == number - 1 else [*runs[-1:], (number, number)]
    return tuple(runs)


def link_of(header: Header, header_hash: str) -> ChainLink:
    """What to remember of a package."""
    facts = header.facts
    return ChainLink(facts.number, header_hash, facts.previous, facts.changes_from, facts.changes_to)


def place_in_chain(header: Header, header_hash: str, known: KnownChain) -> ChainPosition | Refusal:
    """Judge a verified header against the packages of **the same office and installation** taken in so far.

    Refusals (returned, not raised): ALREADY_IMPORTED, OLDER (a lower number whose changes have all come with other
    packages), CLONE (same number with other content, or hashes that do not join: a restored backup or a copied PC).
    """
    link = link_of(header, header_hash)
    same = known.links.get(link.number)
    if same is not None and same.header_hash == link.header_hash:
        return Refusal(Code.ALREADY_IMPORTED, sender=header.sender, number=link.number)
    if same is not None or not _joins(link, known):
        return Refusal(Code.CLONE, sender=header.sender, installation=header.facts.installation, number=link.number)
    if link.number < known.highest and _covered(link.changes_from, link.changes_to, known):
        return Refusal(Code.OLDER, sender=header.sender, number=link.number, highest=known.highest)
    missing = _missing_numbers(link.number, known)
    return ChainPosition(
        _place(link.number, known.highest), link, missing, not _covered(1, link.changes_from - 1, known)
    )


def place_among(header: Header, header_hash: str, known: Mapping[ChainLink, str]) -> ChainPosition | Refusal:
    """``place_in_chain`` where packages of several kinds share the numbers; ``known``: link -> kind of its package.

    Receipts and directives travel on sticks of their own: a receipt is made old only by a newer receipt, which says
    all that it says, and a directive by nothing, as every one brings something else.
    """
    chain, kind = KnownChain.of(known), header.facts.kind
    position = place_in_chain(header, header_hash, chain)
    if not isinstance(position, Refusal) or position.reason is not Code.OLDER or kind is PackageKind.REPORT:
        return position
    if kind is PackageKind.RECEIPT:
        return place_in_chain(header, header_hash, KnownChain.of(link for link, of in known.items() if of == kind))
    link = link_of(header, header_hash)
    return ChainPosition(Place.LATE, link, _missing_numbers(link.number, chain), False)


def _place(number: int, highest: int) -> Place:
    if number < highest:
        return Place.LATE
    return Place.NEXT if number == highest + 1 else Place.GAP


def _joins(link: ChainLink, known: KnownChain) -> bool:
    before, after = known.links.get(link.number - 1), known.links.get(link.number + 1)
    if link.number == 1 and link.previous != NO_PREVIOUS:
        return False
    if before is not None and before.header_hash != link.previous:
        return False
    return after is None or after.previous == link.header_hash


def changes_without_gap(known: KnownChain) -> int:
    """The change up to which everything has come with known packages: what a receipt acknowledges; 0 when nothing."""
    return _reached(0, known)


def _covered(first: int, last: int, known: KnownChain) -> bool:
    """Whether every change first…last has come with a known package; an empty range is covered."""
    return _reached(first - 1, known) >= last


def _reached(after: int, known: KnownChain) -> int:
    """The last change of the unbroken run that begins behind ``after``."""
    reached = after
    for link in sorted(known.links.values(), key=lambda one: one.changes_from):
        if link.changes_from <= reached + 1:
            reached = max(reached, link.changes_to)
    return reached


def _missing_numbers(number: int, known: KnownChain) -> tuple[tuple[int, int], ...]:
    runs = []
    expected = 1
    for present in [*sorted(one for one in known.links if one < number), number]:
        if present > expected:
            runs.append((expected, present - 1))
        expected = present + 1
    return tuple(runs)


def check_definitions(header: Header, known: Mapping[str, int]) -> Refusal | None:
    """NEWER_DEFINITION when the package was written with a definition that is newer here or unknown.

    ``known``: name -> highest version that this program reads.
    """
    newer = sorted(name for name, version in header.facts.definitions.items() if version > known.get(name, 0))
    if not newer:
        return None
    return Refusal(Code.NEWER_DEFINITION, sender=header.sender, definitions=", ".join(newer))
