"""PySide6 6.12.0 loses a reference to None with every call that returns nothing, and the process dies of it later.

This probe guards every upgrade. Since Python 3.12 None cannot be lost, so there it passes by nature.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 5_000
NOISE = 200


def test_calls_without_result_keep_none_alive(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number % 7))
    assert sys.getrefcount(None) > before - NOISE
