"""Several of many, by keyboard: type to find, Space to tick, all or none at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from thidua_desktop.text import fold
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import cancel_button, dialog_foot, size_to_content
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_KEY = Qt.ItemDataRole.UserRole


class PickDialog(QDialog):
    """``choices``: (key, title) in their order; ``chosen()`` when accepted, in the same order.

    ``most``: no more than so many; ``single``: one alone, by Enter or double click, nothing to tick.
    """

    def __init__(
        self, look: Look, title: str, choices: Sequence[tuple[str, str]], chosen: Collection[str], parent: QWidget,
        most: int = 0, *, single: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self._most, self._single = most, single
        self.search = QLineEdit()
        self.search.setPlaceholderText("Gõ để tìm")
        self.search.setAccessibleName("Tìm trong danh sách")
        self.list = WordList(look, title)
        for key, text in choices:
            item = QListWidgetItem(text)
            item.setData(_KEY, key)
            if not single:
                item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        keys = [key for key, _ in choices]
        self.list.setCurrentRow(next((at for at, key in enumerate(keys) if single and key in chosen), 0))
        self.told = caption("", "text-2", wrap=True)
        self.all_button = bordered(look, "Chọn tất cả")
        self.none_button = bordered(look, "Bỏ chọn")
        self.use_button = filled(look, "Dùng", "check")
        self._assemble(look)
        self.search.textChanged.connect(self._find)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.all_button.clicked.connect(lambda: self._tick(True))
        self.none_button.clicked.connect(lambda: self._tick(False))
        self.use_button.clicked.connect(self.accept)
        self.list.itemActivated.connect(lambda _item: self.accept() if single else None)
        self.search.returnPressed.connect(self._on_return)
        for button in (self.all_button, self.none_button):
            button.setVisible(not single)
        self._tell()

    def _assemble(self, look: Look) -> None:
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.windowTitle(), TextRole.CARD_TITLE, wrap=True))
        outer.addWidget(self.search)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.told)
        outer.addLayout(
            dialog_foot(look, cancel_button(look, self), self.use_button, left=[self.all_button, self.none_button])
        )
        size_to_content(look, self, 440, 460)

    def chosen(self) -> tuple[str, ...]:
        """Keys of what is ticked; of a single choice the one that the cursor stands on, if it is shown."""
        if self._single:
            item = self.list.currentItem()
            return (str(item.data(_KEY)),) if item is not None and not item.isHidden() else ()
        return tuple(str(item.data(_KEY)) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def ask(self) -> bool:
        """Whether something was chosen. The dialog goes with its answer, or unanswered when the desk is locked: it
        would come back after unlocking with nobody waiting for it."""
        try:
            return bool(self.exec())
        finally:
            self.deleteLater()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _find(self, text: str) -> None:
        wanted = fold(text).split()
        for item in self._items():
            item.setHidden(not all(word in fold(item.text()) for word in wanted))
        current = self.list.currentItem()
        if current is None or current.isHidden():
            self.list.setCurrentRow(next((row for row, one in enumerate(self._items()) if not one.isHidden()), -1))
        self._tell()

    def _tick(self, ticked: bool) -> None:
        """All that are shown."""
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _on_return(self) -> None:
        if self._single and self.chosen():
            self.accept()

    def _tell(self) -> None:
        count = len(self.chosen())
        if self._single:
            self.told.setText("" if count else "Không có dòng nào khớp.")
            self.use_button.set_reason(self.told.text())
            return
        if not count:
            self.told.setText("Chọn ít nhất một dòng; phím cách để chọn.")
        elif self._most and count > self._most:
            self.told.setText(f"Đã chọn {count}, nhiều nhất {self._most}.")
        else:
            self.told.setText(f"Đã chọn {count} trong {self.list.count()}; phím cách để chọn.")
        self.use_button.set_reason("" if 0 < count <= (self._most or count) else self.told.text())
