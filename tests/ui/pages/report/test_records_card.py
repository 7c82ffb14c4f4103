"""Under the chosen figure: the records behind it, each with its place as far as there is room."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from thidua_desktop.services.reports.contributions import Contribution, Contributions
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.records_card import RecordsCard


def test_a_place_is_whole_where_the_titles_leave_it_room(qtbot: QtBot, look: Look) -> None:
    card = RecordsCard(look)
    qtbot.addWidget(card)
    card.resize(look.px(590), look.px(260))
    card.show()
    place = "Xã Phú Hòa, Thôn Long Thành Đông"
    for title in ("Tổ tự quản số 2", "Tuyên truyền phòng, chống lừa đảo qua mạng cho người cao tuổi"):
        row = Contribution("movement_activity", "1", None, place, title, 164)
        card.show_mark("người", Contributions("movement_activity", 1, (row,)))
        whole = card.table.columnWidth(1) >= look.text_width(place)
        assert whole == (len(title) < 20)
        assert card.table.horizontalHeader().length() <= card.table.viewport().width()
