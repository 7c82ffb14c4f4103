"""What was answered to a survey: totals and shares, a column for each office; printed and to Excel."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services import surveys
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Session
from thidua_desktop.services.surveys import ResultRow, SurveyResults
from thidua_desktop.text import format_date, format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, file_to_write
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.papers import file_name, make_and_keep
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_FIRST_OFFICE = 4  # question, answer, total, share, then one column per office


class ResultsModel(QAbstractTableModel):
    """One row per counted line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.results: SurveyResults | None = None

    def set_results(self, found: SurveyResults) -> None:
        """Other results."""
        self.beginResetModel()
        self.results = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        if self.results is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.results.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        if self.results is None or (parent is not None and parent.isValid()):
            return 0
        return _FIRST_OFFICE + len(self.results.offices)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.results is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < _FIRST_OFFICE:
            return ("Câu hỏi", "Trả lời", "Toàn bộ", "Tỷ lệ")[section]
        return self.results.offices[section - _FIRST_OFFICE][1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.results is None:
            return None
        row, column = self.results.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column < _FIRST_OFFICE:
                return (row.question, row.answer, format_number(row.total), row.share)[column]
            code = self.results.offices[column - _FIRST_OFFICE][0]
            return format_number(row.by_office[code]) if code in row.by_office else ""
        return _beside(row, column, role)


def _beside(row: ResultRow, column: int, role: int) -> object:
    """How a cell looks, and the unit after an answer."""
    if role == CellRole.CAPTION and column == 1:
        return row.unit
    if role == CellRole.BOLD:
        return column == 2
    if role == Qt.ItemDataRole.TextAlignmentRole and column > 1:
        return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return None


class SurveyResultsPage(Page):
    """``shown`` after the answers have been counted, off the window's thread."""

    shown = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate, name: str) -> None:
        super().__init__()
        self.session, self.look, self.navigate, self.name = session, look, navigate, name
        spec = surveys.survey_spec(session, name)
        self.setWindowTitle(f"Kết quả: {spec.title}")
        self.export_button = borderless(look, "Lưu Excel", "file-spreadsheet")
        self.print_button = borderless(look, "In kết quả", "printer")
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print)
        self.head = PageHead(look, spec.title, "Phiếu khảo sát", actions=(self.export_button, self.print_button))
        self.answered = StateLabel(look, State.WAITING, "")
        self.missing = caption("", wrap=True)
        self.table = RecordTable(look, "Kết quả khảo sát")
        self.model = ResultsModel(self)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        line = QHBoxLayout()
        look.margins(line, 0, 0, 0, 0, 16)
        line.addWidget(self.answered)
        line.addWidget(self.missing, 1)
        card = Card(look, flush=True)
        card.add(self.table, 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addLayout(line)
        outer.addWidget(card, 1)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self.work = LongWork(look, self)
        self.load()

    def load(self) -> None:
        """Count the answers."""
        name = self.name
        self._asker.ask(lambda reading: surveys.results(reading, name), self._show)

    def export(self) -> None:
        """The results as an Excel sheet."""
        path = file_to_write(self, "Xuất kết quả", file_name(self.windowTitle(), "xlsx"), EXCEL_FILES, Files.TABLES)
        if path is None:
            return
        name = self.name
        told = f"Đã xuất kết quả ra {path.name}."
        self.work.start(
            "Đang xuất kết quả",
            in_office(self.session, lambda own: surveys.export_results(own, name, path)),
            lambda _written: self.navigate.show_message(told, "file-spreadsheet"),
            stoppable=True,
        )

    def print(self) -> None:
        """The results on paper."""
        name = self.name
        make = in_office(self.session, lambda own: surveys.print_results(own, name).pdf)
        make_and_keep(self.work, self.look, self, self.windowTitle(), make)

    def focus_first(self) -> None:
        self.table.setFocus()

    def help_key(self) -> str:
        return "survey_results"

    def regions(self) -> list[QWidget]:
        return [self.head, self.table]

    def _show(self, found: SurveyResults) -> None:
        self.model.set_results(found)
        whole = not found.missing
        due = f", hạn {format_date(found.deadline)}"
        self.answered.set_state(State.OK if whole else State.WAITING, found.answered_text + due)
        self.missing.setText("" if whole else f"Chưa trả lời: {', '.join(found.missing)}")
        offices = [Column(name, ColumnKind.NUMBER, sample="1.000.000") for _, name in found.offices]
        self.table.set_columns(
            [
                Column("Câu hỏi", stretch=True), Column("Trả lời", sample="Tuyên truyền trực tiếp, phiếu"),
                Column("Toàn bộ", ColumnKind.NUMBER, sample="10.000.000"),
                Column("Tỷ lệ", ColumnKind.NUMBER, sample="100,0%"), *offices,
            ]
        )  # fmt: skip
        self.shown.emit()
