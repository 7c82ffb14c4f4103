"""Tổng hợp: figures of all communes recounted from their records, beside what they reported."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.services.board import Summary, SummaryRow, commune_map, summary
from thidua_desktop.services.report_periods import period_to_report
from thidua_desktop.services.reports.consolidated import covered_line, missing_sheet
from thidua_desktop.services.session import Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.text import format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import ElidedLabel, StateLabel, caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.pinned import PinnedColumn
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.table_clipboard import copied_words
from thidua_desktop.ui.components.table_saving import excel_button
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.commune_map import CommuneMap
from thidua_desktop.ui.pages.report.report_chips import ReportChips
from thidua_desktop.ui.shell.page import Navigate, ReadingPage
from thidua_desktop.ui.show_error import show_error

_PARTLY = "*"  # after what is added up from some of the records alone
_NO_COMMUNE = "Chưa nhận thẻ xã nào"
_FEW = 4  # communes beside which the names of figures take the room that is left
_FIRST_OFFICE = 3  # indicator, total, comparison, then one column per commune


class SummaryModel(QAbstractTableModel):
    """One row per indicator."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.summary: Summary | None = None

    def set_summary(self, found: Summary) -> None:
        """Other figures."""
        self.beginResetModel()
        self.summary = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        if self.summary is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.summary.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        if self.summary is None or (parent is not None and parent.isValid()):
            return 0
        return _FIRST_OFFICE + len(self.summary.offices)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.summary is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section < _FIRST_OFFICE:
                return ("Chỉ tiêu", "Toàn tỉnh", "So với báo cáo")[section]
            return self.summary.offices[section - _FIRST_OFFICE][1]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.summary is None:
            return None
        row, column = self.summary.rows[index.row()], index.column()
        if column == 2:
            return self._comparison(row, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == CellRole.CAPTION and column == 0:
            return ", ".join(filter(None, (row.unit, row.partly.get(""))))
        if role == CellRole.BOLD:
            return column == 1
        return self._office(row, column, role)

    def _office(self, row: SummaryRow, column: int, role: int) -> object:
        if column == 0:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self.summary is None or column < _FIRST_OFFICE:
            return None
        code, name = self.summary.offices[column - _FIRST_OFFICE]
        if role == CellRole.INK and row.differs(code):
            return "warn"
        part = row.partly.get(code, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            reported = f"{name} đã báo {format_number(row.reported[code])} {row.unit}" if row.differs(code) else ""
            return "\n".join(filter(None, (reported, part))) or None
        return f"{row.text(code)}, {part}" if part and role == Qt.ItemDataRole.AccessibleTextRole else None

    def _text(self, row: SummaryRow, column: int) -> str:
        if column == 0:
            return row.label
        if column == 1 or self.summary is None:
            return row.total_text
        code = self.summary.offices[column - _FIRST_OFFICE][0]
        return f"{row.text(code)}{_PARTLY}" if code in row.partly else row.text(code)

    def _comparison(self, row: SummaryRow, role: int) -> object:
        shown = comparison(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.text
        return shown if role == CellRole.STATE else None


def comparison(row: SummaryRow) -> StateText:
    """Whether what was reported is what the records give."""
    differing = [code for code in row.reported if row.differs(code)]
    if not row.reported:
        return StateText(State.WAITING, "chưa báo cáo")
    if differing:
        return StateText(State.WARN, f"lệch {len(differing)} đơn vị")
    return StateText(State.DONE_QUIETLY, "khớp")


class SummaryPage(ReadingPage):
    """``shown`` after the figures have been counted. ``open_with`` takes "ranking" or "matrix": what comes then."""

    shown = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Tổng hợp")
        spec = next(iter(session.definitions.reports.values()))
        self.chips = ReportChips(look, session, spec, period_to_report(session, spec), self)
        self._then: Callable[[], None] | None = None
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self.chips.chosen.connect(self.load)
        self.follow(session)

    def _build(self) -> None:
        look = self.look
        self.excel_button = excel_button(
            look, self, self.session, self._shown_table, self.navigate.show_message, self._covered
        )
        self.compare_button = bordered(look, "So sánh các xã", "chart-column")
        self.compare_button.clicked.connect(self.compare)
        self.matrix_button = bordered(look, "Nhiều chỉ tiêu", "layout-grid")
        self.matrix_button.clicked.connect(self.compare_several)
        scope = (self.chips.report_chip, self.chips.period_chip)
        self.head = PageHead(
            look, "Tổng hợp", scope=scope, actions=(self.excel_button, self.matrix_button, self.compare_button)
        )
        self.received = StateLabel(look, State.WAITING, "")
        self.agreement = StateLabel(look, State.DONE_QUIETLY, "")
        self.accepted = StateLabel(look, State.WAITING, "")
        self.checked = caption("", "text-2", wrap=True)
        self.checked.hide()
        self.table = RecordTable(look, "Số liệu tổng hợp")
        self.model = SummaryModel(self)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.pinned = PinnedColumn(look, self.table)
        line = WrapRow(look, 16)
        for part in (self.received, self.agreement, self.accepted):
            line.add(part)
        told = ElidedLabel(
            "đếm lại từ bản ghi của các xã; ô màu cảnh báo là số khác với báo cáo đã chốt; "
            f"{_PARTLY} mới ghi ở một phần bản ghi",
            TextRole.CAPTION,
            "muted",
            lines=2,
        )
        inbox = bordered(look, "Mở hộp thư gói", "inbox")
        inbox.clicked.connect(lambda: self.navigate.open_room("inbox"))
        empty = EmptyState(
            look, "Nhận thẻ và nhập gói của các xã trong Hộp thư gói, số liệu sẽ hiện ở đây.", (inbox,),
            "Chưa có xã nào", "sigma",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card = Card(look, flush=True)
        card.add(self._stack, 1)
        self.map = CommuneMap(look, self.arrange_places)
        self.map.hide()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_map())
        self.table.copied.connect(lambda rows: self.navigate.show_message(copied_words(rows)))
        self.table.opened.connect(lambda _row: self.compare())
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addWidget(line)
        outer.addWidget(told)
        outer.addWidget(self.checked)
        outer.addWidget(card, 13)
        outer.addWidget(self.map, 7)

    def read(self) -> None:
        """Counts off the window's thread."""
        name, period = self.chips.spec.name, self.chips.period
        self._asker.ask(lambda reading: summary(reading, name, period), self._show)

    def _show(self, found: Summary) -> None:
        row = max(0, self.table.currentIndex().row())
        self.model.set_summary(found)
        self._stack.setCurrentIndex(0 if found.offices else 1)
        for button in (self.compare_button, self.matrix_button):
            button.set_reason("" if found.offices else _NO_COMMUNE)
        received, count = len(found.received), len(found.offices)
        state = State.OK if received == count and count else State.WAITING
        self.received.set_state(state, f"{received}/{count} đơn vị đã gửi báo cáo")
        accepted = len(found.totals.accepted)
        all_accepted = State.OK if count and accepted == count else State.WAITING
        self.accepted.set_state(all_accepted, f"{accepted}/{count} đơn vị được chấp nhận")
        said = " ".join(words for words in (found.changes, found.totals.words) if words)
        self.checked.setText(said)
        set_shown(self.checked, bool(said))
        if found.differing:
            self.agreement.set_state(State.WARN, f"{found.differing} số lệch với báo cáo")
        elif received:
            self.agreement.set_state(State.DONE_QUIETLY, "khớp với báo cáo đã chốt")
        else:
            self.agreement.set_state(State.MISSING, "chưa có báo cáo để so")
        offices = [Column(name, ColumnKind.NUMBER, sample="1.000.000") for _, name in found.offices]
        self.table.set_columns(
            [
                Column("Chỉ tiêu", stretch=len(offices) <= _FEW, sample="Lượt người dự là người dân tộc thiểu số"),
                Column("Toàn tỉnh", ColumnKind.NUMBER, sample="10.000.000"),
                Column("So với báo cáo", ColumnKind.STATE, sample="lệch 100 đơn vị"),
                *offices,
            ]
        )
        self.table.setCurrentIndex(self.model.index(min(row, len(found.rows) - 1), 0))
        self._show_map()
        self.shown.emit()
        then, self._then = self._then, None
        if then is not None:
            then()

    def open_with(self, argument: object) -> None:
        following = {"ranking": self.compare, "matrix": self.compare_several}.get(str(argument))
        if following is None:
            return
        if self._stale or self.model.summary is None:
            self._then = following  # counted first
        else:
            QTimer.singleShot(0, self, following)  # this page is shown first

    def _show_map(self) -> None:
        """The map of the row that is chosen; none while there is no commune."""
        found, row = self.model.summary, self.table.currentIndex().row()
        if found is None or not found.offices or not 0 <= row < len(found.rows):
            self.map.hide()
            return
        self.map.show_chart(commune_map(self.session, found, found.rows[row].indicator))
        self.map.show()

    def compare(self) -> None:
        """The communes by the chosen figure, down to areas and records."""
        from thidua_desktop.ui.pages.province.ranking_page import RankingPage

        found, row = self.model.summary, self.table.currentIndex().row()
        if found is not None and found.offices and 0 <= row < len(found.rows):
            wanted = (self.chips.spec.name, found.period, found.rows[row].indicator)
            self.navigate.push(RankingPage(self.session, self.look, self.navigate, *wanted, self.windowTitle()))

    def compare_several(self) -> None:
        """Chosen communes beside chosen figures."""
        from thidua_desktop.ui.pages.province.matrix_page import MatrixPage

        found = self.model.summary
        if found is not None and found.offices:
            wanted = (self.chips.spec.name, found.period, self.windowTitle())
            self.navigate.push(MatrixPage(self.session, self.look, self.navigate, *wanted))

    def arrange_places(self) -> None:
        """Asks where the communes lie on the grid map."""
        from thidua_desktop.ui.pages.report.place_board import PlaceDialog

        PlaceDialog(self.session, self.look, self).open()

    def _shown_table(self) -> list[ScreenTable]:
        """What was counted, with the unit in a column of its own."""
        found = self.model.summary
        if found is None:
            return []
        rows: list[tuple[str, ...]] = [
            (row.label, row.unit, row.total_text, comparison(row).text,
             *(row.text(code) for code, _ in found.offices))
            for row in found.rows
        ]  # fmt: skip
        rows += [(f"{row.label}: {row.partly['']}",) for row in found.rows if "" in row.partly]
        if found.changes:
            rows.append((found.changes,))
        heads = ("Chỉ tiêu", "Đơn vị tính", "Toàn tỉnh", "So với báo cáo", *(name for _, name in found.offices))
        numbers = [2, *range(4, len(heads))]
        counted = ScreenTable(f"{found.title}, {found.period.name}", heads, rows, numbers)
        missing = missing_sheet(self.session, self.chips.spec.name, found.period)
        return [counted, missing] if missing is not None else [counted]

    def _covered(self) -> str:
        found = self.model.summary
        return "" if found is None else covered_line(self.session, self.chips.spec.name, found.period)

    def help_key(self) -> str:
        return "summary"

    def regions(self) -> list[QWidget]:
        return [self.head, self.table, *([self.map.view] if self.map.view is not None else [])]

    def focus_first(self) -> None:
        self.table.setFocus()
