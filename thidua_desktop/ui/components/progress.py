"""Progress of long work: what is being done, how far, and a way to stop it."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.look.theme import Look

_SOON = 3.0  # seconds of work before a guess is worth telling
_WHOLE = "Việc này làm trọn một lần, không dừng giữa chừng được."
SHOWN_AFTER = 300  # milliseconds; what takes less is done before anybody could read what it is


def time_left(done: int, total: int, elapsed: float) -> str:
    """ ", còn khoảng 20 giây" by the pace so far; "" while it cannot be told."""
    if elapsed < _SOON or not 0 < done < total:
        return ""
    seconds = elapsed * (total - done) / done
    if seconds < 60:
        return f", còn khoảng {max(5, 5 * round(seconds / 5))} giây"
    return f", còn khoảng {round(seconds / 60)} phút"


class ProgressStrip(QWidget):
    """Words, a bar, x/y and "Dừng", or that it cannot be stopped; ``cancelled`` when the person stops it.

    Hidden until ``start`` and for a moment after it, so that quick work flashes no bar.
    """

    cancelled = Signal()

    def __init__(self, look: Look, cancellable: bool = True) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 4)
        self._text = label("")
        self._count = caption("", "text-2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # a bar without words
        self._started = time.monotonic()
        self._stop = bordered(look, "Dừng", "x")
        self._whole = caption(_WHOLE, wrap=True)
        self.set_stoppable(cancellable)
        words = QHBoxLayout()
        words.addWidget(self._text, 1)
        words.addWidget(self._count)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        outer.addLayout(words)
        outer.addLayout(row)
        outer.addWidget(self._whole)
        self._stop.clicked.connect(self._on_stop)
        self._show_soon = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._show_soon.timeout.connect(self.show)
        self.hide()

    def start(self, text: str) -> None:
        """Shows the strip after a moment, moving without an end until the first ``set_progress``."""
        self._begin(text, time.monotonic())
        self._show_soon.start()

    def show_begun(self, text: str, at: float) -> None:
        """Shows the strip now, of work that began at a moment of ``time.monotonic``."""
        self._begin(text, at)
        self.show()

    def _begin(self, text: str, at: float) -> None:
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._started = at
        self._bar.setRange(0, 0)
        self._count.setText("")
        self._stop.set_reason("")

    def set_stoppable(self, stoppable: bool) -> None:
        """Whether "Dừng" is offered for what is being done; else it is said that it is done whole."""
        set_shown(self._stop, stoppable)
        set_shown(self._whole, not stoppable)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """How many of how many; ``total`` 0 means unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        left = time_left(done, total, time.monotonic() - self._started)
        self._count.setText(f"{format_number(done)}/{format_number(total)}{left}" if total else "")
        if text:
            self._text.setText(text)

    def finish(self) -> None:
        """Hides the strip."""
        self._show_soon.stop()
        self.hide()

    def _on_stop(self) -> None:
        self._stop.set_reason("Đang dừng")
        self._text.setText("Đang dừng")
        self.cancelled.emit()
