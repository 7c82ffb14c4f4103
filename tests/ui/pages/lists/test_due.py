"""Late records in a list: icon and words at their day, and a filter that keeps only what waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.unit.services.due_register import REGISTER, with_due
from thidua_desktop.services import due
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.page import ListPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, add: Callable[..., str]) -> ListPage:
    for day, result in ((2, None), (6, "Đạt"), (9, None)):
        add(REGISTER, held_on=date(2026, 11, day), kind="patrol", title=f"Ca {day}", result=result)
    made = ListPage(with_due(session, soon=3), look, desk, REGISTER)
    qtbot.addWidget(made)
    made.resize(1150, 660)
    made.show()
    return made


def days_shown(page: ListPage) -> list[tuple[str, State | None]]:
    model = page.card.model
    found = []
    for row in range(model.rowCount()):
        index = model.index(row, model.shown.due)
        state = index.data(CellRole.STATE)
        found.append((str(index.data(Qt.ItemDataRole.DisplayRole)), state.state if state else None))
        assert state is None or isinstance(state, StateText)
    return found


def test_a_late_record_says_so_at_its_day(page: ListPage) -> None:
    assert days_shown(page) == [
        ("09/11/2026, hạn hôm nay", State.SOON),
        ("06/11/2026", None),
        ("02/11/2026, quá hạn 7 ngày", State.LATE),
    ]
    spoken = page.card.model.index(2, page.card.model.shown.due).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "quá hạn 7 ngày" in str(spoken)


def test_how_late_is_read_whole_in_words_where_the_day_is_not_the_last_one(
    qtbot: QtBot, session: Session, look: Look, desk: Any, add: Callable[..., str]
) -> None:
    for month in (4, 5):
        add("tip", received_on=date(2026, month, 2), way="zalo", value="checking",
            content="Nghi có người tụ tập dùng ma túy ở bến đò, đêm nào cũng có xe lạ")  # fmt: skip
    page = ListPage(session, look, desk, "tip")
    qtbot.addWidget(page)
    page.resize(1142, 660)  # of a window of 1366 × 768
    page.show()
    page.open_with({"period": "", due.FILTER: "late"})
    table, model = page.card.table, page.card.model
    words = str(model.index(1, model.shown.due).data(Qt.ItemDataRole.DisplayRole))
    assert words == "02/04/2026, quá hạn 201 ngày"
    assert table.columnWidth(model.shown.due) >= look.text_width(words) + look.px(21 + 20)


def test_the_filter_keeps_what_waits(page: ListPage) -> None:
    assert [chip.accessibleName() for chip in page.filters.chips][1] == "Hạn: Tất cả"
    page.filters.set_waiting(due.Waiting.OPEN)
    assert len(page.card.rows) == 2
    page.filters.set_waiting(due.Waiting.LATE)
    assert len(page.card.rows) == 1
    assert page.filters.chips[1].value() == "Quá hạn" and page.filters.is_narrowed()
    page.filters.clear()
    assert len(page.card.rows) == 3


def test_a_line_of_today_opens_it_narrowed(page: ListPage) -> None:
    page.open_with({"period": "", due.FILTER: "late"})
    assert [row.cells[0] for row in page.card.rows.rows(0, 9)] == ["02/11/2026"]
