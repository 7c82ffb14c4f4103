"""The window is shown where it stood, and always where it can be seen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.desk.placing import show_in_place


def test_a_screen_that_is_no_more_hides_no_window(qtbot: QtBot) -> None:
    far = QWidget()
    far.setGeometry(9000, 7000, 700, 500)
    geometry = bytes(far.saveGeometry().toBase64().data()).decode("ascii")
    window = QWidget()
    qtbot.addWidget(window)
    show_in_place(window, geometry)
    assert window.screen().availableGeometry().intersects(window.frameGeometry())
    other = QWidget()
    qtbot.addWidget(other)
    show_in_place(other, "không phải vị trí")
    assert other.isVisible()
