"""The check sheet as a table: reported, counted, checked, difference, remark; cells are written where they stand.

Digits go to the checked value and letters to the remark, from whatever column; Enter keeps and goes down, Tab goes on
to the other cell that is written, Delete empties. Everything is kept as soon as its cell is left.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.report_checks import sheet as sheets
from thidua_desktop.services.report_checks.sheet import CheckLine, CheckSheet, difference_text
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.cell_cursor import CellDelegate

LABEL, REPORTED, COUNTED, CHECKED, DIFFERENCE, REMARK = range(6)
HEADS = ("Chỉ tiêu", "Báo cáo", "Đếm lại", "Số kiểm tra", "Chênh lệch", "Nhận xét")
_WRITTEN = (CHECKED, REMARK)
ALL, MISCOUNTED, SAID, MOVED = range(4)
_DISPLAY, _EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole


class CheckModel(QAbstractTableModel):
    """One row per figure. ``written`` after a cell was kept; ``problem`` why the last one was not ("" it was)."""

    written = Signal()
    refused = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.sheet: CheckSheet | None = None
        self.shown: list[int] = []
        self.writing = False
        self.problem = ""
        self._filter = ALL

    def set_sheet(self, sheet: CheckSheet) -> None:
        """Another sheet, or the same one as it stands now."""
        self.beginResetModel()
        self.sheet = sheet
        self.shown = self.kept(self._filter)
        self.endResetModel()

    def set_filter(self, wanted: int) -> None:
        """All lines, those that are counted otherwise, or those of which something was written."""
        self.beginResetModel()
        self._filter = wanted
        self.shown = self.kept(wanted)
        self.endResetModel()

    def kept(self, wanted: int) -> list[int]:
        """The places of the lines that a filter leaves."""
        lines = self.sheet.lines if self.sheet else ()
        if wanted == MISCOUNTED:
            return [place for place, line in enumerate(lines) if line.miscounted]
        if wanted == MOVED:
            return [place for place, line in enumerate(lines) if line.moved or line.asked_text]
        if wanted == SAID:
            return [place for place, line in enumerate(lines) if line.checked is not None or line.remark]
        return list(range(len(lines)))

    def line(self, row: int) -> CheckLine | None:
        """The figure of a shown row."""
        known = self.sheet is not None and 0 <= row < len(self.shown)
        return self.sheet.lines[self.shown[row]] if known and self.sheet else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and LABEL < section < REMARK:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return HEADS[section] if role == _DISPLAY else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        may = self.sheet is not None and self.sheet.editable and index.column() in _WRITTEN
        return found | Qt.ItemFlag.ItemIsEditable if may else found

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        line, column = self.line(index.row()), index.column()
        if line is None:
            return None
        if role == _DISPLAY:
            return self._text(line, column)
        if role == _EDIT:
            return _typed(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.label}, {HEADS[column]}: {self._text(line, column) or 'trống'}"
        return _look_of(line, column, role)

    @staticmethod
    def _text(line: CheckLine, column: int) -> str:
        if column == LABEL:
            return line.label
        if column == COUNTED:
            other = f"{difference_text(line.miscounted)}   " if line.miscounted else ""
            return f"{other}{line.counted_text}"
        if column == DIFFERENCE:
            return difference_text(line.difference)
        if column == REPORTED:
            return f"{difference_text(line.moved)}   {line.reported_text}".strip()
        return _typed(line, column)

    def setData(self, index: Index, value: object, role: int = _EDIT) -> bool:
        line, text = self.line(index.row()), str(value or "")
        if line is None or self.sheet is None or role != _EDIT or text == _typed(line, index.column()):
            return False
        self.problem, self.writing = "", True
        try:
            self._write(line, index.column(), text)
        except UserError as error:
            self.problem = f"{error.sentence} {error.remedy}"
        finally:
            self.writing = False
        self.refused.emit(self.problem)
        if self.problem:
            return False
        self.dataChanged.emit(self.index(index.row(), LABEL), self.index(index.row(), REMARK))
        self.written.emit()
        return True

    def _write(self, line: CheckLine, column: int, text: str) -> None:
        assert self.sheet is not None
        if column == CHECKED:
            number = sheets.parse_checked(text)
            sheets.set_checked(self._session, self.sheet, line.indicator, number)
            changed = replace(line, checked=None if number == line.reported else number)
        else:
            sheets.set_line_remark(self._session, self.sheet, line.indicator, text)
            changed = replace(line, remark=" ".join(text.split()))
        lines = tuple(changed if one.indicator == line.indicator else one for one in self.sheet.lines)
        self.sheet = replace(self.sheet, lines=lines)


def _typed(line: CheckLine, column: int) -> str:
    """What a written cell holds."""
    if column == CHECKED:
        return "" if line.checked is None else format_number(line.checked)
    return line.remark if column == REMARK else ""


def _look_of(line: CheckLine, column: int, role: int) -> object:
    if role == Qt.ItemDataRole.TextAlignmentRole and LABEL < column < REMARK:
        return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if role == CellRole.CAPTION and column == LABEL:
        return f"{line.unit}{_said_before(line)}"
    if role == CellRole.BOLD:
        return column == CHECKED
    if role == CellRole.INK and (line.miscounted if column == COUNTED else line.difference and column == DIFFERENCE):
        return "warn"
    return _hint(line, column) if role == Qt.ItemDataRole.ToolTipRole else None


def _said_before(line: CheckLine) -> str:
    if line.asked is not None:
        return f" · lần trước kiểm tra {format_number(line.asked)}"
    return " · lần trước có nhận xét" if line.asked_remark else ""


def _hint(line: CheckLine, column: int) -> str | None:
    if column == LABEL and line.said_of_it:
        return line.said_of_it
    if column == REPORTED and line.before is not None and line.moved:
        return f"Lần trước {format_number(line.before)}"
    if column == COUNTED and line.stays:
        return "Bản ghi không rời xã; đây là số lượng xã gửi kèm"
    return None


class CheckTable(RecordTable):
    """``figure_chosen`` carries the row whose figure the cursor stands on."""

    figure_chosen = Signal(int)

    def __init__(self, look: Look, model: CheckModel) -> None:
        super().__init__(look, "Phiếu kiểm tra")
        self._sheet_model = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(CellDelegate(look, self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.set_columns(
            [
                Column(HEADS[LABEL], stretch=True, sample="Lượt người dự là người dân tộc"),
                Column(HEADS[REPORTED], ColumnKind.NUMBER, sample="+1.000   100.000"),
                Column(HEADS[COUNTED], ColumnKind.NUMBER, sample="+1.000   100.000"),
                Column(HEADS[CHECKED], ColumnKind.NUMBER, sample="1.000.000"),
                Column(HEADS[DIFFERENCE], ColumnKind.NUMBER, sample="+100.000"),
                Column(HEADS[REMARK], sample="Nhận xét ngắn gọn về một chỉ tiêu"),
            ]
        )
        self.selectionModel().currentColumnChanged.connect(lambda *_: self.viewport().update())
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.figure_chosen.emit(now.row()))

    def editing(self) -> bool:
        """Whether a cell is being written."""
        return self.state() is QAbstractItemView.State.EditingState

    def go_to(self, row: int, column: int = CHECKED) -> None:
        """Puts the cursor into a cell, the last row at most."""
        rows = self._sheet_model.rowCount()
        if rows:
            self.setCurrentIndex(self._sheet_model.index(max(0, min(row, rows - 1)), column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        at, text = self.currentIndex(), event.text()
        if self.editing():
            event.ignore()  # Enter of the editor, which takes it when it is done
        elif not at.isValid() or not plain:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self._sheet_model.setData(at, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.column() in _WRITTEN:
            self.edit(at)
        elif text.isprintable() and text.strip():
            self._begin_at(text)
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethodQuery:  # in cells that are not written Qt answers no
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method begins a remark wherever the cursor stands."""
        if not self.editing():
            self._begin_at(event.preeditString() or event.commitString())
        super().inputMethodEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        at = self.currentIndex()
        row, column = at.row(), at.column()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus()
        if self._sheet_model.problem and hint is not QAbstractItemDelegate.EndEditHint.RevertModelCache:
            return
        if hint is QAbstractItemDelegate.EndEditHint.EditNextItem:
            self.go_to(row if column == CHECKED else row + 1, REMARK if column == CHECKED else CHECKED)
        elif hint is QAbstractItemDelegate.EndEditHint.EditPreviousItem:
            self.go_to(row if column == REMARK else row - 1, CHECKED if column == REMARK else REMARK)
        elif hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go_to(row + 1, column)

    def _begin_at(self, text: str) -> None:
        """Digits to the checked value, anything else to the remark, in which a remark may also begin with digits."""
        at = self.currentIndex()
        if text and at.column() != REMARK:
            self.go_to(at.row(), CHECKED if text[:1].isdigit() else REMARK)
