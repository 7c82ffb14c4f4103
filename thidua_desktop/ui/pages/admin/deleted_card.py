"""The way from Quản trị to what was deleted."""

from __future__ import annotations

from PySide6.QtCore import Signal

from thidua_desktop.services import deleted
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.theme import Look

_WORDS = "Bản ghi xóa nhầm từ lâu, của bất cứ ai trong cơ quan, xem và lấy lại ở đây."


class DeletedCard(Card):
    """``open_asked``: the button."""

    open_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, deleted.TITLE)
        self.open_button = bordered(look, "Xem bản ghi đã xóa", "trash-2")
        self.open_button.clicked.connect(self.open_asked)
        self.add_padded(label(_WORDS, wrap=True), top=12, bottom=12)
        self.add_foot(self.open_button)
