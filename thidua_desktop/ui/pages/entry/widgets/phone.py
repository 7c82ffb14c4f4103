"""``phone``: a telephone number; spaces and points are allowed while typing."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class PhoneInput(LineInput):
    """A telephone number, kept as text, so that its leading zero stays."""

    fill = False
    px_width = 168
