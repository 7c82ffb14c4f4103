"""A second start: its files go to the first program, which says whether it takes them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from tests.house.tree import ROOT
from thidua_desktop.ui.desk.one_program import OneProgram, handed_over, program_name


class FirstProgram:
    """Listens in this process; ``answer`` is what it says, ``heard`` what came."""

    def __init__(self) -> None:
        self.heard: list[list[Path]] = []
        self.answer = True
        self.listening = OneProgram(self.take)

    def take(self, files: Sequence[Path]) -> bool:
        self.heard.append(list(files))
        return self.answer


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[FirstProgram]:
    made = FirstProgram()
    assert made.listening.listen()
    yield made
    made.listening.close()


def _second_start(qtbot: QtBot, files: list[Path]) -> bool:
    """What a second start is told, in a process of its own."""
    code = (
        "import sys; from pathlib import Path; from thidua_desktop.ui.desk.one_program import handed_over; "
        "sys.exit(0 if handed_over([Path(word) for word in sys.argv[1:]]) else 3)"
    )
    start = subprocess.Popen([sys.executable, "-c", code, *map(str, files)], cwd=ROOT)
    qtbot.waitUntil(lambda: start.poll() is not None, timeout=60_000)
    assert start.returncode in (0, 3)
    return start.returncode == 0


def test_files_reach_the_first_program(qtbot: QtBot, first: FirstProgram, tmp_path: Path) -> None:
    package = tmp_path / "gói ở Đưng K'Si.tdp"
    assert _second_start(qtbot, [package])
    assert _second_start(qtbot, [])
    assert first.heard == [[package], []]


def test_what_the_first_does_not_take_opens_elsewhere(qtbot: QtBot, first: FirstProgram, tmp_path: Path) -> None:
    first.answer = False
    assert not _second_start(qtbot, [tmp_path / "sổ khác.thidua"])
    assert not OneProgram(first.take).listen()


def test_without_a_first_program_nothing_is_handed_over(tmp_path: Path) -> None:
    assert not handed_over([tmp_path / "a.tdp"])


def test_the_name_of_a_killed_program_is_taken_over(qtbot: QtBot) -> None:
    left = QLocalServer()
    assert left.listen(program_name())
    path = Path(left.fullServerName())
    kept = path.with_name(path.name + ".kept")
    path.rename(kept)  # closing would tidy up: a killed program does not
    left.close()
    kept.rename(path)
    follower = OneProgram(lambda files: True)
    assert follower.listen()
    follower.close()


def test_nonsense_is_answered_with_no(qtbot: QtBot, first: FirstProgram) -> None:
    socket = QLocalSocket()
    socket.connectToServer(program_name())
    assert socket.waitForConnected(2000)
    socket.write(b"{not json\n")
    qtbot.waitUntil(socket.canReadLine)
    assert bytes(socket.readLine().data()) == b"other\n" and first.heard == []
