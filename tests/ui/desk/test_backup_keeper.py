"""While somebody works a copy is made off the window's thread; the last one at closing; a refusal is told once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups as automatic
from thidua_desktop.services import backups
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.ui.desk.desk import Desk


def copies(session: Session) -> list[str]:
    found = automatic.kept_in(automatic.folder_of(session), session.file.path)
    return [one.path.name.split("-", 3)[3] for one in found]


def test_a_copy_is_made_in_the_background_and_not_twice(desk: Desk, qtbot: QtBot) -> None:
    keeper = desk.keeper
    with qtbot.waitSignal(keeper.told) as told:
        keeper.look()
    assert told.args == [""] and copies(desk.session) == ["tu-dong.thidua"]
    qtbot.waitUntil(lambda: keeper._task is None)
    keeper.look()
    assert keeper._task is None  # it is not time yet


def test_a_window_left_open_looks_through_the_file_each_day(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, session = desk.keeper, desk.session
    keeper.look_through()
    qtbot.waitUntil(lambda: keeper._task is None)
    keeper.look()
    qtbot.waitUntil(lambda: keeper._task is None)
    first = backups.last_check(session)
    assert first is not None and first.at.date() == session.today
    tomorrow = session.now() + timedelta(days=1)
    monkeypatch.setattr(Clock, "now", lambda _clock: tomorrow)
    for _ in range(2):  # the copy that is due comes first
        keeper.look()
        qtbot.waitUntil(lambda: keeper._task is None)
    second = backups.last_check(session)
    assert second is not None and second.at == tomorrow
    keeper.look()
    assert keeper._task is None


def test_nothing_new_is_looked_for_again_after_a_while_only(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, session = desk.keeper, desk.session
    begin = session.now()
    looks: list[float] = []
    keeper.told.connect(lambda _words: looks.append((session.now() - begin) / timedelta(minutes=1)))
    for minutes in range(0, 100, 10):
        monkeypatch.setattr(Clock, "now", lambda _clock, later=begin + timedelta(minutes=minutes): later)
        keeper.look()
        qtbot.waitUntil(lambda: keeper._task is None)
    assert looks == [0, 30, 60, 90] and len(copies(session)) == 1


def test_who_closes_is_not_told_of_a_copy_that_was_being_made(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it would tell stands in a window that is gone by then."""
    begun, closing = threading.Event(), threading.Event()

    def slow(_session: Session, *_step: object) -> None:
        begun.set()
        assert closing.wait(10)
        raise UserError("TD-STORE-300", path="D:", free=1, needed=20)

    monkeypatch.setattr(automatic, "take", slow)
    heard: list[str] = []
    desk.keeper.told.connect(heard.append)
    desk.keeper.look()
    qtbot.waitUntil(begun.is_set)  # it begins when the window has had its turns
    closing.set()
    desk.keeper.stop()
    all_done()
    assert heard == []


def test_at_closing_only_when_something_is_new(desk: Desk) -> None:
    desk.session.file.settings.put("office.word", "mới")
    desk.keeper.close(desk.look)
    desk.keeper.close(desk.look)
    assert copies(desk.session) == ["khi-dong.thidua"]


def test_a_refusal_is_told_once(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_session: Session, *_step: object) -> None:
        raise UserError("TD-STORE-300", path="D:", free=1, needed=20)

    monkeypatch.setattr(automatic, "take", refuse)
    heard: list[str] = []
    desk.keeper.told.connect(heard.append)
    for _ in range(2):
        desk.keeper.look()
        qtbot.waitUntil(lambda: desk.keeper._task is None)
    assert heard == [f"Chưa tự sao lưu được. {UserError('TD-STORE-300', path='D:', free=1, needed=20).sentence}"]
