"""Sheets of a record's labels and values, lists on paper."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from typing import TYPE_CHECKING

from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Values
from thidua_desktop.formdef.print_cells import PrintTable, print_parts
from thidua_desktop.services import access, lists, titles
from thidua_desktop.services import signers as who
from thidua_desktop.services.documents.filled import Filled
from thidua_desktop.services.documents.tables import shaped_table
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import format_date, format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Block, Document, Table
    from thidua_desktop.printing.marks import Rendered

LARGEST_LIST = 20_000
_LONG = 110  # letters: a value that needs more than two lines beside its label


def sheet_of(session: Session, paper: Filled) -> Document:
    """A sheet: every filled field of the record section by section, its child rows as tables, the definition's tables,
    two signers. Long texts stand as paragraphs, so that their lines are as long as the page."""
    from thidua_desktop.printing.blocks import (
        Document,
        Field,
        Fields,
        Heading,
        LetterHead,
        Meta,
        Paragraph,
        Run,
        SignatureBlock,
        Signatures,
        Title,
    )
    from thidua_desktop.printing.official import annex_blocks

    spec, texts = paper.spec, paper.texts
    register = session.register(spec.register)
    made = issuer(session)
    blocks: list[Block] = [
        LetterHead(made.parent_line, made.issuer_lines, place=made.place, date=session.today),
        Title((paper.text("type_name") or spec.title).upper(), texts.get("subject", "")),
    ]
    blocks += [Paragraph(line) for line in texts.get("opening", "").splitlines()]
    parts = print_parts(session.definitions, register, paper.values, _titles(session, register, paper.values))
    for part in parts:
        blocks.append(Heading(2, part.title))
        for is_long, cells in groupby(part.cells, key=lambda cell: _is_long(cell[1])):
            if is_long:
                blocks += [Paragraph((Run(f"{label}: "), Run(value))) for label, value in cells]
            else:
                blocks.append(Fields(tuple(Field(label, value) for label, value in cells)))
        blocks += [_table(register.field(table.field), table) for table in part.tables]
    blocks += paper.inline_tables()
    blocks += [Paragraph(line) for line in paper.lines("closing")]
    signers = tuple(SignatureBlock(texts[place]) for place in ("signer_left", "signer_right") if texts.get(place))
    if signers:
        blocks.append(Signatures(signers))
    blocks += annex_blocks(paper.annexes(), "")
    return Document(tuple(blocks), Meta(spec.title, " ".join(made.issuer_lines)))


def print_list(
    session: Session, query: ListQuery, subtitle: str = "", columns: Collection[str] | None = None
) -> Rendered:
    """The list of a query on paper with its totals, of ``columns`` only where some are chosen.

    Rows beyond ``LARGEST_LIST`` are told in a note.
    """
    from thidua_desktop.printing.render import render

    return render(list_document(session, query, subtitle, columns))


def list_document(
    session: Session, query: ListQuery, subtitle: str = "", columns: Collection[str] | None = None
) -> Document:
    """The same list as blocks."""
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register

    session.require(Permission.PRINT)
    opened = lists.open_list(session, query)
    access.note(session, opened.spec, access.PRINT, records=len(opened))
    shown = [place for place, column in enumerate(opened.columns) if columns is None or column.name in columns]
    count = min(len(opened), LARGEST_LIST)
    rows = [tuple(opened.row(place).cells[at] for at in shown) for place in range(count)]
    fields = session.register(query.register)
    heads = [(lists.column_field(fields, opened.columns[at].name), opened.columns[at].label) for at in shown]
    totals = opened.total_cells()
    foot = [totals[at] for at in shown]
    table = shaped_table(heads, rows, foot if any(foot) else ())
    left_out = len(opened) - len(rows)
    notes = (f"Còn {format_number(left_out)} dòng không in; thu hẹp bộ lọc để in tiếp.",) if left_out else ()
    partial = opened.total_notes()
    notes = (*(f"Cộng {opened.columns[at].label}: {words}." for at, words in partial.items() if at in shown), *notes)
    content = RegisterContent(
        issuer=issuer(session),
        title=session.register(query.register).title.upper(),
        columns=table.columns,
        rows=table.rows,
        subtitle=subtitle or _span(query),
        totals=table.totals,
        size=table.size,
        fits=True,
        notes=(f"Tổng số: {format_number(len(opened))} dòng.", *notes),
        date=session.today,
        signer=who.signature(session, who.who_signs(session, who.OFFICE)),
    )
    return register(content)


def _span(query: ListQuery) -> str:
    if query.start is None or query.end is None:
        return ""
    return f"Từ ngày {format_date(query.start)} đến ngày {format_date(query.end)}"


def _titles(session: Session, register: RegisterSpec, values: Values) -> dict[str, str]:
    """Titles of every record that the paper's record points at, from its child rows too."""
    found: dict[str, str] = {}
    for field in register.fields:
        inner = [(child, row.get(child.name)) for child in field.fields for row in rows_of(values.get(field.name))]
        for one, value in ((field, values.get(field.name)), *inner):
            if one.type is FieldType.LINK and isinstance(value, str):
                found[value] = titles.title(session, one.register, value)
    return found


def _is_long(value: str) -> bool:
    return len(value) > _LONG or "\n" in value


def _table(field: FieldSpec, table: PrintTable) -> Table:
    columns = {child.heading: child for child in field.fields}
    heads = [(columns[heading], heading) for heading in table.head]
    return shaped_table(heads, table.rows, (), table.title)
