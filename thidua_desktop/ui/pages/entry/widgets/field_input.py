"""What every input of the form offers, whatever its type: value, draft, state, and where the focus goes.

Vietnamese typing is sacred: no input filters keys, masks, completes inline or changes the text while one types. Texts
are brought into their usual form only when the focus leaves, and nothing opens while an input method is composing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QInputMethodEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStyle, QStyleOptionFrame, QWidget

from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, Row, Value
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.fields import FieldState, set_field_state
from thidua_desktop.ui.look.theme import Look

_NOT_LEAVING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)

_DONE_HERE = (
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.OtherFocusReason,
)  # fmt: skip
"""After these (the last is Enter) a long text shows its beginning again; who only looks something up comes back to his
place."""
_GOES_ON = "…"


def _nothing() -> None:
    return None


def _no_row(_field: str) -> Row:
    return {}


class LinkedForms(Protocol):
    """Writes a record that a pick list lacks."""

    def may_make(self, register: str) -> bool:
        """Whether the person may."""

    def make(self, into: FieldInput, typed: str) -> None:
        """Opens its form; what is saved there is chosen in ``into``."""


@dataclass(frozen=True, slots=True)
class InputContext:
    """What inputs may ask of the form around them: the record's day and residential area, as far as they are known."""

    session: Session
    day: Callable[[], date | None] = _nothing
    area: Callable[[], str | None] = _nothing
    linked: LinkedForms | None = None  # where another register's form can be opened
    new_row: Callable[[str], Row] = _no_row  # what a new child row of a field begins with


class FieldInput(QWidget):
    """One field's input. ``edited`` after every change by the person, ``entered`` and ``left`` follow the focus.

    ``note_changed`` carries what stands beside the field ("hôm qua"). ``fill`` tells whether it takes the spare width;
    otherwise ``px_width`` (px at 100 %) is its width.
    """

    edited = Signal()
    entered = Signal()
    left = Signal()
    note_changed = Signal(str)
    fill = True
    px_width = 0

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__()
        self.look, self.spec, self.context = look, spec, context
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> Value:
        """The typed value; None when empty. Raises ``NotUnderstood`` with the sentence to show."""
        return None

    def read(self) -> tuple[Value, list[Problem]]:
        """The value, and what could not be understood as problems beside the field (the value is then None)."""
        try:
            return self.value(), []
        except NotUnderstood as refused:
            return None, [refused.problem(self.spec.name)]

    def set_value(self, value: Value) -> None:
        """Shows a stored value; emits nothing."""

    def is_empty(self) -> bool:
        """True when nothing is typed or chosen."""
        return self.draft() is None

    def draft(self) -> object:
        """What stands in the field, JSON-able, understood or not; None when empty."""
        return None

    def set_draft(self, kept: object) -> None:
        """Shows what ``draft`` gave; a foreign shape is taken as nothing."""

    def focus_target(self) -> QWidget:
        """The widget that takes the focus."""
        return self

    def has_focus(self) -> bool:
        """Whether the person is here."""
        return self.focus_target().hasFocus()

    def begin(self) -> None:
        """Comes here from another part of the form: what stands here is selected, so that typing replaces it."""
        self.go_to()
        target = self.focus_target()
        if isinstance(target, TypedLine):
            target.selectAll()

    def composing(self) -> bool:
        """True while an input method holds unfinished text."""
        return False

    def note(self) -> str:
        """What the field understands the text as; "" for nothing to say."""
        return ""

    def set_state(self, state: FieldState) -> None:
        """The border: normal, bad or warn."""
        set_field_state(self.focus_target(), state)

    def set_place_state(self, place: str, state: FieldState) -> None:
        """The border of a part (``[0].yes`` of child rows); types without parts colour the whole."""
        self.set_state(state)

    def told(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems of this field in the words that stand under it."""
        return list(problems)

    def order_of(self, place: str) -> int:
        """Where a part (``[0].yes`` of child rows) stands among ``parts``; 0 for types without parts."""
        return 0

    def go_to(self, place: str = "") -> None:
        """Puts the focus here (on a part, for child rows)."""
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def stay(self) -> None:
        """Enter at a text that is not understood: the field shows what may be done, what is typed next replaces it."""
        self.begin()

    def parts(self) -> Sequence[FieldInput]:
        """The inputs inside this one (cells of child rows); none for plain fields."""
        return ()

    def set_spoken(self, name: str, description: str = "") -> None:
        """Accessible name and description of what takes the focus."""
        self.focus_target().setAccessibleName(name)
        self.focus_target().setAccessibleDescription(description)


class TypedLine(QLineEdit):
    """A line of text that knows when an input method is composing and when the focus really comes and goes."""

    entered = Signal()
    left = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""

    def composing(self) -> bool:
        """True while an input method holds unfinished text."""
        return bool(self._preedit)

    def event(self, event: QEvent) -> bool:
        """The mouse rests here: a text that is longer than its field is told whole."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self._is_cut() else "")
        return super().event(event)

    def _room(self) -> QRect:
        """Where the text stands; Qt keeps two pixels free at both sides of it."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return room.marginsRemoved(self.textMargins()).adjusted(2, 0, -2, 0)

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Of a text longer than its field three dots say so, while nobody types there."""
        super().paintEvent(event)
        right = bool(self.alignment() & Qt.AlignmentFlag.AlignRight)
        if right or self.hasFocus() or not self.text() or not self._is_cut():
            return
        room, metrics, palette = self._room(), self.fontMetrics(), self.palette()
        kept = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width()).removesuffix(_GOES_ON)
        room.setLeft(room.left() + metrics.horizontalAdvance(kept))
        painter = QPainter(self)
        painter.fillRect(room.adjusted(0, 2, 2, -2), palette.base())
        painter.setPen(palette.text().color())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _GOES_ON)
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words may be dropped; files are the page's, which attaches them."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def selectAll(self) -> None:
        """Everything chosen, the cursor at the start: of a text longer than its field the beginning is read."""
        self.setSelection(len(self.text()), -len(self.text()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text() and self.selectedText() == self.text():
            self.selectAll()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._preedit = ""
        if event.reason() not in _NOT_LEAVING:
            self.left.emit(event.reason())
        if event.reason() in _DONE_HERE:
            self.setCursorPosition(0)
