"""Somebody at the keyboard, counted: every key pressed counts one, a held Ctrl or Alt one more.

Vietnamese reaches the field by an input method, and costs the keys that Telex takes for it.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.pages.typing_vietnamese import commit

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def telex(text: str) -> int:
    """Keys that a text takes in Telex: a letter one; a tone, a hook, a doubled letter, a capital one more each."""
    keys = 0
    for letter in unicodedata.normalize("NFC", text):
        marks = len(unicodedata.normalize("NFD", letter)) - 1
        keys += 1 + marks + (letter in "đĐ") + letter.isupper()
    toneless = "".join(one for one in unicodedata.normalize("NFD", text.lower()) if one not in _TONES)
    return keys - unicodedata.normalize("NFC", toneless).count("ươ")  # "uow" gives both hooks


class Typist:
    """Works the real window and counts; ``wait`` lets it finish what a key began."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.count = window, 0

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.focused(), key, held)
            self.count += 1 + (held != Qt.KeyboardModifier.NoModifier)
            QTest.qWait(0)  # what the key brought has its place before the next one

    def text(self, text: str) -> None:
        commit(self.focused(), text)
        self.count += telex(text)

    def digits(self, text: str) -> None:
        """Digits as keys, for counters that are no text fields."""
        for digit in text:
            self.press(Qt.Key(ord(digit)))

    def line(self, text: str) -> None:
        """A text and Enter, which goes on to the next field."""
        self.text(text)
        self.press(Key.Key_Return)

    def tab_to(self, name: str) -> None:
        """Tab until what is spoken so has the focus; every Tab counts."""
        seen = list[str]()
        for _ in range(40):
            seen.append(self.focused().accessibleName())
            if name in self.focused().accessibleName():
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {name}, but to {seen}")

    def find(self, text: str) -> None:
        """Ctrl+K, a few letters, Enter when the answer stands there: "Đang tìm…" of a loaded machine is none."""
        from thidua_desktop.ui.shell.main_window import MainWindow

        assert isinstance(self.window, MainWindow)
        search = self.window.top_bar.search
        self.press(Key.Key_K, CTRL)
        self.text(text)
        self.wait(lambda: search.popup().isVisible() and search.popup().current() is not None)
        self.press(Key.Key_Return)

    @staticmethod
    def wait(done: Callable[[], bool]) -> None:
        until = time.monotonic() + 20
        while not done():
            assert time.monotonic() < until
            QTest.qWait(5)


class Sheet:
    """The same content typed into a spreadsheet that is open, at its best: the cursor starts in the first column of a
    table that has the right columns, what a column holds already completes itself, and it is saved by Ctrl+S.
    """

    def __init__(self) -> None:
        self.count = telex("") + 4  # Ctrl+Down, Down to the first free row, Home

    def cell(self, text: str = "", known: Sequence[str] = ()) -> None:
        """One cell and the key to the next; of what the column holds, only letters until one entry is left."""
        self.count += min([telex(text), *(self._beginning(text, known) for _ in known[:1])]) + 1

    def cells(self, *texts: str) -> None:
        for text in texts:
            self.cell(text)

    def save(self) -> None:
        self.count += 2

    @staticmethod
    def _beginning(text: str, known: Sequence[str]) -> int:
        others = [one for one in known if one != text]
        for end in range(1, len(text)):
            if not any(one.lower().startswith(text[:end].lower()) for one in others):
                return telex(text[:end])
        return telex(text)
