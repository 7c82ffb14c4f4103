"""The head of a page: back link, title, what scopes the page, spring, actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import Button, back_link
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class PageHead(QWidget):
    """34 px high. ``back`` names the list the page came from; connect ``head.back_button.clicked``."""

    def __init__(
        self,
        look: Look,
        title: str,
        back: str = "",
        scope: Sequence[QWidget] = (),
        actions: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self._look = look
        self.back_button: Button | None = None
        self._row = QHBoxLayout(self)
        look.margins(self._row, 0, 0, 0, 0, 8)
        if back:
            self.back_button = back_link(look, back)
            self._row.addWidget(self.back_button)
            self._row.addSpacing(look.px(4))
        self._title = label(title, TextRole.PAGE_TITLE)
        self._row.addWidget(self._title)
        self._row.addSpacing(look.px(8))
        for widget in scope:
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in actions:
            self._row.addWidget(widget)
        look.follow(self, lambda: self.setFixedHeight(look.px(34)))

    def title(self) -> str:
        """The page's title."""
        return self._title.text()

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self._title.setText(text)

    def add_action(self, widget: QWidget) -> None:
        """One more action at the right end."""
        self._row.addWidget(widget)

    def add_scope(self, widget: QWidget) -> None:
        """One more widget between title and spring."""
        for index in range(self._row.count()):
            item = self._row.itemAt(index)
            spacer = item.spacerItem() if item is not None else None
            if spacer is not None and spacer.expandingDirections():
                self._row.insertWidget(index, widget)
                return
