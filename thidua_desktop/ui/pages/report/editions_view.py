"""Các lần chốt: every closing with its number and state; under it what was reported, and what the books say now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.reports.comparison import HIDDEN, ChangedRecord, Comparison, FigureChange
from thidua_desktop.services.reports.comparison_paper import signed
from thidua_desktop.services.reports.editions import Edition, EditionState
from thidua_desktop.text import format_moment, format_number
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.figure_lines import Index

_STATES = {
    EditionState.CURRENT: StateText(State.LOCKED, "đang có hiệu lực"),
    EditionState.RETURNED: StateText(State.LATE, "bị trả lại"),
    EditionState.REOPENED: StateText(State.SOON, "đã mở lại"),
    EditionState.REPLACED: StateText(State.FILED, "đã thay thế"),
}
_HEADS = ("Lần", "Chốt lúc", "Người chốt", "Số", "Trạng thái")
_CHANGE_HEADS = ("Số khác với lúc chốt", "Đã báo", "Nay", "Chênh")
_ROWS_SHOWN = 4
_NEVER = "Kỳ này chưa chốt lần nào. Mỗi lần chốt được giữ ở đây cùng tờ giấy và số liệu của nó."
_SAME = "Số liệu của lần chốt này khớp với sổ."
_DIFFERS = "Bấm đúp một bản ghi để mở."


class _EditionModel(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.editions: tuple[Edition, ...] = ()

    def set_editions(self, editions: tuple[Edition, ...]) -> None:
        self.beginResetModel()
        self.editions = editions
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.editions)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one, column = self.editions[index.row()], index.column()
        if role == CellRole.STATE and column == len(_HEADS) - 1:
            return _STATES[one.state]
        if role == Qt.ItemDataRole.ToolTipRole and column == len(_HEADS) - 1:
            return one.state_text
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        at = format_moment(one.at)
        number = one.taken.text if one.taken else "chưa lấy số"
        return (str(one.number), at, one.actor, number, _STATES[one.state].text)[column]


class _ChangeModel(QAbstractTableModel):
    """A line for each figure that differs, and under it one for each record that changed it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[FigureChange | ChangedRecord | str] = []

    def set_changes(self, changes: Sequence[FigureChange]) -> None:
        self.beginResetModel()
        self.lines = []
        for one in changes:
            self.lines += [one, *one.records, *([HIDDEN] if one.hidden else [])]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_CHANGE_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return _CHANGE_HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(line, column)
        if isinstance(line, FigureChange):
            right = role == Qt.ItemDataRole.TextAlignmentRole and column
            aligned = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) if right else None
            return True if role == CellRole.BOLD else aligned
        if role == CellRole.INK:
            return "text-2"
        return _told(line) if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, ChangedRecord) else None

    @staticmethod
    def _cell(line: FigureChange | ChangedRecord | str, column: int) -> str:
        if isinstance(line, FigureChange):
            value = format_number(line.figure.value)
            return (line.figure.label, line.reported_text, value, signed(line))[column]
        return "" if column else f"    {line if isinstance(line, str) else _told(line)}"


def _told(line: ChangedRecord) -> str:
    return f"{format_moment(line.at)}, {line.actor}: {line.title}, {line.words}"


