"""What F1 tells of the place in focus; in a dialog also what that does, in a box beneath the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.help_places import key_around
from thidua_desktop.ui.shell.rooms import CARD_HELP, DIALOG_HELP, HelpText

Ask = Callable[[str], HelpText | None]
_KEYS = "Tab sang ô kế tiếp, Enter bấm nút đang chọn, Esc đóng lại mà không làm gì."
_MADE = "dialog_help"
_WIDTH = 360  # px at 100 %
_PACKAGE = "thidua_desktop.ui."


def key_of(dialog: type[QDialog]) -> str:
    """What the guide calls a dialog by: where it is written, and its name."""
    return f"{dialog.__module__.removeprefix(_PACKAGE)}.{dialog.__name__}"


def give_help(look: Look, dialog: QDialog, ask: Ask) -> None:
    """Makes F1 explain a dialog, once; also those of Qt itself, of which only the keys are told."""
    if dialog.property(_MADE):
        return
    dialog.setProperty(_MADE, True)
    shortcut = QShortcut(QKeySequence("F1"), dialog)
    shortcut.activated.connect(lambda: HelpBox(look, dialog, ask).open())


class HelpBox(QFrame):
    """The words; F1, Esc or Enter puts them away, and so does a click elsewhere."""

    def __init__(self, look: Look, dialog: QDialog, ask: Ask) -> None:
        super().__init__(dialog, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self.setAccessibleName("Trợ giúp")
        self._dialog, self._focused = dialog, dialog.focusWidget()
        column = QVBoxLayout(self)
        look.margins(column, 16, 12, 16, 12, 6)
        self.parts = [one for one in (told_of_field(self._focused), self._told(ask)) if one is not None]
        for part in self.parts:
            column.addWidget(label(part.title, TextRole.STRONG, wrap=True))
            column.addWidget(label(part.text, ink="text-2", wrap=True))
            if part.basis:
                column.addWidget(caption(part.basis, wrap=True))
        column.addWidget(caption(_KEYS, wrap=True))
        self.setFixedWidth(look.px(_WIDTH))
        self.setFixedHeight(column.totalHeightForWidth(look.px(_WIDTH)))

    def _told(self, ask: Ask) -> HelpText | None:
        found = ask(f"{DIALOG_HELP}{key_of(type(self._dialog))}")
        return found and HelpText(self._dialog.windowTitle() or found.title, found.text)

    def open(self) -> None:
        """Beneath the field, or above it where there is no room; never over it, and on the screen."""
        field = self._focused or self._dialog
        room = self._dialog.screen().availableGeometry()
        at = field.mapToGlobal(QPoint(0, field.height() + 4))
        if at.y() + self.height() > room.bottom():
            at = field.mapToGlobal(QPoint(0, -self.height() - 4))
        left = min(at.x(), room.right() - self.width())
        self.move(max(left, room.left()), max(at.y(), room.top()))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


def told_of_field(focused: QWidget | None) -> HelpText | None:
    """What is known of a place in a dialog: a field of a register its help, others their label and hint."""
    from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput
    from thidua_desktop.ui.wizard.form_row import FormRow

    above = focused
    while above is not None and not above.isWindow():
        if isinstance(above, FieldInput):
            return HelpText(above.spec.label, above.spec.help, above.spec.basis)
        if isinstance(above, FormRow):
            return HelpText(above.title, above.hint.text()) if above.hint.text() else None
        above = above.parentWidget()
    words = focused.toolTip() or focused.accessibleDescription() if focused is not None else ""
    known = focused is not None and words != focused.accessibleName()
    return HelpText(focused.accessibleName(), words) if focused is not None and words and known else None


def told_around(focused: QWidget | None, ask: Ask) -> list[HelpText]:
    """What is known of a place: its field, how it is used, and the card that it stands in."""
    key = key_around(focused)
    how = ask(key) if key else None
    own = None if focused is not None and how and not focused.toolTip() else told_of_field(focused)
    above, found = focused, [one for one in (own, how) if one is not None]
    while above is not None and not isinstance(above, Card):
        above = above.parentWidget()
    card = ask(f"{CARD_HELP}{above.accessibleName()}") if above is not None else None
    return [*found, card] if card is not None else found
