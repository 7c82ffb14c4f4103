"""A list of two-line rows, as high as its rows: the page scrolls, not the list. Enter or a click opens a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QSizePolicy

from thidua_desktop.ui.components.delegates import CellRole, TwoLineDelegate
from thidua_desktop.ui.components.states import StateText
from thidua_desktop.ui.look.theme import Look

_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The page stays under the mouse: a row that moved between press and release would be another one."""
_ABOUT = 48  # px at 100 %: a card's head above its first row


class Line(NamedTuple):
    """What a row shows, and ``leads``: what its place is opened with."""

    title: str
    state: StateText
    detail: str
    verb: str
    leads: object


class LineList(QListView):
    """``opened`` carries the line's ``leads``."""

    opened = Signal(object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._lines: tuple[Line, ...] = ()
        self._left_at: tuple[int, object] = (0, None)  # row, and what it leads to, when the keys went elsewhere
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLineDelegate(look, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_index)
        look.follow(self, self._restyle)

    def lines(self) -> tuple[Line, ...]:
        """What is listed."""
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Replaces all rows; the current row stays where it was."""
        if tuple(lines) == self._lines:
            return
        at = self.currentIndex().row()
        self._lines = tuple(lines)
        self._model.clear()
        for line in self._lines:
            item = QStandardItem(line.title)
            item.setData(line.state, CellRole.STATE)
            item.setData(line.detail, CellRole.CAPTION)
            item.setData(line.verb, CellRole.LINK)
            item.setData(f"{line.title}. {line.state.text}, {line.detail}", Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(f"{line.title}\n{line.detail}")
            self._model.appendRow(item)
        if self.hasFocus() and self._lines:
            self.setCurrentIndex(self._model.index(max(0, min(at, len(self._lines) - 1)), 0))
        self._restyle()

    def go_to(self, row: int) -> None:
        """Puts the cursor on a row."""
        self.setCurrentIndex(self._model.index(row, 0))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(360), sum(self.sizeHintForRow(row) for row in range(len(self._lines))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(240), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # a title may need two lines now, or one
            self._restyle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._lines and not self.selectionModel().hasSelection():  # Qt makes a row current, and shows it nowhere
            self.go_to(self._row_to_go_on())
        if event.reason() not in _BY_MOUSE:
            QTimer.singleShot(0, self, self._show_current)  # after Tab, which shows the middle of a long list

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            at = self.currentIndex().row()
            self._left_at = (at, self._lines[at].leads) if 0 <= at < len(self._lines) else (0, None)
            self.selectionModel().clear()

    def _row_to_go_on(self) -> int:
        """Where somebody who comes back was: at the same line, or at its place where it is done."""
        at, leads = self._left_at
        same = next((row for row, line in enumerate(self._lines) if leads is not None and line.leads == leads), at)
        return max(0, min(same, len(self._lines) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_index(self.currentIndex())
        else:
            super().keyPressEvent(event)
            self._show_current()

    def _show_current(self) -> None:
        """Scrolls the page to the current row, with what stands about it: the list itself never scrolls."""
        above, index = self.parentWidget(), self.currentIndex()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        page = above.widget() if above is not None else None
        if above is None or page is None or not index.isValid() or not self.hasFocus():
            return
        row = self.visualRect(index)
        middle = self.viewport().mapTo(page, row.center())
        above.ensureVisible(middle.x(), middle.y(), 0, row.height() // 2 + self._look.px(_ABOUT))

    def _on_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._lines[index.row()].leads)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
