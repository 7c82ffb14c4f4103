"""Text as officers paste it: a page-long paragraph, marks that nobody sees, an empty report."""

from __future__ import annotations

import io

import docx
import pypdfium2

from thidua_desktop.printing.blocks import Document, Paragraph
from thidua_desktop.printing.render import render
from thidua_desktop.printing.word.render import render_word

WORDS = 3_000


def words_of(pdf: bytes) -> list[str]:
    """All words of a PDF in reading order, page numbers left out."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    return [word for word in text.split() if word.startswith("từ")]


def test_a_paragraph_of_three_thousand_words_is_on_paper_once() -> None:
    wanted = [f"từ{number}" for number in range(WORDS)]
    document = Document((Paragraph(" ".join(wanted)),))
    assert words_of(render(document).pdf) == wanted
    word = docx.Document(io.BytesIO(render_word(document)))
    assert " ".join(paragraph.text for paragraph in word.paragraphs).split() == wanted


def test_one_word_longer_than_the_page_is_broken_and_kept() -> None:
    long = "từ" + "x" * 4_000
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(
        render(Document((Paragraph(long),))).pdf))  # fmt: skip
    assert "".join(text.split()).count("x") == 4_000


def test_marks_that_nobody_sees_leave_the_words_whole() -> None:
    pasted = "Tổ\u200b quốc\ufeff, \u202ahòa\u202c bình\u00ad ấm no"
    (page,) = pypdfium2.PdfDocument(render(Document((Paragraph(pasted),))).pdf)
    assert " ".join(page.get_textpage().get_text_range().split()) == "Tổ quốc, hòa bình ấm no"
