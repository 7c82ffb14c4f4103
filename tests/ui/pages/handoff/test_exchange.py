"""Two machines of one office on the page: exchange, decide, take a package back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import all_done
from tests.unit.services.handoff.contents import digest_of
from tests.unit.services.handoff.two_machines import Machines, change, machines, take
from tests.unit.services.handoff.two_offices import introduce, make_office
from thidua_desktop.services import records
from thidua_desktop.services.handoff import conflicts, sideways
from thidua_desktop.services.offices import set_letterhead
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.conflicts_page import ConflictsPage
from thidua_desktop.ui.pages.handoff.exchange_view import ExchangeView
from thidua_desktop.ui.pages.handoff.undo_page import UndoPage


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Machines]:
    """A main machine and a second one."""
    with machines(tmp_path) as made:
        yield made
        for widget in QApplication.topLevelWidgets():
            widget.hide()
        QApplication.processEvents()


def differ(two: Machines, theirs: int = 66) -> str:
    """An activity whose attendance both machines changed; the main one knows it."""
    main, second = two.all
    record_id = two.activity(main)
    two.hand(main, second)
    change(main, record_id, attendance_total=55)
    change(second, record_id, attendance_total=theirs)
    two.hand(second, main)
    return record_id


def finished(qtbot: QtBot, view: ExchangeView) -> None:
    qtbot.waitUntil(lambda: view._task is None, timeout=20000)
    assert view._pool.waitForDone(20000)


def test_a_package_goes_over_and_is_read_before_it_is_taken_in(
    qtbot: QtBot, look: Look, two: Machines, tmp_path: Path
) -> None:
    main, second = two.all
    two.activity(main)
    stick = tmp_path / "usb"
    stick.mkdir()
    views = [ExchangeView(machine, look) for machine in two.all]
    for view in views:
        qtbot.addWidget(view)
        view.show()
    views[0].ask_folder = lambda: stick
    QTest.mouseClick(views[0].make_button, Qt.MouseButton.LeftButton)
    finished(qtbot, views[0])
    [package] = list(stick.glob("*.tdp"))
    views[1].ask_file = lambda: package
    before = digest_of(second)
    QTest.mouseClick(views[1].open_button, Qt.MouseButton.LeftButton)
    finished(qtbot, views[1])
    assert views[1].plan is not None and digest_of(second) == before
    with qtbot.waitSignal(views[1].told, timeout=20000):
        QTest.mouseClick(views[1].take_button, Qt.MouseButton.LeftButton)
    finished(qtbot, views[1])
    assert digest_of(second) == digest_of(main)
    assert not views[1].take_button.isVisible()


def test_without_another_machine_nothing_can_be_made(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    with machines(tmp_path, 1) as one:
        view = ExchangeView(one.all[0], look)
        qtbot.addWidget(view)
        assert not view.make_button.isEnabled() and view.open_button.toolTip() == "Chưa nhận thẻ của máy kia"
        assert "Chưa có máy nào khác" in view.notice.accessibleName()


def test_a_new_machine_says_so_before_the_first_package(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    main = make_office(tmp_path / "may1.thidua", "24412")
    new = make_office(tmp_path / "may2.thidua", "24412")
    introduce(main, new)
    set_letterhead(new, header_parent="", header_issuer="UBND SAI", place="Sai", symbol_suffix="SAI")
    right = main.file.identity
    view = ExchangeView(new, look)
    qtbot.addWidget(view)
    view.show()
    with qtbot.waitSignal(view.told):
        QTest.mouseClick(view.begin_button, Qt.MouseButton.LeftButton)
    take(new, sideways.make_exchange(main, tmp_path))
    assert new.file.identity == right
    view.refresh()
    assert not view.begin_button.isVisible()
    view.hide()
    for session in (main, new):
        session.close()


def test_a_value_is_chosen_with_a_reason(qtbot: QtBot, look: Look, two: Machines, desk: Desk) -> None:
    main, second = two.all
    record_id = differ(two)
    page = ConflictsPage(main, look, desk)
    qtbot.addWidget(page)
    page.show()
    all_done()
    assert [button.text() for button in page.choices["attendance_total"].buttons()] == ["55", "66", "Giá trị khác"]
    page.choose("attendance_total", 0)
    commit(page.reason, "đếm lại với trưởng thôn")
    QTest.mouseClick(page.decide_button, Qt.MouseButton.LeftButton)
    all_done()
    assert conflicts.conflicts(main) == [] and page.beside.none.isVisible()
    assert "Đã ghi quyết định" in desk.messages[-1]
    two.hand(main, second)
    found = second.file.records.get("movement_activity", record_id)
    assert found is not None and found.values["attendance_total"] == 55
    assert records.history(second, "movement_activity", record_id)[0].what == "Nhận từ gói"


def test_a_third_value_is_typed_by_keys_alone(qtbot: QtBot, look: Look, two: Machines, desk: Desk) -> None:
    main = two.all[0]
    record_id = differ(two)
    page = ConflictsPage(main, look, desk)
    qtbot.addWidget(page)
    page.show()
    all_done()
    commit(page.typed["attendance_total"], "70")
    assert page.choices["attendance_total"].checkedId() == 2
    commit(page.reason, "hỏi trưởng thôn")
    QTest.keyClick(page.reason, Qt.Key.Key_Return)
    all_done()
    found = main.file.records.get("movement_activity", record_id)
    assert found is not None and found.values["attendance_total"] == 70


def test_a_package_is_taken_back_after_asking(
    qtbot: QtBot, look: Look, two: Machines, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, second = two.all
    before = digest_of(second)
    two.activity(main)
    two.hand(main, second)
    page = UndoPage(second, look, desk)
    all_done()
    qtbot.addWidget(page)
    page.show()
    assert page.plan is not None and page.plan.taken_back == 1
    monkeypatch.setattr(page, "ask", lambda _plan: False)
    commit(page.reason, "nhập nhầm")
    QTest.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    all_done()
    assert digest_of(second) != before
    monkeypatch.setattr(page, "ask", lambda _plan: True)
    QTest.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    all_done()
    assert digest_of(second) == before
    assert "Đã gỡ gói" in desk.messages[-1]
    assert page.head.back_button is not None
    QTest.mouseClick(page.head.back_button, Qt.MouseButton.LeftButton)
    assert desk.backs == 1
