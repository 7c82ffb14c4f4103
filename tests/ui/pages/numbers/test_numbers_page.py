"""The page of numbers: gaps and doubles stand there, numbers used before are told to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.services.test_spreadsheets import sheets
from thidua_desktop.services import paper_numbers
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.labels import StateLabel
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.numbers.page import NumbersPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, add: Callable[..., str]) -> NumbersPage:
    for number in (3, 5, 5):
        add(
            "issued_document",
            number=number,
            symbol="BC-UBND",
            type="report",
            issued_on=date(2026, 3, 4),
            subject="Việc",
        )
    made = NumbersPage(session, look, desk)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def words(widget: QWidget) -> str:
    """Every text of a card."""
    return "; ".join(label.text() for kind in (QLabel, StateLabel) for label in widget.findChildren(kind))


def test_gaps_and_doubles_stand_on_the_page(page: NumbersPage) -> None:
    text = words(page.cards["BC-UBND"])
    assert "Số trùng: 05 (2 lần)" in text and "Số trống: 01–02; 04" in text
    assert "3 văn bản, số cuối 05, số kế tiếp 06" in text


def test_numbers_used_before_are_no_gaps(page: NumbersPage, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (2, True))
    page.ask_before(paper_numbers.overview(session, 2026)[0])
    assert paper_numbers.before(session, "BC-UBND", 2026) == 2
    assert "Số trống: 04" in words(page.cards["BC-UBND"])


def test_the_numbers_are_saved_for_excel(page: NumbersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "số"), ""))
    page.excel_button.click()
    all_done()
    (lines,) = sheets((tmp_path / "số.xlsx").read_bytes()).values()
    assert lines[3] == ["BC-UBND", 3, 0, 5, 6, "01–02; 04", "05 (2 lần)"]
