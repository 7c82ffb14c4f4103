"""So sánh các xã: the communes by one figure, down to the residential area and the records behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.services.reports import ranking_paper
from thidua_desktop.services.reports.ranking import (
    MEASURE_WORDS,
    RankedCommune,
    Ranking,
    measures_of,
    ranking,
)
from thidua_desktop.services.session import Session
from thidua_desktop.text import lower_first
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import SteadyCard
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.narrow_row import NarrowRow
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.table_clipboard import copied_words
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.behind_commune import BehindCommune, CommuneFigure
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error

_MEASURE = 3


def _columns(measure: str) -> tuple[RowColumn, ...]:
    """What is said of a commune that is ranked; one without a place stands apart."""
    return (
        RowColumn("Hạng", lambda one: "–" if one.place is None else str(one.place), ColumnKind.NUMBER, sample="1000"),
        RowColumn("Đơn vị", lambda one: one.name, stretch=True, bold=lambda one: one.place is not None),
        RowColumn("Số liệu", lambda one: one.text, ColumnKind.NUMBER, sample="1.000.000"),
        RowColumn(measure, lambda one: ranking_paper.measure_text(one.measure), ColumnKind.NUMBER, sample="-1.000,0 "),
        RowColumn("Ghi chú", ranking_paper.remark, sample="mới ghi ở 100/100 bản ghi", hint=ranking_paper.remark),
    )


class RankingPage(Page):
    """``shown`` after the communes, ``behind_shown`` after what stands behind the chosen one."""

    shown = Signal()
    behind_shown = Signal()

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, report: str, period: Period, indicator: str,
        back_to: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.report, self.period = report, period
        self.indicator = session.definitions.indicators[indicator]
        self.measures = measures_of(session, indicator, period)
        self.setWindowTitle(f"{self.indicator.label}, {lower_first(period.name)}")
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._office = ""
        self._build(back_to)
        self._connect()
        self.load()

    def _build(self, back_to: str) -> None:
        look = self.look
        self.print_button = bordered(look, "In, lưu", "printer", "Ctrl+P")
        self.matrix_button = borderless(look, "Nhiều chỉ tiêu", "layout-grid")
        self.matrix_button.clicked.connect(self.compare_several)
        self.head = PageHead(look, self.windowTitle(), back_to, actions=(self.matrix_button, self.print_button))
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.segments = Segments(look, [MEASURE_WORDS[one] for one in self.measures], 0, "So sánh theo")
        self.covered = StateLabel(look, State.WAITING, "")
        self.about = caption("", "text-2", wrap=True)
        self.found: Ranking | None = None
        self.model = RowModel(self, quiet=lambda one: one.place is None)
        self.table = RecordTable(look, "Các xã theo chỉ tiêu")
        self.table.setModel(self.model)
        self.narrow = NarrowRow(look, "Tìm đơn vị", ())
        self.narrow.serve(self.table)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.behind = BehindCommune(self.session, look, self.navigate, self.report, self.period)
        self._assemble()

    def _assemble(self) -> None:
        look = self.look
        line = WrapRow(look, 12)
        line.add(self.segments)
        line.add(self.covered)
        left = SteadyCard(look, flush=True)
        left.add_padded(self.narrow, 8, 8)
        left.add(self.table, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        look.margins(self._columns, 0, 0, 0, 0, 12)
        self._columns.addWidget(left, 11)
        self._columns.addWidget(self.behind, 9)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addWidget(line)
        outer.addWidget(self.about)
        outer.addLayout(self._columns, 1)

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Large text: what stands behind a commune under the table."""
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if kind is LayoutClass.COMPACT else way.LeftToRight)

    def _connect(self) -> None:
        self.segments.chosen.connect(lambda _at: self.load())
        self.print_button.clicked.connect(self.show_paper)
        self.narrow.changed.connect(self._show_rows)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._find_behind())
        self.table.copied.connect(lambda rows: self.navigate.show_message(copied_words(rows)))
        self.table.opened.connect(lambda _row: self.behind.areas.setFocus())
        self.behind.found.connect(self.behind_shown)
        printing = QShortcut(QKeySequence("Ctrl+P"), self)
        printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        printing.activated.connect(self.show_paper)
        self.follow(self.session)

    # The communes

    def load(self) -> None:
        """Counts off the window's thread."""
        wanted = (self.report, self.period, self.indicator.name, self.measures[self.segments.current()])
        self._asker.ask(lambda reading: ranking(reading, *wanted), self._show)

    def _show(self, found: Ranking) -> None:
        self.found = found
        self.covered.set_state(State.OK if not found.missing else State.WAITING, f"{found.covered} đã gửi báo cáo")
        self.covered.setToolTip(found.missing)
        self.about.setText(found.words)
        self._show_rows()
        self.shown.emit()

    def _show_rows(self) -> None:
        """Those that hold the words; the commune that was chosen stays so while it is among them."""
        if self.found is None:
            return
        chosen, columns = self._office, _columns(MEASURE_WORDS[self.found.measure])
        kept = [row for row in self.found.rows if self.narrow.fits(row.name)]
        self.model.set_rows(kept, columns)
        self.table.set_columns(looks(columns))
        self.table.setColumnHidden(_MEASURE, self.segments.current() == 0)
        rows = [row.office for row in kept]
        if rows:
            self.table.setCurrentIndex(self.model.index(rows.index(chosen) if chosen in rows else 0, 0))
            self.table.scrollTo(self.table.currentIndex())

    def commune(self) -> RankedCommune | None:
        """The commune that is chosen."""
        found: RankedCommune | None = self.model.row_at(self.table.currentIndex().row())
        return found

    # Behind one of them

    def _find_behind(self) -> None:
        commune = self.commune()
        if commune is not None:
            self._office = commune.office
            self.behind.look_at(CommuneFigure(self.indicator, commune.office, commune.name, commune.value))

    def compare_several(self) -> None:
        """Chosen communes beside chosen figures of the same report."""
        from thidua_desktop.ui.pages.province.matrix_page import MatrixPage

        wanted = (self.report, self.period, self.windowTitle())
        self.navigate.push(MatrixPage(self.session, self.look, self.navigate, *wanted))

    def show_paper(self) -> None:
        """The table on paper, in Word, in Excel."""
        wanted = (self.report, self.period, self.indicator.name, self.measures[self.segments.current()])
        page = MadePaperPage(
            self.session, self.look, self.navigate, f"So sánh các xã, {self.windowTitle()}", self.head.title(),
            file_of(lambda reading: ranking_paper.ranking_document(reading, ranking(reading, *wanted))),
        )  # fmt: skip
        self.navigate.push(page)

    # Page

    def refresh(self, changes: object = None) -> None:
        if self.isVisible():
            self.load()

    def help_key(self) -> str:
        return "ranking"

    def regions(self) -> list[QWidget]:
        return [self.head, self.narrow, self.table, self.behind.areas, self.behind.records.table]

    def focus_first(self) -> None:
        self.table.setFocus()
