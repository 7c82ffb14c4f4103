"""Who may sign how: the words before a signer's position (Decree 30/2020/NĐ-CP, art. 13 and Appendix I, part II, 7).

TM. thay mặt tập thể, KT. ký thay người đứng đầu, Q. quyền, TL. thừa lệnh, TUQ. thừa ủy quyền.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.problems import Problem

ISSUING_BODIES = ("office", "police", "award_council", "steering")
"""Who may issue papers made here: the office, and bodies that use its name or seal."""

ON_BEHALF, FOR_HEAD, ACTING_HEAD, BY_ORDER, BY_AUTHORITY = "TM.", "KT.", "Q.", "TL.", "TUQ."

_DEPUTY = re.compile(r"(PHÓ |.*\bPHỤ TRÁCH\b)")
_DEGREE = re.compile(r"^(GS|PGS|TS|TSKH|THS|THẠC SĨ|TIẾN SĨ|GIÁO SƯ|PHÓ GIÁO SƯ|KS|CN|BS|NGƯT|NGND)[\s.]")


class Capacity(StrEnum):
    """In which capacity somebody signs."""

    HEAD = "head"
    DEPUTY = "deputy"
    ACTING = "acting"
    ORDERED = "ordered"
    AUTHORISED = "authorised"


@dataclass(frozen=True, slots=True)
class SigningBody:
    """Who issues papers, as signing sees it: its name, its head's position, whether it decides as a collective."""

    name: str
    head: str
    collective: bool


def signed_lines(
    body: SigningBody, capacity: Capacity, position: str, *, own_right: bool = False
) -> tuple[tuple[str, ...], str]:
    """The lines above the position, and the position as printed.

    A collective is signed for (TM.), but not where its head decides ``own_right``; who signs by order or by authority
    signs for the head alone.
    """
    position, head = position.upper(), body.head.upper()
    behalf = (f"{ON_BEHALF} {body.name.upper()}",) if body.collective and not own_right else ()
    if capacity is Capacity.DEPUTY:
        return (*behalf, f"{FOR_HEAD} {head}"), position
    if capacity is Capacity.ACTING:
        return behalf, f"{ACTING_HEAD} {position.removeprefix(ACTING_HEAD).strip()}"
    if capacity is Capacity.ORDERED:
        return (f"{BY_ORDER} {head}",), position
    if capacity is Capacity.AUTHORISED:
        return (f"{BY_AUTHORITY} {head}",), position
    return behalf, position


def capacity_problems(body: SigningBody, capacity: Capacity, position: str, full_name: str) -> list[Problem]:
    """What does not go together: TD-PRINT-085 KT. without a deputy, 086 a deputy as head, 087 TL. or TUQ. by who is no
    head of a unit below, 088 Q. by another than the head, 089 no position, 090 a degree before the name."""
    words, head = " ".join(position.upper().split()), body.head.upper()
    deputy = _DEPUTY.match(words) is not None
    found = []
    if not words:
        found.append(_problem("TD-PRINT-089", "position"))
    elif capacity is Capacity.DEPUTY and not deputy:
        found.append(_problem("TD-PRINT-085", "position", position=words, head=head))
    elif capacity is Capacity.HEAD and deputy:
        found.append(_problem("TD-PRINT-086", "capacity", position=words, head=head))
    elif capacity in {Capacity.ORDERED, Capacity.AUTHORISED} and words in {head, f"PHÓ {head}"}:
        found.append(_problem("TD-PRINT-087", "capacity", position=words, head=head))
    elif capacity is Capacity.ACTING and words.removeprefix(ACTING_HEAD).strip() != head:
        found.append(_problem("TD-PRINT-088", "position", position=words, head=head))
    if _DEGREE.match(full_name.upper()):
        found.append(_problem("TD-PRINT-090", "full_name", name=full_name))
    return found


def _problem(code: str, field: str, **values: str) -> Problem:
    from thidua_desktop.errors import UserError

    told = UserError(code, **values)
    return Problem(code, field, f"{told.sentence} {told.remedy}")
