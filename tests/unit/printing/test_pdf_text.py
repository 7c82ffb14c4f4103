"""What other programs read out of our PDFs: text by poppler, facts by PDFium and poppler."""

from __future__ import annotations

import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.unit.printing.paper_samples import report_sample
from thidua_desktop.printing.blocks import (
    Align,
    AnnexTitle,
    Column,
    Document,
    Heading,
    LetterHead,
    Meta,
    Paragraph,
    Run,
    Table,
)
from thidua_desktop.printing.render import render

MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
LETTERS = [
    *(unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS + VOWELS.upper() for mark in MARKS),
    "đ",
    "Đ",
]
ACCENTED = [letter for letter in LETTERS if not letter.isascii()]
FACES = [(False, False), (True, False), (False, True), (True, True)]


def poppler(program: str, pdf: bytes, folder: Path, *options: str) -> str:
    """What a tool of poppler says of a PDF."""
    path = folder / "x.pdf"
    path.write_bytes(pdf)
    target = [str(path), "-"] if program == "pdftotext" else [str(path)]
    done = subprocess.run([program, *options, *target], capture_output=True, check=True, text=True)
    return done.stdout


def document(*blocks: object, **facts: str) -> Document:
    return Document(tuple(blocks), Meta(**facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_all_134_letters_are_read_back_in_every_face(bold: bool, italic: bool, tmp_path: Path) -> None:
    assert len(ACCENTED) == 134
    words = [f"n{letter}ng{letter}" for letter in ACCENTED]
    decomposed = unicodedata.normalize("NFD", " ".join(words))
    rows = tuple((word, word.upper()) for word in words)
    text = Paragraph((Run(decomposed, bold=bold, italic=italic),))
    pdf = render(document(text, Table((Column("Một"), Column("Hai")), rows))).pdf
    read = poppler("pdftotext", pdf, tmp_path)
    assert read == unicodedata.normalize("NFC", read)
    assert [word for word in words if read.split().count(word) < 2 and word != word.upper()] == []
    searched = pypdfium2.PdfDocument(pdf)
    for word in words:
        assert any(page.get_textpage().search(word, match_case=True).get_next() for page in searched), word


def test_running_text_and_cells_are_read_in_order_with_words_whole(tmp_path: Path) -> None:
    sentence = "Phong trào toàn dân bảo vệ an ninh Tổ quốc ở khu dân cư được giữ vững, nghiêng hẳn về phòng ngừa. "
    rows = tuple((str(number), f"Ổ khóa số {number}", f"{number}.000") for number in range(1, 4))
    columns = (Column("TT", 1), Column("Nội dung", 4), Column("Số", 2, Align.RIGHT))
    read = poppler("pdftotext", render(document(Paragraph(sentence * 9), Table(columns, rows))).pdf, tmp_path)
    flowing = " ".join(read.split())
    assert (sentence * 9).strip() in flowing
    assert flowing.endswith("1 Ổ khóa số 1 1.000 2 Ổ khóa số 2 2.000 3 Ổ khóa số 3 3.000")


def test_fonts_are_embedded_subsets_with_their_letters_named(tmp_path: Path) -> None:
    lines = poppler("pdffonts", render(report_sample()).pdf, tmp_path).splitlines()[2:]
    assert len(lines) >= 3
    for line in lines:
        assert line[6] == "+" and line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, ToUnicode


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    head = LetterHead(None, ("UBND XÃ PHÚ HÒA",), date=date(2026, 11, 16))
    pdf = render(document(head, Paragraph("x"), title="Báo cáo tháng 11", author="UBND xã Phú Hòa", subject="Kỳ")).pdf
    told = poppler("pdfinfo", pdf, tmp_path, "-isodates")
    facts = dict(line.split(":", 1) for line in told.splitlines())
    found = {name: facts[name].strip() for name in ("Title", "Author", "Subject", "Creator")}
    assert found == {
        "Title": "Báo cáo tháng 11", "Author": "UBND xã Phú Hòa", "Subject": "Kỳ", "Creator": "Thi đua ANTQ",
    }  # fmt: skip
    assert facts["CreationDate"].strip().startswith("2026-11-16") and b"/Lang (vi-VN)" in pdf
    assert b"/PrintScaling /None" in pdf and b"/DisplayDocTitle true" in pdf


def test_pages_are_labelled_as_they_are_numbered_and_headings_nest(tmp_path: Path) -> None:
    body = [Paragraph("Đoạn văn. " * 400), Heading(1, "I. KẾT QUẢ"), Heading(2, "1. Tuyên truyền"), Paragraph("x")]
    annexes = (AnnexTitle("SỐ LIỆU", "I"), Paragraph("y"), AnnexTitle("DANH SÁCH", "II"), Paragraph("z"))
    read = pypdfium2.PdfDocument(render(document(*body, *annexes)).pdf)
    labels = [read.get_page_label(number) for number in range(len(read))]
    assert labels == [*map(str, range(1, len(read) - 1)), "1", "1"]
    outline = [(item.level, item.get_title()) for item in read.get_toc()]
    assert outline == [
        (0, "I. KẾT QUẢ"), (1, "1. Tuyên truyền"), (0, "Phụ lục I SỐ LIỆU"), (0, "Phụ lục II DANH SÁCH"),
    ]  # fmt: skip


def test_the_same_paper_is_the_same_file() -> None:
    assert render(report_sample()).pdf == render(report_sample()).pdf
