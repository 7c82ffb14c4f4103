"""Bảng theo dõi: every commune and which of its reports came when; who needs reminding stands first."""

from __future__ import annotations

from contextlib import closing

from PySide6.QtCore import QThreadPool, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QInputDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services import report_periods
from thidua_desktop.services.board import HERE, Board, BoardRow, Receipt, board
from thidua_desktop.services.handoff import answers
from thidua_desktop.services.report_periods import PeriodGroup
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip, count_chip
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.table_saving import excel_button, shown_table
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.board_head import BoardHead
from thidua_desktop.ui.pages.province.board_model import FIRST_PERIOD, BoardModel
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl, run_task

_ALL, _REMIND, _RECEIVED = range(3)
_SHOWN = 5


class BoardPage(Page):
    """``shown`` after the board has been read."""

    shown = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Bảng theo dõi")
        self.spec = next(iter(session.definitions.reports.values()))
        self.group = report_periods.groups(session, self.spec)[0]
        self.board: Board | None = None
        self._filter = _ALL
        self._asked = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._build()
        self._reload = QTimer(self, singleShot=True, interval=0)
        self._reload.timeout.connect(self.load)
        unsubscribe = session.subscribe(self.refresh)
        self.destroyed.connect(lambda *_: unsubscribe())
        self._stale = True  # read when shown

    def _build(self) -> None:
        look = self.look
        reports, self._kinds = QMenu(), QMenu()
        self.report_chip = Chip(look, "", self.spec.title, menu=reports, tall=True)
        self.kind_chip = Chip(look, "Kỳ", self.group.title, menu=self._kinds, tall=True)
        for spec in self.session.definitions.reports.values():
            reports.addAction(spec.title).triggered.connect(lambda _=False, name=spec.name: self.set_report(name))
        self._fill_kinds()
        inbox = bordered(look, "Mở hộp thư gói", "inbox")
        inbox.clicked.connect(lambda: self.navigate.open_room("inbox"))
        tell = self.navigate.show_message
        self.excel_button = excel_button(look, self, lambda: [shown_table(self.table, "Đơn vị")], tell)
        scope = (self.report_chip, self.kind_chip)
        self.return_button = bordered(look, "Trả lại báo cáo…", "corner-up-left")
        self.return_button.clicked.connect(self.ask_return)
        self.head = PageHead(look, "Bảng theo dõi", scope=scope, actions=(self.return_button, self.excel_button, inbox))
        self.filters = [count_chip(look, "Tất cả", checked=True), count_chip(look, "Cần nhắc", "clock-alert"),
                        count_chip(look, "Đã nhận kỳ này", "check")]  # fmt: skip
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        for at, chip in enumerate(self.filters):
            row.addWidget(chip)
            chip.clicked.connect(lambda _=False, a=at: self._set_filter(a))
        row.addStretch(1)
        self.table = RecordTable(look, "Bảng theo dõi")
        self.model = BoardModel(self)
        self.table.setHorizontalHeader(BoardHead(look, self.table))
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._offer_return())
        connect = bordered(look, "Nhận thẻ của xã", "key-round")
        connect.clicked.connect(lambda: self.navigate.open_room("inbox"))
        self.empty = EmptyState(
            look, "Nhận thẻ của từng xã trong Hộp thư gói; xã nào đã nhận thẻ sẽ hiện ở đây.", (connect,),
            "Chưa có xã nào", "layout-grid",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(look, flush=True)
        card.add(self._stack, 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addLayout(row)
        outer.addWidget(card, 1)

    # What is shown

    def load(self) -> None:
        """Reads the board off the window's thread."""
        self._asked += 1
        self._stale = False
        number, session, name, kind = self._asked, self.session, self.spec.name, self.group.key

        def work(_control: TaskControl) -> object:
            with closing(session.reader()) as reading:
                return board(reading, name, kind, _SHOWN)

        task = run_task(self, work, self._pool)
        task.succeeded.connect(lambda found: self._show(number, found))
        task.failed.connect(lambda error: show_error(self.look, error, self))

    def set_report(self, name: str) -> None:
        """Another report; of the same kind of period where it has that."""
        self.spec = self.session.definitions.reports[name]
        self.report_chip.set_value(self.spec.title)
        had = report_periods.groups(self.session, self.spec)
        self._fill_kinds()
        self.set_kind(next((group for group in had if group.key == self.group.key), had[0]))

    def set_kind(self, group: PeriodGroup) -> None:
        """Another kind of period, or a campaign."""
        self.group = group
        self.kind_chip.set_value(group.title)
        self.load()

    def _fill_kinds(self) -> None:
        self._kinds.clear()
        for group in report_periods.groups(self.session, self.spec):
            self._kinds.addAction(group.title).triggered.connect(lambda _=False, g=group: self.set_kind(g))

    def _show(self, number: int, found: Board) -> None:
        if number != self._asked:
            return
        self.board = found
        self._stack.setCurrentIndex(0 if found.rows else 1)
        counts = [len(self._kept(found, at)) for at in range(len(self.filters))]
        last = found.periods[-1].period.name if found.periods else ""
        names = ("Tất cả", "Cần nhắc", f"Đã nhận {last[:1].lower()}{last[1:]}:")
        for chip, name, count in zip(self.filters, names, counts, strict=True):
            chip.set_value(f"{name} {count}")
        self.model.set_board(found, self._kept(found, self._filter))
        periods = [Column(one.period.name, ColumnKind.STATE, sample="quá 100 ngày") for one in found.periods]
        self.table.set_columns([Column("", stretch=True), Column("Gói", ColumnKind.NUMBER, sample="0000"), *periods])
        self._offer_return()
        self.shown.emit()

    # Returning

    def _chosen(self) -> tuple[BoardRow, Period] | None:
        """The report of the current cell, when it is here and not returned."""
        index, found = self.table.currentIndex(), self.board
        if found is None or not index.isValid() or index.column() < FIRST_PERIOD:
            return None
        row, at = found.rows[self.model.kept[index.row()]], index.column() - FIRST_PERIOD
        return (row, found.periods[at].period) if row.cells[at].receipt in (Receipt.IN_TIME, Receipt.LATE) else None

    def _offer_return(self) -> None:
        self.return_button.set_reason("" if self._chosen() else "Chọn ô của báo cáo đã nhận")

    def ask_return(self) -> None:
        """Asks why, and returns the report of the current cell."""
        chosen = self._chosen()
        if chosen is None:
            return
        row, period = chosen
        words = f"Trả lại báo cáo {period.name} của {row.name}. Cần sửa gì; xã thấy đúng câu này:"
        reason, given = QInputDialog.getText(self, "Trả lại báo cáo", words)
        if given:
            self.return_report(row, period, reason)

    def return_report(self, row: BoardRow, period: Period, reason: str) -> None:
        """Returns a report; the commune hears it with its next receipt."""
        try:
            answers.return_closed_report(self.session, row.office, self.spec.name, period, reason)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.navigate.show_message(f"Đã ghi trả lại cho {row.name}; xã biết khi nhận biên nhận kế tiếp")

    def _set_filter(self, at: int) -> None:
        self._filter = at
        if self.board is not None:
            self.model.set_board(self.board, self._kept(self.board, at))

    @staticmethod
    def _kept(found: Board, at: int) -> list[int]:
        def wanted(row: BoardRow) -> bool:
            if at == _REMIND:
                return any(cell.receipt is Receipt.OVERDUE for cell in row.cells)
            if at == _RECEIVED:
                return bool(row.cells) and row.cells[-1].receipt in HERE
            return True

        return [place for place, row in enumerate(found.rows) if wanted(row)]

    # Page

    def refresh(self, changes: object = None) -> None:
        self._stale = True
        if self.isVisible():
            self._reload.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reload.stop()

    def help_key(self) -> str:
        return "board"

    def regions(self) -> list[QWidget]:
        return [self.head, *self.filters[:1], self.table]

    def focus_first(self) -> None:
        self.table.setFocus()

    def set_layout_class(self, kind: LayoutClass) -> None:
        narrow = kind is not LayoutClass.WIDE
        if self.model.columnCount() > FIRST_PERIOD:
            self.table.setColumnHidden(FIRST_PERIOD, narrow and kind is LayoutClass.COMPACT)
