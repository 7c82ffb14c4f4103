"""``integer``: a whole number, grouped by points when the focus leaves (1.250)."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class IntegerInput(LineInput):
    """A whole number, right-aligned."""

    numeric = True
    fill = False
    px_width = 136
