"""The overview of the commune and its places."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.working import all_done
from tests.unit.services.test_spreadsheets import sheets as sheets_of_excel
from thidua_desktop.services.assessments import sheets
from thidua_desktop.services.assessments.subjects import Subject
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.overview_page import LinesModel, OverviewPage


def lines(page: OverviewPage, name: str) -> list[tuple[str, ...]]:
    model = getattr(page, name).model()
    assert isinstance(model, LinesModel)
    return [
        tuple(str(model.data(model.index(row, column))) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_who_is_missing_stands_first_and_opens_a_sheet(
    session: Session, look: Look, desk: Any, areas: dict[str, str], add: Callable[..., str]
) -> None:
    subject = Subject("residential_area", areas["tan lap"], "Thôn Tân Lập")
    done = add("assessment", **sheets.start(session, "safe_area", 2026, subject))
    page = OverviewPage(session, look, desk)
    page.load()
    all_done()
    assert page.standing.text().startswith("0/4 đơn vị được công nhận, cần 3, cần thêm 3 đơn vị")
    assert lines(page, "kinds")[0] == ("Khu dân cư", "4", "0", "0", "1", "0")
    assert lines(page, "subjects")[-1][0] == "Thôn Tân Lập"
    page.open_subject(len(page.states) - 1)
    assert desk.pushed[-1].record_id == done
    page.open_subject(0)
    assert not desk.pushed[-1].started
    assert desk.pushed[-1].begin()
    assert desk.pushed[-1].can_leave()


def test_kinds_are_read_whole_beside_a_screen_at_150_percent(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    page = in_front(qtbot, OverviewPage(session, look, desk))
    page.load()
    all_done()
    page.resize(1072, 610)  # of a window of 1280 × 690
    qtbot.waitUntil(lambda: page.kinds.viewport().width() < 520)
    assert not page.kinds.horizontalScrollBar().isVisible()
    widths = [page.kinds.columnWidth(at) for at in range(6)]
    assert sum(widths) <= page.kinds.viewport().width()
    assert widths[0] >= look.text_width("Cơ sở giáo dục") + look.px(20)


def test_places_with_ties(session: Session, look: Look, desk: Any, add: Callable[..., str]) -> None:
    for name, points in (("Xã An", 40), ("Xã Bình", 40), ("Xã Châu", 41)):
        values = sheets.start(session, "police_cluster", 2026, Subject("cluster_member", name, name))
        first = {**values["criteria"][-1], "self_points": Decimal(points) - 2}  # type: ignore[index]
        add("assessment", **{**values, "criteria": (*values["criteria"][:-1], first)})  # type: ignore[index, misc]
    page = OverviewPage(session, look, desk)
    page.load()
    all_done()
    page.show_view(1)
    assert [(one[0], one[1], one[4]) for one in lines(page, "places")] == [
        ("1", "Xã Châu", ""),
        ("2", "Xã An", "cùng hạng"),
        ("2", "Xã Bình", "cùng hạng"),
    ]
    page.open_place(0)
    assert desk.pushed[-1].record_id == page.ranks[0].record_id


def test_the_overview_is_saved_for_excel(session: Session, look: Look, desk: Any, areas: dict[str, str],
                                         tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    page = OverviewPage(session, look, desk)
    page.load()
    all_done()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.xlsx"), ""))
    page.excel_button.click()
    all_done()
    found = sheets_of_excel((tmp_path / "a.xlsx").read_bytes())
    assert list(found) == ["Theo loại", "Hạn", "Từng đối tượng"]
    assert found["Theo loại"][3] == ["Khu dân cư", 4, 0, 0, 0, 0]


def test_kinds_and_deadlines_are_read_whole_on_a_small_screen(
    qtbot: QtBot, session: Session, look: Look, desk: Any, areas: dict[str, str], add: Callable[..., str]
) -> None:
    add("organization", name="Ủy ban nhân dân xã", kind="agency", residential_area=areas["tan lap"])
    page = in_front(qtbot, OverviewPage(session, look, desk), width=1158, height=700)  # of 1366 px beside the rooms
    all_done()
    qtbot.waitUntil(lambda: page.days.columnWidth(0) > 200)
    for name, table in (("kinds", page.kinds), ("days", page.days)):
        for words in [str(line[0]) for line in lines(page, name)]:
            assert table.fontMetrics().horizontalAdvance(words) + 20 <= table.columnWidth(0), words
    assert any("doanh nghiệp" in str(line[0]) for line in lines(page, "days"))
