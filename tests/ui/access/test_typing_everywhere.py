"""Vietnamese typing is sacred: in every text field of every form and page the text is what was meant, however typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.access.text_fields import disturbed, text_fields, wrong_texts
from tests.ui.pages.conftest import CHEAP, NOW, OFFICE, Desk
from tests.ui.wizard.test_wizard import go_to
from tests.ui.working import all_done
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services.offices import create_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.services.setup_flow import Step
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.form_view import FormView
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.computed import ComputedInput
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage
from thidua_desktop.ui.pages.report.evidence import PARAGRAPHS
from thidua_desktop.ui.pages.report.page import ReportPage
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.shell.page import LayoutClass
from thidua_desktop.ui.unlock.window import UnlockWindow
from thidua_desktop.ui.wizard.window import CreateOfficeWizard

REGISTERS = sorted(name for name, spec in load_definitions().registers.items() if spec.page != "assessment")


def shown(qtbot: QtBot, page: QWidget) -> QWidget:
    qtbot.addWidget(page)
    page.resize(1158, 688)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def assert_text_stays_as_meant(page: QWidget, at_least: int = 1) -> None:
    assert len(list(text_fields(page))) >= at_least
    assert disturbed(page) == {}
    assert wrong_texts(page) == {}


@pytest.mark.parametrize("register", REGISTERS)
def test_every_field_of_every_form(qtbot: QtBot, commune: Session, look: Look, navigate: Desk, register: str) -> None:
    page = EntryPage(commune, look, navigate, register)
    form: FormView = page.form
    shown(qtbot, page)
    for rows in form.findChildren(RowsInput):
        rows.add_button.click()
    typed = [one for one in form.inputs.values() if not isinstance(one, ComputedInput | RowsInput)]
    with_text = [one for one in typed if list(text_fields(one))]
    assert with_text, "a form without any text"
    assert_text_stays_as_meant(page)


def test_the_filter_of_a_list(qtbot: QtBot, commune: Session, look: Look, navigate: Desk) -> None:
    assert_text_stays_as_meant(shown(qtbot, ListPage(commune, look, navigate, "movement_activity")))


def test_the_meeting(qtbot: QtBot, commune: Session, look: Look, navigate: Desk) -> None:
    page = MeetingPage(commune, look, navigate, "resident_meeting")
    shown(qtbot, page)
    assert_text_stays_as_meant(page, at_least=5)
    page.hide()


def test_the_paragraphs_of_a_report(qtbot: QtBot, commune: Session, look: Look, navigate: Desk) -> None:
    page = ReportPage(commune, look, navigate)
    page.set_layout_class(LayoutClass.WIDE)
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.shown is not None, timeout=15000)
    page.evidence.tabs.setCurrentIndex(PARAGRAPHS)
    assert_text_stays_as_meant(page, at_least=3)
    page.hide()
    all_done()


def test_the_search_box(qtbot: QtBot, shell: MainWindow) -> None:
    shell.top_bar.search.start()
    assert disturbed(shell.top_bar) == {}
    assert wrong_texts(shell.top_bar) == {}


@pytest.mark.parametrize("step", [Step.UNIT, Step.LETTERHEAD, Step.PERSON])
def test_the_wizard(qtbot: QtBot, look: Look, tmp_path: Path, step: Step) -> None:
    wizard = CreateOfficeWizard(look, Clock(NOW), tmp_path, CHEAP)
    shown(qtbot, wizard)
    page = go_to(wizard, step)
    assert_text_stays_as_meant(page)


def test_the_unlock_window(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    create_office(tmp_path / "xa.thidua", OFFICE, Clock(NOW), CHEAP).session.close()
    window = UnlockWindow(look, [tmp_path / "xa.thidua"], Clock(NOW))
    shown(qtbot, window)
    assert_text_stays_as_meant(window)
