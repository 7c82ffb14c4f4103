"""Rows of Hôm nay: a title that is longer than its line goes on in a second one."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.line_list import Line, LineList

TITLE = "Thôn Nam Sơn, Khu dân cư “An toàn về an ninh, trật tự”, 2026"


def test_a_long_title_takes_a_second_line_only_where_it_needs_it(qtbot: QtBot, look: Look) -> None:
    made = LineList(look, "Việc đến hạn")
    qtbot.addWidget(made)
    made.resize(900, 100)
    made.show()
    state = StateText(State.LATE, "Quá hạn 230 ngày")
    made.set_lines([Line(TITLE, state, "hồ sơ", "Mở", None), Line("Báo cáo", state, "", "Mở", None)])
    assert made.height() == 2 * look.px(53)
    made.resize(420, made.height())
    qtbot.waitUntil(lambda: made.height() == 2 * look.px(53) + look.px(21))
    assert [made.visualRect(made.model().index(row, 0)).height() for row in (0, 1)] == [look.px(74), look.px(53)]
