"""Phiếu khảo sát: taken in from a file, answered in the ordinary list and form, counted in a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.paths import resource_path
from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.surveys import page as page_module
from thidua_desktop.ui.pages.surveys import results_page
from thidua_desktop.ui.pages.surveys.page import SurveysPage
from thidua_desktop.ui.pages.surveys.results_page import SurveyResultsPage

FORM = resource_path("demo", "survey_fire.toml")
NAME = "survey_fire_2026"


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> SurveysPage:
    made = SurveysPage(session, look, desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    return made


def test_a_form_is_taken_in_and_answered(
    qtbot: QtBot, page: SurveysPage, session: Session, desk: Any, areas: dict[str, str]
) -> None:
    assert not page._empty.isHidden()
    page.take_in(FORM)
    assert [one.name for one in page.shown] == [NAME] and page._empty.isHidden()
    page.answer(NAME)
    (listed,) = desk.pushed
    assert isinstance(listed, ListPage)
    qtbot.addWidget(listed)
    listed.new_record()
    form = desk.pushed[1]
    qtbot.addWidget(form)
    assert isinstance(form, EntryPage)
    form.form.inputs["residential_area"].set_value(areas["tan lap"])
    form.form.inputs["houses"].set_value(9)
    form.form.inputs["source"].set_value("pond")
    assert form.save()
    assert page.shown[0].answers == 1


def test_results_are_shown_and_exported(
    qtbot: QtBot, page: SurveysPage, session: Session, desk: Any, areas: dict[str, str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.take_in(FORM)
    values = {"residential_area": areas["tan lap"], "houses": 9, "source": "pond"}
    assert isinstance(records.save(session, NAME, values), records.Saved)
    page.results(NAME)
    (results,) = desk.pushed
    assert isinstance(results, SurveyResultsPage)
    with qtbot.waitSignal(results.shown):
        qtbot.addWidget(results)
    model = results.model
    cells = {(model.index(r, 0).data(), model.index(r, 1).data()): model.index(r, 2).data() for r in range(9)}
    assert cells["Số phiếu trả lời", ""] == "1"
    assert cells["Số nhà ở kết hợp kinh doanh", "Tổng"] == "9"
    assert cells["Nguồn nước gần nhất", "Ao, hồ"] == "1"
    assert model.columnCount() == 5
    monkeypatch.setattr(results_page, "file_to_write", lambda *_args: tmp_path / "ra.xlsx")
    results.export()
    all_done()
    assert (tmp_path / "ra.xlsx").read_bytes()[:2] == b"PK"


def test_a_file_that_is_no_form_is_told(page: SurveysPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(page_module, "show_error", lambda _look, error, _parent: told.append(error.code))
    path = tmp_path / "x.toml"
    path.write_text("format = 9\n", encoding="utf-8")
    page.take_in(path)
    assert told == ["TD-FORM-052"] and page.shown == []
