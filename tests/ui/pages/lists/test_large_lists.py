"""Lists too large to be read while the window waits: every one counts as such here, so all is read beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from thidua_desktop.services import lists, several
from thidua_desktop.services.lists import SortKey
from thidua_desktop.services.session import Session
from thidua_desktop.ui import asking
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists import list_reader, table_card
from thidua_desktop.ui.pages.lists.page import ListPage

REGISTER = "movement_activity"


@pytest.fixture
def page(
    qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[ListPage]:
    monkeypatch.setattr(lists, "QUICK_ROWS", 0)
    monkeypatch.setattr(asking, "SLOW", 20)
    made = ListPage(session, look, desk, REGISTER)
    qtbot.addWidget(made)
    made.resize(1150, 660)
    assert len(made.card.rows) == 0
    made.show()
    settled(made, qtbot)
    yield made
    QGuiApplication.clipboard().clear()  # Qt without a screen falls over what Python left there when the program ends


def settled(page: ListPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.reader.busy, timeout=10_000)


def cells(page: ListPage, name: str) -> list[str]:
    place = [column.name for column in page.card.rows.columns].index(name)
    return [row.cells[place] for row in page.card.rows.rows(0, len(page.card.rows))]


def chosen(page: ListPage) -> set[str]:
    return set(page.card.rows.ids(page.card.chosen_places()))


def held_back(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Lists are read only once the event is set."""
    go, inner = threading.Event(), lists.open_list

    def late(session: Session, query: lists.ListQuery) -> lists.RecordList:
        assert go.wait(10)
        return inner(session, query)

    monkeypatch.setattr(list_reader.lists, "open_list", late)
    return go


def test_rows_come_first_and_their_sums_after(page: ListPage, qtbot: QtBot) -> None:
    assert len(page.card.rows) == 24
    place = [column.name for column in page.card.rows.columns].index("attendance_total")
    total = sum(int(cell) for cell in cells(page, "attendance_total"))
    qtbot.waitUntil(lambda: page.card.totals.text(place) == str(total), timeout=10_000)
    assert page.card.totals.text(0) == "24 hoạt động"


