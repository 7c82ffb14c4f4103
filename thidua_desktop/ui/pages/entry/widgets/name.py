"""``name``: a person's name on one line."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class NameInput(LineInput):
    """A person's name; letters are never changed in case: each people writes names in its own way."""
