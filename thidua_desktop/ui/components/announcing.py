"""Words for who cannot see the window: told by the screen reader when something changes beside the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Lets the screen reader say ``words`` once it is done with what it says now; nothing is shown."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # its many names cost a start milliseconds

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
