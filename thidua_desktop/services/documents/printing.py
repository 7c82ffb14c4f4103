"""Which papers records have, and printing them: layout of the definition, texts and tables filled from the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.domain.assessments.sets import CHECKLIST, MEASURES, POINTS
from thidua_desktop.domain.paper_types import paper_type
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.conditions import meets
from thidua_desktop.formdef.model import DocumentSpec, FieldSpec, FieldType, Values
from thidua_desktop.services import access, lists, paper_numbers, records
from thidua_desktop.services.documents import record_numbers
from thidua_desktop.services.documents.filled import Filled
from thidua_desktop.services.documents.letters import certificate_of, letter_of, office_minutes_of
from thidua_desktop.services.documents.minutes import invitation_of, minutes_of
from thidua_desktop.services.documents.names import paper_texts
from thidua_desktop.services.documents.sheets import sheet_of
from thidua_desktop.services.documents.tables import document_tables
from thidua_desktop.services.paper_files import EXCEL, WORD, paper_file
from thidua_desktop.services.paper_numbers import Taken
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signers import Signer, signers, who_signs
from thidua_desktop.services.unprintable import records_named
from thidua_desktop.store.queries import ListQuery, Record

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Block, Document
    from thidua_desktop.printing.marks import Rendered

Layout = Callable[[Session, Filled], "Document"]

LAYOUTS: Mapping[str, Layout] = {
    "minutes_decree59": minutes_of,
    "invitation_decree59": invitation_of,
    "official": letter_of,
    "sheet": sheet_of,
    "minutes_office": office_minutes_of,
    "certificate": certificate_of,
}
NUMBERED = frozenset({"official", "minutes_office"})
"""Layouts whose head has a number."""

SIGNED = frozenset({"official", "certificate"})
"""Layouts that one of the office's signers signs."""

MOST_RECORDS = 1_000
"""So many records are printed at once; more are an oversight, or belong on several papers."""

_METHOD_WORDS = {
    CHECKLIST: "bộ tiêu chí đánh giá đạt, chưa đạt",
    POINTS: "bộ tiêu chí có điểm",
    MEASURES: "bộ tiêu chí xếp loại theo ngưỡng",
}

_LEVELS = {"commune": "xã, phường, đặc khu", "province": "tỉnh, thành phố"}
OF_ONE = frozenset({"record", "series"})
OF_SEVERAL = frozenset({"selection", "series"})


def documents_of(
    session: Session, register: str, scopes: Iterable[str] = OF_ONE, values: Values | None = None
) -> list[DocumentSpec]:
    """The papers of a register that are printed from one record, or (``OF_SEVERAL``) from those that are selected.

    With the ``values`` of a record only those that are for it.
    """
    papers = [session.definitions.documents[name] for name in session.register(register).documents]
    wanted = set(scopes)
    fitting = [paper for paper in papers if paper.scope in wanted and issues(session, paper)]
    if values is None:
        return fitting
    return [one for one in fitting if meets(one.where, values) and _is_answered_so(session, one, values)]


def issues(session: Session, paper: DocumentSpec) -> bool:
    """Whether an office of this level issues the paper: no commune prints a certificate of the province's chairman."""
    return not paper.desk or (paper.desk == "province") == session.is_province


def _is_answered_so(session: Session, paper: DocumentSpec, values: Values) -> bool:
    """A sheet of points is for sets that give points; of a set that is not known here every sheet may be wanted."""
    known = session.definitions.assessments.get(str(values.get("criteria_set") or ""))
    return not paper.methods or known is None or known.method in paper.methods


def waits_for(session: Session, document: str) -> str:
    """What a record must have before this paper is for it, in words."""
    return f"Chỉ in khi {_needs(session, document_spec(session, document))}"


def document_spec(session: Session, document: str) -> DocumentSpec:
    """The definition of a paper; raises TD-CLI-004 when there is none of that name."""
    spec = session.definitions.documents.get(document)
    if spec is None:
        raise UserError("TD-CLI-004", document=document, known=", ".join(sorted(session.definitions.documents)))
    if not issues(session, spec):
        raise UserError("TD-PRINT-096", title=spec.title, level=_LEVELS[spec.desk])
    return spec


def ids_of(session: Session, query: ListQuery) -> list[str]:
    """The records of a list in its order, to be printed together; raises TD-PRINT-021 when they are too many."""
    listed = lists.open_list(session, query)
    if len(listed) > MOST_RECORDS:
        raise UserError("TD-PRINT-021", count=len(listed), limit=MOST_RECORDS)
    return [row.id for row in listed.rows(0, len(listed))]


def print_document(session: Session, document: str, record_id: str) -> Rendered:
    """The paper of one record as PDF. Raises TD-CLI-004 (no such paper), TD-STORE-221 (no such record), TD-PRINT-…."""
    return print_documents(session, document, (record_id,))


