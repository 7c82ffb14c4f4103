"""Questions beside the window: the last one alone is answered, a running statement stops, closing waits for nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, NOW, OFFICE
from thidua_desktop.services.offices import create_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.ui import asking
from thidua_desktop.ui.asking import Asker

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    path: Path = tmp_path_factory.mktemp("asking") / "xa.thidua"
    made = create_office(path, OFFICE, Clock(NOW), CHEAP).session
    yield made
    made.close()


def never_ends(reading: Session) -> object:
    return reading.file._database.one(ENDLESS)


def test_the_last_question_alone_is_answered(session: Session, qtbot: QtBot) -> None:
    parent, answers, wait = QObject(), [], threading.Event()
    asker = Asker(session, parent)
    asker.ask(lambda _reading: wait.wait(10), lambda _found: answers.append("first"))
    asker.ask(lambda reading: reading.file.records.count("residential_area"), answers.append)
    wait.set()
    qtbot.waitUntil(lambda: not asker.busy, timeout=10_000)
    assert answers == [4]


def test_a_statement_that_nobody_waits_for_stops(session: Session, qtbot: QtBot) -> None:
    parent, answers, faults = QObject(), [], []
    asker = Asker(session, parent)
    asker.failed.connect(faults.append)
    asker.ask(never_ends, answers.append)
    asker.ask(lambda _reading: "second", answers.append)
    qtbot.waitUntil(lambda: answers == ["second"], timeout=10_000)
    assert faults == []


def test_an_answer_that_takes_long_is_told_and_closing_ends_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "SLOW", 1)
    parent, told, before = QObject(), [], len(session.at_close)
    asker = Asker(session, parent)
    asker.slow_changed.connect(told.append)
    asker.ask(never_ends, told.append)
    qtbot.waitUntil(lambda: told == [True])
    assert len(session.at_close) == before + 1
    session.at_close[-1]()  # as the office does before its file is closed; returns once nothing is read
    parent.deleteLater()
    qtbot.waitUntil(lambda: len(session.at_close) == before)


def test_a_fault_of_a_wanted_question_is_told(session: Session, qtbot: QtBot) -> None:
    parent, faults = QObject(), []
    asker = Asker(session, parent)
    asker.failed.connect(faults.append)
    asker.ask(lambda reading: reading.register("no_such"), lambda _found: None)
    qtbot.waitUntil(lambda: len(faults) == 1)
    assert getattr(faults[0], "code", "") == "TD-STORE-225" and not asker.busy
