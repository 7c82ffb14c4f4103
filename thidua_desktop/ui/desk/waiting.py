"""Waiting for one's turn to write, or for the end of all work: the program answers meanwhile, and says why it waits."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui import tasks
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.progress import SHOWN_AFTER
from thidua_desktop.ui.look.theme import Look

_LOOK_EVERY = 15  # milliseconds
_SAVING = "Đang lưu… Việc đang chạy ghi xong thì phần này được ghi ngay."


_waits: list[str] = []
"""What is being waited for in event loops of their own, the outermost first."""


def is_waiting() -> bool:
    """Whether a save or a closing waits in an event loop of its own: what comes from outside has to wait, too."""
    return bool(_waits)


class WaitWindow(QWidget):
    """Words and a moving bar in front of everything; ``skip_button`` when one need not wait. It closes by itself."""

    def __init__(self, look: Look, words: str, skip: Callable[[], None] | None, skip_words: str) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowTitleHint | Qt.WindowType.CustomizeWindowHint)
        self.setWindowTitle("Thi đua")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(words, wrap=True))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(words)
        outer.addWidget(bar)
        self.skip_button = bordered(look, skip_words, "x")
        outer.addLayout(dialog_foot(look, self.skip_button))
        if skip is None:
            self.skip_button.setVisible(False)
        else:
            self.skip_button.clicked.connect(lambda: self.skip_button.set_reason("Đang dừng"))
            self.skip_button.clicked.connect(skip)
        self.setFixedWidth(look.px(400))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # Esc closes nothing

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def wait_until(
    look: Look, words: str, ended: Callable[[], bool], skip: Callable[[], None] | None = None, skip_words: str = "Dừng"
) -> None:
    """Lets events go on until ``ended``; a window says what is waited for when it takes longer than a moment.

    Nothing else can be pressed or typed meanwhile, and ``skip`` is offered to make it end sooner.
    """
    if ended():
        return
    loop, looking = QEventLoop(), QTimer(interval=_LOOK_EVERY)
    window, began = WaitWindow(look, words, skip, skip_words), time.monotonic()

    def look_again() -> None:
        if ended():
            loop.quit()
        elif not window.isVisible() and (time.monotonic() - began) * 1000 >= SHOWN_AFTER:
            window.show()
            loop.quit()  # from now on it may be pressed

    looking.timeout.connect(look_again)
    looking.start()
    _waits.append(words)
    try:
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not ended():
            loop.exec()
    finally:
        _waits.pop()
    looking.stop()
    window.hide()
    window.deleteLater()


def end_all_work(look: Look) -> None:
    """Stops what still runs and waits for it: what writes is either whole or not there, whatever one waits for."""
    wait_until(look, "Đang dừng việc đang làm dở", lambda: not tasks.cancel_all())


def wait_for_turn(look: Look, window: QWidget, is_free: Callable[[], bool]) -> None:
    """What the window writes waits while other work writes; UserError TD-UI-111 when the person would not wait.

    Nothing that comes of other work is told meanwhile: it would find a page in the middle of saving.
    """
    left: list[bool] = []
    free: list[bool] = []

    def ended() -> bool:
        if not free and not left and is_free():
            free.append(True)
        return bool(free or left)

    tasks.hold_back(window)
    try:
        wait_until(look, _SAVING, ended, lambda: left.append(True), "Để sau")
    finally:
        QTimer.singleShot(0, window, lambda: tasks.let_through(window))
    if not free:
        raise UserError("TD-UI-111")
