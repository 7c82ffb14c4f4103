"""The list of households to tick: one line each, number, name, and who came for it or why nobody did."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from thidua_desktop.formdef.model import Row
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.painting import RIGHT, draw_words
from thidua_desktop.ui.components.typed_on_rows import TypedOnRows
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting.meeting_values import remark

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 34
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HouseholdRole(IntEnum):
    """Roles of the attendance model beyond ``CellRole``."""

    NUMBER = Qt.ItemDataRole.UserRole + 40


class AttendanceModel(QAbstractListModel):
    """The rows that are shown now; ``place`` of a shown line is its row in the meeting's attendance."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._places: list[int] = []
        self.digits = 1  # of the longest household number; a group's households keep the numbers of their area

    def show(self, rows: Sequence[Row], places: list[int]) -> None:
        """Shows some of the rows, in their order; lines that stay are only repainted."""
        self.digits = max((len(str(row.get("number") or "")) for row in rows), default=1)
        if places == self._places and len(rows) == len(self._rows):
            self._rows = rows
            if places:
                self.dataChanged.emit(self.index(0), self.index(len(places) - 1))
            return
        self.beginResetModel()
        self._rows, self._places = rows, places
        self.endResetModel()

    def place(self, line: int) -> int:
        """The row of the meeting's attendance behind a shown line."""
        return self._places[line]

    def line(self, place: int) -> int | None:
        """The shown line of a row, if it is shown."""
        return self._places.index(place) if place in self._places else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return self._cell(self._rows[self._places[index.row()]], role)

    @staticmethod
    def _cell(row: Row, role: int) -> object:
        present = bool(row.get("present"))
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if present else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            here = "có mặt" if present else "vắng"
            words = (f"Hộ {row.get('number') or ''}", str(row.get("name") or ""), here, remark(row))
            return ", ".join(word for word in words if word)
        words_of: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: row.get("name"),
            HouseholdRole.NUMBER: row.get("number"),
        }
        if role == CellRole.CAPTION:
            return remark(row)
        return str(words_of[role] or "") if role in words_of else None


class AttendanceDelegate(RowDelegate):
    """34 px: tick box, number to the right of its column, name, remark at the right end."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(look, parent, height=ROW_HEIGHT)

    def number_width(self, index: Index) -> int:
        """Room for the longest number there can be."""
        model = index.model()
        digits = model.digits if isinstance(model, AttendanceModel) else 1
        return max(self.look.px(24), self.look.text_width("8" * digits) + self.look.px(2))

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        look = self.look
        area = area.adjusted(look.px(4), 0, -look.px(4), 0)
        left = self._paint_tick(painter, option, index, area) + look.px(8)
        number = QRect(left, area.top(), self.number_width(index), area.height())
        shown = str(index.data(HouseholdRole.NUMBER))
        draw_words(painter, shown, number, look.font(), self.ink(option, "text-2"), RIGHT)
        left = number.right() + 1 + look.px(8)
        caption, name = str(index.data(CellRole.CAPTION) or ""), str(index.data(Qt.ItemDataRole.DisplayRole))
        room = area.right() - left
        needed = look.text_width(name) + look.px(8)
        width = min(look.text_width(caption, TextRole.CAPTION), max(room - needed, room // 3)) if caption else 0
        words = QRect(left, area.top(), room - width - (look.px(8) if width else 0), area.height())
        draw_words(painter, name, words, look.font(), self.ink(option, "text"))
        if caption:
            rest = QRect(area.right() + 1 - width, area.top(), width, area.height())
            draw_words(painter, caption, rest, look.font(TextRole.CAPTION), self.ink(option, "muted"), RIGHT)

    def _paint_tick(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> int:
        side = self.look.px(18)
        box = QStyleOptionViewItem(option)
        box.rect = QRect(area.left(), area.top() + (area.height() - side) // 2, side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        box.state &= ~QStyle.StateFlag.State_HasFocus
        box.state |= QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
        style = self._view.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, self._view)
        return area.left() + side


class AttendanceList(QListView):
    """Ticks with Space or a click on the box; Enter opens the remark; letters go to the search field.

    Signals carry the place in the meeting's attendance.
    """

    toggled = Signal(int)
    opened = Signal(int)

    def __init__(self, look: Look, search: SearchField) -> None:
        super().__init__()
        self._look = look
        self._typing = TypedOnRows(self, search)
        self.households = AttendanceModel()
        self.setModel(self.households)
        self.setItemDelegate(AttendanceDelegate(look, self))
        self.setAccessibleName("Danh sách hộ")
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.households.place(index.row())))
        look.follow(self, self.doItemsLayout)

    def current_place(self) -> int | None:
        """The row of the attendance that is highlighted."""
        index = self.currentIndex()
        return self.households.place(index.row()) if index.isValid() else None

    def highlight(self, line: int | None) -> None:
        """Highlights a shown line, or none."""
        if line is None or not 0 <= line < self.households.rowCount():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self.setCurrentIndex(self.households.index(line))
        self.scrollTo(self.households.index(line))

    def step(self, by: int) -> None:
        """Moves the highlight."""
        index = self.currentIndex()
        line = index.row() + by if index.isValid() else 0 if by > 0 else self.households.rowCount() - 1
        self.highlight(min(self.households.rowCount() - 1, max(0, line)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._typing.takes(event):
            return
        place, text = self.current_place(), event.text()
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Space and not plain:
            if place is not None:
                self.toggled.emit(place)
        elif event.key() in _ENTER and not plain:
            if place is not None:
                self.opened.emit(place)
        elif text.isprintable() and text.strip() and not plain:
            self._typing.type(text)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method sends to the households is typed text like any other."""
        self._typing.compose(event)

    def event(self, event: QEvent) -> bool:
        self._typing.see(event)
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        tick_end = self._look.px(16 + 18 + 6)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and event.position().x() <= tick_end:
            self.toggled.emit(self.households.place(index.row()))

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.households.rowCount():
            self.highlight(0)
