"""So sánh các xã: the communes by one figure, down to the residential area and the records behind it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.services import access
from thidua_desktop.services.reports import ranking_paper
from thidua_desktop.services.reports.contributions import Contributions, contributions, list_filter
from thidua_desktop.services.reports.ranking import (
    MEASURE_WORDS,
    NO_AREAS,
    AreaFigure,
    RankedCommune,
    Ranking,
    areas_of,
    measures_of,
    period_of,
    ranking,
)
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.pages.report.records_card import RecordsCard
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl, run_task

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a commune's figure: by area, and records of the commune or of one area."""

    areas: tuple[AreaFigure, ...]
    records: Contributions


class RankingModel(QAbstractTableModel):
    """One row per commune."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: Ranking | None = None

    def set_ranking(self, found: Ranking) -> None:
        """Another order, or other figures."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.found is None or (parent is not None and parent.isValid()) else len(self.found.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole or self.found is None:
            return None
        measure = MEASURE_WORDS[self.found.measure]
        return ("Hạng", "Đơn vị", "Số liệu", measure, "Ghi chú")[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.found is None:
            return None
        row, column = self.found.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in {0, 2, 3}:
            return _RIGHT
        if role == CellRole.INK and row.place is None:
            return "text-2"
        if role == CellRole.BOLD:
            return column == 1 and row.place is not None
        return None

    def _text(self, row: RankedCommune, column: int) -> str:
        place = "–" if row.place is None else str(row.place)
        measure, said = ranking_paper.measure_text(row.measure), ranking_paper.remark(row)
        return (place, row.name, format_number(row.value), measure, said)[column]


class AreaModel(QAbstractTableModel):
    """The commune as a whole, then one row per residential area."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[AreaFigure] = []

    def set_areas(self, whole: AreaFigure, areas: tuple[AreaFigure, ...]) -> None:
        """Another commune."""
        self.beginResetModel()
        self.rows = [whole, *areas]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.name, format_number(row.value))[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return _RIGHT
        return index.row() == 0 if role == CellRole.BOLD else None


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
        self.setWindowTitle(f"{self.indicator.label}, {period.name[:1].lower()}{period.name[1:]}")
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._asked = self._looking = 0
        self._office = ""
        self._build(back_to)
        self._connect()
        self.load()

    def _build(self, back_to: str) -> None:
        look = self.look
        self.print_button = bordered(look, "In, lưu", "printer", "Ctrl+P")
        self.head = PageHead(look, self.windowTitle(), back_to, actions=(self.print_button,))
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.segments = Segments(look, [MEASURE_WORDS[one] for one in self.measures], 0, "So sánh theo")
        self.covered = StateLabel(look, State.WAITING, "")
        self.about = caption("", "text-2", wrap=True)
        self.model, self.area_model = RankingModel(self), AreaModel(self)
        self.table = RecordTable(look, "Các xã theo chỉ tiêu")
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.areas = RecordTable(look, "Khu dân cư của xã", row_height=31)
        self.areas.setModel(self.area_model)
        self.areas.horizontalHeader().hide()
        self.areas.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.areas.set_columns([Column("", stretch=True), Column("", ColumnKind.NUMBER, sample="1.000.000")])
        self.stays = caption(NO_AREAS, "text-2", wrap=True)
        self.stays.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self.records = RecordsCard(look)
        self._assemble()

    def _assemble(self) -> None:
        look = self.look
        line = QHBoxLayout()
        look.margins(line, 0, 0, 0, 0, 12)
        line.addWidget(self.segments)
        line.addWidget(self.covered)
        line.addWidget(self.about, 1)
        left = Card(look, flush=True)
        left.add(self.table, 1)
        self.area_card = Card(look, "Khu dân cư", flush=True)
        self.area_card.add(self.stays)
        self.area_card.add(self.areas, 1)
        self.stays.hide()
        right = QVBoxLayout()
        look.margins(right, 0, 0, 0, 0, 12)
        right.addWidget(self.area_card, 5)
        right.addWidget(self.records, 6)
        columns = QHBoxLayout()
        look.margins(columns, 0, 0, 0, 0, 12)
        columns.addWidget(left, 11)
        columns.addLayout(right, 9)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addLayout(line)
        outer.addLayout(columns, 1)

    def _connect(self) -> None:
        self.segments.chosen.connect(lambda _at: self.load())
        self.print_button.clicked.connect(self.show_paper)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._find_behind(""))
        self.table.opened.connect(lambda _row: self.areas.setFocus())
        self.areas.selectionModel().currentRowChanged.connect(lambda now, _before: self._on_area(now.row()))
        self.areas.opened.connect(lambda _row: self.records.table.setFocus())
        self.records.record_opened.connect(self.navigate.open_room)
        self.records.register_wanted.connect(self._open_register)
        printing = QShortcut(QKeySequence("Ctrl+P"), self)
        printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        printing.activated.connect(self.show_paper)
        unsubscribe = self.session.subscribe(self.refresh)
        self.destroyed.connect(lambda *_: unsubscribe())

    # The communes

    def load(self) -> None:
        """Counts off the window's thread."""
        self._asked += 1
        number, session = self._asked, self.session
        wanted = (self.report, self.period, self.indicator.name, self.measures[self.segments.current()])

        def work(_control: TaskControl) -> object:
            with closing(session.reader()) as reading:
                return ranking(reading, *wanted)

        task = run_task(self, work, self._pool)
        task.succeeded.connect(lambda found: self._show(number, found))
        task.failed.connect(lambda error: show_error(self.look, error, self))

    def _show(self, number: int, found: Ranking) -> None:
        if number != self._asked:
            return
        chosen = self._office
        self.model.set_ranking(found)
        self.covered.set_state(State.OK if not found.missing else State.WAITING, f"{found.covered} đã gửi báo cáo")
        self.covered.setToolTip(found.missing)
        self.about.setText(found.words)
        measure = MEASURE_WORDS[found.measure]
        self.table.set_columns(
            [
                Column("Hạng", ColumnKind.NUMBER, sample="1000"),
                Column("Đơn vị", stretch=True),
                Column("Số liệu", ColumnKind.NUMBER, sample="1.000.000"),
                Column(measure, ColumnKind.NUMBER, sample="-1.000,0 "),
                Column("Ghi chú", sample=ranking_paper.NO_MEASURE),
            ]
        )
        self.table.setColumnHidden(3, self.segments.current() == 0)
        rows = [row.office for row in found.rows]
        if rows:
            self.table.setCurrentIndex(self.model.index(rows.index(chosen) if chosen in rows else 0, 0))
        self.shown.emit()

    def commune(self) -> RankedCommune | None:
        """The commune that is chosen."""
        row = self.table.currentIndex().row()
        found = self.model.found
        return found.rows[row] if found is not None and 0 <= row < len(found.rows) else None

    # Behind one of them

    def _find_behind(self, area: str) -> None:
        commune = self.commune()
        if commune is None:
            return
        self._looking += 1
        self._office = commune.office
        number, session, name, office = self._looking, self.session, self.indicator.name, commune.office
        report, period = self.report, self.period

        def work(_control: TaskControl) -> object:
            with closing(session.reader()) as reading:
                own = period_of(reading, report, period, office)
                records = contributions(reading, name, own, office, area=area or None)
                return Behind(areas_of(reading, report, period, name, office), records)

        task = run_task(self, work, self._pool)
        task.succeeded.connect(lambda found: self._show_behind(number, commune, area, found))
        task.failed.connect(lambda error: show_error(self.look, error, self))

    def _show_behind(self, number: int, commune: RankedCommune, area: str, found: Behind) -> None:
        if number != self._looking:
            return
        if not area:
            self.areas.selectionModel().blockSignals(True)
            self.area_model.set_areas(AreaFigure("", f"Cả {commune.name}", commune.value), found.areas)
            self.areas.setCurrentIndex(self.area_model.index(0, 0))
            self.areas.selectionModel().blockSignals(False)
        stays = not found.areas and not found.records.count and bool(commune.value)
        set_shown(self.stays, stays)
        for register in {row.register for row in found.records.rows}:
            access.note(self.session, self.session.register(register), access.LIST, records=found.records.count)
        where = next((one.name for one in found.areas if one.area == area), commune.name) if area else commune.name
        self.records.show_mark(f"{self.indicator.label}, {where}", found.records)
        self.behind_shown.emit()

    def _on_area(self, row: int) -> None:
        if 0 <= row < len(self.area_model.rows):
            self._find_behind(self.area_model.rows[row].area)

    def _open_register(self) -> None:
        wanted = list_filter(self.session, self.indicator.name, self.period)
        self.navigate.open_room(self.indicator.register, wanted)

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
        return "summary"

    def regions(self) -> list[QWidget]:
        return [self.head, self.table, self.areas, self.records.table]

    def focus_first(self) -> None:
        self.table.setFocus()
