"""Rows with a field over them: what is typed on the rows goes into the field, Enter and ↓ there lead back to the rows.

An input method begins a word where the keys are. Were the keys moved at its first letter, that letter would be typed
and the word begun anew without it ("dđặng" for "đặng"), so the field shows the unfinished word while the rows keep the
keys, which follow when it is written.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView

from thidua_desktop.ui.components.fields import SearchField


class TypedOnRows:
    """Between ``rows`` and the ``field`` over them. The rows hand over their events; none of the field's is touched."""

    def __init__(self, rows: QAbstractItemView, field: SearchField) -> None:
        self._rows, self._field = rows, field
        self._begun = False  # something was typed since the rows have the keys
        self._due = False  # a word is written, and the keys have yet to follow it
        self._passing = False

    def lead_back(self) -> None:
        """Enter and ↓ in the field go to the rows."""
        down = QShortcut(QKeySequence("Down"), self._field)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._to_rows)
        self._field.returnPressed.connect(self._to_rows)

    def type(self, text: str) -> None:
        """Letters of a key that was pressed on the rows; they take the place of what stood in the field."""
        self._begin()
        self._to_field()
        self._field.insert(text)

    def takes(self, event: QKeyEvent) -> bool:
        """A key that came right after a word: it is the field's, as the keys would be there already."""
        if self._due:
            self._follow()
            key = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QCoreApplication.sendEvent(self._field, key)
            return True
        return False

    def see(self, event: QEvent) -> None:
        """Every event of the rows, before they have it."""
        if event.type() == QEvent.Type.InputMethodQuery:  # Qt answers no for rows that nobody edits
            self._rows.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        elif event.type() == QEvent.Type.FocusIn:
            self._begun = self._due = False

    def compose(self, event: QInputMethodEvent) -> None:
        """What an input method sends to the rows; a space without a word is the key it would be without one."""
        event.accept()
        if self._passing:  # rows that are filled anew by the word make Qt hand it over once more
            return
        if event.commitString() == " " and not self._field.composing():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
                QCoreApplication.sendEvent(self._rows, key)
            return
        if event.preeditString() or event.commitString():
            self._begin()
        passed_on = QInputMethodEvent(event.preeditString(), event.attributes())
        passed_on.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
        self._passing = True
        try:
            QCoreApplication.sendEvent(self._field, passed_on)
        finally:
            self._passing = False
        if event.commitString():  # not within the event: the input method would hand over the word a second time
            self._due = True
            QTimer.singleShot(0, self._rows, self._follow)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._field.selectAll()

    def _follow(self) -> None:
        """Not while the next word is begun: it would be torn. Its end calls again."""
        if self._due and self._rows.hasFocus() and not self._field.composing():
            self._due = False
            self._to_field()

    def _to_field(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_rows(self) -> None:
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)
