"""Who signs the office's papers: kept persons with their capacities, one of them for each kind of paper.

Papers are issued by the office, or by a body that uses its name or seal (police, award council, steering committee);
each has its own head line, number series and signers (Decree 30/2020/NĐ-CP, art. 13, 15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from thidua_desktop.domain.paper_types import LETTER, PAPER_TYPES
from thidua_desktop.domain.problems import Problem
from thidua_desktop.domain.signing_capacity import (
    ISSUING_BODIES,
    Capacity,
    SigningBody,
    capacity_problems,
    signed_lines,
)
from thidua_desktop.errors import UserError
from thidua_desktop.services import letterhead
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import clean

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import SignatureBlock
    from thidua_desktop.printing.contents import Issuer

OFFICE, POLICE, COUNCIL, STEERING = ISSUING_BODIES
SIGNERS = "signers"
UNIT = "letterhead.drafting_unit"
USUAL_UNIT = "VP"

CAPACITY_WORDS: Mapping[Capacity, str] = {
    Capacity.HEAD: "Người đứng đầu",
    Capacity.DEPUTY: "KT. (ký thay, cấp phó)",
    Capacity.ACTING: "Q. (quyền)",
    Capacity.ORDERED: "TL. (thừa lệnh)",
    Capacity.AUTHORISED: "TUQ. (thừa ủy quyền)",
}
_POLICE_CODES = {"xã": "CAX", "phường": "CAP", "đặc khu": "CAĐK", "tỉnh": "CAT", "thành phố": "CATP"}


@dataclass(frozen=True, slots=True)
class Body:
    """Who issues papers: its title in lists, its head lines, its code in numbers, and how it is signed for."""

    key: str
    title: str
    lines: tuple[str, ...]
    parent: str
    code: str
    signing: SigningBody


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs for a body. ``types`` are the types of paper that are his unless another is picked."""

    key: str
    body: str
    capacity: Capacity
    position: str
    full_name: str = ""
    types: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """PHÓ CHỦ TỊCH Lò Văn Út."""
        return f"{self.position} {self.full_name}".strip()


def bodies(session: Session) -> dict[str, Body]:
    """The bodies whose papers this office makes, its own first."""
    names, identity = office_names(session), session.file.identity
    own = letterhead.issuer_lines(identity.header_issuer)
    office_name = " ".join(own)
    made = [_office(own, office_name, identity.header_parent, identity.symbol_suffix)]
    kind = names["kind"]
    police = f"Công an {names['name']}".upper()
    above = "BỘ CÔNG AN" if session.is_province else f"Công an {names['province']}".upper()
    head = "GIÁM ĐỐC" if session.is_province else "TRƯỞNG"
    made.append(
        Body(
            POLICE, f"Công an {kind}", (police,), above,
            _POLICE_CODES.get(kind, "CA"), SigningBody(police, f"{head} CÔNG AN {kind.upper()}", collective=False),
        )
    )  # fmt: skip
    council = "HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG"
    made.append(
        Body(COUNCIL, "Hội đồng thi đua, khen thưởng", (council,), office_name, "HĐTĐKT",
             SigningBody("HỘI ĐỒNG", "CHỦ TỊCH", collective=True))
    )  # fmt: skip
    steering = "BAN CHỈ ĐẠO PHONG TRÀO TOÀN DÂN BẢO VỆ AN NINH TỔ QUỐC"
    made.append(
        Body(STEERING, "Ban Chỉ đạo", (steering,), office_name, "BCĐ",
             SigningBody("BAN CHỈ ĐẠO", "TRƯỞNG BAN", collective=True))
    )  # fmt: skip
    return {body.key: body for body in made}


def _office(lines: tuple[str, ...], name: str, parent: str, code: str) -> Body:
    """The office itself: a people's committee is a collective with a chair; police, and others, have a head."""
    committee = "ỦY BAN NHÂN DÂN"
    if name.startswith(committee):
        return Body(OFFICE, "Ủy ban nhân dân", lines, parent, code, SigningBody(committee, "CHỦ TỊCH", collective=True))
    head = "GIÁM ĐỐC" if name.startswith(("CÔNG AN TỈNH", "CÔNG AN THÀNH PHỐ")) else "THỦ TRƯỞNG"
    return Body(OFFICE, lines[0].capitalize(), lines, parent, code, SigningBody(name, head, collective=False))


def body_of(session: Session, key: str) -> Body:
    """A body by its key, the office where there is none of it."""
    found = bodies(session)
    return found.get(key) or found[OFFICE]


