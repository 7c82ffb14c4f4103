"""One button finds all that the province's stick holds, and shows each where it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services.handoff import answers, cards, directives
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.handoff.kinds import Came
from thidua_desktop.services.handoff.sticks import Stick
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff import stick_finder
from thidua_desktop.ui.pages.handoff.page import RECEIVE, HandoffPage
from thidua_desktop.ui.pages.handoff.stick_card import StickCard


def test_everything_on_the_only_stick_is_found_by_one_button(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stick_finder, "sticks", lambda: [Stick(pair.folder, "KINGSTON", 1, ())])
    page = HandoffPage(pair.commune, look, desk)
    qtbot.addWidget(page)
    page.show_view(RECEIVE)
    page.resize(1150, 660)
    page.show()
    card = page.found
    QTest.mouseClick(card.find_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "không có gì cho đơn vị này" in card.notice.accessibleName(), timeout=20000)
    pair.activity()
    pair.take(pair.send())
    answers.make_receipts(pair.province, pair.folder)
    directives.make_directive(pair.province, DirectiveWish("Hạn nộp", settings={DUE_DAYS: 3}), pair.folder)
    qtbot.waitUntil(card.find_button.isEnabled, timeout=20000)
    QTest.mouseClick(card.find_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 biên nhận, 1 gói chỉ đạo" in card.notice.accessibleName(), timeout=20000)
    assert "Không có: bản cập nhật chương trình, thẻ đơn vị" in card.notice.accessibleName()
    assert page.receipt.take_button.isVisibleTo(page) and page.directive.apply_button.isVisibleTo(page)
    page.receipt.take()
    all_done()
    assert "Biên nhận số 1" in page.receipt.notice.accessibleName() and page.directive.apply_button.isVisibleTo(page)
    assert page.focusWidget() is page.directive.apply_button  # what else was found
    all_done()


def test_a_card_of_another_machine_is_opened_where_fingerprints_are_compared(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, tmp_path: Path
) -> None:
    from tests.unit.services.handoff.two_offices import make_office

    second = make_office(tmp_path / "may-hai.thidua", "24412")
    cards.export_card(second, pair.folder)
    second.close()
    page = HandoffPage(pair.commune, look, desk)
    qtbot.addWidget(page)
    page.found.finder.look_into(pair.folder)
    qtbot.waitUntil(lambda: "1 thẻ đơn vị" in page.found.notice.accessibleName(), timeout=20000)
    (button,) = [one for one in page.found.findChildren(Button) if one.text().startswith("Xem thẻ")]
    with qtbot.waitSignal(page.found.opened) as opened:
        button.click()
    assert opened.args is not None and opened.args[0].kind is Came.CARD
    assert page.introduction._card is not None and page.introduction.typed.isVisibleTo(page.introduction)
    all_done()


def test_no_word_of_a_missing_stick_once_a_folder_is_chosen(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    card = StickCard(look)
    qtbot.addWidget(card)
    assert any("Chưa thấy USB nào" in words for words in shown_in(card))
    card.choose_folder(tmp_path)
    assert not any("Chưa thấy USB nào" in words for words in shown_in(card)) and card.folder() == tmp_path


def shown_in(card: StickCard) -> list[str]:
    """What the card says."""
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in card.findChildren(QLabel) if not one.isHidden()]
