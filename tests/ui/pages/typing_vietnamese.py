"""How Vietnamese text really reaches a field: by an input method, or by UniKey's backspace-and-retype."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget


def press(
    widget: QWidget, key: int, text: str = "", held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """One key, pressed and released."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, held, text))


def type_keys(widget: QWidget, text: str) -> None:
    """Every letter as one key event, as UniKey sends letters with marks."""
    for letter in text:
        press(widget, 0, letter)


def compose(widget: QWidget, preedit: str) -> None:
    """An input method shows unfinished text."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget: QWidget, text: str) -> None:
    """An input method composes every word letter by letter and then commits it, as ibus-unikey does on a real screen:
    the space comes with the word, and an empty event hides what was unfinished once more.
    """
    words = text.split(" ")
    for place, word in enumerate(words):
        for end in range(1, len(word) + 1):
            compose(widget, word[:end])
        event = QInputMethodEvent("", [])
        event.setCommitString(word if place == len(words) - 1 else f"{word} ")
        QCoreApplication.sendEvent(widget, event)
        compose(widget, "")


def unikey(widget: QWidget, steps: list[str]) -> None:
    """Each step is the word as it stands after one more key: UniKey takes letters back and types them anew."""
    shown = ""
    for step in steps:
        common = 0
        while common < min(len(shown), len(step)) and shown[common] == step[common]:
            common += 1
        for _ in range(len(shown) - common):
            press(widget, Qt.Key.Key_Backspace)
        type_keys(widget, step[common:])
        shown = step
