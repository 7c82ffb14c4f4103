"""Nhật ký truy cập: who came in, looked, printed, exported, changed people and ways in; filtered, printed, to Excel."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.services import access_reading
from thidua_desktop.services.access_reading import LogFilter, LogLine
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.delegates import Index
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.table_saving import excel_button
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.shell.page import Navigate, Page

_HEADS = ("Lúc", "Người", "Máy", "Việc", "Sổ, nội dung", "Mã bản ghi", "Số lượng")
_CELLS = (0, 1, 3, 4, 5, 6, 7)  # of ``LogLine.cells``
_COUNT = 6
_TIMES: tuple[tuple[str, str], ...] = (
    ("", "Mọi ngày"), ("0", "Hôm nay"), ("6", "7 ngày qua"), ("29", "30 ngày qua"), ("month", "Tháng này"),
    ("year", "Năm nay"),
)  # fmt: skip


class LogModel(QAbstractTableModel):
    """One row per access."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[LogLine] = []

    def set_lines(self, lines: list[LogLine]) -> None:
        """Other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _COUNT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 1:
            return line.access.login
        return line.cells[_CELLS[index.column()]] if role == Qt.ItemDataRole.DisplayRole else None


class AccessPage(Page):
    """Filters above, lines below; the newest first. Only who manages the office is let in."""

    def __init__(self, session: Session, look: Look, navigate: Navigate, register: str = "") -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle(access_reading.TITLE)
        self._build(register)
        self._connect()
        self.load()

    def _build(self, register: str) -> None:
        look, offered = self.look, access_reading.choices(self.session)
        self.person = ChoiceBox(look, "Người", [("", "Mọi người"), *offered.people], "")
        self.deed = ChoiceBox(look, "Việc", [("", "Mọi việc"), *offered.deeds], "")
        self.time = ChoiceBox(look, "Thời gian", _TIMES, "")
        self.register = ChoiceBox(look, "Sổ", [("", "Mọi sổ"), *offered.registers], register)
        self.excel_button = excel_button(
            look, self, self.session, lambda: [access_reading.log_table(self.session, self.asked())],
            self.navigate.show_message, lambda: access_reading.filter_words(self.session, self.asked()),
        )  # fmt: skip
        self.print_button = filled(look, "In", "printer", "Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.head = PageHead(look, access_reading.TITLE, "Quản trị", actions=(self.excel_button, self.print_button))
        self.filters = QWidget()
        row = QHBoxLayout(self.filters)
        look.margins(row, 0, 0, 0, 0, 8)
        for box in (self.person, self.deed, self.time, self.register):
            row.addWidget(box)
        row.addStretch(1)
        self.model = LogModel(self)
        self.table = RecordTable(look, access_reading.TITLE)
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("Lúc", sample="30/12/2026 00:00:00"),
                Column("Người", sample="người mang tên thật dài"),
                Column("Máy", sample="0000"),
                Column("Việc", sample="Khôi phục bản sao lưu"),
                Column("Sổ, nội dung", stretch=True),
                Column("Mã bản ghi", sample="00000000-0000"),
                Column("Số lượng", ColumnKind.NUMBER, sample="100.000"),
            ]
        )
        self.empty = EmptyState(look, "Không có lượt nào đúng với bộ lọc.", (), "Không có dòng nào", "eye")
        self.views = QStackedWidget()
        self.views.addWidget(self.table)
        self.views.addWidget(self.empty)
        self.told = caption("", "text-2", wrap=True)
        card = Card(look, flush=True)
        card.add(self.views, 1)
        card.add_padded(self.told, top=8, bottom=10)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.filters)
        outer.addWidget(card, 1)

    def _connect(self) -> None:
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        for box in (self.person, self.deed, self.time, self.register):
            box.currentIndexChanged.connect(lambda _at: self.load())
        self.print_button.clicked.connect(self.show_paper)

    def asked(self) -> LogFilter:
        """What the filters say."""
        start, end = span_of(str(self.time.chosen() or ""), self.session.today)
        login, deed, register = (str(box.chosen() or "") for box in (self.person, self.deed, self.register))
        return LogFilter(login, deed, register, start, end)

    def load(self) -> None:
        """Reads the lines that the filters leave."""
        asked = self.asked()
        lines = access_reading.log_page(self.session, asked)
        self.model.set_lines(lines)
        self.views.setCurrentIndex(0 if lines else 1)
        whole = access_reading.count(self.session, asked)
        more = f"; hiện {format_number(len(lines))} dòng mới nhất" if whole > len(lines) else ""
        self.told.setText(
            f"{format_number(whole)} dòng{more}. Không ghi tên người trong hồ sơ. Dòng bị sửa hay bị bỏ từ bên ngoài "
            "thì Kiểm tra tệp sổ ở Quản trị chỉ ra."
        )
        for button in (self.excel_button, self.print_button):
            button.set_reason("" if lines else "Không có dòng nào")

    def show_paper(self) -> None:
        """The lines on paper, to look at and print."""
        asked = self.asked()
        make = file_of(lambda reading: access_reading.log_document(reading, asked))
        self.navigate.push(
            MadePaperPage(self.session, self.look, self.navigate, access_reading.TITLE, access_reading.TITLE, make)
        )

    # Page

    def refresh(self, changes: object = None) -> None:
        self.load()

    def title(self) -> str:
        return self.windowTitle()

    def focus_first(self) -> None:
        self.table.setFocus()

    def help_key(self) -> str:
        return "admin"

    def regions(self) -> list[QWidget]:
        return [self.head, self.filters, self.table]


def span_of(time: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a choice of ``_TIMES``."""
    if not time:
        return None, None
    if time == "month":
        return today.replace(day=1), today
    if time == "year":
        return today.replace(month=1, day=1), today
    return today - timedelta(days=int(time)), today
