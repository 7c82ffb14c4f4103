"""Lists of many communes: a chip for one of them, kept with the saved filter, reached from a figure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, press
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.page import ListPage


def test_a_chip_for_the_commune(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.activity()
    pair.take(pair.send())
    offered: list[list[str]] = []

    def pick(dialog: PickDialog) -> int:
        offered.append([dialog.list.item(row).text() for row in range(dialog.list.count())])
        commit(dialog.search, "m drak")
        press(dialog.search, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(PickDialog, "exec", pick)  # a window of its own would wait for a person
    page = ListPage(pair.province, look, desk, "movement_activity")
    qtbot.addWidget(page)
    page.filters.show_all_time()
    page.filters.pick_office()
    assert offered == [["Tất cả", "Xã M’Drắk  (1)"]]
    assert page.query.office == "24412" and len(page.card.rows) == 1
    assert page.card.rows.columns[1].label == "Đơn vị"
    kept = page.state()
    page.filters.clear()
    assert page.query.office is None
    page.set_state(kept)
    assert page.query.office == "24412"
    page.open_with({"period": "", "office": "66"})
    assert page.query.office == "66" and not len(page.card.rows)
    page._pane_timer.stop()


def test_a_commune_has_no_such_chip(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    page = ListPage(pair.commune, look, desk, "movement_activity")
    qtbot.addWidget(page)
    page.open_with({"office": "24400"})
    assert page.query.office is None and "office" not in page.state()
    page._pane_timer.stop()
