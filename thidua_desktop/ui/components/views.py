"""A stack of views of which one is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget


class Views(QStackedWidget):
    """A stack that may be as low as its views allow.

    Qt asks a stack with wrapped words in it for the height it would like, and takes that as the least it needs; the
    page would then scroll although every view in it does.
    """

    def hasHeightForWidth(self) -> bool:
        return False
