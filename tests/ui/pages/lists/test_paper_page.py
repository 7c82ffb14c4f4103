"""Papers of several records on their page: made in the background, told of, stopped, refused in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from tests.unit.services.test_spreadsheets import sheets
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import access, records
from thidua_desktop.services.documents.printing import (
    OF_ONE,
    OF_SEVERAL,
    document_spec,
    documents_of,
    take_numbers,
    takes_numbers,
)
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists import paper_page
from thidua_desktop.ui.pages.lists.paper_page import PaperPage

MakePage = Callable[[], PaperPage]


@pytest.fixture
def open_page(session: Session, look: Look, desk: Any, qtbot: QtBot) -> MakePage:
    def make() -> PaperPage:
        papers = documents_of(session, "residential_area", OF_SEVERAL)
        page = PaperPage(session, look, desk, papers, ["a", "b"], of="2 khu dân cư", back_to="Khu dân cư")
        qtbot.addWidget(page)
        page.resize(1000, 600)
        page.show()
        return page

    return make


def test_long_work_is_told_and_can_be_stopped(
    open_page: MakePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(_session: Session, _document: str, _ids: Sequence[str], on_page: Callable[[int], None], *_: str) -> object:
        on_page(7)
        go_on.wait(20)
        on_page(8)
        return SimpleNamespace(pdf=b"never")

    monkeypatch.setattr(paper_page, "print_documents", slow)
    page = open_page()
    qtbot.waitUntil(lambda: "trang 7" in page.progress._text.text())
    qtbot.waitUntil(page.progress.isVisible)
    assert not page.save_button.isEnabled()
    page.stop()
    go_on.set()
    qtbot.waitUntil(lambda: not page.progress.isVisible())
    assert page.pdf is None and "Đã dừng." in page.waiting.accessibleName()


def test_a_refusal_is_told_in_words(open_page: MakePage, qtbot: QtBot) -> None:
    page = open_page()
    gone = UserError("TD-STORE-221", singular="khu dân cư").sentence
    qtbot.waitUntil(lambda: gone in page.waiting.accessibleName(), timeout=20_000)
    assert page.pdf is None and not page.progress.isVisible() and not page.print_button.isEnabled()


def test_a_paper_is_kept_as_a_word_file(
    open_page: MakePage, session: Session, desk: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_page, "file_to_write", lambda *_: tmp_path / "khu.docx")
    page = open_page()
    page.ids = tuple(record.id for record in session.file.records.every(ListQuery("residential_area")))
    page.save_in_word()
    assert not page.word_button.isEnabled()
    qtbot.waitUntil(lambda: desk.messages == ["Đã lưu khu.docx."], timeout=20_000)
    assert (tmp_path / "khu.docx").read_bytes()[:2] == b"PK"
    qtbot.waitUntil(page.word_button.isEnabled)


def test_the_tables_of_a_paper_are_kept_for_excel(
    open_page: MakePage, session: Session, desk: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_page, "file_to_write", lambda *_: tmp_path / "khu.xlsx")
    page = open_page()
    page.ids = tuple(record.id for record in session.file.records.every(ListQuery("residential_area")))
    page.save_in_excel()
    qtbot.waitUntil(lambda: desk.messages == ["Đã lưu khu.xlsx."], timeout=20_000)
    (lines,) = sheets((tmp_path / "khu.xlsx").read_bytes()).values()
    assert [1.0, "Đông Hạ", 212.0] in [line[:3] for line in lines] and lines[-1][1:3] == ["Cộng", 884.0]


def test_one_paper_needs_no_choice(open_page: MakePage) -> None:
    assert not open_page().which.isVisible()


def test_five_papers_are_chosen_from_a_list_no_wider_than_the_window(
    session: Session, look: Look, desk: Any, qtbot: QtBot
) -> None:
    papers = documents_of(session, "award_round")
    page = PaperPage(session, look, desk, papers, ["không có"], of="Tổng kết phong trào năm 2026", back_to="Sổ đợt xét")
    qtbot.addWidget(page)
    page.resize(1142, 640)
    page.show()
    assert len(papers) == 5 and page.minimumSizeHint().width() <= 1142
    assert isinstance(page.which, ChoiceBox)
    page.which.choose(2)
    assert page.document == papers[2].name and page.which.currentText() == papers[2].title
    qtbot.waitUntil(lambda: "không" in page.waiting.accessibleName().lower(), timeout=20_000)


def test_a_paper_of_a_restricted_register_is_made_and_the_look_written_down(
    session: Session, look: Look, desk: Any, qtbot: QtBot, areas: dict[str, str]
) -> None:
    values: Values = {
        "name": "Vàng Thị Ọi", "sex": "female", "residential_area": areas["tan lap"], "group": "suspended_sentence",
        "decision": "7/2026/QĐ-CA", "received_on": session.today,
    }  # fmt: skip
    saved = records.save(session, "supervised_person", values, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    papers = documents_of(session, "supervised_person", OF_ONE)
    page = PaperPage(session, look, desk, papers, [saved.record.id], of="Vàng Thị Ọi", back_to="Sổ")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=20_000)
    assert [one.what for one in access.newest(session, 2)] == ["print", "open"]


def test_a_paper_takes_its_number_once_after_those_of_the_paper_book(
    session: Session, look: Look, desk: Any, qtbot: QtBot, add: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = add(
        "programme", title="Phòng, chống ma túy", kind="plan", level="commune", topics=("drugs",),
        valid_from=date(2026, 11, 2),
    )  # fmt: skip
    page = PaperPage(
        session, look, desk, documents_of(session, "programme"), [plan], document="plan_paper", of="", back_to=""
    )
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=15000)
    assert page.number_button.text() == "Lấy số" and page.number_button.isEnabled()
    answers, asked = [(0, False), (215, True)], list[str]()
    monkeypatch.setattr(QInputDialog, "getInt", lambda *told: (asked.append(told[2]), answers.pop(0))[1])
    page.number_button.click()  # asked, and rather not said: no number is taken
    assert "KH-UBND năm 2026" in asked[0] and page.number_button.text() == "Lấy số"
    page.number_button.click()
    qtbot.waitUntil(lambda: page.pdf is not None and page.number_button.text() == "Số 216/KH-UBND", timeout=15000)
    assert not page.number_button.isEnabled() and desk.messages[-1] == "Đã lấy số 216/KH-UBND"
    assert take_numbers(session, "plan_paper", [plan], ask_first=True)[0].number == 216


def test_a_number_that_was_typed_is_shown_and_none_is_taken(
    session: Session, look: Look, desk: Any, qtbot: QtBot, add: Callable[..., str]
) -> None:
    """Else the button stands there to be pressed, and is refused."""
    plan = add(
        "programme", title="Phòng, chống ma túy", kind="plan", level="commune", topics=("drugs",), number="07/KH-UBND",
        valid_from=date(2026, 11, 2), issued_on=date(2026, 11, 2),
    )  # fmt: skip
    documents = documents_of(session, "programme")
    page = PaperPage(session, look, desk, documents, [plan], document="plan_paper", of="", back_to="")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=15000)
    assert page.number_button.text() == "Số 07/KH-UBND" and not page.number_button.isEnabled()
    assert "ghi tay" in page.number_button.toolTip()


def test_a_text_of_the_register_of_issued_papers_takes_no_second_number(session: Session) -> None:
    assert not takes_numbers(document_spec(session, "official_paper"))
    assert takes_numbers(document_spec(session, "plan_paper"))
