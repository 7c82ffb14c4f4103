"""Sắp xếp đơn vị hành chính: looked at, written, taken back; sent with a directive, told and offered at the commune."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, press
from tests.ui.working import all_done
from tests.unit.services.communes.provinces import MERGED, NEW, OLD_A, OLD_B
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services import commune_changes, own_unit
from thidua_desktop.services.change_words import told
from thidua_desktop.services.handoff import directives, orders
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.unit_card import UnitCard
from thidua_desktop.ui.pages.province.changes_page import ChangesPage
from thidua_desktop.ui.pages.province.directives_view import DirectivesView


@pytest.fixture
def page(qtbot: QtBot, look: Look, pair: TwoOffices, desk: Desk) -> ChangesPage:
    made = ChangesPage(pair.province, look, desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_merger_is_looked_at_written_and_taken_back(page: ChangesPage, pair: TwoOffices) -> None:
    assert not page.apply_button.isEnabled()
    page.choose((OLD_A, OLD_B))
    commit(page.news[0], f"{NEW}; Xã Ea Sơn")
    commit(page.day, "20/8/2026")
    page.look_ahead()
    assert "Chưa ghi số nghị quyết" in page.notice.accessibleName() and not page.steps.text()
    commit(page.decision, "1685/NQ-UBTVQH15")
    page.look_ahead()
    assert "kết thúc ngày 19/08/2026" in page.steps.text() and "Chưa nhận thẻ" in page.hints.text()
    assert commune_changes.written(pair.province) == []
    QTest.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)
    all_done()
    (written,) = commune_changes.written(pair.province)
    assert (written.effective_on, written.stands) == (date(2026, 8, 20), True)
    assert page.day.text() == "" and not page.apply_button.isEnabled()
    page.undo(written.id)
    all_done()
    assert [one.stands for one in commune_changes.written(pair.province)] == [False]


def test_a_split_has_a_line_for_each_part_and_the_search_keeps_what_is_marked(page: ChangesPage) -> None:
    page.kind.setCurrentIndex(1)
    assert all(line.isVisible() for line in page.news)
    page.choose((OLD_A,))
    page.search.setText("không có tên này")
    shown = [page.sources.item(at).text() for at in range(page.sources.count()) if not page.sources.item(at).isHidden()]
    assert len(shown) == 1 and OLD_A in shown[0]


def test_it_goes_down_and_the_new_name_is_taken_by_a_person(qtbot: QtBot, look: Look, pair: TwoOffices) -> None:
    asked = commune_changes.AskedChange(
        kind="rename", effective_on=MERGED.effective_on, before=(OLD_A,), after=((OLD_A, "Phường Ea Đrăng"),),
        decision="9/NQ",
    )  # fmt: skip
    commune_changes.apply(pair.province, asked)
    view = DirectivesView(pair.province, look)
    qtbot.addWidget(view)
    view.about.setText("Tên mới")
    view.communes.setChecked(True)
    view.write_to(pair.folder)
    all_done()
    (path,) = pair.folder.glob("*.tdp")
    orders.take_directive(pair.commune, orders.look_at_directive(pair.commune, path))
    card = UnitCard(look, pair.commune)
    qtbot.addWidget(card)
    card.show_news()
    with qtbot.waitSignal(card.renamed):
        card.take_name()
    assert pair.commune.file.identity.name == "Phường Ea Đrăng"
    assert card.isHidden() and own_unit.news(pair.commune) == []


def test_without_changes_nothing_can_be_sent(qtbot: QtBot, look: Look, pair: TwoOffices) -> None:
    view = DirectivesView(pair.province, look)
    qtbot.addWidget(view)
    assert not view.communes.isEnabled()
    commune_changes.apply(pair.province, MERGED)
    made = directives.make_directive(pair.province, DirectiveWish("Sáp nhập", communes=True), pair.folder)
    assert len(orders.look_at_directive(pair.commune, made.path).communes) == 1


def test_a_merger_into_one_that_is_there_by_keyboard(page: ChangesPage, pair: TwoOffices) -> None:
    commit(page.search, "cu yang")
    press(page.search, Qt.Key.Key_Return)
    assert OLD_B in page.chosen.text() and page.search.text() == ""
    commit(page.search, "xa")
    press(page.search, Qt.Key.Key_Return)
    assert page.chosen.text().count("mã") == 1  # of many none is meant
    assert page.focusWidget() is page.sources  # there it is chosen with Space
    commit(page.search, " zzz")
    assert "Không có đơn vị nào" in page.chosen.text()
    page.search.clear()
    commit(page.search, "hoa phu")  # "Phú Hòa 1" holds both words too
    press(page.search, Qt.Key.Key_Return)
    assert "Xã Hòa Phú, mã 24175" in page.chosen.text() and page.chosen.text().count("mã") == 2
    page.choose((OLD_B,))
    commit(page.news[0], "m drak")
    commit(page.day, "20/8/2026")
    commit(page.decision, "1685/NQ-UBTVQH15")
    assert page.notice.accessibleName().startswith("Ghi được")  # while it is typed
    QTest.keyClick(page.decision, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    all_done()
    (written,) = commune_changes.written(pair.province)
    assert [one.code for one in written.after] == [OLD_A] and not written.beginning
    assert "Xã Cư Yang sáp nhập vào Xã M’Drắk" in told(written)
    assert page.focusWidget() is page.kind
    (taking_back,) = [one for one in page.findChildren(Button) if one.text() == "Bỏ thay đổi này"]
    taking_back.setFocus()
    press(taking_back, Qt.Key.Key_Space)
    all_done()
    assert page.focusWidget() is page.kind  # the button that was pressed is gone