def issuer_for(session: Session, body: Body) -> Issuer:
    """The head lines of a body's papers."""
    from thidua_desktop.printing.contents import Issuer

    return Issuer(body.lines, session.file.identity.place, body.code, body.parent or None)


def signers(session: Session) -> tuple[Signer, ...]:
    """Everybody who signs, the usual one of each body first; an office that has set nobody has its chair."""
    kept = session.file.settings.get(SIGNERS)
    if kept is None:
        return (_former(session),)
    return tuple(
        Signer(
            one["key"], one["body"], Capacity(one["capacity"]), one["position"], one["full_name"], tuple(one["types"])
        )
        for one in kept
    )


def _former(session: Session) -> Signer:
    """The one signer that offices kept before there were several; of the lines above only the capacity counts."""
    stored = session.file.settings.get(letterhead.SIGNER) or {}
    position = stored.get("position") or body_of(session, OFFICE).signing.head
    lines = " ".join(stored.get("capacity", ()))
    by_mark = {"KT.": Capacity.DEPUTY, "TL.": Capacity.ORDERED, "TUQ.": Capacity.AUTHORISED}
    capacity = next((one for mark, one in by_mark.items() if mark in lines), Capacity.HEAD)
    if position.startswith("Q."):
        capacity, position = Capacity.ACTING, position.removeprefix("Q.").strip()
    return Signer("1", OFFICE, capacity, position, stored.get("full_name", ""))


def problems_of(session: Session, one: Signer) -> list[Problem]:
    """What does not go together in one signer: those of ``capacity_problems``, and TD-PRINT-091 an unknown type."""
    found = capacity_problems(body_of(session, one.body).signing, one.capacity, one.position, one.full_name)
    known = {LETTER, *PAPER_TYPES}
    for name in one.types:
        if name not in known:
            error = UserError("TD-PRINT-091", type=name.capitalize())
            found.append(Problem(error.code, "types", f"{error.sentence} {error.remedy}"))
    return found


def keep(session: Session, changed: Sequence[Signer]) -> None:
    """Keep who signs. Raises TD-STORE-220 (permission), or the first fault as its own code, with nothing changed."""
    session.require(Permission.MANAGE)
    for one in changed:
        for problem in problems_of(session, one):
            raise UserError("TD-PRINT-092", signer=one.label or "người ký", reason=problem.text)
    session.file.settings.put(SIGNERS, [asdict(one) for one in changed])


def typed(
    key: str, body: str, capacity: Capacity, position: str, full_name: str, types: str
) -> Signer:  # fmt: skip
    """A signer from typed words; types stand with ";" between."""
    names = tuple(clean(part).upper() for part in types.split(";") if clean(part))
    return Signer(key, body, capacity, clean(position).upper(), clean(full_name), names)


def next_key(session: Session) -> str:
    """A key that no signer has."""
    return str(max((int(one.key) for one in signers(session)), default=0) + 1)


def who_signs(session: Session, body: str, type_name: str = "", picked: str = "") -> Signer:
    """The signer of a paper: the one who was picked, else whose type of paper it is, else the body's usual one.

    ``picked`` is a key, or a full name. Raises TD-PRINT-093 when nobody of the body has it.
    """
    mine = [one for one in signers(session) if one.body == body]
    if picked:
        found = next((one for one in mine if picked in {one.key, one.full_name, one.label}), None)
        if found is None:
            known = "; ".join(one.label for one in mine) or "chưa có ai"
            raise UserError("TD-PRINT-093", signer=picked, body=body_of(session, body).title, known=known)
        return found
    by_type = next((one for one in mine if type_name.upper() in one.types), None)
    return by_type or next(iter(mine), None) or Signer("", body, Capacity.HEAD, body_of(session, body).signing.head)


def signature(session: Session, one: Signer, *, own_right: bool = False) -> SignatureBlock:
    """The lines over and under a signature; ``own_right``: the head of a collective decides alone, without TM."""
    from thidua_desktop.printing.blocks import SignatureBlock

    signing = body_of(session, one.body).signing
    lines, position = signed_lines(signing, one.capacity, one.position, own_right=own_right)
    return SignatureBlock(position, one.full_name, lines)


def drafting_unit(session: Session) -> str:
    """The unit in the number of a letter: 12/UBND-VP."""
    return str(session.file.settings.get(UNIT) or USUAL_UNIT)


def keep_drafting_unit(session: Session, unit: str) -> None:
    """Change the unit in the number of letters."""
    session.require(Permission.MANAGE)
    session.file.settings.put(UNIT, clean(unit))
