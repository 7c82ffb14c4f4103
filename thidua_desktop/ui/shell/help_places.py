"""Places that F1 explains by what the guide says of them, whatever page they stand on: a tool, a filter, a room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_KEY = "helpKey"


def explain_by(key: str, *places: QWidget) -> None:
    """F1 in these, and in all that stands in them, asks for ``key`` first."""
    for place in places:
        place.setProperty(_KEY, key)


def key_around(focused: QWidget | None) -> str:
    """The key of a place, or of the nearest one around it; "" where nothing is said."""
    above = focused
    while above is not None and not above.isWindow():
        key = above.property(_KEY)
        if key:
            return str(key)
        above = above.parentWidget()
    return ""
