"""Every paper prints: from a full record, a nearly empty one, a very long one, and for forty selected records.

What is looked at on the finished file: same input same bytes, no text outside the page, only embedded fonts, and none
of the words that a text gives away when it was filled with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from tests.forms.every_definition import DOCUMENTS, REGISTERS, name_of
from tests.forms.paper_office import KINDS, SELECTED, made_office, record_id
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import DocumentSpec
from thidua_desktop.services.documents.printing import papers_in_word, print_documents
from thidua_desktop.services.session import Session

EDGE = 28.0  # points (1 cm): nothing is printed nearer to the paper's edge
GIVEN_AWAY = re.compile(r"None|\{\{|\{%|\bTrue\b|\bFalse\b|Undefined")
NAMED_FONT = re.compile(rb"/BaseFont\s*/(\S+)")
NEEDS_MORE = {"minutes_decree59": "TD-PRINT-010", "invitation_decree59": "TD-PRINT-010"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Its papers are printed of every record, whether the paper is meant for it or not: the looks are looked at."""
    session = made_office(tmp_path_factory.mktemp("office"))
    papers = {name: paper._replace(where=(), desk="") for name, paper in session.definitions.documents.items()}
    yield replace(session, definitions=replace(session.definitions, documents=papers))
    session.close()


def looked_at(pdf: bytes) -> str:
    """The text of a paper that stands on its pages, in fonts that it carries."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    try:
        for page in document:
            width, height = page.get_size()
            textpage = page.get_textpage()
            for number in range(textpage.count_rects()):
                left, bottom, right, top = textpage.get_rect(number)
                assert left >= EDGE - 1 and right <= width - EDGE + 1, textpage.get_text_bounded(
                    left, bottom, right, top
                )
                assert bottom >= EDGE - 4 and top <= height - EDGE + 4
            texts.append(textpage.get_text_range())
    finally:
        document.close()
    fonts = NAMED_FONT.findall(pdf)
    assert fonts and all(b"+" in font for font in fonts), fonts  # subsets, so the letters are in the file
    return "\n".join(texts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_paper_of_one_record(office: Session, document: DocumentSpec, kind: str) -> None:
    ids = [record_id(document.register, kind)]
    try:
        printed = print_documents(office, document.name, ids)
    except UserError as refused:
        assert kind == "empty" and refused.code == NEEDS_MORE[document.layout]
        return
    assert not GIVEN_AWAY.search(looked_at(printed.pdf))
    assert print_documents(office, document.name, ids).pdf == printed.pdf


@pytest.mark.parametrize("document", [paper for paper in DOCUMENTS if paper.scope != "record"], ids=name_of)
def test_a_paper_of_many_records(office: Session, document: DocumentSpec) -> None:
    ids = [record_id(document.register, "full", number) for number in range(SELECTED)]
    printed = print_documents(office, document.name, ids)
    assert not GIVEN_AWAY.search(looked_at(printed.pdf))
    assert papers_in_word(office, document.name, ids[:2])[:2] == b"PK"
    assert printed.pages >= (SELECTED if document.scope == "series" else 1)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_paper_is_offered_by_its_register(document: DocumentSpec) -> None:
    (register,) = [register for register in REGISTERS if register.name == document.register]
    assert document.name in register.documents


def test_the_looking_sees_what_is_wrong() -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas("", invariant=1)
    canvas.drawString(10, 400, "too near to the edge")
    with pytest.raises(AssertionError):
        looked_at(canvas.getpdfdata())
    canvas = Canvas("", invariant=1)
    canvas.drawString(100, 400, "a font that is not in the file")
    with pytest.raises(AssertionError):
        looked_at(canvas.getpdfdata())


def test_made_office_is_what_it_says(office: Session, tmp_path: Path) -> None:
    for register in REGISTERS:
        assert office.file.records.count(register.name) >= SELECTED * len(KINDS)
