"""``text``: one line of words, exactly as typed."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class TextInput(LineInput):
    """A line of text; what is stored is cleaned by the field type, what is shown is what was typed."""
