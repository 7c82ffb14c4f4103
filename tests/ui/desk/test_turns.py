"""While a worker writes, the window saves when its turn comes, keeps drafts at once, and goes on living."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from tests.ui.pages.typing_vietnamese import type_keys
from tests.ui.working import all_done, wait_until
from thidua_desktop.errors import UserError
from thidua_desktop.services import drafts, records
from thidua_desktop.services.session import Session
from thidua_desktop.store.drafts import Drafts
from thidua_desktop.store.waiting_drafts import waiting_path
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.status import status_parts
from thidua_desktop.ui.desk.waiting import WaitWindow
from thidua_desktop.ui.pages.entry import draft_keeper
from thidua_desktop.ui.pages.entry.draft_keeper import DraftKeeper
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.show_error import ErrorDialog
from thidua_desktop.ui.tasks import TaskControl, run_task

REGISTER = "movement_activity"
VALUES = {"held_on": date(2026, 11, 8), "kind": "patrol", "title": "Tuần tra", "attendance_total": 4}


@contextmanager
def writing(desk: Desk, told: list[str] | None = None) -> Iterator[threading.Event]:
    """A worker of the desk's window writes until the event is set."""
    begun, ends = threading.Event(), threading.Event()

    def work(_control: TaskControl) -> None:
        with desk.session.worker() as own, own.file.atomic():
            own.file.settings.put("test.long", 1)
            begun.set()
            ends.wait()

    task = run_task(desk.window, work)
    if told is not None:
        task.succeeded.connect(lambda _none: told.append("work"))
    wait_until(begun.is_set)
    try:
        yield ends
    finally:
        ends.set()
        all_done()


def waiting_window() -> WaitWindow | None:
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, WaitWindow) and one.isVisible()]
    return shown[0] if shown else None


def when_asked(parent: QWidget, act: object) -> list[str]:
    """Does something with the window that says what is waited for, once it is there; what that window said."""
    said: list[str] = []
    timer = QTimer(parent, interval=10)

    def look() -> None:
        window = waiting_window()
        if window is not None and not said:
            said.append(window.findChildren(QProgressBar)[0].accessibleName())
            act(window)  # type: ignore[operator]

    timer.timeout.connect(look)
    timer.start()
    return said


def saved(session: Session) -> records.Saved | records.Refused:
    return records.save(session, REGISTER, VALUES, reasons={"*": "thử"})


def test_saving_waits_with_the_window_alive(desk: Desk) -> None:
    told: list[str] = []
    with writing(desk, told) as ends:
        said = when_asked(desk.window, lambda _window: ends.set())
        outcome = saved(desk.session)
        assert isinstance(outcome, records.Saved) and said[0].startswith("Đang lưu…")
        assert told == []  # what came of the work waits until the save is through
    wait_until(lambda: told == ["work"])
    assert waiting_window() is None


def test_who_puts_it_off_keeps_what_was_typed(desk: Desk) -> None:
    before = desk.session.file.changes.head()
    with writing(desk), pytest.raises(UserError, match="TD-UI-111"):
        when_asked(desk.window, lambda window: window.skip_button.click())
        saved(desk.session)
    assert desk.session.file.changes.head() == before


def test_a_draft_waits_beside_the_office_and_then_goes_to_its_place(desk: Desk) -> None:
    session, content = desk.session, {"fields": {"title": "chữ đang gõ"}}
    keeper = DraftKeeper(session, REGISTER, lambda: content, desk.window)
    keeper._last = {}
    kept: list[bool] = []
    keeper.kept.connect(lambda: kept.append(True))
    with writing(desk):
        assert not keeper.keep_now() and not kept
        found = drafts.find(session, REGISTER, None)
        assert found is not None and found.texts == content  # another page of it would begin with it
        with closing(session.reader()) as reading:  # of a page that is read meanwhile
            assert drafts.find(reading, REGISTER, None) is not None
        assert session.file.drafts.all() == [] and waiting_window() is None
        wait_until(lambda: [one.values for one in session.file.waiting_drafts.all()] == [content])
    wait_until(lambda: bool(kept))
    assert [one.values for one in session.file.drafts.all()] == [content] and not session.unwritten
    all_done()
    assert not waiting_path(session.file.path).exists()


def test_a_draft_that_still_waits_is_written_when_the_office_is_closed(desk: Desk) -> None:
    session = desk.session
    written: list[int] = []
    session.at_close.insert(0, lambda: written.append(len(session.file.drafts.all())))
    with writing(desk):
        drafts.keep(session, REGISTER, None, {"fields": {"title": "chữ đang gõ"}})
    desk.window.hide()  # a closing window would have written it itself
    assert desk.close() and written == [0] and not session.unwritten


def test_a_full_disk_is_told_beside_the_form_and_before_closing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    full = UserError("TD-ENV-001", path="sổ")
    monkeypatch.setattr(draft_keeper, "INTERVAL", 20)
    with monkeypatch.context() as disk:
        disk.setattr(Drafts, "put", Mock(side_effect=full))
        desk.new_record()
        page = desk.window.page()
        assert isinstance(page, EntryPage)
        type_keys(page.form.inputs["title"].focus_target(), "chữ đang gõ")
        assert not page.keeper.keep_now() and full.sentence in page.notice.words()
        assert told_in_boxes(desk) == [] and page.can_leave()
        assert status_parts(desk.session)[0].short == "Chưa giữ được"
        assert not desk.window.close() and told_in_boxes(desk) == ["TD-UI-130"]
        type_keys(page.form.inputs["title"].focus_target(), " thêm")  # after it was told of, more was typed
        page.keeper.keep_now()
        assert not desk.window.close() and told_in_boxes(desk) == ["TD-UI-130"] * 2
    wait_until(lambda: page.notice.words() == "")
    wait_until(lambda: desk.window.status_bar._buttons["saved"].part.short == "Đã lưu")
    assert [one.values["fields"]["title"] for one in desk.session.file.drafts.all()] == ["chữ đang gõ thêm"]


def told_in_boxes(desk: Desk) -> list[str]:
    return [one.code for one in desk.window.findChildren(ErrorDialog)]


def test_an_office_on_a_full_disk_is_closed_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Drafts, "put", Mock(side_effect=UserError("TD-ENV-001", path="sổ")))
    with pytest.raises(UserError):
        drafts.keep(desk.session, REGISTER, None, {"fields": {}})
    assert not desk.window.close()
    assert desk.close() and not desk.session.file.is_open  # who closes again means it
