"""A row that goes on in the next line when the width ends: filter chips, legends, chosen values."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.look.theme import Look


class WrapRow(QWidget):
    """Widgets left to right with ``gap`` px between them, in as many lines as the width needs; ``centred`` lines stand
    in the middle."""

    def __init__(self, look: Look, gap: int = 8, centred: bool = False) -> None:
        super().__init__()
        self._look, self._gap, self._centred = look, gap, centred
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Appends a widget."""
        self.insert(len(self._widgets), widget)

    def insert(self, at: int, widget: QWidget) -> None:
        """Puts a widget before number ``at``; the Tab order follows the row."""
        widget.setParent(self)
        self._widgets.insert(at, widget)
        for before, after in zip(self._widgets, self._widgets[1:], strict=False):
            QWidget.setTabOrder(before, after)
        widget.show()
        self._changed()

    def remove(self, widget: QWidget) -> None:
        """Takes a widget out and deletes it."""
        self._widgets.remove(widget)
        widget.hide()
        widget.deleteLater()
        self._changed()

    def widgets(self) -> list[QWidget]:
        """What is in the row, in order."""
        return list(self._widgets)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        shown = [w.sizeHint() for w in self._widgets if not w.isHidden()]
        gap = self._look.px(self._gap)
        width = sum(size.width() + gap for size in shown) - gap if shown else 0
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        shown = [w.minimumSizeHint() for w in self._widgets if not w.isHidden()]
        width = max((size.width() for size in shown), default=0)
        return QSize(width, self._arrange(max(self.width(), width), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._arrange(self.width(), move=True) != self.height():
            self.updateGeometry()  # the layout still has the hints of another width

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def _changed(self) -> None:
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def _arrange(self, width: int, move: bool) -> int:
        """Places the widgets (or only reckons) and returns the height; lower ones stand in the middle of their line."""
        gap, top = self._look.px(self._gap), 0
        for line in self._lines(width):
            height = max(size.height() for _, size in line)
            taken = sum(size.width() + gap for _, size in line) - gap
            left = max(0, width - taken) // 2 if self._centred else 0
            for widget, size in line:
                if move:
                    widget.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + gap
            top += height + gap
        return max(0, top - gap)

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        gap, used = self._look.px(self._gap), 0
        lines: list[list[tuple[QWidget, QSize]]] = []
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint().boundedTo(QSize(max(1, width), 10_000))
            if not lines or used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((widget, size))
            used += size.width() + gap
        return lines
