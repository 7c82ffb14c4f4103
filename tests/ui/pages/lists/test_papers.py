"""Papers are kept where the person says; a refusal or a full disk is told and leaves nothing half written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists import papers
from thidua_desktop.ui.pages.lists.record_pane import RecordPane
from thidua_desktop.ui.show_error import ErrorDialog
from thidua_desktop.ui.tasks import TaskControl


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    errors: list[Any] = []
    monkeypatch.setattr(papers, "show_error", lambda look, error, parent: errors.append(error))
    monkeypatch.setattr(papers.QDesktopServices, "openUrl", lambda url: True)
    return errors


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path) if path else "", ""))


def test_file_names_are_plain() -> None:
    assert papers.file_name("Sổ họp dân, họp tổ tự quản", "xlsx") == "so-hop-dan-hop-to-tu-quan.xlsx"
    assert papers.file_name("…", "pdf") == "so.pdf"


def test_a_paper_is_written_where_the_person_says(
    qtbot: QtBot, look: Look, told: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer(monkeypatch, tmp_path / "so.pdf")
    assert papers.keep_and_open(look, parent, "Sổ", b"%PDF") == tmp_path / "so.pdf"
    assert (tmp_path / "so.pdf").read_bytes() == b"%PDF"
    answer(monkeypatch, None)
    assert papers.keep_and_open(look, parent, "Sổ", b"%PDF") is None
    assert not told


def test_what_cannot_be_written_is_told(
    qtbot: QtBot, look: Look, told: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer(monkeypatch, tmp_path / "khong-co" / "so.pdf")
    assert papers.keep_and_open(look, parent, "Sổ", b"%PDF") is None
    assert told[0].code == "TD-UI-021"
    assert "so.pdf" in told[0].sentence

    def refused(_control: TaskControl) -> bytes:
        raise UserError("TD-STORE-221", singular="khu dân cư")

    assert papers.make_and_keep(LongWork(look, parent), look, parent, "Sổ", refused)
    all_done()
    dialog = parent.findChild(ErrorDialog)
    assert dialog is not None and dialog.code == "TD-STORE-221"


def test_a_paper_that_a_record_is_not_ready_for_says_what_it_waits_for(
    session: Session, look: Look, qtbot: QtBot, areas: dict[str, str]
) -> None:
    spec = session.register("mediation_case")
    pane = RecordPane(look, session, spec)
    qtbot.addWidget(pane)
    button = pane.paper_buttons["mediation_agreement"]
    for outcome in ("open", "success"):
        values = {**sample_values(session.definitions, spec), "residential_area": areas["tan lap"], "outcome": outcome}
        pane.show_record(session.file.records.save(spec.name, values, actor="a", now=session.now()))
        assert button.isEnabled() == (outcome == "success")
        assert ("Kết quả: Hòa giải thành" in button.toolTip()) == (outcome == "open")


def test_a_long_title_of_a_paper_stays_within_the_pane(session: Session, look: Look, qtbot: QtBot) -> None:
    pane = RecordPane(look, session, session.register("supervised_person"))
    qtbot.addWidget(pane)
    pane.resize(look.px(332), look.px(400))
    pane.show()
    pane.tabs.setCurrentIndex(2)
    for name, button in pane.paper_buttons.items():
        around = button.parentWidget()
        assert around is not None and around.parentWidget() is not None
        assert around.width() <= around.parentWidget().width(), name
        assert button.toolTip() == session.definitions.documents[name].title
