"""Pages on their way to a printer: to the size, dot by dot, those that were chosen, annexes on fresh sheets."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.printing.blocks import AnnexTitle, Document, Orientation, Paragraph
from thidua_desktop.printing.render import render
from thidua_desktop.printing.trial_page import RULER, RULER_LEFT, RULER_TOP
from thidua_desktop.services.trial_page import trial_page
from thidua_desktop.ui.components.paper_output import _sides, job_name, print_into_file, print_pages
from thidua_desktop.ui.components.paper_pictures import draw_sheets, page_labels, strips_of
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin import printer_card
from thidua_desktop.ui.pages.admin.printer_card import PrinterCard

MM = 72 / 25.4


def pdf_printer(path: Path, dots: int = 300) -> QPrinter:
    """A printer that writes a PDF, of so many dots per inch."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(dots)
    return printer


def paper() -> bytes:
    """Three upright pages, then an annex across."""
    annex = AnnexTitle("BẢNG", orientation=Orientation.LANDSCAPE)
    return render(Document((Paragraph("Đoạn văn. " * 900), annex, Paragraph("Cuối.")))).pdf


def dark(line: list[int]) -> tuple[int, int]:
    """First and last dark dot."""
    found = [at for at, value in enumerate(line) if value < 128]
    return found[0], found[-1]


def measured(path: Path, dots: int = 600) -> tuple[float, float, float, float]:
    """Length of the ruler across and down, and where they begin, in millimetres, on the printed page."""
    page = pypdfium2.PdfDocument(path)[0]
    picture = page.render(scale=dots / 72, grayscale=True)
    data, stride, a_mm = memoryview(bytes(picture.buffer)), picture.stride, dots / 25.4

    def value(x: int, y: int) -> int:
        return data[y * stride + x]

    def run(first: float, last: float, at: float, across: bool) -> tuple[float, float]:
        fixed, span = round(at * a_mm), range(round(first * a_mm), round(last * a_mm))
        start, end = dark([value(one, fixed) if across else value(fixed, one) for one in span])
        return (start + span.start) / a_mm, (end + span.start) / a_mm

    x1, x2 = run(40, 150, RULER_TOP - 3, across=True)  # only the longer ticks reach so far
    y1, y2 = run(55, 170, RULER_LEFT - 3, across=False)
    return x2 - x1, y2 - y1, x1, y1


@pytest.mark.parametrize("dots", [300, 600])
def test_the_ruler_of_the_trial_page_is_100_mm_on_paper(dots: int, tmp_path: Path, qapp: object) -> None:
    out = tmp_path / "out.pdf"
    assert print_pages(trial_page(), pdf_printer(out, dots)) == 1
    assert measured(out) == pytest.approx((RULER, RULER, RULER_LEFT, RULER_TOP), abs=0.5)


def test_strips_make_up_the_page_exactly() -> None:
    pdf = trial_page()
    whole = draw_sheets(pdf, 200 / 72, [0])[0]
    strips = list(strips_of(pdf, 0, 200 / 72, 96))
    assert sum(picture.height() for _, picture in strips) == whole.height()
    for top, picture in strips:
        there = whole.copy(0, top, whole.width(), picture.height()).convertToFormat(QImage.Format.Format_Grayscale8)
        here = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        pairs = zip(bytes(here.constBits()), bytes(there.constBits()), strict=True)
        assert sum(abs(one - other) > 40 for one, other in pairs) < 2 * picture.height()  # the padding of each line


def test_pages_keep_their_size_and_direction(tmp_path: Path, qapp: object) -> None:
    out = tmp_path / "out.pdf"
    assert print_pages(paper(), pdf_printer(out, 150)) == 4
    sizes = [pypdfium2.PdfDocument(out).get_page_size(number) for number in range(4)]
    for width, height in sizes[:3]:
        assert (width, height) == pytest.approx((210 * MM, 297 * MM), abs=1)
    assert sizes[3] == pytest.approx((297 * MM, 210 * MM), abs=1)


def test_only_chosen_pages(tmp_path: Path, qapp: object) -> None:
    printer = pdf_printer(tmp_path / "out.pdf", 150)
    printer.setFromTo(2, 3)
    assert print_pages(paper(), printer) == 2
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) == 2


def test_a_printer_that_writes_a_file_leaves_no_part_of_a_paper(tmp_path: Path, qapp: object) -> None:
    out = tmp_path / "báo cáo.pdf"
    assert print_into_file(paper(), pdf_printer(out), lambda _done, _total: None) == 4
    assert out.read_bytes() == paper()  # letters, not pictures of them

    def stopped(done: int, _total: int) -> None:
        if done:
            raise InterruptedError

    printer = pdf_printer(out, 150)
    printer.setFromTo(2, 3)
    with pytest.raises(InterruptedError):
        print_into_file(paper(), printer, stopped)
    assert out.read_bytes() == paper() and list(tmp_path.iterdir()) == [out]
    again = pdf_printer(out, 150)
    again.setFromTo(2, 3)
    assert print_into_file(paper(), again, lambda _done, _total: None) == 2
    assert len(pypdfium2.PdfDocument(out)) == 2 and list(tmp_path.iterdir()) == [out]


def test_an_annex_begins_on_a_sheet_of_its_own_when_both_sides_are_printed() -> None:
    pdf = paper()
    assert page_labels(pdf) == ("1", "2", "3", "1")
    assert _sides(pdf, range(4), both=True) == [0, 1, 2, None, 3, None]
    assert _sides(pdf, range(4), both=False) == [0, 1, 2, 3]


def test_the_trial_page_from_the_administration(
    qtbot: QtBot, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = PrinterCard(look)
    qtbot.addWidget(card)
    monkeypatch.setattr(printer_card, "ask_printer", lambda *_: pdf_printer(tmp_path / "in.pdf", 150))
    card.print_button.click()
    all_done()
    assert len(pypdfium2.PdfDocument(tmp_path / "in.pdf")) == 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "thử.pdf"), ""))
    card.save_button.click()
    assert (tmp_path / "thử.pdf").read_bytes() == trial_page()
    text = pypdfium2.PdfDocument(trial_page())[0].get_textpage().get_text_range()
    text = " ".join(text.split())
    assert "100 mm" in text and "Actual size" in text and "Nghị định 30/2020" in text


def test_a_paper_goes_to_the_printer_under_a_name_that_a_file_may_have() -> None:
    assert job_name("Biểu đồ: Tháng 11/2026: 15/10 – 14/11") == "Biểu đồ - Tháng 11-2026 - 15-10 – 14-11"
    assert job_name("Báo cáo tháng") == "Báo cáo tháng"
