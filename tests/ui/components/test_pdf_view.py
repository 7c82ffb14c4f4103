"""The paper on the screen: sharp at every scaling, drawn page by page, zoomed, searched and copied by keyboard."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from thidua_desktop.printing.blocks import Document, PageBreak, Paragraph
from thidua_desktop.printing.render import render
from thidua_desktop.ui.components.paper_search import search_pages
from thidua_desktop.ui.components.paper_view import Mark, PaperView, Sheet
from thidua_desktop.ui.components.pdf_view import PdfView
from thidua_desktop.ui.look.theme import Look

CONTROL = Qt.KeyboardModifier.ControlModifier


def paper(pages: int) -> bytes:
    """So many pages, each with its number in words of its own."""
    blocks: list[object] = []
    for number in range(1, pages + 1):
        small = Paragraph(f"Chữ nhỏ ở trang số {number}: nghiêng, khuỷu, ữ.", size=8.0)
        blocks += [Paragraph(f"Tổ quốc, trang-{number}-hết."), small, PageBreak()]
    return render(Document(tuple(blocks[:-1]))).pdf  # type: ignore[arg-type]


def shown(qtbot: QtBot, look: Look, pages: int = 3, ratio: float = 1.0) -> PdfView:
    """A view of 700 × 500 on a screen scaled by ``ratio``, its first pages drawn."""

    class Scaled(PdfView):
        def devicePixelRatioF(self) -> float:
            return ratio

    view = Scaled(look, "Bản in", 760)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.show_pdf(paper(pages))
    qtbot.waitUntil(view.has_pictures, timeout=15000)
    return view


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("zoom", [0.0, 1.0, 1.37])
def test_a_picture_has_a_dot_for_each_dot_of_the_screen(qtbot: QtBot, look: Look, ratio: float, zoom: float) -> None:
    view = shown(qtbot, look, ratio=ratio)
    view.set_zoom(zoom)
    qtbot.waitUntil(view.has_pictures, timeout=15000)
    picture, rect = view._pictures[0], view._sheet_rect(0)
    assert picture.width() == round(rect.width() * ratio)
    assert abs(picture.height() - rect.height() * ratio) <= 2
    page = pypdfium2.PdfDocument(view._pdf)[0]
    direct = page.render(scale=(picture.width() - 0.01) / page.get_width())
    same = QImage(bytes(direct.buffer), direct.width, direct.height, direct.stride, QImage.Format.Format_BGR888)
    assert picture.convertToFormat(QImage.Format.Format_RGB32) == same.convertToFormat(QImage.Format.Format_RGB32)


def test_small_letters_come_to_the_screen_unchanged(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look)
    QApplication.processEvents()
    rect = view._sheet_rect(0).adjusted(2, 2, -2, -300)
    grabbed = view.viewport().grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)
    there = view._pictures[0].copy(2, 2, rect.width(), rect.height()).convertToFormat(QImage.Format.Format_RGB32)
    there.setDevicePixelRatio(1.0)
    assert grabbed.copy(0, 0, rect.width(), 150) == there.copy(0, 0, rect.width(), 150)


def test_a_long_paper_is_drawn_as_it_is_seen(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, pages=300)
    assert view.page_count() == 300 and len(view._pictures) <= 4
    for page in (150, 300, 40):
        view.go_to_page(page)
        qtbot.waitUntil(view.has_pictures, timeout=15000)
        assert page - 1 in view._pictures and len(view._pictures) <= 12


def test_zoom_by_keyboard(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look)
    fitted = view.scale()
    for key, modifiers in ((Qt.Key.Key_0, CONTROL), (Qt.Key.Key_Plus, CONTROL), (Qt.Key.Key_Minus, CONTROL)):
        before = view.scale()
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        override.ignore()
        QApplication.sendEvent(view, override)
        assert override.isAccepted()
        QTest.keyClick(view, key, modifiers)
        if key == Qt.Key.Key_0:
            assert view.scale() == pytest.approx(96 / 72)
        else:
            assert (view.scale() > before) == (key == Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_W)
    assert view.scale() == pytest.approx(fitted)
    QTest.keyClick(view, Qt.Key.Key_P)
    assert view._sheet_rect(0).height() <= 500 and view._sheet_rect(0).height() > 450


def test_words_are_found_without_diacritics_and_brought_into_view(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, pages=30)
    QTest.keyClick(view, Qt.Key.Key_F, CONTROL)
    assert view.search_field.isVisible()
    view.search_field.setText("TRANG-27-het")
    qtbot.waitUntil(lambda: bool(view.hits()), timeout=15000)
    assert [hit.page for hit in view.hits()] == [26]
    assert 26 in view.in_view()
    view.search_field.setText("to quoc")
    qtbot.waitUntil(lambda: len(view.hits()) == 30, timeout=15000)
    QTest.keyClick(view.search_field, Qt.Key.Key_Return)
    assert view.search_count.text().strip() == "2/30"
    view.search_field.setText("không có đâu")
    qtbot.waitUntil(lambda: view.search_count.text().strip() == "Không thấy", timeout=15000)
    QTest.keyClick(view.search_field, Qt.Key.Key_Escape)
    assert view.search_field.isHidden() and not view._found


def test_found_places_lie_on_the_words(qtbot: QtBot, look: Look) -> None:
    pdf = render(Document((Paragraph("Một câu rất dài để xuống dòng. " * 6 + "Khuỷu tay"),))).pdf
    (found,) = search_pages(pdf, "khuyu tay")
    (area,) = found.areas
    assert 20 * 72 / 25.4 < area.top() < 60 * 72 / 25.4 and 40 < area.width() < 80
    across = search_pages(pdf, "để xuống dòng. Một câu")
    assert len(across) == 5


def test_the_text_of_the_page_is_copied(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look)
    view.go_to_page(2)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert "trang-2-hết" in QGuiApplication.clipboard().text()


def test_a_wide_annex_does_not_make_the_upright_pages_small(qtbot: QtBot, look: Look) -> None:
    view = PaperView(look)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    mark = Mark("sessions", 2, QRectF(0, 0, 842, 595))
    view.set_paper([Sheet(595.0, 842.0), Sheet(842.0, 595.0)], [mark])
    upright, wide = (view._sheet_rect(at) for at in range(2))
    assert abs(upright.width() - wide.width()) <= 1 and upright.height() > 2 * wide.height() * 0.9
    assert abs(view._box(mark).width() - wide.width()) <= 1
