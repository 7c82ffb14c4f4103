"""Words typed in fields of pages that keep no draft: there again for whoever typed them, and for nobody else."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import PASSWORD
from tests.ui.desk.test_locking import OTHER, half_typed, program, shown_words, unlock
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import dialog_words, records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.fields import SearchField, WarningBlock
from thidua_desktop.ui.desk.kept_words import keep_words, typed_in
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.take_over_page import TakeOverPage
from thidua_desktop.ui.pages.entry.widgets.field_input import TypedLine
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.succession.page import SuccessionPage
from thidua_desktop.ui.shell.page import Page

__all__ = ["program"]
REASON = "Ghi nhầm của thôn bên"


def session_of(program: Program) -> Session:
    assert program.desk is not None
    return program.desk.session


def kept(program: Program) -> list[dict[str, str]]:
    return [dict(one.words) for one in dialog_words.kept(session_of(program))]


def succession(program: Program) -> SuccessionPage:
    assert program.desk is not None
    window = program.desk.window
    page = SuccessionPage(program.desk.session, program.look, window)
    window.push(page)
    commit(page.decision, "12/NQ-HĐND")
    return page


def test_they_are_kept_for_whoever_typed_them(program: Program, qtbot: QtBot) -> None:
    succession(program)
    program.lock()
    unlock(program, OTHER)
    assert session_of(program).user.login == "lovanb" and not shown_words(program) and not kept(program)
    program.lock()
    unlock(program, PASSWORD, "suong")
    assert "12/NQ-HĐND" in shown_words(program) and "Sắp xếp đơn vị" in shown_words(program)


def test_the_page_that_is_back_holds_them_itself(program: Program) -> None:
    page = succession(program)
    program.lock()
    assert kept(program) == [{"Số văn bản": "12/NQ-HĐND"}]  # should the power go now
    unlock(program, PASSWORD)
    assert page.decision.text() == "12/NQ-HĐND" and not shown_words(program) and not kept(program)


def test_earlier_words_of_the_same_page_are_not_lost_for_later_ones(program: Program) -> None:
    page = succession(program)
    keep_words(session_of(program), [page])
    page.decision.clear()
    program.lock()
    unlock(program, PASSWORD)  # nothing is typed now, and what was left for later still waits
    assert kept(program) == [{"Số văn bản": "12/NQ-HĐND"}]
    commit(page.decision, "15/NQ-HĐND")
    program.lock()
    assert kept(program) == [{"Số văn bản": "12/NQ-HĐND\n15/NQ-HĐND"}]
    unlock(program, PASSWORD)


def test_closing_keeps_them_too(program: Program) -> None:
    succession(program)
    assert program.desk is not None
    program.desk.window.close()
    assert kept(program) == [{"Số văn bản": "12/NQ-HĐND"}]


def test_the_reason_beside_a_list_is_kept(program: Program) -> None:
    assert program.desk is not None
    session, window = program.desk.session, program.desk.window
    values: dict[str, Value] = {"kind": "propaganda", "held_on": session.today, "title": "Phát tờ rơi"}
    assert isinstance(records.save(session, "movement_activity", values), records.Saved)
    window.open_room("movement_activity")
    settle(window)
    page = window.page()
    assert isinstance(page, ListPage)
    commit(page.pane.reason, REASON)
    program.keep_what_is_typed()
    assert kept(program) == [{"Lý do xóa": REASON}]
    page.pane.close_delete_box()  # nothing was deleted, nothing is left over
    assert not typed_in(page)


def test_what_the_form_keeps_as_its_draft_is_not_kept_twice(program: Program, qtbot: QtBot) -> None:
    page = half_typed(program)
    line = page.findChild(TypedLine)
    assert line is not None
    commit(line, "Phát tờ rơi")
    block = WarningBlock(program.look)
    block.setParent(page)
    block.set_warning("Số khác thường", "3 so với 30")
    commit(block.reason, "Đã hỏi lại")
    assert typed_in(page) == {"Lý do giữ": "Đã hỏi lại"}
    block.reason.clear()
    commit(block.reason, "Đã hỏi lại")
    block.keep_typed()
    assert not typed_in(page)  # given; it goes the way of the form


def test_no_secret_and_nothing_that_only_looks_for_something(program: Program, look: Look, qtbot: QtBot) -> None:
    assert program.desk is not None
    page = TakeOverPage(program.desk.session, look, program.desk.window)
    qtbot.addWidget(page)
    commit(page.password, "không ai được thấy")
    commit(page.sheet, "K7QM 2XVA")
    assert not typed_in(page)
    search = Page()
    qtbot.addWidget(search)
    field = SearchField(look, "Gõ một phần tên xã")
    QVBoxLayout(search).addWidget(field)
    commit(field, "Ea Drăng")
    assert not typed_in(search)
