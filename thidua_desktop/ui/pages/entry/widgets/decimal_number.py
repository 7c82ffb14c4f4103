"""``decimal``: an exact number with a decimal comma, grouped when the focus leaves (1.234,5)."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class DecimalInput(LineInput):
    """An exact number, right-aligned."""

    numeric = True
    fill = False
    px_width = 136
