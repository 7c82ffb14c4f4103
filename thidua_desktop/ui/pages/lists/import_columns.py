"""Which column of a foreign table goes into which field: as guessed, and changed by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.services.transfer_columns import ImportColumn
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.import_fills import HEADING_WIDTH

_LEFT_OUT = "(bỏ qua)"


class ColumnTable(QWidget):
    """A line for each column: its heading, and the field that takes it. ``changed``: column number, field or ""."""

    changed = Signal(int, object)

    def __init__(self, look: Look, fields: Sequence[tuple[str, str]], below: QWidget) -> None:
        """``below`` stands under the columns and scrolls with them."""
        super().__init__()
        self._look, self._fields = look, tuple(fields)
        self.boxes: dict[int, ChoiceBox] = {}
        self._shown: tuple[ImportColumn, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(caption("Cột của bảng và mục của sổ. Đoán sai thì chọn lại.", wrap=True))
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 0, 0, 8, 0, 0)
        self._grid = QGridLayout()
        look.margins(self._grid, 0, 0, 0, 0, 8)
        self._grid.setColumnStretch(2, 1)  # each box beside its heading, as the values below stand beside their names
        column.addLayout(self._grid)
        column.addWidget(below)
        column.addStretch(1)
        self._area = scrolling(content, "Cột của bảng")
        self._area.setMinimumHeight(look.px(80))
        self._area.viewport().installEventFilter(self)
        outer.addWidget(self._area, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the room becomes less, what one works in stays in sight."""
        focus = self.focusWidget()
        if event.type() == QEvent.Type.Resize and focus is not None:
            self._area.ensureWidgetVisible(focus)
        return super().eventFilter(watched, event)

    def show_columns(self, columns: Sequence[ImportColumn]) -> None:
        """Shows the columns; the boxes stay where nothing but their choice changed, so that the focus stays."""
        if [(one.index, one.heading) for one in columns] != [(one.index, one.heading) for one in self._shown]:
            self._build(columns)
        self._shown = tuple(columns)
        for column in columns:
            box = self.boxes[column.index]
            box.blockSignals(True)
            box.choose(column.field or "")
            box.blockSignals(False)

    def _build(self, columns: Sequence[ImportColumn]) -> None:
        clear_layout(self._grid)
        self.boxes = {}
        for row, column in enumerate(columns):
            box = ChoiceBox(self._look, f"Mục nhận cột {column.heading}", [("", _LEFT_OUT), *self._fields])
            box.activated.connect(lambda _at, index=column.index, made=box: self.changed.emit(index, made.chosen()))
            heading = label(column.heading, wrap=True)
            heading.setFixedWidth(self._look.px(HEADING_WIDTH))
            self._grid.addWidget(heading, row, 0)
            self._grid.addWidget(box, row, 1)
            self.boxes[column.index] = box
