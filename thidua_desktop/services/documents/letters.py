"""Official papers of a definition: letters and decisions, minutes of the office, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.domain.paper_types import LETTER, paper_type, type_code
from thidua_desktop.services.documents.filled import Filled, issuer_of, signer_of
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, body_of, drafting_unit

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document
    from thidua_desktop.printing.contents import Annex, Person

_DOTS = "…………"


def letter_of(session: Session, paper: Filled) -> Document:
    """A paper of a named type, or a letter, by Decree 30/2020/NĐ-CP."""
    from dataclasses import replace

    from thidua_desktop.printing.letters import LetterContent, letter

    issuer = issuer_of(session, paper)
    name = paper_type(paper.text("type_name"), paper.spec.title)
    if name == LETTER:
        unit = paper.text("drafting_unit") or drafting_unit(session)
        issuer = replace(issuer, code=f"{issuer.code}-{unit}")
    return letter(
        LetterContent(
            issuer=issuer,
            type_name=name,
            type_code=paper.text("type_code") or type_code(name),
            subject=paper.text("subject") or paper.spec.title,
            signer=signer_of(session, paper),
            issuer_name=_issuer_name(session, paper),
            to=paper.lines("to"),
            authority=paper.text("authority").upper(),
            grounds=paper.lines("grounds"),
            opening=paper.lines("opening"),
            body=paper.lines("body"),
            tables=paper.inline_tables(),
            closing=paper.lines("closing"),
            recipients=paper.lines("recipients"),
            number=paper.number(),
            numbered=paper.numbered,
            date=paper.day(session),
            annexes=(*paper.annexes(), *_written_annex(paper)),
            whole_symbol=paper.text("symbol"),
        )
    )


def _written_annex(paper: Filled) -> tuple[Annex, ...]:
    """An annex of running text: its first line is the title."""
    from thidua_desktop.printing.contents import Annex
    from thidua_desktop.printing.letters import body_blocks

    title, *lines = paper.lines("annex") or ("",)
    return (Annex(title.upper(), tuple(body_blocks(lines))),) if title else ()


def _issuer_name(session: Session, paper: Filled) -> str:
    """The issuer within a sentence: a chair who decides in his own right is named as such."""
    if paper.text("issuer"):
        name = " ".join(paper.lines("issuer"))
        return f"{name[:1].upper()}{name[1:].lower()}" if name.isupper() else name
    if paper.spec.issued_by != OFFICE:
        return body_of(session, paper.spec.issued_by).title
    committee = office_names(session)["committee"]
    chair = paper.text("authority").upper().startswith("CHỦ TỊCH")
    return f"Chủ tịch {committee}" if chair else committee


def office_minutes_of(session: Session, paper: Filled) -> Document:
    """Minutes of an office or a council, sample layout 1.9 of Decree 30/2020/NĐ-CP."""
    from dataclasses import replace

    from thidua_desktop.printing.contents import MINUTES_LINES, OfficialMinutesContent, Person
    from thidua_desktop.printing.letters import body_blocks
    from thidua_desktop.printing.minutes import official_minutes
    from thidua_desktop.printing.official import annex_blocks

    name = paper_type(paper.text("type_name"), paper.spec.title) or "BIÊN BẢN"
    code = (paper.text("type_code") or type_code(name)) if paper.numbered else ""
    free = bool(paper.text("opening"))
    document = official_minutes(
        OfficialMinutesContent(
            issuer=issuer_of(session, paper),
            type_name=name,
            type_code=code,
            subject=paper.text("subject") or paper.spec.title,
            opened=_clause(paper.text("started")),
            venue=paper.text("venue"),
            attendants=tuple(map(_person, paper.lines("attendants"))),
            chair=Person(paper.text("chair"), paper.text("chair_title")),
            secretary=Person(paper.text("secretary"), paper.text("secretary_title")),
            before=tuple(body_blocks(paper.lines("opening"))),
            lines=tuple(line for line in MINUTES_LINES if line in paper.texts or not free),
            body=(*body_blocks(paper.lines("body")), *paper.inline_tables()),
            closing=" ".join(paper.lines("closing")) if "ended" not in paper.texts else "",
            closed=_clause(paper.text("ended")),
            number=paper.number(),
            signers=(paper.text("signer_left") or "THƯ KÝ", paper.text("signer_right") or "CHỦ TỌA"),
            **({"recipients": paper.lines("recipients")} if paper.text("recipients") else {}),
        )
    )
    annexes = annex_blocks(paper.annexes(), _attached(session, paper, name))
    return replace(document, blocks=(*document.blocks, *annexes))


def _attached(session: Session, paper: Filled, name: str) -> str:
    """What an annex of minutes belongs to; minutes are of the day that they say, so the day stays open."""
    from thidua_desktop.printing.official import attached_line

    issuer = issuer_of(session, paper)
    code = (paper.text("type_code") or type_code(name)) if paper.numbered else ""
    symbol = f"{code}-{issuer.code}" if code else ""
    return attached_line(name, symbol, _issuer_name(session, paper), paper.number(), None)


def _clause(text: str) -> str:
    return text.rstrip(" .,;").lstrip(" ,;")


def _person(line: str) -> Person:
    from thidua_desktop.printing.contents import Person

    return Person(line.lstrip("- ").rstrip(" .;,"))


def certificate_of(session: Session, paper: Filled) -> Document:
    """A citation or certificate on one landscape sheet (Decree 98/2023/NĐ-CP, art. 104)."""
    from thidua_desktop.printing.blocks import Certificate, Document, LetterHead, Meta, Orientation
    from thidua_desktop.printing.letterhead import place_date_text
    from thidua_desktop.printing.letters import in_own_right

    issuer = issuer_of(session, paper)
    signer = signer_of(session, paper)
    giver = paper.text("giver").upper() or f"CHỦ TỊCH {office_names(session)['committee'].upper()}"
    day = paper.day(session)
    sheet = Certificate(
        giver=giver,
        verb=paper.text("verb").upper() or "TẶNG",
        award=paper.text("award").upper() or paper.spec.title.upper(),
        receiver=paper.text("receiver") or _DOTS * 4,
        detail=paper.text("detail"),
        achievement=paper.text("achievement"),
        decision=(_decision(paper.text("decision")), f"Số sổ vàng: {paper.text('book_number') or _DOTS}"),
        place_date=place_date_text(LetterHead(None, (), place=issuer.place, date=day)),
        signer=in_own_right(signer) if giver.startswith("CHỦ TỊCH") else signer,
        ring=bool(paper.text("emblem")),
    )
    meta = Meta(paper.spec.title, " ".join(issuer.issuer_lines), paper.text("receiver"))
    return Document((sheet,), meta, Orientation.LANDSCAPE)


def _decision(text: str) -> str:
    told = _clause(text)
    if not told:
        return f"Quyết định số {_DOTS}, ngày … tháng … năm …"
    return told if told.startswith("Quyết định") else f"Quyết định số {told}"
