"""A list with its card beside it: what is chosen is told, none has words of its own, large text stacks the two."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.list_beside import ListBeside
from thidua_desktop.ui.look.theme import Look


def test_lines_are_shown_told_and_replaced_by_words_for_none(qtbot: QtBot, look: Look) -> None:
    card = Card(look, "Chi tiết")
    beside = ListBeside(look, "Các gói", card, EmptyState(look, "Nhập xong thì hiện ở đây.", (), "Chưa có gói nào"))
    qtbot.addWidget(beside)
    beside.resize(900, 400)
    beside.show()
    told: list[int] = []
    beside.shown.connect(told.append)
    beside.fill(["Gói 1", "Gói 2", "Gói 3"], 1)
    assert told == [1] and beside.none.isHidden() and card.isVisible()
    beside.list.setCurrentRow(2)
    beside.fill(["Gói 1", "Gói 2"], 2)  # the chosen one went: the last of those left
    assert told == [1, 2, 1] and beside.list.currentRow() == 1
    beside.stack(True)
    qtbot.waitUntil(lambda: card.mapTo(beside, card.rect().topLeft()).y() > beside.list.height() // 2)
    beside.fill([])
    assert told[-1] == -1 and not beside.none.isHidden() and not card.isVisible()


def test_before_the_answer_nothing_is_offered(qtbot: QtBot, look: Look) -> None:
    leave, act = bordered(look, "Về trang trước"), bordered(look, "Gỡ gói này")
    none = EmptyState(look, "Nhập xong thì hiện ở đây.", (leave,), "Chưa có gói nào")
    beside = ListBeside(look, "Các gói", Card(look, "Chi tiết"), none, (act,))
    act.setParent(beside)
    qtbot.addWidget(beside)
    beside.show()
    assert act.isHidden() and not leave.isVisible()
    beside.fill([])
    assert act.isHidden() and leave.isVisible()
    beside.fill(["Gói 1"])
    assert not act.isHidden() and not leave.isVisible()