def print_documents(
    session: Session, document: str, ids: Sequence[str], on_page: Callable[[int], None] | None = None, signer: str = ""
) -> Rendered:
    """A paper of several records in one PDF, in their order.

    A paper of a selection is one paper for all; any other is printed for each record, its pages counted from 1 again.
    ``on_page`` is told each page that begins; what it raises ends the work. ``signer``: who signs, else whom the office
    keeps for such papers. Raises TD-CLI-004 (no such paper), TD-STORE-221 (no such record), TD-PRINT-021 (too many
    records), 022 (none), 072 (a letter that no font has, with its field), 093 (no such signer), and what rendering
    raises.
    """
    from thidua_desktop.printing.render import render

    paper = paper_document(session, document, ids, signer)
    with records_named(session, document_spec(session, document), ids):
        return render(paper, on_page=on_page)


def papers_in_word(session: Session, document: str, ids: Sequence[str], signer: str = "") -> bytes:
    """The same papers as one .docx file, because offices edit; raises what ``print_documents`` raises."""
    return paper_file(session, lambda one: paper_document(one, document, ids, signer), WORD, noted=True)


def has_tables(session: Session, spec: DocumentSpec) -> bool:
    """Whether papers of this definition have tables: its own, or of a sheet the child rows of the register."""
    return bool(spec.tables) or (
        spec.layout == "sheet" and any(one.fields for one in session.register(spec.register).fields)
    )


def papers_in_excel(session: Session, document: str, ids: Sequence[str]) -> bytes:
    """The tables of the same papers as an .xlsx file; raises what ``print_documents`` raises, TD-XFER-070 and 071."""
    return paper_file(session, lambda one: paper_document(one, document, ids), EXCEL, noted=True)


def paper_document(session: Session, document: str, ids: Sequence[str], signer: str = "") -> Document:
    """The same papers as blocks, before they become a file; raises what ``print_documents`` raises of the request."""
    session.require(Permission.PRINT)
    spec = document_spec(session, document)
    return _joined(_papers(session, spec, _read(session, spec, ids), signer))


def _read(session: Session, spec: DocumentSpec, ids: Sequence[str]) -> list[Record]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise UserError("TD-PRINT-022", title=spec.title)
    if len(wanted) > MOST_RECORDS:
        raise UserError("TD-PRINT-021", count=len(wanted), limit=MOST_RECORDS)
    found = _fitting(session, spec, [records.whole(session, spec.register, record_id) for record_id in wanted])
    for record in found:
        access.note(session, session.register(spec.register), access.PRINT, record.id)
    return found


def _fitting(session: Session, spec: DocumentSpec, found: list[Record]) -> list[Record]:
    """Those that the paper is for (``where``): no certificate for who did not pass; raises TD-PRINT-024 if none is."""
    if not spec.where:
        return found
    fitting = set(session.file.records.ids(ListQuery(spec.register, conditions=spec.where)))
    kept = [record for record in found if record.row in fitting]
    if not kept:
        raise UserError("TD-PRINT-024", title=spec.title, needs=_needs(session, spec))
    return kept


def _needs(session: Session, spec: DocumentSpec) -> str:
    register = session.register(spec.register)
    fields = [(register.field(one.field), one) for one in spec.where]
    needs = [f"{field.label}: {_told(session, field, one.values)}" for field, one in fields]
    if spec.methods:
        needs.append(" hoặc ".join(_METHOD_WORDS[one] for one in spec.methods))
    return "; ".join(needs)


def _told(session: Session, field: FieldSpec, values: Sequence[str]) -> str:
    """What a condition asks for, in words."""
    catalog = session.definitions.catalogs.get(field.catalog)
    labels = {item.code: item.label for item in catalog.items} if catalog else {}
    words = {"": "để trống", "*": "đã ghi"}
    if field.type is FieldType.BOOLEAN:
        words |= {"1": "có", "0": "không"}
    return " hoặc ".join(words.get(value, labels.get(value, value)) for value in values)


def take_numbers(
    session: Session, document: str, ids: Sequence[str], signer: str = "", *, ask_first: bool = False
) -> list[Taken]:
    """Give each of these papers its number in the register of issued papers; a paper that has one keeps it.

    Number and day are written into the records too, where the definition names fields for them; a day that stands there
    is the paper's. Raises TD-PRINT-041 (the record holds a number of its own), 042 (no place for a number), 045, 094,
    TD-STORE-220, with ``ask_first`` FirstNumberError, and leaves nothing half done.
    """
    session.require(Permission.PRINT)
    spec = document_spec(session, document)
    found = _read(session, spec, ids)
    papers = _filled(session, spec, found, signer)
    taken = []
    with session.file.atomic():
        for place, (key, paper) in enumerate(papers):
            mine = found if spec.scope == "selection" else [found[place]]
            taken.append(_take(session, key, paper, mine, ask_first))
    return taken


