"""Mã trên giấy: codes from a scanner or from pictures, compared with what is there, kept by one button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.services.handoff.test_paper_figures import closed_paper
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.handoff.paper_figures import codes_in_file
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province import paper_codes_view
from thidua_desktop.ui.pages.province.paper_codes_view import PaperCodesView


@pytest.fixture
def paper(pair: TwoOffices, tmp_path: Path) -> Path:
    pair.activity()
    return closed_paper(pair, tmp_path)


@pytest.fixture
def view(qtbot: QtBot, look: Look, pair: TwoOffices) -> Iterator[PaperCodesView]:
    made = PaperCodesView(pair.province, look)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    yield made


def scanned_in(view: PaperCodesView, text: str) -> None:
    """What a scanner does that types like a keyboard: digits, then Enter."""
    view.code.setText(text)
    QTest.keyClick(view.code, Qt.Key.Key_Return)
    all_done()


def test_a_scanner_types_one_code_after_the_other(view: PaperCodesView, paper: Path, pair: TwoOffices) -> None:
    texts = codes_in_file(paper)
    scanned_in(view, texts[-1])
    assert view.state.text().startswith("Còn thiếu mã 1")
    assert not view.keep_button.isEnabled()
    for text in texts[:-1]:
        scanned_in(view, text)
    assert view.state.text() == "Chữ ký đúng" and view.code.text() == ""
    assert pair.commune.file.identity.name in view.title.text()
    told: list[str] = []
    view.told.connect(lambda text, *_: told.append(text))
    view.keep_button.click()
    all_done()
    assert told and told[0].startswith("Đã ghi nhận")
    assert pair.province.file.reports.frozen(received_report("24412", REPORT), NOVEMBER.code) is not None
    assert view.scanned is None and view.state.text() == "Chưa quét mã nào"


def test_a_pdf_is_read_whole_and_known_figures_agree(view: PaperCodesView, paper: Path) -> None:
    view.read_pictures([paper])
    all_done()
    view.keep()
    all_done()
    view.read_pictures([paper])
    all_done()
    assert view.state.text() == "Chữ ký đúng, khớp số đã có"
    model = view.table.model()
    assert {model.index(row, 3).data() for row in range(model.rowCount())} == {"khớp"}


def test_a_foreign_code_is_refused_and_nothing_is_lost(
    view: PaperCodesView, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(paper_codes_view, "show_error", lambda _look, error, _parent: told.append(error.code))
    texts = codes_in_file(paper)
    scanned_in(view, texts[0])
    scanned_in(view, "123456")
    assert told == ["TD-SYNC-070"] and len(view.scan.parts) == 1
    view.start_again()
    assert not view.scan.parts
