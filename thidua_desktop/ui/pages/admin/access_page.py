"""Nhật ký truy cập: who came in, looked, printed, exported, changed people and ways in; filtered, printed, to Excel."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.services import access_reading
from thidua_desktop.services.access_reading import LogFilter
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choice_chip import ChoiceChip
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.table_saving import excel_button
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.shell.page import Navigate, Page

_COLUMNS = (
    RowColumn("Lúc", lambda line: line.cells[0], sample="30/12/2026, 00:00:00"),
    RowColumn(
        "Người", lambda line: line.cells[1], sample="người mang tên thật dài", hint=lambda line: line.access.login
    ),
    RowColumn("Máy", lambda line: line.cells[3], sample="0000"),
    RowColumn("Việc", lambda line: line.cells[4], sample="Khôi phục bản sao lưu"),
    RowColumn("Sổ, nội dung", lambda line: line.cells[5], stretch=True),
    RowColumn("Mã bản ghi", lambda line: line.cells[6], sample="00000000-0000"),
    RowColumn("Số lượng", lambda line: line.cells[7], ColumnKind.NUMBER, sample="100.000"),
)
_ALL = "Tất cả"
_TIMES: tuple[tuple[str, str], ...] = (
    ("", _ALL), ("0", "Hôm nay"), ("6", "7 ngày qua"), ("29", "30 ngày qua"), ("month", "Tháng này"),
    ("year", "Năm nay"),
)  # fmt: skip


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
        self.person = ChoiceChip(look, "Người", [("", _ALL), *offered.people])
        self.deed = ChoiceChip(look, "Việc", [("", _ALL), *offered.deeds])
        self.time = ChoiceChip(look, "Thời gian", _TIMES)
        self.register = ChoiceChip(look, "Sổ", [("", _ALL), *offered.registers], register)
        self.excel_button = excel_button(
            look, self, self.session, lambda: [access_reading.log_table(self.session, self.asked())],
            self.navigate.show_message, lambda: access_reading.filter_words(self.session, self.asked()),
        )  # fmt: skip
        self.print_button = filled(look, "In", "printer", "Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.head = PageHead(look, access_reading.TITLE, "Quản trị", actions=(self.excel_button, self.print_button))
        self.filters = WrapRow(look)
        for box in (self.person, self.deed, self.time, self.register):
            self.filters.add(box)
        self.model = RowModel(self, _COLUMNS)
        self.table = RecordTable(look, access_reading.TITLE)
        self.table.setModel(self.model)
        self.table.set_columns(looks(_COLUMNS))
        clear = bordered(look, "Bỏ bộ lọc", "x")
        clear.clicked.connect(self.clear_filters)
        self.empty = EmptyState(look, "Không có lượt nào đúng với bộ lọc.", (clear,), "Không có dòng nào", "eye")
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
            box.changed.connect(self.load)
        self.print_button.clicked.connect(self.show_paper)

    def asked(self) -> LogFilter:
        """What the filters say."""
        start, end = span_of(self.time.chosen(), self.session.today)
        login, deed, register = (box.chosen() for box in (self.person, self.deed, self.register))
        return LogFilter(login, deed, register, start, end)

    def clear_filters(self) -> None:
        """Everybody, every deed, at any time."""
        for box in (self.person, self.deed, self.time, self.register):
            box.clear()
        self.focus_first()

    def load(self) -> None:
        """Reads the lines that the filters leave."""
        asked = self.asked()
        lines = access_reading.log_page(self.session, asked)
        self.model.set_rows(lines)
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

    def focus_first(self) -> None:
        (self.table if self.model.rows else self.person).setFocus()

    def help_key(self) -> str:
        return "access"

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
