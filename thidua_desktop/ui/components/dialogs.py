"""Dialogs that fit: as wide as told, as high as their words need at that width, never higher than the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import Button, bordered
from thidua_desktop.ui.components.scrolling import FittingArea
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.look.theme import Look

_FRAME = 36  # px of the title bar and borders that the system puts around a dialog


def size_to_content(look: Look, dialog: QDialog, width: int, height: int = 0) -> None:
    """Sizes a dialog to ``width`` px at 100 % and the height its layout needs there; call it when it is filled.

    ``height``: so much where there is room, for lists and tables that are glad of it; px at 100 %.
    """

    def restyle() -> None:
        pixels = look.px(width)
        dialog.ensurePolished()
        dialog.setMinimumWidth(pixels)
        _resize(dialog, pixels, look.px(height))

    look.follow(dialog, restyle)
    for area in dialog.findChildren(FittingArea):
        area.keep_keys_inside()
    order_tabs(dialog)


def dialog_foot(look: Look, *buttons: QWidget, left: Sequence[QWidget] = ()) -> QHBoxLayout:
    """The last line of a dialog: what leaves it or does its work at the right, ``left`` what else may be done."""
    foot = QHBoxLayout()
    look.margins(foot, 0, 4, 0, 0, 8)
    for button in left:
        foot.addWidget(button)
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    return foot


def grow_to_content(dialog: QDialog) -> None:
    """Gives room to words that came since the dialog was sized, so that what they are about stays in sight."""
    _resize(dialog, dialog.width(), dialog.height())


def _resize(dialog: QDialog, width: int, least: int) -> None:
    """As high as the words need at this width, not below ``least``, never higher than the screen."""
    layout = dialog.layout()
    needed = dialog.sizeHint().height()
    if layout is not None and layout.hasHeightForWidth():
        needed = layout.totalHeightForWidth(width)
    margins = dialog.contentsMargins() if layout is None else layout.contentsMargins()
    inside = width - margins.left() - margins.right()
    needed += sum(area.needed(inside) - area.sizeHint().height() for area in dialog.findChildren(FittingArea))
    room = dialog.screen().availableGeometry().height()
    dialog.resize(width, min(max(needed, least), room - _FRAME))


def cancel_button(look: Look, dialog: QDialog) -> Button:
    """ "Thôi": leaves a dialog without doing anything, as Esc does."""
    button = bordered(look, "Thôi")
    button.setAutoDefault(False)
    button.clicked.connect(dialog.reject)
    return button