def _take(session: Session, key: str, paper: Filled, found: Sequence[Record], ask_first: bool) -> Taken:
    spec = paper.spec
    if not paper.numbered:
        raise UserError("TD-PRINT-042", title=spec.title)
    if paper.taken is not None:
        return paper.taken
    if paper.text("number").strip():
        raise UserError("TD-PRINT-041", title=spec.title, number=paper.text("number").strip())
    record_numbers.require_free(spec, found)
    facts = paper_numbers.facts_of(session, LAYOUTS[spec.layout](session, paper), spec.title)
    taken = paper_numbers.take(session, key, facts, day=paper.own_day, ask_first=ask_first)
    record_numbers.write_into(session, spec, found, taken)
    return taken


def numbers_of(session: Session, document: str, ids: Sequence[str]) -> list[Taken | None]:
    """The numbers that these papers have taken; None for each that has none. TD-PRINT-024 as for printing."""
    spec = document_spec(session, document)
    wanted = list(dict.fromkeys(ids))
    if spec.where:
        wanted = [one.id for one in _fitting(session, spec, session.file.records.window(spec.register, wanted))]
    keys = [_key(spec, wanted)] if spec.scope == "selection" else [_key(spec, (one,)) for one in wanted]
    return [paper_numbers.kept(session, key) for key in keys]


def typed_number(session: Session, document: str, ids: Sequence[str]) -> str:
    """The number that stands in one of the records already, typed by hand: what ``take_numbers`` refuses, told before
    anybody asks. "" where none does."""
    spec = document_spec(session, document)
    wanted = list(dict.fromkeys(ids)) if spec.number_into else ()
    found = session.file.records.window(spec.register, wanted)
    return next((held for one in found if (held := str(one.values.get(spec.number_into) or "").strip())), "")


def takes_numbers(spec: DocumentSpec) -> bool:
    """Whether papers of this definition have a place for a number that the register gives: none where the definition
    says the number itself, as the register of issued papers does, or that there is none."""
    return spec.layout in NUMBERED and not spec.texts.get("number", "").strip()


def signers_of(session: Session, spec: DocumentSpec) -> list[Signer]:
    """Who may sign papers of this definition, the usual one first; nobody where the paper itself says who signs."""
    named = [place for place in ("signer_capacity", "signer_position", "signer_name") if place in spec.texts]
    if spec.layout not in SIGNED or (named and "signer_position" in named):
        return []
    usual = who_signs(session, spec.issued_by, paper_type(spec.texts.get("type_name", ""), spec.title))
    mine = [one for one in signers(session) if one.body == spec.issued_by]
    return sorted(mine, key=lambda one: one.key != usual.key)


def _key(spec: DocumentSpec, ids: Sequence[str]) -> str:
    """What a paper is known by among the numbers: its definition and its records, whatever their order."""
    from hashlib import sha256

    told = ids[0] if len(ids) == 1 else sha256(" ".join(sorted(set(ids))).encode()).hexdigest()[:32]
    return f"{spec.name}.{told}"


def _filled(
    session: Session, spec: DocumentSpec, found: Sequence[Record], signer: str = ""
) -> list[tuple[str, Filled]]:
    """Each paper before it is laid out, with its key."""
    texts = paper_texts(session, spec, found)
    if spec.scope == "selection":
        key = _key(spec, [record.id for record in found])
        taken = paper_numbers.kept(session, key)
        tables, own = document_tables(session, spec, found), _own(spec, found)
        return [(key, Filled(spec, {}, texts.of_selection(), tables, taken, signer, *own))]
    made = []
    for record in found:
        key, tables = _key(spec, (record.id,)), document_tables(session, spec, (record,))
        taken = paper_numbers.kept(session, key)
        made.append((key, Filled(spec, record.values, texts.of(record), tables, taken, signer, *_own(spec, (record,)))))
    return made


def _own(spec: DocumentSpec, found: Sequence[Record]) -> tuple[str, date | None]:
    return record_numbers.own_number(spec, found), record_numbers.own_day(spec, found)


def _papers(session: Session, spec: DocumentSpec, found: Sequence[Record], signer: str = "") -> list[Document]:
    layout = LAYOUTS[spec.layout]
    return [_turned(spec, layout(session, paper)) for _, paper in _filled(session, spec, found, signer)]


def _turned(spec: DocumentSpec, paper: Document) -> Document:
    """The whole sheet is turned where a definition says so and has no annex that is turned instead."""
    from thidua_desktop.printing.blocks import Orientation

    turned = spec.landscape and not spec.annex
    return replace(paper, orientation=Orientation.LANDSCAPE) if turned else paper


def _joined(papers: Sequence[Document]) -> Document:
    """Papers one after the other, each on a page of its own."""
    from thidua_desktop.printing.blocks import PageBreak

    first = papers[0]
    blocks: list[Block] = list(first.blocks)
    for paper in papers[1:]:
        blocks += [PageBreak(paper.orientation, restart=True), *paper.blocks]
    return replace(first, blocks=tuple(blocks))
