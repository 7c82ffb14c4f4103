"""Lists of many communes: a chip for one of them, kept with the saved filter, reached from a figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, press
from tests.unit.services.handoff.two_offices import NOVEMBER, TwoOffices
from thidua_desktop.services import lists, transfer
from thidua_desktop.services.reports.contributions import contributions
from thidua_desktop.services.transfer_reading import read_table
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


def test_the_sheet_says_whose_each_record_is(pair: TwoOffices, tmp_path: Path) -> None:
    pair.activity()
    pair.take(pair.send())
    for session, whose in ((pair.province, ["Đơn vị", "Xã M’Drắk"]), (pair.commune, [])):
        query = lists.default_query(session, "movement_activity")
        transfer.export_records(session, query, tmp_path / "a.xlsx")
        heads, cells = (line.cells for line in read_table(tmp_path / "a.xlsx").lines)
        own = len(whose) // 2
        assert [*heads[:own], *cells[:own]] == whose and (heads[own], cells[own]) == ("Ngày", "09/11/2026")
        transfer.export_records(session, query, tmp_path / "a.csv")
        first, second = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[:2]
        assert first.startswith("Đơn vị;Ngày;" if whose else "Ngày;")
        assert second.startswith("Xã M’Drắk;09/11/2026;" if whose else "09/11/2026;")


def test_a_register_with_such_a_column_tells_them_apart(pair: TwoOffices, tmp_path: Path) -> None:
    transfer.export_records(pair.province, lists.default_query(pair.province, "assessment"), tmp_path / "a.csv")
    heads = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    assert heads[0] == "Xã, phường, đặc khu" and "Đơn vị" in heads[1:]


def test_records_behind_a_figure_of_all_say_whose_they_are(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    (row,) = contributions(pair.province, "activities_total", NOVEMBER).rows
    assert row.area.startswith("Xã M’Drắk, ")
    (row,) = contributions(pair.province, "activities_total", NOVEMBER, office="24412").rows
    assert "M’Drắk" not in row.area


def test_rows_of_communes_are_neither_changed_nor_deleted_here(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    pair.activity()
    pair.take(pair.send())
    page = ListPage(pair.province, look, desk, "movement_activity")
    qtbot.addWidget(page)
    page.filters.show_all_time()
    for ask, verb in ((page.several.ask_change, "sửa"), (page.several.ask_delete, "xóa")):
        page.card.table.selectAll()
        ask()
        assert page.several.dialog is None  # no value, no reason is asked for
        assert desk.messages[-1] == f"Các dòng này của Xã M’Drắk: chỉ nơi ghi {verb} được."
    page._pane_timer.stop()
