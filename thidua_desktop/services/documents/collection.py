"""One sample of every paper that an office's program prints, with the records that show it best: ``docs/papers.pdf``.

What is not a register's own (a handover slip, a recovery sheet) is made of fixed facts, so that the same records give
the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from thidua_desktop.domain.periods import Period, PeriodKind, period_of, previous
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import GROUPS, Condition, DocumentSpec, FieldType, RegisterSpec, ReportSpec
from thidua_desktop.services.documents.printing import issues, paper_document
from thidua_desktop.services.documents.sheets import list_document
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, Record

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document
    from thidua_desktop.printing.bundle import Part
    from thidua_desktop.printing.marks import Rendered

TITLE = "Giấy tờ mẫu"
SUBTITLE = "Mỗi loại giấy tờ của chương trình một bản, in từ sổ của đơn vị mẫu"
REPORTS, LISTS, OWN = "Báo cáo", "Sổ in ra giấy", "Giấy tờ của chương trình"

_CANDIDATES = 24
_READ = 600
_SELECTED = 14
_LISTED = 60
_SERIES = 2
_TOGETHER = ("round", "criteria_set", "cluster", "year")
"""Records of one selection share these, where their register has them."""

_SECRET = bytes(range(1, 33))
"""Of the sample of a recovery sheet; it opens nothing."""

_INSTALLATION = "00000000-0000-7000-8000-000000000000"
_PACKAGE = "5e7a" * 16


def print_collection(session: Session) -> Rendered:
    """Every paper in one PDF, with contents and outline; raises what rendering raises."""
    from thidua_desktop.printing.bundle import render_bundle

    subtitle = f"{SUBTITLE}: {session.file.identity.name}"
    return render_bundle(list(parts_of(session)), TITLE, subtitle)


def parts_of(session: Session) -> Iterator[Part]:
    """The papers in the order of the file: reports, papers by field of work, registers, the program's own.

    A paper that no record of this office is fit for is left out.
    """
    from thidua_desktop.printing.bundle import Part

    for report in session.definitions.reports.values():
        yield Part(REPORTS, report.name, report.title, _report(session, report))
    for group, title in GROUPS.items():
        for register in _registers(session, group):
            for name in register.documents:
                spec = session.definitions.documents[name]
                if not issues(session, spec):
                    continue
                made = sample_document(session, spec)
                if made is not None:
                    yield Part(title, spec.name, spec.title, made)
    for group in GROUPS:
        for register in _registers(session, group):
            yield Part(LISTS, register.name, register.title, _list(session, register))
    yield from (Part(OWN, *own) for own in _own(session))


def _registers(session: Session, group: str) -> list[RegisterSpec]:
    found = [spec for spec in session.definitions.registers.values() if spec.group == group and spec.survey is None]
    return [spec for spec in found if session.opens(spec.name)]


def sample_document(session: Session, spec: DocumentSpec) -> Document | None:
    """The paper of the records that fill it best; None where the office has no record that it is for."""
    found = list(islice(session.file.records.every(ListQuery(spec.register, conditions=spec.where)), _READ))
    if not found:
        return None
    if spec.scope == "selection":
        return paper_document(session, spec.name, _together(found)[:_SELECTED])
    tried = []
    for place, record in enumerate(found[:: max(1, len(found) // _CANDIDATES)]):
        try:
            document = paper_document(session, spec.name, (record.id,))
        except UserError:  # a record that lacks what this paper needs
            continue
        tried.append((fullness(document), -place, record.id))
    if not tried:
        return None
    best = [key for _, _, key in sorted(tried, reverse=True)]
    return paper_document(session, spec.name, best[:_SERIES] if spec.scope == "series" else best[:1])


def fullness(document: Document) -> int:
    """How much a paper says: its words, its rows; what was left open counts against it."""
    from thidua_desktop.printing.blocks import Field, Fields, Paragraph, Table, plain_text

    texts: list[str] = []
    rows = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts.append(plain_text(block.text))
        elif isinstance(block, Fields):
            texts += [row.value for row in block.rows if isinstance(row, Field)]
        elif isinstance(block, Table):
            filled = [row for row in block.rows if len(row) > 1]
            rows += min(len(filled), 12) if filled else -8
    said = sum(min(len(text), 400) for text in texts)
    return said + 100 * rows - 150 * sum(text.count("……") > 0 for text in texts)


def _together(found: Sequence[Record]) -> list[str]:
    """Records that an officer would select together: those that share what most of them share."""
    shared = [tuple(record.values.get(name) for name in _TOGETHER) for record in found]
    most = Counter(shared).most_common(1)[0][0]
    return [record.id for record, key in zip(found, shared, strict=True) if key == most]


def _report(session: Session, spec: ReportSpec) -> Document:
    from thidua_desktop.services.reports.build import build
    from thidua_desktop.services.reports.paper import report_document

    return report_document(session, build(session, spec.name, _period(session, spec)))


def _period(session: Session, spec: ReportSpec) -> Period:
    """The last whole period of the report's longest kind below a year that is over: months have too little to say."""
    kinds = [kind for kind in ("quarter", "month", "half", "year") if kind in spec.period_kinds]
    running = period_of(session.today, PeriodKind(kinds[0]), session.definitions.calendars[spec.calendar])
    return running if kinds[0] == "year" else previous(running)


