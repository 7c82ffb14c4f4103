"""Bảng theo dõi: every commune and which of its reports came when; who needs reminding stands first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services import report_periods
from thidua_desktop.services.board import (
    HERE,
    STATE_WORDS,
    TO_CHECK,
    Board,
    BoardCell,
    BoardPeriod,
    BoardRow,
    BoardState,
    board,
    states_of,
)
from thidua_desktop.services.handoff import answers
from thidua_desktop.services.report_checks.decisions import Since
from thidua_desktop.services.report_periods import PeriodGroup
from thidua_desktop.services.session import Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.text import format_date
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.narrow_row import NarrowRow
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.pinned import PinnedColumn
from thidua_desktop.ui.components.table_clipboard import copied_words
from thidua_desktop.ui.components.table_saving import excel_button
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.board_head import BoardHead
from thidua_desktop.ui.pages.province.board_model import FIRST_PERIOD, BoardModel, board_sheets
from thidua_desktop.ui.pages.province.cell_cursor import StateCellDelegate
from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, ReadingPage
from thidua_desktop.ui.show_error import show_error

_FILTERS: tuple[tuple[BoardState | None, str, str], ...] = (
    (None, "Tất cả", ""),
    (BoardState.OVERDUE, "Trễ hạn", "clock-alert"),
    (BoardState.NOT_SENT, "Chưa gửi", "hourglass"),
    (BoardState.TO_CHECK, "Chờ kiểm tra", "inbox"),
    (BoardState.RETURNED, "Đã trả lại", "corner-up-left"),
    (BoardState.ACCEPTED, "Đã chấp nhận", "circle-check"),
    (BoardState.CHANGED, "Có thay đổi", "triangle-alert"),
)
"""What the board is narrowed to: communes with a report in a state, among the periods that are shown."""
_SHOWN = 5
_PERIOD = Column("", ColumnKind.STATE, sample="chấp nhận 05/12")


class BoardPage(ReadingPage):
    """``shown`` after the board has been read.

    ``open_with`` takes "remind": letters to all that are late; or ("commune", its code): the row of that commune.
    """

    shown = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Bảng theo dõi")
        self.spec = next(iter(session.definitions.reports.values()))
        self.group = report_periods.groups(session, self.spec)[0]
        self.board: Board | None = None
        self._since: Since = {}  # one reading after the other, so that only one thread has it
        self._then_remind, self._then_at = False, ""
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self.follow(session)
        self.table.copied.connect(lambda rows: self.navigate.show_message(copied_words(rows)))

    def _build(self) -> None:
        look = self.look
        reports, self._kinds = QMenu(), QMenu()
        self.report_chip = Chip(look, "", self.spec.title, menu=reports, tall=True)
        self.kind_chip = Chip(look, "Kỳ", self.group.title, menu=self._kinds, tall=True)
        for spec in self.session.definitions.reports.values():
            reports.addAction(spec.title).triggered.connect(lambda _=False, name=spec.name: self.set_report(name))
        self._fill_kinds()
        inbox = borderless(look, "Mở hộp thư gói", "inbox")
        inbox.clicked.connect(lambda: self.navigate.open_room("inbox"))
        self.excel_button = excel_button(look, self, self.session, self._sheets, self.navigate.show_message)
        scope = (self.report_chip, self.kind_chip)
        self.return_button = borderless(look, "Trả lại báo cáo…", "corner-up-left")
        self.return_button.clicked.connect(self.ask_return)
        self.check_button = bordered(look, "Kiểm tra", "clipboard-check", "Enter")
        self.check_button.clicked.connect(self.open_check)
        self._reminding = QMenu()
        self._reminding.aboutToShow.connect(self._fill_reminding)
        self.remind_button = bordered(look, "Đôn đốc", "megaphone", menu=self._reminding)
        actions = (self.check_button, self.return_button, self.remind_button, self.excel_button, inbox)
        self.head = PageHead(look, "Bảng theo dõi", scope=scope, actions=actions)
        self.counts = caption("", "text-2", wrap=True)
        self.narrow = NarrowRow(look, "Tìm đơn vị", [(name, icon) for _, name, icon in _FILTERS])
        self.filters = self.narrow.chips
        self.narrow.changed.connect(self._narrow)
        self.table = RecordTable(look, "Bảng theo dõi")
        self.narrow.serve(self.table)
        self.model = BoardModel(self)
        self.table.setHorizontalHeader(BoardHead(look, self.table))
        self.table.setModel(self.model)
        self._cells = StateCellDelegate(look, self.table)
        self.pinned = PinnedColumn(look, self.table)
        self.pinned.setHorizontalHeader(BoardHead(look, self.pinned))
        self.table.selectionModel().currentColumnChanged.connect(lambda *_: self.table.viewport().update())
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self.table.opened.connect(lambda _row: self.open_check())
        connect = bordered(look, "Nhận thẻ của xã", "key-round")
        connect.clicked.connect(lambda: self.navigate.open_room("inbox", "cards"))
        self.empty = EmptyState(
            look, "Nhận thẻ của từng xã trong Hộp thư gói; xã nào đã nhận thẻ sẽ hiện ở đây.", (connect,),
            "Chưa có xã nào", "layout-grid",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(look, flush=True)
        card.add(self._stack, 1)
        look.follow(self, lambda: QTimer.singleShot(0, self, self._keep_in_sight))
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.narrow)
        outer.addWidget(self.counts)
        outer.addWidget(card, 1)

    # What is shown

    def read(self) -> None:
        """Reads the board off the window's thread."""
        name, kind, known = self.spec.name, self.group.key, self._since
        self._asker.ask(lambda reading: board(reading, name, kind, _SHOWN, known), self._show)

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

    def _show(self, found: Board) -> None:
        self.board = found
        self._stack.setCurrentIndex(0 if found.rows else 1)
        self._count(found)
        at = self.table.currentIndex()
        place = (at.row(), at.column()) if at.isValid() else (0, FIRST_PERIOD + len(found.periods) - 1)
        self.model.set_board(found, self._kept(found, self.narrow.chosen()))
        periods = [replace(_PERIOD, title=one.period.name) for one in found.periods]
        self.table.set_columns([Column("", stretch=True), Column("Gói", ColumnKind.NUMBER, sample="0000"), *periods])
        for column in range(FIRST_PERIOD, self.model.columnCount()):
            self.table.setItemDelegateForColumn(column, self._cells)
        if self.model.rowCount():
            now = self.model.index(min(place[0], self.model.rowCount() - 1), place[1])
            self.table.setCurrentIndex(now)
            self._keep_in_sight()
        self._offer()
        self.shown.emit()
        self._go_to_commune()
        if self._then_remind:
            self._then_remind = False
            self.remind(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Large text leaves no room for all periods: that of the current cell, at first the newest, is seen."""
        self._fit_periods()
        self.table.scrollTo(self.table.currentIndex())

    def _fit_periods(self) -> None:
        """Where not all have room, as many as have it share it: none stands half under the names."""
        table, header = self.table, self.table.horizontalHeader()
        places = [at for at in range(FIRST_PERIOD, self.model.columnCount()) if not table.isColumnHidden(at)]
        least, room = _PERIOD.width(self.look), table.viewport().width() - self.pinned.width_of_column()
        before = sum(header.sectionSize(at) for at in range(FIRST_PERIOD))
        if not places or before + least * len(places) <= table.viewport().width():
            return
        width = max(least, room // max(1, room // least))
        for place in places:
            header.resizeSection(place, width)
        table.updateGeometries()  # at once: one scrolls in the new width

    def _sheets(self) -> list[ScreenTable]:
        return board_sheets(self.board, self.model.kept) if self.board is not None else []

    # Checking, returning, reminding

    def _current(self) -> tuple[BoardRow, BoardPeriod, BoardCell] | None:
        """The cell that the cursor stands on."""
        index, found = self.table.currentIndex(), self.board
        if found is None or not index.isValid() or index.column() < FIRST_PERIOD:
            return None
        row, at = found.rows[self.model.kept[index.row()]], index.column() - FIRST_PERIOD
        return row, found.periods[at], row.cells[at]

    def open_check(self) -> None:
        """The report of the current cell, figure by figure; one that is not here is told. On a name it is the newest
        report of the commune that waits to be checked."""
        self._leave_name()
        current = self._current()
        if current is None:
            self.navigate.show_message("Chọn ô của kỳ cần kiểm tra", "info", "text-2")
            return
        row, column, cell = current
        if cell.receipt not in HERE:
            self.navigate.show_message(f"{row.name} chưa gửi báo cáo {column.period.name}", "info", "warn")
            return
        from thidua_desktop.ui.pages.province.check_page import CheckPage

        wanted = (row.office, self.spec.name, column.period, "Bảng theo dõi", self._following(row))
        self.navigate.push(CheckPage(self.session, self.look, self.navigate, *wanted))

    def _leave_name(self) -> None:
        found, at = self.board, self.table.currentIndex()
        if found is None or not at.isValid() or at.column() >= FIRST_PERIOD:
            return
        cells = found.rows[self.model.kept[at.row()]].cells
        waiting = [place for place, cell in enumerate(cells) if cell.receipt in TO_CHECK]
        if waiting:
            self.table.setCurrentIndex(self.model.index(at.row(), FIRST_PERIOD + waiting[-1]))

    def _following(self, now: BoardRow) -> list[tuple[str, str]]:
        """Code and name of the communes below whose report of the same period waits to be checked, then those above."""
        found, at = self.board, self.table.currentIndex().column() - FIRST_PERIOD
        if found is None:
            return []
        rows = [found.rows[place] for place in self.model.kept]
        here = rows.index(now)
        ordered = [*rows[here + 1 :], *rows[:here]]
        return [(one.office, one.name) for one in ordered if one.cells[at].receipt in TO_CHECK]

    def _fill_reminding(self) -> None:
        """The commune of the current row, when it is late, and all that are."""
        self._reminding.clear()
        late = [row for row in (self.board.rows if self.board else ()) if row.urgency[0]]
        current = self._current()
        if current is not None and current[0] in late:
            office, name = current[0].office, current[0].name
            self._reminding.addAction(f"Công văn cho {name}").triggered.connect(lambda: self.remind((office,)))
        everyone = self._reminding.addAction(f"Mỗi đơn vị trễ hạn một công văn ({len(late)})")
        everyone.triggered.connect(lambda: self.remind(()))
        everyone.setEnabled(bool(late))

    def remind(self, offices: tuple[str, ...]) -> None:
        """The letters on a page of their own, where they get their numbers; nobody late is told."""
        from thidua_desktop.ui.pages.province.reminder_page import reminder_page

        if self.board is None:
            return
        try:
            page = reminder_page(self.session, self.look, self.navigate, self.board, offices)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.navigate.push(page)

    def open_with(self, argument: object) -> None:
        if isinstance(argument, tuple):
            self._then_at = argument[1]
            if not self._stale:
                self._go_to_commune()
        if argument != "remind":
            return
        self._then_remind = True
        if not self._stale:
            self.load()

    def _go_to_commune(self) -> None:
        """The row that was asked for, also where other words were typed before; the cursor keeps its period."""
        found, wanted = self.board, self._then_at
        if found is None or not wanted:
            return
        self._then_at = ""
        if wanted not in [found.rows[place].office for place in self.model.kept]:
            self.narrow.clear()
        rows = [found.rows[place].office for place in self.model.kept]
        if wanted in rows:
            self.table.setCurrentIndex(self.model.index(rows.index(wanted), self.table.currentIndex().column()))
            self._keep_in_sight()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        """What can be done with the current cell, and how its period stands."""
        current = self._current()
        here = current is not None and current[2].receipt in HERE
        self.check_button.set_reason("" if here else "Chọn ô của báo cáo đã nhận")
        self.return_button.set_reason("" if self._chosen() else "Chọn ô của báo cáo chờ kiểm tra")
        found = self.board
        column = current[1] if current is not None else found.periods[-1] if found and found.periods else None
        if column is not None:
            told = ", ".join(f"{count} {STATE_WORDS[state].lower()}" for state, count in column.counts.items() if count)
            self.counts.setText(f"{column.period.name}, hạn nộp {format_date(column.due)}: {told or 'chưa có gì'}")

    def _chosen(self) -> tuple[BoardRow, Period] | None:
        """The report of the current cell, when it waits to be checked."""
        current = self._current()
        if current is None or current[2].receipt not in TO_CHECK:
            return None
        return current[0], current[1].period

    def ask_return(self) -> None:
        """Asks why, and returns the report of the current cell."""
        chosen = self._chosen()
        if chosen is None:
            return
        row, period = chosen
        words = f"Báo cáo {period.name} của {row.name} trở về xã để sửa, chốt lại và gửi lại."
        self.dialog = ReasonDialog(
            self.look, "Trả lại báo cáo", "Trả lại", words, lambda reason: self.return_report(row, period, reason), self
        )
        self.dialog.open()

    def return_report(self, row: BoardRow, period: Period, reason: str) -> None:
        """Returns a report; the commune hears it with its next receipt. Raises what the service refuses."""
        answers.return_closed_report(self.session, row.office, self.spec.name, period, reason)
        self.navigate.show_message(f"Đã ghi trả lại cho {row.name}; xã biết khi nhận biên nhận kế tiếp")

    def _narrow(self) -> None:
        """What the words and the chosen state leave; the cursor stays with its commune, or goes to the first one."""
        found = self.board
        if found is None:
            return
        current, column = self._current(), self.table.currentIndex().column()
        self._count(found)
        self.model.set_board(found, self._kept(found, self.narrow.chosen()))
        rows = [found.rows[place] for place in self.model.kept]
        if rows:
            at = rows.index(current[0]) if current is not None and current[0] in rows else 0
            newest = FIRST_PERIOD + len(found.periods) - 1  # while nothing fitted the cursor stood nowhere
            self.table.setCurrentIndex(self.model.index(at, column if column >= 0 else newest))
            self._keep_in_sight()
        self._offer()

    def _count(self, found: Board) -> None:
        self.narrow.set_counts([len(self._kept(found, at)) for at in range(len(_FILTERS))])

    def _kept(self, found: Board, at: int) -> list[int]:
        state = _FILTERS[at][0]
        return [
            place
            for place, row in enumerate(found.rows)
            if self.narrow.fits(row.name) and (state is None or any(state in states_of(cell) for cell in row.cells))
        ]

    # Page

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
