"""Which sheet of a workbook is read: a line that is there only where the file has several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.import_fills import HEADING_WIDTH

_HELP = (
    "Tệp có nhiều trang, mỗi lần nhập một trang; chương trình lấy trang đầu tiên đủ cột. Chọn trang khác thì đọc lại, "
    "cột nào cùng tên giữ mục đã chọn. Trang của dòng con luôn đi cùng, không cần chọn."
)


class SheetChoice(QWidget):
    """The names of the sheets. ``changed`` when a person chose one."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        look.margins(row, 0, 0, 0, 0, 8)
        named = label("Trang")
        named.setFixedWidth(look.px(HEADING_WIDTH))
        self.box = ChoiceBox(look, "Trang của tệp")
        self.box.setToolTip(_HELP)
        self.box.activated.connect(self._on_activated)
        self._read = ""
        row.addWidget(named)
        row.addWidget(self.box)
        row.addStretch(1)
        self.hide()

    def chosen(self) -> str:
        """The name of the sheet; "" while nothing is known of it."""
        return str(self.box.chosen() or "")

    def show_choices(self, names: Sequence[str], current: str) -> None:
        """Offers the sheets of the file; one alone is no choice. The list stays as it is, so that the focus does."""
        if [self.box.itemText(at) for at in range(self.box.count())] != list(names):
            self.box.clear()
            for name in names:
                self.box.addItem(name, name)
        self._read = current
        self.box.choose(current)
        self.setVisible(len(names) > 1)

    def _on_activated(self, _at: int) -> None:
        if self.chosen() != self._read:
            self._read = self.chosen()
            self.changed.emit()
