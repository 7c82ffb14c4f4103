"""What a layout is handed: the definition, the record, its texts, its tables; and the lines that all papers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.domain.paper_types import paper_type
from thidua_desktop.formdef.model import DocumentSpec, Values
from thidua_desktop.services import signers
from thidua_desktop.services.documents.tables import PaperTable
from thidua_desktop.services.paper_numbers import Taken
from thidua_desktop.services.session import Session
from thidua_desktop.text import parse_date

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Block, SignatureBlock
    from thidua_desktop.printing.contents import Annex, Issuer

NO_NUMBER = "-"


_SIGNER = ("signer_capacity", "signer_position", "signer_name")


@dataclass(frozen=True, slots=True)
class Filled:
    """One paper before it is laid out. ``values`` are the record's; empty where it is printed from a selection.

    ``taken`` is its number in the register of issued papers, where it has taken one; ``signer`` who was picked to sign;
    ``own_number`` and ``own_day`` are what its records hold in the fields that a taken number is written into.
    """

    spec: DocumentSpec
    values: Values
    texts: Mapping[str, str]
    tables: tuple[PaperTable, ...] = ()
    taken: Taken | None = None
    signer: str = ""
    own_number: str = ""
    own_day: date | None = None

    def text(self, place: str) -> str:
        """The text of a place, "" where the definition has none."""
        return self.texts.get(place, "")

    def lines(self, *places: str) -> tuple[str, ...]:
        """The paragraphs of some places, in that order."""
        return tuple(line for place in places for line in self.text(place).splitlines())

    @property
    def numbered(self) -> bool:
        """Whether the paper has a line for its number: not where its issuer (a residential area) counts no papers."""
        counts = not self.text("issuer") or bool(self.text("issuer_code"))
        return self.text("number") != NO_NUMBER and counts

    def number(self) -> str | None:
        """The paper's number where the record knows it ("15" of "15/QĐ-UBND") or it was taken; None leaves it open."""
        if not self.numbered:
            return None
        told = (self.text("number") or self.own_number).partition("/")[0].split()
        return told[-1] if told else (str(self.taken.number) if self.taken else None)

    def day(self, session: Session) -> date | None:
        """The day of the paper: of ``signed_on`` (empty: left open) where the definition has that, else today.

        A paper that took its number keeps the day of it.
        """
        taken = self.taken.day if self.taken else None
        if self.spec.day_into:
            return self.own_day or taken
        if "signed_on" not in self.texts:
            return taken or session.today
        return parse_date(self.text("signed_on"), session.today) or taken

    def inline_tables(self) -> tuple[Block, ...]:
        """The tables that stand within the text."""
        if self.spec.annex:
            return ()
        return tuple(replace(one.table, caption=one.caption) for one in self.tables)

    def annexes(self) -> tuple[Annex, ...]:
        """The tables in an annex of their own; over the title of a list ("Danh sách …") stands no other word."""
        from thidua_desktop.printing.blocks import Orientation
        from thidua_desktop.printing.contents import Annex

        if not self.spec.annex or not self.tables:
            return ()
        lone = len(self.tables) == 1
        title = self.text("annex_title") or (self.tables[0].caption if lone else "") or self.spec.title
        body = tuple(one.table if lone else replace(one.table, caption=one.caption) for one in self.tables)
        turned = Orientation.LANDSCAPE if self.spec.landscape else Orientation.PORTRAIT
        return (Annex(title.upper(), body, turned, word=not title.upper().startswith("DANH SÁCH")),)


def issuer_of(session: Session, paper: Filled) -> Issuer:
    """Who issues the paper: the body of its definition, or the issuer that its texts name (a residential area)."""
    from thidua_desktop.printing.contents import Issuer

    made = signers.issuer_for(session, signers.body_of(session, paper.spec.issued_by))
    lines = paper.lines("issuer")
    if not lines:
        return made
    upper = tuple(line.upper() for line in lines)
    parent = " ".join(paper.lines("issuer_parent")).upper() or " ".join(made.issuer_lines)
    return Issuer(upper, made.place, paper.text("issuer_code") or made.code, parent)


def signer_of(session: Session, paper: Filled) -> SignatureBlock:
    """Who signs: as the office set it or who was picked, but for what the definition says of capacity, position, name.

    A definition that names all three, and leaves all three empty for a record, leaves the office's own.
    """
    from thidua_desktop.printing.blocks import SignatureBlock

    kind = paper_type(paper.text("type_name"), paper.spec.title)
    body, named = paper.spec.issued_by, paper.text("signer_name")
    kept = {one.full_name for one in signers.signers(session) if one.body == body}
    picked = paper.signer or (named if named in kept else "")
    made = signers.signature(session, signers.who_signs(session, body, kind, picked))
    if all(place in paper.texts and not paper.text(place) for place in _SIGNER):
        return made
    capacity = paper.lines("signer_capacity") if "signer_capacity" in paper.texts else made.capacity
    position = paper.text("signer_position") or made.position
    name = paper.text("signer_name") if "signer_name" in paper.texts else made.full_name
    return SignatureBlock(position.upper(), name, tuple(line.upper() for line in capacity), made.note)
