"""The first column of a wide table stays in sight while the others are scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from thidua_desktop.ui.components.labels import hairline_widget
from thidua_desktop.ui.components.tables import RecordHeader
from thidua_desktop.ui.look.theme import Look


class PinnedColumn(QTableView):
    """Lies over the left of ``table`` and shows its first column: the same model, the same choice, the same rows. It
    takes no focus; a click on it is one on the table's row. There only while something is scrolled off, and never over
    more than half of the table: a longer name is cut and told under the pointer."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setHorizontalHeader(RecordHeader(look, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")  # the table says it all
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.horizontalScrollBar().rangeChanged.connect(lambda _low, _high: self.place())
        table.horizontalHeader().sectionResized.connect(lambda *_: self.place())
        table.selectionModel().currentChanged.connect(lambda now, _before: self._uncover(now.column()))
        table.installEventFilter(self)
        self.doubleClicked.connect(table.doubleClicked)
        self._edge = hairline_widget(vertical=True)
        self._edge.setParent(self)
        look.follow(self, self.place)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.place()
        return False

    def width_of_column(self) -> int:
        """Pixels of the column as it is pinned."""
        return min(self._table.columnWidth(0), self._table.viewport().width() // 2)

    def _uncover(self, column: int) -> None:
        """Scrolls so that the current cell does not stand under this column."""
        covered = self.width_of_column() - self._table.columnViewportPosition(column)
        if column and covered > 0:
            bar = self._table.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    def place(self) -> None:
        """Where and how large it is; hidden while the table shows the column itself."""
        table, model = self._table, self._table.model()
        if table.horizontalScrollBar().value() <= 0 or model is None:
            self.hide()
            return
        for column in range(model.columnCount()):
            self.setColumnHidden(column, column > 0)
        self.setColumnWidth(0, self.width_of_column())
        rows = table.verticalHeader()
        self.verticalHeader().setMinimumSectionSize(rows.minimumSectionSize())
        self.verticalHeader().setDefaultSectionSize(rows.defaultSectionSize())
        height = table.viewport().height() + table.horizontalHeader().height()
        self.setGeometry(table.frameWidth(), table.frameWidth(), self.width_of_column(), height)
        self._edge.setGeometry(self.width() - 1, 0, 1, height)
        self._edge.raise_()
        self.show()
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.raise_()
