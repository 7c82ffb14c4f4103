"""The cell that the cursor stands on, framed within its chosen row: where a cell is opened or written, not a row."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from thidua_desktop.ui.components.delegates import Index, RowDelegate, StateDelegate
from thidua_desktop.ui.look.theme import Look

_WIDTH = 2


class CellDelegate(RowDelegate):
    """A plain cell with the frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        frame_current(painter, self.look, self._view, option.rect, index)


class StateCellDelegate(StateDelegate):
    """A state with the frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        frame_current(painter, self.look, self._view, option.rect, index)


def frame_current(painter: QPainter, look: Look, view: QAbstractItemView, rect: QRect, index: Index) -> None:
    """Draws the frame when ``index`` is the view's current cell."""
    if index != view.currentIndex():
        return
    width = look.px(_WIDTH)
    painter.save()
    painter.setPen(QPen(look.color("on-sel" if look.high_contrast else "accent-ink"), width))
    inset = (width + 1) // 2
    painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
    painter.restore()
