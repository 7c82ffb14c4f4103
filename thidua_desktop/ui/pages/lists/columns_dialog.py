"""Which columns a list shows and in which order, by keyboard: Space shows or hides, Alt+↑ and Alt+↓ move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import cancel_button, dialog_foot, size_to_content
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """``columns``: (name, title, shown, may be hidden) in the order of now; ``order`` and ``shown`` when accepted."""

    def __init__(self, look: Look, columns: Sequence[tuple[str, str, bool, bool]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Cột của danh sách")
        self.started_over = False
        self.list = WordList(look, "Cột, từ trái sang phải")
        for name, title, shown, free in columns:
            item = QListWidgetItem(title)
            item.setData(_NAME, name)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            if not free:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setToolTip("Cột chính luôn hiện")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.up = bordered(look, "Sang trái", "arrow-up", "Alt+Lên")
        self.down = bordered(look, "Sang phải", "arrow-down", "Alt+Xuống")
        self.again = bordered(look, "Như ban đầu", "rotate-ccw")
        self.use_button = filled(look, "Dùng", "check")
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.windowTitle(), TextRole.CARD_TITLE))
        outer.addWidget(caption("Phím cách để hiện hoặc ẩn. Cột trên cùng đứng bên trái.", wrap=True))
        outer.addWidget(self.list, 1)
        moving = QHBoxLayout()
        look.margins(moving, 0, 0, 0, 0, 8)
        for button in (self.up, self.down):
            moving.addWidget(button)
        moving.addStretch(1)
        outer.addLayout(moving)
        outer.addLayout(dialog_foot(look, cancel_button(look, self), self.use_button, left=[self.again]))
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.again.clicked.connect(self._start_over)
        self.use_button.clicked.connect(self.accept)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=step: self.move_current(by))
        size_to_content(look, self, 420, 440)

    def move_current(self, step: int) -> None:
        """Moves the current column one place; at the end it stays."""
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def order(self) -> tuple[str, ...]:
        """Names from the left."""
        return tuple(str(self.list.item(row).data(_NAME)) for row in range(self.list.count()))

    def shown(self) -> dict[str, bool]:
        """Name -> whether it is shown."""
        items = map(self.list.item, range(self.list.count()))
        return {str(item.data(_NAME)): item.checkState() == Qt.CheckState.Checked for item in items}

    def _start_over(self) -> None:
        self.started_over = True
        self.accept()
