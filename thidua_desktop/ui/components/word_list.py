"""A list of words: rows as high as those of tables, hairlines between, the bar at the chosen one, further lines quiet.

An item's words may have line breaks: the first line says what, the others say more in caption size. An item with a
check state begins with its box, one with an icon with its picture.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QStyle, QStyleOptionViewItem

from thidua_desktop.ui.components.delegates import Index, RowDelegate
from thidua_desktop.ui.components.painting import broken_lines, draw_words, rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_SIDE = 12  # px at 100 % beside the words; 11 above and below make 32 of one line
_ABOVE = 5
_BOX = 18
_GAP = 10
_LINE, _SMALL = 21, 18
_MOST = 3  # lines that one piece of words may take


class WordList(QListWidget):
    """``framed``: with a border of its own; without one in a card whose edges it touches."""

    def __init__(self, look: Look, name: str, framed: bool = True) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setProperty("kind", "framed" if framed else "")
        self.setItemDelegate(_WordsDelegate(look, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)  # another width may need more lines, or fewer
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        look.follow(self, self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class _WordsDelegate(RowDelegate):
    """Draws an item of a ``WordList``; a click on its box ticks it, wherever the style would have drawn one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self.look
        width = self._view.viewport().width() - self._lead(index) - look.px(_SIDE)
        first, more = self._lines(index, width)
        needed = look.px(_LINE) * len(first) + look.px(_SMALL) * len(more) + 2 * look.px(_ABOVE) + 1
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        picture = self._view.iconSize().height() + 2 * look.px(_ABOVE) if isinstance(icon, QIcon) else 0
        return QSize(look.px(80), max(needed, picture))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self.paint_ground(painter, option, index)
        left = option.rect.left()
        self._paint_lead(painter, option, index)
        area = option.rect.adjusted(self._lead(index), 0, -self.look.px(_SIDE), -1)
        self.paint_content(painter, option, index, area)
        chosen_by_tick = self._view.selectionMode() is QAbstractItemView.SelectionMode.NoSelection
        if chosen_by_tick and option.state & QStyle.StateFlag.State_HasFocus:
            ring = QRect(left, option.rect.top(), option.rect.width(), option.rect.height() - 1)
            rounded_box(painter, ring, None, self.ink(option, "accent-ink"), 2)
        painter.restore()

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        look = self.look
        first, more = self._lines(index, area.width())
        height = look.px(_LINE) * len(first) + look.px(_SMALL) * len(more)
        top = area.top() + max(0, (area.height() - height) // 2)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        for words in first:
            line = QRect(area.left(), top, area.width(), look.px(_LINE))
            draw_words(painter, words, line, look.font(), self.ink(option, "text" if enabled else "muted"))
            top += look.px(_LINE)
        for words in more:
            line = QRect(area.left(), top, area.width(), look.px(_SMALL))
            draw_words(painter, words, line, look.font(TextRole.CAPTION), self.ink(option, "muted"))
            top += look.px(_SMALL)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        free = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        beside = event.position().x() >= option.rect.left() + self._lead(index)
        if state is None or index.flags() & free != free or beside:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            ticked = state in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
            turned = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            return model.setData(index, turned, Qt.ItemDataRole.CheckStateRole)
        return event.type() == QEvent.Type.MouseButtonDblClick  # ticks twice, opens nothing

    def _lines(self, index: Index, width: int) -> tuple[list[str], list[str]]:
        """The lines of what, and those of what is said more."""
        what, *more = str(index.data(Qt.ItemDataRole.DisplayRole) or "").split("\n")
        small = self.look.font(TextRole.CAPTION)
        return (
            broken_lines(what, self.look.font(), width, _MOST),
            [line for words in more for line in broken_lines(words, small, width, _MOST)],
        )

    def _lead(self, index: Index) -> int:
        """Pixels before the words."""
        look = self.look
        lead = look.px(_SIDE)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            lead += look.px(_BOX + _GAP)
        if isinstance(index.data(Qt.ItemDataRole.DecorationRole), QIcon):
            lead += self._view.iconSize().width() + look.px(_GAP)
        return lead

    def _paint_lead(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self.look
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        rect = option.rect
        if state is not None:
            box = QStyleOptionViewItem(option)
            side = look.px(_BOX)
            box.rect = QRect(rect.left() + look.px(_SIDE), rect.top() + (rect.height() - side) // 2, side, side)
            box.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_On | QStyle.StateFlag.State_Off)
            if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                box.state &= ~QStyle.StateFlag.State_Enabled
            ticked = state in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
            box.state |= QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
            element = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
            self._view.style().drawPrimitive(element, box, painter, self._view)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            size = self._view.iconSize()
            place = QRect(rect.left() + look.px(_SIDE), rect.top() + (rect.height() - size.height()) // 2,
                          size.width(), size.height())  # fmt: skip
            icon.paint(painter, place)
