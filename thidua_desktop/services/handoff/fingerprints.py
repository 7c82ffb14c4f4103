"""Fingerprints of cards between people: printed, read out, typed or scanned, compared group by group.

Spaces, case and letters that look like digits are forgiven; so is what a Vietnamese keyboard (Telex) makes of a
scanner's "AA", "DD", "EE".
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.sync.card import OfficeCard
from thidua_desktop.text import clean

GROUPS, GROUP = 8, 4
_SCANNED = "TDKEY1/"
_LOOKS_LIKE = str.maketrans(
    {"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "Đ": "DD", "Â": "AA", "Ê": "EE"}
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a typed fingerprint stands beside a card's. ``right``: whole groups alike from the first on."""

    typed: int  # digits typed
    right: int
    differing: tuple[int, ...]  # numbers of groups that differ, from 1; the last typed one as far as it goes

    @property
    def same(self) -> bool:
        """Whether every digit is the card's."""
        return self.typed == GROUPS * GROUP and not self.differing

    @property
    def words(self) -> str:
        """What to do about it, without a full stop."""
        if self.same:
            return f"khớp cả {GROUPS} nhóm"
        if self.differing:
            return f"nhóm {', '.join(map(str, self.differing))} không khớp"
        if self.typed > GROUPS * GROUP:
            return f"thừa {self.typed - GROUPS * GROUP} ký tự"
        return f"mới có {self.typed}/{GROUPS * GROUP} ký tự"


def compare(fingerprint: str, typed: str) -> Comparison:
    """``typed`` (by a person, or scanned off the sheet) beside the ``fingerprint`` of a card."""
    wanted, given = digits(fingerprint), digits(typed)
    groups = [(wanted[at : at + GROUP], given[at : at + GROUP]) for at in range(0, GROUPS * GROUP, GROUP)]
    differing = tuple(place for place, (one, other) in enumerate(groups, start=1) if not one.startswith(other))
    right = next((place for place, (one, other) in enumerate(groups) if one != other), GROUPS)
    if len(given) > len(wanted) and not differing:
        right = GROUPS
    return Comparison(len(given), right, differing)


def digits(text: str) -> str:
    """The digits of a fingerprint as people write them."""
    upper = clean(text).upper()
    if upper.startswith(_SCANNED):
        upper = upper.rpartition("/")[2]
    return "".join(sign for sign in upper.translate(_LOOKS_LIKE) if sign.isalnum())


def scanned_text(card: OfficeCard) -> str:
    """What the code on the sheet says: office and installation for people, and the fingerprint."""
    return f"{_SCANNED}{card.office_code}/{card.installation}/{digits(card.fingerprint)}"