def test_what_stood_before_stays_until_the_answer_comes(
    page: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, go = page.card.rows, held_back(monkeypatch)
    page.filters.set_condition("kind", "patrol")
    qtbot.waitUntil(lambda: page.card.totals.text(0) == "Đang tìm…")
    assert page.card.rows is before and page.card.current_id()
    go.set()
    settled(page, qtbot)
    assert 0 < len(page.card.rows) < 24
    qtbot.waitUntil(lambda: page.card.totals.text(0) == f"{len(page.card.rows)} hoạt động")


def test_who_types_on_sees_the_last_words_alone(page: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go, shown = held_back(monkeypatch), []
    page.reader.found.connect(lambda rows: shown.append(rows.query.text))
    for words in ("d", "dot", "dot 7"):
        page.filters.field.setText(words)
        page.filters.changed.emit()
    go.set()
    settled(page, qtbot)
    assert set(shown) == {"dot 7"} and cells(page, "title") == ["Tuyên truyền phòng cháy, đợt 7"]


def test_place_choice_and_height_stay_through_another_order(page: ListPage, qtbot: QtBot) -> None:
    table = page.card.table
    page.card.select(1)
    flags = QItemSelectionModel.SelectionFlag
    for row in (2, 3, 9):
        table.selectionModel().select(page.card.model.index(row, 0), flags.Select | flags.Rows)
    ids, current, height = chosen(page), page.card.current_id(), table.rowViewportPosition(1)
    assert len(ids) == 4
    page.filters.set_period_code("")
    settled(page, qtbot)
    page._sort(SortKey("attendance_total", False))
    settled(page, qtbot)
    assert page.card.current_id() == current and chosen(page) == ids
    place = table.currentIndex().row()
    assert place == 7 and table.rowViewportPosition(place) == height


def test_a_record_hidden_by_filter_and_period_is_gone_to(page: ListPage, qtbot: QtBot, activities: list[str]) -> None:
    page.filters.set_condition("kind", "patrol")
    settled(page, qtbot)
    page.show_record(activities[10])
    qtbot.waitUntil(lambda: page.card.current_id() == activities[10], timeout=10_000)
    assert len(page.card.rows) == 30 and page._sought is None


def test_whoever_filters_anew_is_not_taken_to_a_record(
    page: ListPage, qtbot: QtBot, activities: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held_back(monkeypatch)
    page.show_record(activities[10])
    page.filters.set_condition("kind", "patrol")
    go.set()
    settled(page, qtbot)
    assert page.filters.is_narrowed() and page.card.current_id() != activities[10]


def test_the_values_of_a_filter_come_when_they_are_known(page: ListPage, qtbot: QtBot) -> None:
    chip = page.filters._chip_of["residential_area"]
    chip.click()
    qtbot.waitUntil(lambda: len(chip.children()) > 0 and any(m.isVisible() for m in menus(chip)), timeout=10_000)
    (menu,) = menus(chip)
    words = [action.text() for action in menu.actions()]
    assert words == ["Tất cả", "Thôn Đông Hạ  (12)", "Thôn Tân Lập  (12)"]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: len(page.card.rows) == 12, timeout=10_000)


def menus(chip: Any) -> list[Any]:
    from PySide6.QtWidgets import QMenu

    return chip.findChildren(QMenu)  # type: ignore[no-any-return]


def test_many_rows_are_copied_beside_the_window(
    page: ListPage, qtbot: QtBot, session: Session, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ((None, {"held_on": date(2026, 11, 1), "kind": "patrol", "title": f"=Đợt\t{n}"}) for n in range(150))
    session.file.records.save_many(REGISTER, rows, actor="thử", now=session.now())
    page.reload()
    settled(page, qtbot)
    page.card.table.selectAll()
    page.copy_rows()
    qtbot.waitUntil(lambda: "Đã chép 174 dòng" in desk.messages[-1] if desk.messages else False, timeout=10_000)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 175 and len({line.count("\t") for line in lines}) == 1


def test_a_copy_that_is_not_whole_says_so_and_offers_the_file(
    page: ListPage, qtbot: QtBot, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_card, "MOST_ROWS", 20)
    saved: list[bool] = []
    monkeypatch.setattr(page, "ask_export", lambda: saved.append(True))
    page.card.table.selectAll()
    page.copy_rows()
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None, timeout=10_000)
    box = page.findChild(QMessageBox)
    assert "20 dòng đầu trong 24 dòng đang chọn" in box.text() and desk.messages == []
    assert len(QGuiApplication.clipboard().text().split("\n")) == 21
    qtbot.mouseClick(box.defaultButton(), Qt.MouseButton.LeftButton)
    assert saved == [True]


def test_a_whole_copy_asks_nothing(page: ListPage, qtbot: QtBot, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_card, "MOST_ROWS", 24)
    page.card.table.selectAll()
    page.copy_rows()
    qtbot.waitUntil(lambda: bool(desk.messages), timeout=10_000)
    assert desk.messages[-1].startswith("Đã chép 24 dòng, ") and page.findChild(QMessageBox) is None


def test_deleting_too_many_at_once_says_why_not(page: ListPage, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "MOST", 20)
    page.card.table.selectAll()
    page.several.ask_delete()
    assert page.several.dialog is None and "lọc bớt rồi chọn lại" in desk.messages[-1]


def test_a_fault_is_told_and_the_old_list_stays(page: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from thidua_desktop.errors import UserError
    from thidua_desktop.ui.pages.lists import page as page_module

    told: list[Exception] = []

    def refuse(*_: object) -> Callable[..., object]:
        raise UserError("TD-ENV-004", path="x", detail="y")

    monkeypatch.setattr(list_reader.lists, "open_list", refuse)
    monkeypatch.setattr(page_module, "show_error", lambda _look, error, _parent: told.append(error))
    page.reload()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)
    assert len(page.card.rows) == 24


def _threads(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[int]:
    """On which threads a function is called from now on."""
    threads, real = list[int](), getattr(module, name)

    def noted(*given: Any) -> Any:
        threads.append(threading.get_ident())
        return real(*given)

    monkeypatch.setattr(module, name, noted)
    return threads


def test_what_an_empty_list_offers_instead_is_looked_for_beside_the_window(
    page: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = _threads(monkeypatch, lists, "filled_before")
    page.filters.set_period_code("2026-12")
    settled(page, qtbot)
    assert not len(page.card.rows) and "có 24 hoạt động" in page.card.empty.accessibleName()
    assert threads and threading.get_ident() not in threads


@pytest.mark.parametrize("ask", ["ask_change", "ask_delete"])
def test_whose_the_many_chosen_rows_are_is_asked_beside_the_window(
    page: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ask: str
) -> None:
    monkeypatch.setattr(lists, "WINDOW_ROWS", 10)
    threads = _threads(monkeypatch, several, "barred_for")
    page.card.table.selectAll()
    getattr(page.several, ask)()
    qtbot.waitUntil(lambda: page.several.dialog is not None)
    assert threads and threading.get_ident() not in threads
    dialog = page.several.dialog
    assert dialog is not None and "24" in dialog.windowTitle()


def test_a_record_that_was_found_is_not_looked_for_twice(page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = page.card.rows
    wanted = rows.ids([5])[0]
    assert rows.place_of(wanted) == 5 and rows.place_of("không có") is None
    monkeypatch.setattr(rows.session.file.records, "row_of", lambda *_: pytest.fail("asked again"))
    assert rows.place_of(wanted) == 5 and rows.place_of("không có") is None
