"""What is found in child rows names the row as it stands on the screen, and each cell can be come to."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.fields import ProblemLine
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput


def _with_meetings(session: Session, look: Look, desk: Desk, qtbot: QtBot, days: list[str]) -> EntryPage:
    """A mediation case whose meetings have these days as typed, and a place each; "" is a row left empty."""
    page = EntryPage(session, look, desk, "mediation_case")
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    rows = page.form.inputs["meetings"]
    assert isinstance(rows, RowsInput)
    for typed in days:
        rows.begin_row()
        for name, text in (("held_on", typed.strip()), ("place", typed and "Nhà văn hóa")):
            made = rows.editors[-1].inputs[name]
            assert isinstance(made, LineInput)
            made.line.setText(text)
    return page


def _cells(page: EntryPage, number: int) -> LineInput:
    rows = page.form.inputs["meetings"]
    assert isinstance(rows, RowsInput)
    made = rows.editors[number - 1].inputs["held_on"]
    assert isinstance(made, LineInput)
    return made


def test_an_empty_row_before_is_counted(session: Session, look: Look, desk: Desk, qtbot: QtBot) -> None:
    page = _with_meetings(session, look, desk, qtbot, ["", "99/99", "", " "])
    page.save()
    told = page.form.findings_of("meetings").problem_texts()
    assert [text.partition(":")[0] for text in told] == ["Dòng 2", "Dòng 4"]
    assert told[1] == "Dòng 4: Chưa nhập “Ngày”. Nhập mục này hoặc xóa cả dòng."
    assert all(text.count("Dòng") == 1 for text in told)


def test_the_same_words_of_several_rows_are_said_once(
    session: Session, look: Look, desk: Desk, qtbot: QtBot
) -> None:  # fmt: skip
    page = _with_meetings(session, look, desk, qtbot, [" ", "1/3", " "])
    page.save()
    told = page.form.findings_of("meetings").problem_texts()
    assert told == ["Dòng 1, 3: Chưa nhập “Ngày”. Nhập mục này hoặc xóa cả dòng."]


def test_keys_lead_from_one_wrong_cell_to_the_next(session: Session, look: Look, desk: Desk, qtbot: QtBot) -> None:
    page = _with_meetings(session, look, desk, qtbot, ["", "99/99", "", "98/98"])
    page.save()
    page.form.inputs["mediators"].go_to()
    page.next_problem()
    assert _cells(page, 2).has_focus()
    page.next_problem()
    assert _cells(page, 4).has_focus()


def test_a_click_on_the_sentence_leads_to_the_cell(session: Session, look: Look, desk: Desk, qtbot: QtBot) -> None:
    page = _with_meetings(session, look, desk, qtbot, ["", "1/3", "", "98/98"])
    page.save()
    page.form.inputs["mediators"].go_to()
    line = next(one for one in page.form.findings_of("meetings").findChildren(ProblemLine) if not one.isHidden())
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert _cells(page, 4).has_focus()


def test_the_sentence_comes_into_sight_with_its_cell(session: Session, look: Look, desk: Desk, qtbot: QtBot) -> None:
    page = _with_meetings(session, look, desk, qtbot, ["", "99/99"])
    page.resize(1100, 520)
    page.save()
    page.form.verticalScrollBar().setValue(0)
    qtbot.wait(50)
    page.form.inputs["mediators"].go_to()
    page.next_problem()
    qtbot.wait(50)
    for part in (page.form.findings_of("meetings"), _cells(page, 2)):
        top = part.mapTo(page.form.viewport(), QPoint(0, 0)).y()
        assert top >= 0 and top + part.height() <= page.form.viewport().height()
