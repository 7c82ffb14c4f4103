"""So sánh nhiều chỉ tiêu: communes beside figures, what is compared chosen by hand, down to the record by keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, press
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.matrix import MatrixChoice, kept_choice
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage
from thidua_desktop.ui.pages.province.matrix_page import MatrixPage
from thidua_desktop.ui.pages.province.summary_page import SummaryPage

DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def filled(pair: TwoOffices) -> TwoOffices:
    pair.activity()
    for figure in reports.build(pair.commune, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(pair.commune, NOVEMBER, figure.indicator, "Số mẫu.")
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    return pair


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk: Desk, filled: TwoOffices) -> Iterator[MatrixPage]:
    summary = SummaryPage(filled.province, look, desk)
    qtbot.addWidget(summary)
    with qtbot.waitSignal(summary.shown, timeout=15000):
        summary.load()
    summary.compare_several()
    made = desk.pushed[-1]
    assert isinstance(made, MatrixPage)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    with qtbot.waitSignal(made.behind_shown, timeout=15000):
        made.show()
    yield made
    all_done()


def picking(monkeypatch: pytest.MonkeyPatch, keys: Sequence[str]) -> None:
    """Whoever is asked ticks these."""
    monkeypatch.setattr(PickDialog, "exec", lambda _self: 1)
    monkeypatch.setattr(PickDialog, "chosen", lambda _self: tuple(keys))


def test_figures_and_kinds_are_chosen_and_kept(
    page: MatrixPage, qtbot: QtBot, filled: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.model.columnCount() == 7 and page.model.index(0, 0).data(DISPLAY) == "Xã M’Drắk"
    picking(monkeypatch, ["attendance_total"])
    with qtbot.waitSignal(page.shown, timeout=15000):
        page.figures_chip.click()
    assert page.model.index(0, 1).data(DISPLAY) == "40" and page.map.isVisible()
    picking(monkeypatch, ["", "border"])
    page.kinds_chip.click()
    qtbot.waitUntil(lambda: page.model.columnCount() == 3, timeout=15000)
    assert [page.model.index(0, column).data(DISPLAY) for column in (1, 2)] == ["40", "0"]
    assert page.totals.text(1) == "40"
    assert kept_choice(filled.province, REPORT, NOVEMBER) == MatrixChoice((), ("attendance_total",), ("", "border"))
    assert page.behind.records.found().count == 1
    page.table.setCurrentIndex(page.model.index(0, 2))
    qtbot.waitUntil(lambda: page.behind.records.found().count == 0, timeout=15000)


def test_a_sum_of_some_records_is_marked(
    page: MatrixPage, qtbot: QtBot, filled: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.activity("Buổi hai", attendance_women=None)
    with qtbot.waitSignal(page.shown, timeout=15000):
        filled.take(filled.send())
    picking(monkeypatch, ["attendance_total", "attendance_women"])
    with qtbot.waitSignal(page.shown, timeout=15000):
        page.figures_chip.click()
    cell, words = page.model.index(0, 2), "mới ghi ở 1/2 bản ghi"
    roles = (DISPLAY, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert [cell.data(role) for role in roles] == ["18*", words, words]
    assert words in page.totals.toolTip() and page.totals.text(2) == "18"
    page.table.setCurrentIndex(cell)
    assert page.about.text() == f"* {words}" and page.model.index(0, 1).data(DISPLAY) == "80"


def test_down_to_a_record_by_keys(page: MatrixPage, qtbot: QtBot, desk: Desk) -> None:
    head = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    with qtbot.waitSignal(page.behind_shown, timeout=15000):
        page.table.setCurrentIndex(page.model.index(0, head.index("Lượt người dự")))
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert page.behind.areas.hasFocus()
    press(page.behind.areas, Qt.Key.Key_Return)
    page.behind.records.table.selectRow(0)
    press(page.behind.records.table, Qt.Key.Key_Return)
    assert desk.rooms[-1][0] == "movement_activity"


def test_the_table_on_paper(page: MatrixPage, qtbot: QtBot, desk: Desk) -> None:
    page.show_paper()
    paper = desk.pushed[-1]
    assert isinstance(paper, MadePaperPage)
    qtbot.waitUntil(lambda: paper.pdf is not None, timeout=15000)


def test_several_are_picked_by_keyboard(qtbot: QtBot, look: Look) -> None:
    choices = [("1", "Phường Tân Lập"), ("2", "Xã Ea Kly"), ("3", "Xã Ea Knốp")]
    dialog = PickDialog(look, "Đơn vị", choices, {"1"}, None, most=2)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert dialog.chosen() == ("1",)
    commit(dialog.search, "ea kn")
    assert [dialog.list.item(row).isHidden() for row in range(3)] == [True, True, False]
    dialog.all_button.click()
    assert dialog.chosen() == ("1", "3") and dialog.use_button.isEnabled()
    dialog.search.clear()
    dialog.all_button.click()
    assert "nhiều nhất 2" in dialog.told.text() and not dialog.use_button.isEnabled()
    dialog.none_button.click()
    assert dialog.chosen() == () and not dialog.use_button.isEnabled()
