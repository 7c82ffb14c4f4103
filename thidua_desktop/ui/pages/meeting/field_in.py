"""Which field a widget in focus belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput


def field_in(inputs: Iterable[FieldInput], focused: QWidget) -> str:
    """The name of the field whose input has the focus."""
    return next((made.spec.name for made in inputs if made.isAncestorOf(focused)), "")
