"""The pages' modules are loaded ahead: all of them, one in a turn, and only while nobody would feel it."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from thidua_desktop.paths import program_root
from thidua_desktop.ui import tasks
from thidua_desktop.ui.desk import reading_ahead
from thidua_desktop.ui.desk.reading_ahead import ReadingAhead
from thidua_desktop.ui.tasks import run_task

_READ_ALL = """
import pkgutil, sys
from PySide6.QtWidgets import QApplication
import thidua_desktop.ui.pages as pages
from thidua_desktop.ui.desk.reading_ahead import ReadingAhead
app = QApplication([])
names = {one.name for one in pkgutil.walk_packages(pages.__path__, "thidua_desktop.ui.pages.")}
before = len(names - set(sys.modules))
ahead = ReadingAhead(lambda: 10.0)
ahead.begin()
looks = 0
while not ahead.is_over:
    ahead.look()
    looks += 1
print(before > 50 and not names - set(sys.modules) and looks > 20)
"""

_CLASSES_MADE = """
import enum, gc
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from thidua_desktop.ui.desk import reading_ahead
app = QApplication([])
if {ahead}:
    reading_ahead._find_parts()
    reading_ahead._find_inner_things()
def classes():
    return sum(isinstance(one, enum.EnumType) for one in gc.get_objects())
before = classes()
QScrollArea().viewport()
words = QLabel("Mã TD-UI-100")
words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
words.children()
print(classes() - before)
"""


def _classes_made(ahead: bool) -> int:
    """How many classes PySide makes at the first part of Qt's own and at the first words that can be chosen."""
    read = subprocess.run(
        [sys.executable, "-c", _CLASSES_MADE.format(ahead=ahead)],
        check=False, cwd=program_root(), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return int(read.stdout.strip())


def test_what_pyside_looks_through_once_is_looked_through_ahead() -> None:
    assert _classes_made(ahead=False) > 50
    assert _classes_made(ahead=True) == 0


def test_in_the_end_all_pages_are_loaded_one_or_a_few_in_a_turn() -> None:
    read = subprocess.run(
        [sys.executable, "-c", _READ_ALL],
        check=False, cwd=program_root(), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert read.stdout.strip() == "True", read.stderr


def test_nothing_is_loaded_while_somebody_works_or_something_runs(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setattr(reading_ahead, "_steps", lambda: iter([lambda at=at: done.append(at) for at in range(2)]))
    untouched = [0.4]
    ahead = ReadingAhead(lambda: untouched[0])
    ahead.begin()
    ahead.look()
    assert done == [] and not ahead.is_over
    untouched[0] = 5.0
    go, page = threading.Event(), QObject()
    run_task(page, lambda _control: go.wait(5))
    ahead.look()
    assert done == []
    go.set()
    qtbot.waitUntil(lambda: not tasks.running())
    qtbot.waitUntil(lambda: ahead.is_over)
    assert done == [0, 1]
