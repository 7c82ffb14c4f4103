"""``identity_number``: twelve digits, text."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class IdentityNumberInput(LineInput):
    """A personal identification number; no mask, so that it can be pasted with spaces."""

    fill = False
    px_width = 168
