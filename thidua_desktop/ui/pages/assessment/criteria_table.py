"""The tree of criteria as a table: headings with their sums, an answer for each stage, incidents beside."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from thidua_desktop.domain.assessments.scoring import level_of
from thidua_desktop.domain.assessments.sets import MEASURES, POINTS
from thidua_desktop.domain.rules.assessments import STAGES
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.sheet import CriteriaSheet

_RETYPES_WITHIN = 40  # ms: faster than two keys of a person
CODE, TEXT, MAXIMUM, FIRST_STAGE, INCIDENTS = 0, 1, 2, 3, 6
STAGE_NAMES = ("Tự chấm", "Chấm chéo", "Thẩm định")
MET, NOT_MET = "Đạt", "Chưa đạt"


class CriteriaModel(QAbstractTableModel):
    """One row for each line of the sheet. ``stage`` is the column that is being answered."""

    def __init__(self, sheet: CriteriaSheet) -> None:
        super().__init__(sheet)
        self.sheet = sheet
        self.stage = STAGES[0]

    def reset(self) -> None:
        """Another sheet, or another stage."""
        self.beginResetModel()
        self.endResetModel()

    def retell(self) -> None:
        """Answers changed."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else INCIDENTS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("TT", "Nội dung", "Điểm chuẩn", *STAGE_NAMES, "Vụ việc")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place, column = index.row(), index.column()
        if role == CellRole.BOLD:
            return self.sheet.is_heading(place) or column == FIRST_STAGE + STAGES.index(self.stage)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = column in range(MAXIMUM, INCIDENTS)
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) if right else None
        return self._cell(place, column, role)

    def _cell(self, place: int, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(place, column)
        if role == CellRole.STATE and column == INCIDENTS:
            return self._incidents(place)
        if role == CellRole.INK:
            return self._ink(place, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == TEXT:
            return str(self.sheet.rows[place].get("text") or "")
        return None

    def shown_answer(self, place: int, stage: str) -> str:
        """What one stage answered, as it is read."""
        row = self.sheet.rows[place]
        if self.sheet.is_heading(place):
            total = self.sheet.sums(stage).get(str(row.get("criterion") or ""))
            return "" if total is None else format_number(total)
        if self.sheet.method == MEASURES and stage != STAGES[0]:
            return ""
        value = row.get(self.sheet.field_of(stage))
        if isinstance(value, bool):
            return MET if value else NOT_MET
        return format_number(value) if isinstance(value, Decimal) else ""

    def words(self, place: int) -> str:
        """What a line is about, set in by its depth."""
        row = self.sheet.rows[place]
        depth = self.sheet.spec.depth(str(row.get("criterion"))) if self.sheet.spec else 0
        return "   " * depth + str(row.get("text") or "")

    def _text(self, place: int, column: int) -> str:
        row = self.sheet.rows[place]
        if column == CODE:
            return str(row.get("criterion") or "")
        if column == TEXT:
            return self.words(place)
        if column == MAXIMUM:
            maximum = row.get("maximum")
            return format_number(maximum) if isinstance(maximum, Decimal) else ""
        if column == INCIDENTS:
            return self._incidents(place).text
        return self.shown_answer(place, STAGES[column - FIRST_STAGE])

    def _incidents(self, place: int) -> StateText:
        suggestion = self.sheet.suggestion(place)
        if suggestion is None or (not suggestion.incidents and not suggestion.excused):
            return StateText(State.DONE_QUIETLY, "", "minus") if suggestion else StateText(State.QUIET, "", "minus")
        if suggestion.incidents:
            state = State.WARN if suggestion.met is False else State.QUIET
            return StateText(state, f"{len(suggestion.incidents)} vụ")
        return StateText(State.QUIET, f"{len(suggestion.excused)} miễn", "info")

    def _ink(self, place: int, column: int) -> str | None:
        if column not in range(FIRST_STAGE, INCIDENTS):
            return None
        if self.sheet.method == MEASURES:  # nought is the best there, and what reaches a threshold is bad
            row = self.sheet.rows[place]
            criterion = self.sheet.spec.criterion(str(row.get("criterion") or "")) if self.sheet.spec else None
            value = row.get("value")
            return "bad" if criterion and isinstance(value, Decimal) and level_of(criterion, value) else None
        shown = self.shown_answer(place, STAGES[column - FIRST_STAGE])
        return "bad" if shown in (NOT_MET, "0") and not self.sheet.is_heading(place) else None


_PADDING = 26  # px at 100 %: of a cell, both sides
_NARROW = 700  # px at 100 %: below it the words would get less than the answers


class CriteriaTable(RecordTable):
    """Answers by keyboard: Đ or Space đạt, C chưa đạt, digits points (``pointed``), Delete empties."""

    answered = Signal(int)
    pointed = Signal(str)

    def __init__(self, look: Look, sheet: CriteriaSheet) -> None:
        super().__init__(look, "Bảng tiêu chí")
        self.sheet = sheet
        self._taken_back: int | None = None  # when UniKey took letters back
        self._retyped = False
        self.rows_model = CriteriaModel(sheet)
        self.setModel(self.rows_model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.set_columns(
            [
                Column("TT", sample="2.3.đ"),
                Column("Nội dung", stretch=True),
                Column("Điểm chuẩn", ColumnKind.NUMBER, sample="1.000"),
                *(Column(name, ColumnKind.NUMBER, sample="Chưa đạt") for name in STAGE_NAMES),
                Column("Vụ việc", ColumnKind.STATE, sample="10 vụ"),
            ]
        )

    def show_sheet(self) -> None:
        """Another sheet: the columns that its method has, the first line that is answered."""
        self.rows_model.reset()
        self.setColumnHidden(MAXIMUM, self.sheet.method != POINTS)
        spec = self.sheet.spec
        self.setColumnHidden(INCIDENTS, spec is not None and not any(one.broken_by for one in spec.criteria))
        self._fit_columns()
        self._join_headings()
        first = next((at for at in range(len(self.sheet.rows)) if not self.sheet.is_heading(at)), -1)
        if first >= 0:
            self.go_to(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def show_stage(self, stage: str) -> None:
        """The step that is answered now; its column is always there."""
        self.rows_model.stage = stage
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The other steps are hidden where they would take the room of the words; empty ones where words need it."""
        measured = self.sheet.method == MEASURES
        narrow = self.viewport().width() < self._look.px(_NARROW)
        for offset, stage in enumerate(STAGES):
            other = stage != self.rows_model.stage
            self.setColumnHidden(FIRST_STAGE + offset, (measured and offset > 0) or (narrow and other))
        for offset, stage in enumerate(STAGES):
            if stage != self.rows_model.stage and self._words_are_cut() and not self._is_answered(stage):
                self.setColumnHidden(FIRST_STAGE + offset, True)

    def _words_are_cut(self) -> bool:
        room = self.viewport().width() - sum(self.columnWidth(at) for at in range(INCIDENTS + 1) if at != TEXT)
        lines = (at for at in range(len(self.sheet.rows)) if not self.sheet.is_heading(at))
        widest = max((self._look.text_width(self.rows_model.words(at)) for at in lines), default=0)
        return widest + self._look.px(_PADDING) > room

    def _is_answered(self, stage: str) -> bool:
        return any(self.rows_model.shown_answer(place, stage) for place in range(len(self.sheet.rows)))

    def _join_headings(self) -> None:
        """A heading without a sum has the whole line: nothing stands behind it."""
        self.clearSpans()
        if self.sheet.method not in (POINTS, MEASURES):
            for place in filter(self.sheet.is_heading, range(len(self.sheet.rows))):
                self.setSpan(place, TEXT, 1, INCIDENTS + 1 - TEXT)

    def go_to(self, place: int) -> None:
        """Chooses a line."""
        self.setCurrentIndex(self.rows_model.index(place, TEXT))

    def place(self) -> int:
        """The chosen line; -1 for none."""
        return self.currentIndex().row()

    def next_line(self) -> None:
        """The next line that is answered; stays on the last one."""
        after = range(self.place() + 1, len(self.sheet.rows))
        self.go_to(next((at for at in after if not self.sheet.is_heading(at)), self.place()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, place = event.text(), self.place()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if place < 0 or not plain or self.sheet.is_heading(place):
            super().keyPressEvent(event)
            return
        if self._is_retyped_again(event):
            return
        if event.key() == Qt.Key.Key_Delete:
            self._answer(None, stay=True)
        elif self.sheet.method in (POINTS, MEASURES) and (text.isdigit() or text in (",", ".")) and text:
            self.pointed.emit(text)
        elif self.sheet.method not in (POINTS, MEASURES) and text and text.lower() in "đd x1":
            self._answer(True)
        elif self.sheet.method not in (POINTS, MEASURES) and text and text.lower() in "ck0":
            self._answer(False)
        else:
            super().keyPressEvent(event)

    def _is_retyped_again(self, event: QKeyEvent) -> bool:
        """UniKey answers the third "d" in a row by Backspace and "dd": it was one key, and answers one line."""
        if event.key() == Qt.Key.Key_Backspace:
            self._taken_back, self._retyped = event.timestamp(), False
            return False
        at_once = self._taken_back is not None and event.timestamp() - self._taken_back <= _RETYPES_WITHIN
        again, self._retyped = at_once and self._retyped, at_once
        return again

    def _answer(self, value: bool | None, stay: bool = False) -> None:
        place = self.place()
        self.sheet.answer(place, self.rows_model.stage, value)
        self.answered.emit(place)
        if not stay:
            self.next_line()
