"""Dialogs that fit: as wide as told, as high as their words need at that width, never higher than the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from thidua_desktop.ui.look.theme import Look


def size_to_content(look: Look, dialog: QDialog, width: int) -> None:
    """Sizes a dialog to ``width`` px at 100 % and the height its layout needs there; call it when it is filled."""

    def restyle() -> None:
        pixels = look.px(width)
        layout = dialog.layout()
        dialog.ensurePolished()
        dialog.setMinimumWidth(pixels)
        needed = dialog.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(pixels)
        room = dialog.screen().availableGeometry().height()
        dialog.resize(pixels, min(needed, room))

    look.follow(dialog, restyle)
