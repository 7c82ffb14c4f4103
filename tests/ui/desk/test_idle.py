"""Who watches the windows of the program lets go of them, also of one that the system took away."""

from __future__ import annotations

import math

from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from thidua_desktop.ui.desk.idle import IdleWatch


def test_a_window_that_is_gone_stops_no_ending(qapp: QApplication) -> None:
    watch = IdleWatch(qapp, lambda: math.inf)
    window = QWindow()
    watch._follow(window)
    window.blockSignals(True)  # as where its end is told later than the watch ends
    delete(window)
    watch.stop()
    assert not watch._timer.isActive()
