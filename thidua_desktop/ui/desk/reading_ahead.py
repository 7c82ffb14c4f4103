"""What an officer opens first comes as soon as what they open the second time: its modules are loaded while nobody
touches the desk and nothing runs, one in a turn, so that a key waits for one of them at most.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer

from thidua_desktop.ui import tasks

_EVERY = 100  # milliseconds between two looks whether it is quiet
_QUIET = 1.5  # seconds without a touch
_PAGES = "thidua_desktop.ui.pages"


class ReadingAhead(QObject):
    """From ``begin`` until all is loaded. ``untouched``: seconds since somebody last touched the desk."""

    def __init__(self, untouched: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._untouched = untouched
        self._steps: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """A desk is shown."""
        self._steps = _steps()
        self._timer.start()

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to load."""
        return not self._timer.isActive()

    def look(self) -> None:
        """Loads one of them, when it is quiet."""
        if tasks.running() or self._untouched() < _QUIET:
            return
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
        else:
            step()


def read_ahead() -> None:
    """What opening an office needs is loaded while its password is typed, so that the first window comes soon."""
    import thidua_desktop.services.offices
    import thidua_desktop.ui.desk.desk  # noqa: F401


def _steps() -> Iterator[Callable[[], object]]:
    import importlib
    import pkgutil

    yield _find_parts
    yield _find_inner_things
    yield partial(importlib.import_module, "pypdfium2")  # for the first sheet of paper
    package = importlib.import_module(_PAGES)
    for found in pkgutil.walk_packages(package.__path__, f"{_PAGES}."):
        if found.name not in sys.modules:
            yield partial(importlib.import_module, found.name)


def _find_parts() -> None:
    """The first part of a window that Qt made itself makes PySide look through all its classes of parts, once."""
    from PySide6.QtWidgets import QScrollArea

    QScrollArea().viewport()


def _find_inner_things() -> None:
    """The first thing within a part that is none itself makes it look through all other classes: 23 ms of the first
    box that says an error, whose words can be chosen.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel

    words = QLabel("Mã")
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.children()
