"""Which column of a foreign table goes into which field, of further sheets too: as guessed, and changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from thidua_desktop.services.import_children import ColumnKey
from thidua_desktop.services.import_examples import Examples
from thidua_desktop.services.transfer_columns import ImportColumn
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import ElidedLabel, caption, label
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look, TextRole
from thidua_desktop.ui.pages.lists.import_fills import HEADING_WIDTH

_LEFT_OUT = "(bỏ qua)"


class SheetColumns(NamedTuple):
    """The columns of a further sheet: its name, what is said of it, the fields that may take a column."""

    name: str
    said: str
    columns: tuple[ImportColumn, ...]
    fields: tuple[tuple[str, str], ...]


class ColumnTable(QWidget):
    """A line for each column: its heading, and the field that takes it. ``changed``: key of the column, field or ""."""

    changed = Signal(object, object)

    def __init__(self, look: Look, fields: Sequence[tuple[str, str]], below: QWidget) -> None:
        """``below`` stands under the columns and scrolls with them."""
        super().__init__()
        self._look, self._fields = look, tuple(fields)
        self.boxes: dict[ColumnKey, ChoiceBox] = {}
        self.said: dict[str, QLabel] = {}
        self.examples: dict[ColumnKey, ElidedLabel] = {}
        self._shown: list[tuple[str, int, str]] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(caption("Cột của bảng và mục của sổ. Đoán sai thì chọn lại.", wrap=True))
        self.added = caption("", "text-2", wrap=True)
        self.added.hide()
        outer.addWidget(self.added)
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
        self._area.setMinimumHeight(look.px(76))
        self._follow = QTimer(self, singleShot=True, interval=0)  # when all parts have their place
        self._follow.timeout.connect(self._follow_focus)
        self._area.viewport().installEventFilter(self)
        outer.addWidget(self._area, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the room becomes less, what one works in stays in sight."""
        if event.type() == QEvent.Type.Resize:
            self._follow.start()
        return super().eventFilter(watched, event)

    def _follow_focus(self) -> None:
        focus = self.focusWidget()
        if focus is not None:
            self._area.ensureWidgetVisible(focus)

    def pieces(
        self, columns: Sequence[ImportColumn], sheets: Sequence[SheetColumns], examples: Examples
    ) -> Iterator[Callable[[], object]]:
        """Shows the columns, line by line; the boxes stay where nothing but their choice changed, so that the focus
        stays.
        """
        parts = [SheetColumns("", "", tuple(columns), self._fields), *sheets]
        every = [(part.name, one.index, one.heading) for part in parts for one in part.columns]
        if every != self._shown:
            self._shown = []  # until all stand
            yield from self._lines(parts)
        self._shown = every
        yield lambda: self._choose(parts, examples)

    def _choose(self, parts: Sequence[SheetColumns], examples: Examples) -> None:
        for part in parts:
            if part.name:
                self.said[part.name].setText(part.said)
            for column in part.columns:
                box = self.boxes[_key(part, column)]
                box.blockSignals(True)
                box.choose(column.field or "")
                box.blockSignals(False)
                self._show_example(part, column, examples)
        added = ", ".join(f"{name} “{shown}”" for name, shown in examples.added)
        self.added.setText(f"Không có cột, chương trình điền, ví dụ: {added}." if added else "")
        self.added.setVisible(bool(added))

    def _show_example(self, part: SheetColumns, column: ImportColumn, examples: Examples) -> None:
        if not part.name:
            shown = examples.of_columns.get(column.field or "", "")
            self.examples[column.index].setText(f"ví dụ: {shown}" if shown else "")

    def _lines(self, parts: Sequence[SheetColumns]) -> Iterator[Callable[[], object]]:
        clear_layout(self._grid)
        self.boxes, self.said, self.examples = {}, {}, {}
        row = 0
        for part in parts:
            if part.name:
                self.said[part.name] = caption(part.said, wrap=True)
                self._grid.addWidget(self.said[part.name], row, 0, 1, 3)
                row += 1
            for column in part.columns:
                yield partial(self._add, part, column, row)
                row += 1

    def _add(self, part: SheetColumns, column: ImportColumn, row: int) -> None:
        of_sheet = f" của trang {part.name}" if part.name else ""
        box = ChoiceBox(self._look, f"Mục nhận cột {column.heading}{of_sheet}", [("", _LEFT_OUT), *part.fields])
        key = _key(part, column)
        box.activated.connect(lambda _at: self.changed.emit(key, box.chosen()))
        heading = label(column.heading, wrap=True)
        heading.setFixedWidth(self._look.px(HEADING_WIDTH))
        self._grid.addWidget(heading, row, 0)
        self._grid.addWidget(box, row, 1)
        if not part.name:
            self.examples[key] = ElidedLabel("", TextRole.CAPTION, "text-2")
            self._grid.addWidget(self.examples[key], row, 2)
        self.boxes[key] = box


def _key(part: SheetColumns, column: ImportColumn) -> ColumnKey:
    return (part.name, column.index) if part.name else column.index
