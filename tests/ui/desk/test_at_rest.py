"""A desk that nobody touches is at rest: a layout that asks for itself again holds the window, and other threads."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.ui.working import all_done
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle

_ROUNDS = 12
_ROOMS = ("today", "movement_activity", "report", "handoff", "standards", "admin")


class Requests(QObject):
    """Counts who asks to be laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.seen.append(type(watched).__name__)
        return False


def test_a_room_of_each_kind_comes_to_rest(desk: Desk, qapp: QApplication) -> None:
    restless = []
    for room in _ROOMS:
        desk.window.open_room(room)
        settle(desk.window)
        all_done()
        asked = Requests()
        qapp.installEventFilter(asked)
        rounds = []
        for _ in range(_ROUNDS):
            before = len(asked.seen)
            qapp.processEvents()
            rounds.append(len(asked.seen) > before)
        qapp.removeEventFilter(asked)
        if all(rounds):  # one after the other, without an end
            restless.append((room, asked.seen[-1]))
    assert restless == []
