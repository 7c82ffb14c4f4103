"""``docs/papers.pdf`` holds one sample of every paper; the same office gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.forms.every_definition import DEFINITIONS, DOCUMENTS
from tests.forms.paper_office import made_office
from thidua_desktop.printing.blocks import Document, Paragraph
from thidua_desktop.printing.bundle import Part, render_bundle
from thidua_desktop.services.documents import collection
from thidua_desktop.services.session import Session

KEPT = Path(__file__).parents[2] / "docs" / "papers.pdf"
MOST_BYTES = 3_000_000
FOLDED = re.compile(rb"/BaseFont\s*/([A-Z]{6})\+(\S+)")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = made_office(tmp_path_factory.mktemp("office"))
    yield session
    session.close()


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level, title and sheet (from 1) of each entry."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        entries = [(one.level, one.get_title(), one.get_dest()) for one in document.get_toc()]
        return [(level, title, dest.get_index() + 1) for level, title, dest in entries if dest is not None]
    finally:
        document.close()


def test_every_paper_is_in_the_kept_file() -> None:
    found = {title for level, title, _ in outline(KEPT.read_bytes()) if level == 1}
    kinds = (DEFINITIONS.documents, DEFINITIONS.reports, DEFINITIONS.registers)
    wanted = {
        f"{one.title} [{name}]"
        for kind in kinds
        for name, one in kind.items()
        if getattr(one, "desk", "") != "province"
    }  # the file is a commune's
    wanted |= {"Phiếu đăng ký khóa [enrolment_sheet]"}
    assert wanted - found == set(), "make papers"
    assert KEPT.stat().st_size < MOST_BYTES


def test_every_definition_with_a_record_gives_a_part(office: Session) -> None:
    names = [part.name for part in collection.parts_of(office)]
    papers = [paper for paper in DOCUMENTS if paper.desk != "province"]
    unfit = {paper.name for paper in papers if collection.sample_document(office, paper) is None}
    assert {paper.name for paper in papers} - unfit <= set(names)
    assert len(unfit) < 20  # papers for which the made office has no fitting record


def test_the_same_office_gives_the_same_file(office: Session) -> None:
    first, second = collection.print_collection(office), collection.print_collection(office)
    assert first.pdf == second.pdf
    fonts = FOLDED.findall(first.pdf)
    assert len(fonts) == len(set(fonts))  # each font lies in the file once


def test_contents_name_the_sheet_of_each_paper() -> None:
    papers = [Document((Paragraph("một. " * 1_500),)), Document((Paragraph("hai"),)), Document((Paragraph("ba"),))]
    parts = [Part("A" if place < 2 else "B", f"n{place}", f"Giấy {place}", paper) for place, paper in enumerate(papers)]
    made = render_bundle(parts, "Tập", "thử")
    entries = outline(made.pdf)
    assert [entry[:2] for entry in entries] == [
        (0, "Mục lục"), (0, "A"), (1, "Giấy 0 [n0]"), (1, "Giấy 1 [n1]"), (0, "B"), (1, "Giấy 2 [n2]")
    ]  # fmt: skip
    sheets = {title.partition(" [")[0]: str(sheet) for _, title, sheet in entries}
    assert sheets["Giấy 0"] == "2" and sheets["Giấy 1"] == str(made.pages - 1) and sheets["Giấy 2"] == str(made.pages)
    document = pypdfium2.PdfDocument(made.pdf)
    lines = document[0].get_textpage().get_text_range().split()
    document.close()
    assert [lines[lines.index("Giấy", at) + 3] for at in _places(lines)] == [sheets[f"Giấy {n}"] for n in range(3)]


def _places(words: list[str]) -> list[int]:
    """Where "Giấy 0", "Giấy 1", "Giấy 2" stand among the words."""
    return [place for place, word in enumerate(words) if word == "Giấy" and words[place + 1].isdigit()]


def test_a_fuller_paper_is_preferred() -> None:
    said = Document((Paragraph("Đã vận động 48 hộ tham gia."),))
    left_open = Document((Paragraph("Đã vận động …………… hộ tham gia."),))
    assert collection.fullness(said) > collection.fullness(left_open)
