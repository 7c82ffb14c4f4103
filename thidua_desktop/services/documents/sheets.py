"""Letters from a definition's texts, sheets of a record's labels and values, lists on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from thidua_desktop.formdef.model import DocumentSpec, FieldType, Values
from thidua_desktop.formdef.print_cells import PrintTable, print_parts
from thidua_desktop.services import lists, titles
from thidua_desktop.services.letterhead import issuer, signer
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import format_date, format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Block, Column, Document, Table
    from thidua_desktop.printing.marks import Rendered

LARGEST_LIST = 20_000


def letter_of(session: Session, spec: DocumentSpec, values: Values, texts: Mapping[str, str]) -> Document:
    """A letter by the definition's texts: type_name, type_code, subject, to, opening, body, closing."""
    from thidua_desktop.printing.blocks import Paragraph
    from thidua_desktop.printing.contents import ReportContent
    from thidua_desktop.printing.official import report

    body: list[Block] = [
        Paragraph(line) for place in ("opening", "body", "closing") for line in texts.get(place, "").splitlines()
    ]
    to = texts.get("to", "")
    return report(
        ReportContent(
            issuer=issuer(session),
            subject=texts.get("subject", spec.title),
            body=tuple(body),
            signer=signer(session),
            recipients=("Như trên", "Lưu: VT"),
            to=(to,) if to else (),
            date=session.today,
            type_name=texts.get("type_name", spec.title.upper()),
            type_code=texts.get("type_code", ""),
        )
    )


def sheet_of(session: Session, spec: DocumentSpec, values: Values, texts: Mapping[str, str]) -> Document:
    """A sheet: every filled field of the record section by section, its child rows as tables, two signers."""
    from thidua_desktop.printing.blocks import (
        Document,
        Field,
        Fields,
        Heading,
        LetterHead,
        Meta,
        Paragraph,
        SignatureBlock,
        Signatures,
        Title,
    )

    register = session.register(spec.register)
    made = issuer(session)
    blocks: list[Block] = [
        LetterHead(made.parent_line, made.issuer_lines, place=made.place, date=session.today),
        Title(spec.title.upper(), texts.get("subject", "")),
    ]
    blocks += [Paragraph(line) for line in texts.get("opening", "").splitlines()]
    for part in print_parts(session.definitions, register, values, _titles(session, spec, values)):
        blocks.append(Heading(2, part.title))
        if part.cells:
            blocks.append(Fields(tuple(Field(label, value) for label, value in part.cells)))
        blocks += [_table(table) for table in part.tables]
    signers = tuple(SignatureBlock(texts[place]) for place in ("signer_left", "signer_right") if texts.get(place))
    if signers:
        blocks.append(Signatures(signers))
    return Document(tuple(blocks), Meta(spec.title, " ".join(made.issuer_lines)))


def print_list(session: Session, query: ListQuery, subtitle: str = "") -> Rendered:
    """The list of a query on paper with its totals; rows beyond ``LARGEST_LIST`` are told in a note."""
    from thidua_desktop.printing.blocks import Align, Cell, Column
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register
    from thidua_desktop.printing.render import render

    session.require(Permission.PRINT)
    opened = lists.open_list(session, query)
    rows = tuple(
        (format_number(place + 1), *opened.row(place).cells) for place in range(min(len(opened), LARGEST_LIST))
    )
    columns = (
        Column("TT", 0.6, Align.CENTER),
        *(_column(session, query, column.name, column.label) for column in opened.columns),
    )
    totals = opened.total_cells()
    foot = (Cell("Cộng", bold=True, columns=1), *(Cell(cell, bold=True) for cell in totals)) if any(totals) else ()
    left_out = len(opened) - len(rows)
    notes = (f"Còn {format_number(left_out)} dòng không in; thu hẹp bộ lọc để in tiếp.",) if left_out else ()
    content = RegisterContent(
        issuer=issuer(session),
        title=session.register(query.register).title.upper(),
        columns=columns,
        rows=rows,
        subtitle=subtitle or _span(query),
        totals=(foot,) if foot else (),
        notes=(f"Tổng số: {format_number(len(opened))} dòng.", *notes),
        date=session.today,
        signer=signer(session),
    )
    return render(register(content))


def _column(session: Session, query: ListQuery, name: str, label: str) -> Column:
    from thidua_desktop.printing.blocks import Align, Column

    field = session.register(query.register).field(name)
    narrow = {FieldType.DATE, FieldType.TIME, FieldType.INTEGER, FieldType.DECIMAL, FieldType.BOOLEAN}
    align = Align.RIGHT if field.type in {FieldType.INTEGER, FieldType.DECIMAL} else Align.LEFT
    return Column(label, 1.1 if field.type in narrow else 2.0, align)


def _span(query: ListQuery) -> str:
    if query.start is None or query.end is None:
        return ""
    return f"Từ ngày {format_date(query.start)} đến ngày {format_date(query.end)}"


def _titles(session: Session, spec: DocumentSpec, values: Values) -> dict[str, str]:
    """Titles of every record that the paper's record points at."""
    found: dict[str, str] = {}
    for field in session.register(spec.register).fields:
        value = values.get(field.name)
        if field.type is FieldType.LINK and isinstance(value, str):
            found[value] = titles.title(session, field.register, value)
    return found


def _table(table: PrintTable) -> Table:
    from thidua_desktop.printing.blocks import Column, Table

    return Table(tuple(Column(head) for head in table.head), table.rows, caption=table.title, size=11.0)
