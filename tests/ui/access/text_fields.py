"""Every place of a page where text is typed, and the ways in which Vietnamese reaches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tests.ui.pages.typing_vietnamese import commit, compose, press, type_keys, unikey
from thidua_desktop.ui.pages.entry.widgets.pick_list import PickList

MEANT = "Đường Thuỷ 7"
_TELEX = (
    ["D", "Đ", "Đu", "Đuo", "Đươ", "Đươn", "Đương", "Đường"],
    ["T", "Th", "Thu", "Thuy", "Thuỷ"],
)
_VNI = (
    ["D", "Du", "Duo", "Duon", "Duong", "Dương", "Dường", "Đường"],  # marks typed last: whole words are retyped
    ["T", "Th", "Thu", "Thủ", "Thuỷ"],  # the tone moves to the next vowel
)


def text_fields(root: QWidget) -> Iterator[QLineEdit | QPlainTextEdit | QTextEdit]:
    """What a person can type text into: enabled, shown, not read-only; passwords are typed without marks."""
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for field in root.findChildren(kind):
            hidden = isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal
            if field.isVisible() and field.isEnabled() and not field.isReadOnly() and not hidden:
                yield field


def standing_fields(root: QWidget) -> Iterator[QLineEdit | QPlainTextEdit | QTextEdit]:
    """The fields one after another; the reason of a warning goes away when typing elsewhere settles the warning."""
    for field in list(text_fields(root)):
        if shiboken6.isValid(field):
            yield field


def text_of(field: QWidget) -> str:
    """The plain text."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore[attr-defined]


def _retyped(words: tuple[list[str], list[str]]) -> Callable[[QWidget], None]:
    def typed(field: QWidget) -> None:
        unikey(field, words[0])
        type_keys(field, " ")
        unikey(field, words[1])
        type_keys(field, " 7")

    return typed


def _surrounding(field: QWidget) -> None:
    """IBus without preedit: a letter that stands already is replaced by a commit that reaches back."""
    for letter, back in (*((one, 0) for one in "Duo"), ("Đươ", 3), ("n", 0), ("g", 0), ("ườ", 0)):
        _replace(field, letter, back)
    _replace(field, "ường", 6)  # takes "ươngườ" back, as an engine does that moves the tone
    for letter in " Thuỷ 7":
        _replace(field, letter, 0)


def _replace(field: QWidget, text: str, back: int) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text, -back, back)
    QCoreApplication.sendEvent(field, event)


def _preedit(field: QWidget) -> None:
    """IBus with preedit; one word is begun wrong, taken back while still unfinished, and begun anew."""
    for unfinished in ("H", "Hư", "H", ""):
        compose(field, unfinished)
    commit(field, MEANT)


WAYS: Mapping[str, Callable[[QWidget], None]] = {
    "telex": _retyped(_TELEX),
    "vni": _retyped(_VNI),
    "surrounding": _surrounding,
    "preedit": _preedit,
}


def wrong_texts(root: QWidget) -> dict[str, str]:
    """What stands in each field that does not hold what was meant, by the field's name and the way of typing.

    The first field of each kind is typed in every way, further ones by preedit and one of the others in turn.
    """
    wrong, kinds = {}, set[str]()
    others = cycle(way for way in WAYS if way != "preedit")
    for field in standing_fields(root):
        kind = f"{type(field).__name__} in {type(field.parent()).__name__}"
        ways = ("preedit", next(others)) if kind in kinds else tuple(WAYS)
        kinds.add(kind)
        for way in ways:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.clear()
            WAYS[way](field)
            if text_of(field) != MEANT:
                wrong[f"{field.accessibleName()} ({way})"] = text_of(field)
        field.clear()
    return wrong


def disturbed(root: QWidget) -> dict[str, str]:
    """Fields where something opens, or the text changes, while an input method holds unfinished text."""
    found = {}
    for field in standing_fields(root):
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.clear()
        commit(field, "an")
        before = set(_shown())
        compose(field, "ni")
        press(field, Qt.Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
        QCoreApplication.sendPostedEvents()
        opened = [shown for shown in _shown() if shown not in before]
        lists = [one for one in root.window().findChildren(PickList) if one.isVisible()]
        if text_of(field) != "an" or opened or lists:
            found[field.accessibleName()] = f"{text_of(field)} {opened} {lists}"
        compose(field, "")
        field.clear()
    return found


def _shown() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