def _list(session: Session, register: RegisterSpec) -> Document:
    """A page or two of a register: of a long one the last days, or what stands in one place."""
    query = ListQuery(register.name)
    newest = list(islice(session.file.records.every(query), _READ))
    if len(newest) > _LISTED and register.date_field:
        days = [day for record in newest if isinstance(day := record.values.get(register.date_field), date)]
        query = query._replace(start=sorted(days, reverse=True)[:_LISTED][-1], end=session.today)
    for name in register.list.filters:
        if register.date_field or len(newest) <= _LISTED:
            break
        values = Counter(str(record.values[name]) for record in newest if record.values.get(name))
        if values and register.field(name).type is FieldType.LINK:
            query = query._replace(conditions=(*query.conditions, Condition(name, (values.most_common(1)[0][0],))))
            newest = list(islice(session.file.records.every(query), _READ))
    return list_document(session, query)


def _own(session: Session) -> Iterator[tuple[str, str, Document]]:
    """Papers of the program itself, of fixed facts."""
    from thidua_desktop.services.handoff.enrolment_papers import sample_sheet
    from thidua_desktop.services.handoff.outgoing import Outgoing, OutgoingRegister
    from thidua_desktop.services.handoff.slip import slip_document
    from thidua_desktop.services.letterhead import sample_document as letterhead_page
    from thidua_desktop.services.recovery_papers import recovery_document, rescue_document
    from thidua_desktop.services.report_checks.samples import sample_documents
    from thidua_desktop.store.recovery_sheet import sheet_text

    identity = session.file.identity
    head = (identity.header_parent, identity.header_issuer, identity.place, identity.symbol_suffix)
    yield "letterhead", "Mẫu đầu giấy tờ", letterhead_page(*head, session.today)
    registers = tuple(
        OutgoingRegister(spec.name, spec.title, spec.short or spec.title, session.file.records.count(spec.name))
        for spec in session.definitions.registers.values()
        if spec.travels == "full" and session.file.records.count(spec.name)
    )
    total = sum(register.records for register in registers)
    outgoing = Outgoing(registers, ("Tháng 11/2026",), (), 1, total, 0, f"THIDUA_{identity.code}_0000_000001.tdp")
    yield "handover_slip", "Phiếu bàn giao gói số liệu", slip_document(session, outgoing, 1, _PACKAGE, 1_048_576)
    yield from sample_documents(session)
    yield "enrolment_sheet", "Phiếu đăng ký khóa", sample_sheet(session, _INSTALLATION)
    words = sheet_text(_SECRET)
    yield "recovery_sheet", "Phiếu khôi phục", recovery_document(session, words, _INSTALLATION)
    yield "rescue_sheet", "Phiếu cứu sổ", rescue_document(session, words, identity.name, _INSTALLATION)
