"""``time``: hour and minute, typed 19:30, 19h30 or 1930, shown 19:30 when the focus leaves."""

from __future__ import annotations

from thidua_desktop.ui.pages.entry.widgets.line_input import LineInput


class TimeInput(LineInput):
    """An hour and minute."""

    fill = False
    px_width = 84
