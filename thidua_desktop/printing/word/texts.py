"""Running text in Word: paragraphs, headings, title, addressees, annex titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.printing.blocks import Align, AnnexTitle, Heading, Paragraph, Recipient, Space, Title
from thidua_desktop.printing.decree30 import DECREE30, MM, short_rule_length
from thidua_desktop.printing.textflow import balanced
from thidua_desktop.printing.word.sheet import Sheet, indent_both, make_rule

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph


def paragraph(sheet: Sheet, block: Paragraph) -> None:
    """A paragraph: justified, first line in, 6 pt above."""
    size = block.size or DECREE30.body_size
    written = sheet.line(
        block.text, size=size, align=block.align, before=DECREE30.paragraph_gap, keep_next=block.keep_with_next
    )
    if block.indent and block.align not in (Align.CENTER, Align.RIGHT):
        _indent_first(written)


def heading(sheet: Sheet, block: Heading) -> None:
    """A heading, kept with what follows and entered in Word's navigation."""
    centred = block.level <= 0
    written = sheet.line(
        block.text,
        align=Align.CENTER if centred else Align.JUSTIFY,
        bold=True,
        italic=block.level >= 3,
        before=DECREE30.paragraph_gap,
        keep_next=True,
    )
    if not centred:
        _indent_first(written)
    _enter_outline(written, max(0, block.level - 1))


def title(sheet: Sheet, block: Title) -> None:
    """Type of the paper and its subject with the short rule."""
    size = DECREE30.title_size
    sheet.line(block.type_name, size=size, align=Align.CENTER, bold=True, before=DECREE30.title_gap, keep_next=True)
    if not block.subject:
        return
    written = sheet.line(block.subject, size=size, align=Align.CENTER, bold=True, keep_next=True)
    side = (1 - DECREE30.subject_width_share) / 2 * sheet.width
    indent_both(written, side)
    if block.subject_line:
        lines = balanced(block.subject, sheet.typeface, size, sheet.width - 2 * side, bold=True)
        rule = sheet.line("", size=2, align=Align.CENTER, after=DECREE30.paragraph_gap)
        make_rule(rule, short_rule_length(tuple(line.width for line in lines)), sheet.width)


def recipient(sheet: Sheet, block: Recipient) -> None:
    """``Kính gửi:`` one addressee on the same line, several each on a line of their own."""
    from docx.shared import Mm

    gap = DECREE30.title_gap / 2
    if len(block.to) == 1:
        sheet.line(f"Kính gửi: {_ended(block.to[0], '.')}", align=Align.CENTER, before=gap, keep_next=True)
        return
    sheet.line("Kính gửi:", align=Align.LEFT, before=gap, keep_next=True)
    for place, name in enumerate(block.to):
        mark = "." if place == len(block.to) - 1 else ";"
        written = sheet.line(_ended(f"- {name}", mark), keep_next=True)
        written.paragraph_format.left_indent = Mm(2 * DECREE30.first_line_indent)


def annex_title(sheet: Sheet, block: AnnexTitle) -> None:
    """``Phụ lục I``, its title, ``(Kèm theo …)``."""
    size = DECREE30.annex_size
    heads = [f"Phụ lục {block.number}".rstrip(), block.title] if block.word else [block.title]
    for place, head in enumerate(heads):
        written = sheet.line(head, size=size, align=Align.CENTER, bold=True, keep_next=True)
        if place == 0:
            _enter_outline(written, 0)
    if block.attached_to:
        sheet.line(block.attached_to, size=size, align=Align.CENTER, italic=True, keep_next=True)


def space(sheet: Sheet, block: Space) -> None:
    """Empty height."""
    sheet.line("", size=1, before=block.height * MM)


def _indent_first(written: WordParagraph) -> None:
    from docx.shared import Mm

    written.paragraph_format.first_line_indent = Mm(DECREE30.first_line_indent)


def _enter_outline(written: WordParagraph, level: int) -> None:
    from docx.oxml.ns import qn

    properties = written._p.get_or_add_pPr()
    properties.append(properties.makeelement(qn("w:outlineLvl"), {qn("w:val"): str(level)}))


def _ended(text: str, mark: str) -> str:
    return text.rstrip(" ;.") + mark