class EditionsView(QWidget):
    """``paper_wanted`` and ``save_wanted`` carry an edition's number; ``record_opened`` register and record id."""

    paper_wanted = Signal(int)
    save_wanted = Signal(int)
    return_wanted = Signal()
    comparison_wanted = Signal(int)
    record_opened = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._comparisons: Mapping[int, Comparison] = {}
        self._viewed = 0
        self.table = RecordTable(look, "Các lần chốt", row_height=31)
        self._model = _EditionModel(self)
        self.table.setModel(self._model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        samples = ("Lần", "14:26 16/11/2026", "một họ tên dài", "05/BC-UBND")
        named = enumerate(zip(_HEADS, samples, strict=False))
        columns = [Column(head, sample=sample, stretch=at == 2) for at, (head, sample) in named]
        self.table.set_columns([*columns, Column(_HEADS[-1], ColumnKind.STATE, sample="đang có hiệu lực")])
        look.follow(self.table, self._fit)
        self.told = caption("", wrap=True)
        self.show_button = bordered(look, "Xem tờ giấy", "eye")
        self.save_button = bordered(look, "Lưu PDF", "file-down")
        self.compare_button = bordered(look, "Bảng đối chiếu", "file-check")
        self.return_button = borderless(look, "Ghi trả lại…", "rotate-ccw")
        self.changes = RecordTable(look, "Số liệu đã báo và nay", row_height=31)
        self._changes = _ChangeModel(self)
        self.changes.setModel(self._changes)
        number = [Column(head, ColumnKind.NUMBER, sample="190.609") for head in _CHANGE_HEADS[1:]]
        self.changes.set_columns([Column(_CHANGE_HEADS[0], stretch=True), *number])
        self._assemble(look)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_changes())
        self.show_button.clicked.connect(lambda: self.paper_wanted.emit(self.chosen()))
        self.save_button.clicked.connect(lambda: self.save_wanted.emit(self.chosen()))
        self.compare_button.clicked.connect(lambda: self.comparison_wanted.emit(self.chosen()))
        self.return_button.clicked.connect(self.return_wanted)
        self.table.opened.connect(lambda _row: self.paper_wanted.emit(self.chosen()))
        self.changes.opened.connect(self._on_opened)

    def _assemble(self, look: Look) -> None:
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 0)
        column.addWidget(self.table)
        self.told.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(2))
        column.addWidget(self.told)
        row = QHBoxLayout()
        look.margins(row, 12, 6, 12, 8, 8)
        for button in (self.show_button, self.save_button, self.compare_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.return_button)
        column.addLayout(row)
        column.addWidget(self.changes, 1)
        column.addStretch(0)

    def show_editions(self, editions: tuple[Edition, ...], comparisons: Mapping[int, Comparison], reason: str) -> int:
        """The closings of a report, newest first, each beside the books; ``reason`` why none can be returned now."""
        chosen = self.chosen()
        self._comparisons = comparisons
        self._model.set_editions(editions)
        self._fit()
        self.return_button.set_reason(reason)
        if editions:
            row = next((at for at, one in enumerate(editions) if one.number == chosen), 0)
            self.table.selectRow(row)
        self._show_changes()
        return len(editions)

    def _fit(self) -> None:
        rows = min(max(len(self._model.editions), 1), _ROWS_SHOWN)
        self.table.setFixedHeight(self._look.px(34 + 31 * rows))

    def show_viewed(self, number: int) -> None:
        """Which closing's paper is looked at now; 0: the report as it stands."""
        self._viewed = number
        same = bool(number) and number == self.chosen()
        self.show_button.set_content("Về bản hiện nay" if same else "Xem tờ giấy", "eye")

    def chosen(self) -> int:
        """The number of the chosen closing; 0 where there is none."""
        row = self.table.currentIndex().row()
        return self._model.editions[row].number if 0 <= row < len(self._model.editions) else 0

    def _show_changes(self) -> None:
        found = self._comparisons.get(self.chosen())
        edition = found.edition if found else None
        changes = found.changes if found else ()
        self.changes.clearSpans()
        self._changes.set_changes(changes)
        for row, line in enumerate(self._changes.lines):
            if not isinstance(line, FigureChange):
                self.changes.setSpan(row, 0, 1, len(_CHANGE_HEADS))
        returned = f"{edition.state_text}. " if edition is not None and edition.returned is not None else ""
        self.told.setText(f"{returned}{_DIFFERS if changes else _SAME}" if edition else _NEVER)
        set_shown(self.changes, bool(changes))
        for button in (self.show_button, self.save_button):
            button.set_reason("" if edition and edition.pdf is not None else "Lần chốt này không giữ tờ giấy")
        self.show_viewed(self._viewed)
        self.compare_button.set_reason("" if edition else "Kỳ này chưa chốt lần nào")

    def _on_opened(self, row: int) -> None:
        line = self._changes.lines[row]
        if isinstance(line, ChangedRecord):
            self.record_opened.emit(line.register, line.id)
