"""The small grid of residential areas: kind, name, households, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from thidua_desktop.services.setup_flow import AreaAnswer, area_kinds
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate, StateDelegate
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import RecordHeader
from thidua_desktop.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
KIND, NAME, HOUSEHOLDS, PROBLEM = range(4)
_TITLES = ("Loại", "Tên khu dân cư", "Số hộ", "Cần sửa")
_EMPTY = QModelIndex()


class AreasModel(QAbstractTableModel):
    """The rows as typed, and always one empty row at the end; ``edited`` after a change by hand."""

    edited = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self._kinds = dict(area_kinds())
        self._rows: list[AreaAnswer] = [AreaAnswer(kind, "")]
        self._problems: Mapping[int, str] = {}

    def answers(self) -> tuple[AreaAnswer, ...]:
        """Every row but the empty last one."""
        return tuple(self._rows[:-1])

    def set_answers(self, answers: Sequence[AreaAnswer]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        last = answers[-1].kind if answers else self.kind
        self._rows = [*answers, AreaAnswer(last, "")]
        self.endResetModel()

    def set_kind(self, kind: str) -> None:
        """The kind that new rows take; the empty row takes it at once."""
        self.kind = kind
        self._rows[-1] = replace(self._rows[-1], kind=kind)
        self._repaint(len(self._rows) - 1)

    def set_problems(self, problems: Mapping[int, str]) -> None:
        """Row -> sentence."""
        self._problems = dict(problems)
        self._repaint(0, len(self._rows) - 1)

    def remove(self, rows: Sequence[int]) -> None:
        """Takes rows out; the empty last one stays."""
        kept = [row for place, row in enumerate(self._rows[:-1]) if place not in set(rows)]
        self.set_answers(kept)
        self.edited.emit()

    def rowCount(self, parent: Index = _EMPTY) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _EMPTY) -> int:
        return len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section] if orientation == Qt.Orientation.Horizontal else section + 1
        if role == Qt.ItemDataRole.TextAlignmentRole and section == HOUSEHOLDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return shown if index.column() == PROBLEM else shown | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        problem = self._problems.get(index.row(), "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole):
            kind = row.kind if role == Qt.ItemDataRole.EditRole else self._kinds.get(row.kind, "")
            return (kind, row.name, row.households, problem)[column]
        return self._look_of(index.row(), column, problem).get(role)

    def _look_of(self, row: int, column: int, problem: str) -> dict[int, object]:
        found: dict[int, object] = {Qt.ItemDataRole.ToolTipRole: problem or None}
        if column == HOUSEHOLDS:
            found[Qt.ItemDataRole.TextAlignmentRole] = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if column == PROBLEM and problem:
            found[CellRole.STATE] = StateText(State.ERROR, problem)
        if column == KIND and row == len(self._rows) - 1:
            found[CellRole.INK] = "muted"
        return found

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        place, column, text = index.row(), index.column(), str(value or "")
        row = self._rows[place]
        if column == KIND:
            changed = replace(row, kind=text)
        elif column == NAME:
            changed = replace(row, name=text)
        else:
            changed = replace(row, households=text)
        if changed == row:
            return True
        self._rows[place] = changed
        self._repaint(place)
        if place == len(self._rows) - 1 and not changed.empty:
            self.beginInsertRows(QModelIndex(), place + 1, place + 1)
            self._rows.append(AreaAnswer(changed.kind, ""))
            self.endInsertRows()
        self.edited.emit()
        return True

    def _repaint(self, first: int, last: int | None = None) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(first if last is None else last, PROBLEM))


class _KindDelegate(RowDelegate):
    """Edits the kind with a drop-down that is open at once."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = ChoiceBox(self.look, "Loại khu dân cư", area_kinds())
        box.setParent(parent)
        box.activated.connect(lambda _at: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, ChoiceBox):
            editor.choose(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())


class AreasGrid(QTableView):
    """Typing starts in the cell; Enter goes down, Tab leaves the grid; Ctrl+V takes rows copied from Excel."""

    pasted = Signal()

    def __init__(self, look: Look, model: AreasModel) -> None:
        super().__init__()
        self._look, self._areas = look, model
        self.setAccessibleName("Danh sách khu dân cư")
        self.setHorizontalHeader(RecordHeader(look, self))
        self.setModel(model)
        self.setItemDelegate(RowDelegate(look, self))
        self._kinds = _KindDelegate(look, self)
        self._states = StateDelegate(look, self)
        self.setItemDelegateForColumn(KIND, self._kinds)
        self.setItemDelegateForColumn(PROBLEM, self._states)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        look.follow(self, self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            event.ignore()  # Enter of the editor, which takes it when it is done
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        at = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:  # Qt stays: the next name would replace this one
            self.setCurrentIndex(self._areas.index(min(at.row() + 1, self._areas.rowCount() - 1), at.column()))

    def commit_open_editor(self) -> None:
        """Takes what is still being typed in a cell."""
        editor = self.indexWidget(self.currentIndex()) or self.focusWidget()
        if editor is not None and editor is not self and self.isAncestorOf(editor):
            self.commitData(editor)

    def remove_chosen(self) -> None:
        """Takes the chosen rows out."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if rows:
            self._areas.remove(rows)
            self.setCurrentIndex(self._areas.index(min(rows[0], self._areas.rowCount() - 1), NAME))

    def _restyle(self) -> None:
        look, header = self._look, self.horizontalHeader()
        self.verticalHeader().setMinimumSectionSize(look.px(32))
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(PROBLEM, QHeaderView.ResizeMode.Stretch)
        for column, sample in ((KIND, "Khu dân cư khác"), (HOUSEHOLDS, "12.345")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, look.text_width(sample) + look.px(40))
