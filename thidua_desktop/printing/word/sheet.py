"""The open Word file: page, margins, fonts, page numbers, and the few things that every block is written with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from thidua_desktop.printing.blocks import Align, Orientation, Run, Text, runs_of
from thidua_desktop.printing.decree30 import DECREE30, MM, frame
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.text import split_at_firm_hyphens

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.section import Section
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Times New Roman"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Sheet:
    """A file being written: ``width`` is the text width of the open section in points."""

    def __init__(self, word: WordFile, typeface: Typeface, orientation: Orientation, foot_note: str = "") -> None:
        self.word, self.typeface, self.orientation = word, typeface, orientation
        self._foot_note = _NOT_IN_XML.sub("", " ".join(foot_note.split()))
        self._set_normal_text()
        self._lay_out(word.sections[0], orientation)
        self.fresh = True

    @property
    def width(self) -> float:
        """Text width in points."""
        return frame(self.orientation).width

    def turn(self, orientation: Orientation, restart_numbers: bool = False) -> None:
        """A new page: a new section where the direction changes or page numbers begin anew."""
        from docx.enum.section import WD_SECTION
        from docx.enum.text import WD_BREAK

        if self.fresh and orientation is self.orientation:
            return
        if orientation is self.orientation and not restart_numbers:
            self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            return
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        self.orientation = orientation
        self._lay_out(section, orientation, restart_numbers=restart_numbers)

    def line(
        self,
        text: Text,
        *,
        size: float = DECREE30.body_size,
        align: Align = Align.LEFT,
        bold: bool = False,
        italic: bool = False,
        before: float = 0.0,
        after: float = 0.0,
        keep_next: bool = False,
        into: _Cell | None = None,
    ) -> WordParagraph:
        """One paragraph of runs; in ``into``'s first empty paragraph or a new one of it, else in the text."""
        paragraph = self._paragraph(into)
        form = paragraph.paragraph_format
        form.alignment = _alignment(align)
        form.space_before, form.space_after = _points(before), _points(after)
        form.keep_with_next = keep_next
        for run in runs_of(text):
            self._run(paragraph, run, size, bold or run.bold, italic or run.italic)
        self.fresh = False
        return paragraph

    def _paragraph(self, into: _Cell | None) -> WordParagraph:
        made: WordParagraph
        if into is None:
            made = self.word.add_paragraph()
        elif len(into.paragraphs) > 1 or into.paragraphs[0].runs:
            made = into.add_paragraph()
        else:
            made = into.paragraphs[0]
        return made

    def _run(self, paragraph: WordParagraph, run: Run, size: float, bold: bool, italic: bool) -> None:
        from docx.oxml.ns import qn

        for number, part in enumerate(_NOT_IN_XML.sub("", run.text).split("\n")):
            made = paragraph.add_run()
            if number:
                made.add_break()
            for place, piece in enumerate(split_at_firm_hyphens(part)):
                if place:
                    made._r.append(made._r.makeelement(qn("w:noBreakHyphen"), {}))  # Word ends lines after a plain one
                made.add_text(piece)
            made.bold, made.italic = bold, italic
            made.font.size = _points(size)

    def grid(self, widths: list[float], rows: int = 1, ruled: bool = False) -> Any:
        """A table of fixed column widths (points); without lines unless ``ruled``."""
        from docx.enum.table import WD_TABLE_ALIGNMENT

        table = self.word.add_table(rows, len(widths))
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER  # its edges are the text's, whatever a program keeps beside cells
        if ruled:
            table.style = "Table Grid"
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = _points(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = _points(width)
        self.fresh = False
        return table

    def _set_normal_text(self) -> None:
        from docx.oxml.ns import qn

        style = self.word.styles["Normal"]
        style.font.name, style.font.size = FONT, _points(DECREE30.body_size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "vi-VN"})
        style.element.get_or_add_rPr().append(language)
        style.paragraph_format.space_before = style.paragraph_format.space_after = _points(0)
        style.paragraph_format.line_spacing = 1.0

    def _lay_out(self, section: Section, orientation: Orientation, restart_numbers: bool = False) -> None:
        """Paper, margins, and the page number in the top margin, not on the first page (Decree 30, App. I, I.7)."""
        from docx.enum.section import WD_ORIENTATION
        from docx.oxml.ns import qn

        page = frame(orientation)
        wide = orientation is Orientation.LANDSCAPE
        section.orientation = WD_ORIENTATION.LANDSCAPE if wide else WD_ORIENTATION.PORTRAIT
        section.page_width, section.page_height = _points(page.page_width), _points(page.page_height)
        section.left_margin = _points(DECREE30.margin_left * MM)
        section.right_margin = _points(DECREE30.margin_right * MM)
        section.top_margin = _points(DECREE30.margin_top * MM)
        section.bottom_margin = _points(DECREE30.margin_bottom * MM)
        section.header_distance = _points(DECREE30.page_number_baseline * MM - DECREE30.page_number_size)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        if not section.header.paragraphs[0].runs:
            _page_number(section.header.paragraphs[0])
        if self._foot_note:
            self._write_foot(section)
        if restart_numbers:
            numbers = section._sectPr.makeelement(qn("w:pgNumType"), {qn("w:start"): "1"})
            section._sectPr.append(numbers)
        self.fresh = True

    def _write_foot(self, section: Section) -> None:
        """The note in the bottom margin of every page, the first of a section too."""
        section.footer_distance = _points(DECREE30.foot_note_baseline * MM - DECREE30.foot_note_size)
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            if not paragraph.runs:
                paragraph.paragraph_format.alignment = _alignment(Align.CENTER)
                run = paragraph.add_run(self._foot_note)
                run.font.size = _points(DECREE30.foot_note_size)


def _page_number(paragraph: WordParagraph) -> None:
    """A field that Word fills with the number of the page."""
    from docx.oxml.ns import qn

    paragraph.paragraph_format.alignment = _alignment(Align.CENTER)
    run = paragraph.add_run()
    run.font.size = _points(DECREE30.page_number_size)
    for tag, attributes, text in (
        ("w:fldChar", {"w:fldCharType": "begin"}, None),
        ("w:instrText", {}, "PAGE"),
        ("w:fldChar", {"w:fldCharType": "end"}, None),
    ):
        element = run._r.makeelement(qn(tag), {qn(name): value for name, value in attributes.items()})
        element.text = text
        run._r.append(element)


def make_rule(paragraph: WordParagraph, length: float, width: float) -> None:
    """Turn an empty paragraph of ``width`` into a centred line of ``length`` points: its upper border."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn

    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = _points(DECREE30.rule_drop)
    paragraph.paragraph_format.space_before = _points(DECREE30.rule_drop)

    indent_both(paragraph, max(0.0, (width - length) / 2))
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.makeelement(qn("w:pBdr"), {})
    weight = str(round(DECREE30.rule_weight * 8))
    facts = {"w:val": "single", "w:sz": weight, "w:space": "0", "w:color": "000000"}
    borders.append(borders.makeelement(qn("w:top"), {qn(name): value for name, value in facts.items()}))
    properties.append(borders)


def indent_both(paragraph: WordParagraph, side: float) -> None:
    """Draw a paragraph in by ``side`` points at the left and at the right."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = _points(side)


def _alignment(align: Align) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
        Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
        Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
        Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]


def _points(value: float) -> Any:
    from docx.shared import Pt

    return Pt(value)
