"""Chấm điểm, công nhận: who registered, assessed, is recognised, how many are missing, days; and places by points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import AssessmentSpec, Values
from thidua_desktop.services.assessments import overview as commune
from thidua_desktop.services.assessments import rankings
from thidua_desktop.services.assessments.overview import Overview, SubjectState
from thidua_desktop.services.assessments.rankings import RankLine
from thidua_desktop.services.assessments.subjects import fields_of
from thidua_desktop.services.session import Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.text import format_date, format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.labels import StateLabel
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.table_saving import excel_button, shown_table
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.page import AssessmentPage
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, ReadingPage
from thidua_desktop.ui.show_error import show_error

REGISTRATION = "unit_registration"
_LEAST_TABLE = 130  # px at 100 %: head and three lines, where cards stand under each other
_COMMUNE = "Cấp xã"  # as its set of criteria calls it: the label with all three kinds of communes has no room
_COUNTS = ("Tổng", "Đăng ký", "Muộn", "Đã chấm", "Công nhận")
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class LinesModel(QAbstractTableModel):
    """Rows of words, or of states, under given heads; ``numbers`` are the columns that stand right."""

    def __init__(self, parent: QObject, heads: Sequence[str], numbers: Sequence[int] = ()) -> None:
        super().__init__(parent)
        self.heads, self._numbers = tuple(heads), frozenset(numbers)
        self.lines: list[tuple[str | StateText, ...]] = []

    def show_lines(self, lines: Sequence[tuple[str | StateText, ...]]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.lines[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text if isinstance(cell, StateText) else cell
        if role == CellRole.STATE:
            return cell if isinstance(cell, StateText) else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._numbers:
            return _RIGHT
        return None


@dataclass(frozen=True, slots=True)
class YearRead:
    """What the page shows of a year; ``ranks`` under ``chosen``, one of the ``sets`` that rank."""

    found: Overview
    years: Sequence[int]
    sets: Sequence[AssessmentSpec]
    chosen: AssessmentSpec | None
    ranks: Sequence[RankLine]


def read_year(session: Session, year: int, set_name: str) -> YearRead:
    """Reads a year, and its places under a set; under the first that ranks where there is none of that name."""
    found, years, sets = commune.overview(session, year), commune.years(session), rankings.ranked_sets(session, year)
    chosen = next((spec for spec in sets if spec.name == set_name), sets[0] if sets else None)
    return YearRead(found, years, sets, chosen, rankings.ranking(session, chosen, year) if chosen else ())


class OverviewPage(ReadingPage):
    """The whole commune in a year. Enter on a subject opens its sheet, or starts it, or its registration."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Chấm điểm, công nhận")
        self.year = session.today.year
        self.found: Overview | None = None
        self.states: list[SubjectState] = []
        self.ranks: Sequence[RankLine] = ()
        self.set_name = ""
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self.follow(session)

    def _build(self) -> None:
        look = self.look
        self.year_chip = Chip(look, "Năm", str(self.year), menu=QMenu(), tall=True)
        self.set_chip = Chip(look, "Bộ tiêu chí", "", menu=QMenu(), tall=True)
        self.views = Segments(look, ("Toàn xã", "Xếp hạng"), name="Xem gì")
        new = filled(look, "Chấm mới", "plus")
        new.clicked.connect(self.new_record)
        scope = (self.year_chip, self.views, self.set_chip)
        self.excel_button = excel_button(look, self, self.session, self._shown_tables, self.navigate.show_message)
        self.head = PageHead(look, "Chấm điểm, công nhận", scope=scope, actions=(self.excel_button, new))
        self.standing = StateLabel(look, State.MISSING, "")
        self.kinds = self._table("Theo loại", ("Loại", *_COUNTS), range(1, 1 + len(_COUNTS)))
        self.days = self._table("Hạn", ("Việc", "Ngày", "Xong", "Còn lại"), (2,))
        self.subjects = self._table("Từng đối tượng", ("Đối tượng", "Bộ tiêu chí", "Đăng ký", "Kết quả", "Tình trạng"))
        self.places = self._table("Xếp hạng", ("Hạng", "Đối tượng", "Điểm", "Mức", "Tình trạng"), (0, 2))
        self.subjects.opened.connect(self.open_subject)
        self.places.opened.connect(self.open_place)
        self._columns()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._commune_view())
        card = Card(look, flush=True)
        card.add(self.places, 1)
        self.stack.addWidget(card)
        self.views.chosen.connect(self.show_view)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addWidget(self.standing)
        outer.addWidget(self.stack, 1)

    def _table(self, name: str, heads: Sequence[str], numbers: Sequence[int] = ()) -> RecordTable:
        table = RecordTable(self.look, name)
        table.setModel(LinesModel(table, heads, numbers))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        return table

    def _columns(self) -> None:
        number = ColumnKind.NUMBER
        self.kinds.set_columns(
            [Column("Loại", stretch=True, whole="Cơ sở giáo dục"),
             *(Column(name, number, sample="100") for name in _COUNTS)]
        )  # fmt: skip
        state = ColumnKind.STATE
        self.days.set_columns(
            [Column("Việc", stretch=True), Column("Ngày", sample="30/11"),
             Column("Xong", number, sample="100/100"), Column("Còn lại", state, sample="quá 300 ngày")]
        )  # fmt: skip
        self.subjects.set_columns(
            [Column("Đối tượng", stretch=True), Column("Bộ tiêu chí", sample="An toàn: cơ quan, doanh nghiệp"),
             Column("Đăng ký", state, sample="chưa đăng ký"), Column("Kết quả", state, sample="Chưa đạt"),
             Column("Tình trạng", state, sample="Không công nhận")]
        )  # fmt: skip
        self.places.set_columns(
            [Column("Hạng", number, sample="1000"), Column("Đối tượng", stretch=True),
             Column("Điểm", number, sample="1.000,00"), Column("Mức", sample="Hoàn thành xuất sắc"),
             Column("Tình trạng", state, sample="cùng hạng")]
        )  # fmt: skip

    def _commune_view(self) -> QWidget:
        look = self.look
        upper = QWidget()
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight, upper)
        look.margins(self._upper, 0, 0, 0, 0, 12)
        for title, table, share in (("Theo loại", self.kinds, 29), ("Hạn", self.days, 30)):
            card = Card(look, title, flush=True)
            card.add(table, 1)
            self._upper.addWidget(card, share)
        lower = Card(look, "Từng đối tượng, ai còn thiếu đứng trước", flush=True)
        lower.add(self.subjects, 1)
        both = QWidget()
        column = QVBoxLayout(both)
        look.margins(column, 0, 0, 0, 0, 12)
        column.addWidget(upper, 2)
        column.addWidget(lower, 3)
        return both

    # What is shown

    def read(self) -> None:
        """Reads the year anew, off the window's thread."""
        year, set_name = self.year, self.set_name
        self._asker.ask(lambda reading: read_year(reading, year, set_name), self._show_year)

    def _show_year(self, read: YearRead) -> None:
        self.found = read.found
        self._fill_menu(self.year_chip, [(str(year), year) for year in read.years], self.set_year)
        self._fill_menu(self.set_chip, [(spec.short, spec.name) for spec in read.sets], self.set_ranked)
        self.set_name = read.chosen.name if read.chosen else ""
        self._show_commune(read.found)
        self._show_places(read.chosen, read.ranks)
        self.show_view(self.views.current())

    def _fill_menu(self, chip: Chip, entries: Sequence[tuple[str, object]], choose: Callable[[object], None]) -> None:
        menu = chip.menu()
        menu.clear()
        for text, value in entries:
            menu.addAction(text).triggered.connect(lambda _=False, v=value: choose(v))

    def set_year(self, year: object) -> None:
        """Another year."""
        self.year = int(str(year))
        self.year_chip.set_value(str(year))
        self.load()

    def set_ranked(self, name: object) -> None:
        """Places under another set."""
        self.set_name = str(name)
        self.load()

    def show_view(self, at: int) -> None:
        """The commune or the places."""
        self.stack.setCurrentIndex(at)
        self.set_chip.setVisible(at == 1 and bool(self.set_name))
        self.standing.setVisible(at == 0)

    def _show_commune(self, found: Overview) -> None:
        self.standing.set_state(State.OK if found.met else State.WARN, found.sentence)
        labels = self.session.definitions.catalogs["subject_kind"]
        counted = [
            (kind, *(format_number(number) for number in numbers))
            for line in found.lines
            for kind in [_COMMUNE if line.kind == "commune" else labels.label(line.kind)]
            for numbers in [(len(line.states), line.registered, line.late, line.assessed, line.recognised)]
        ]
        self._lines(self.kinds).show_lines(counted)
        self._lines(self.days).show_lines(
            [
                (
                    f"{one.what}: {one.spec.short.rpartition(': ')[2]}",
                    f"{one.day:%d/%m}" if one.day.year == self.year else format_date(one.day),
                    f"{one.done}/{one.total}",
                    _left(one),
                )
                for one in found.deadlines
            ]
        )
        states = [state for line in found.lines for state in line.states]
        self.states = sorted(states, key=lambda one: (bool(one.registration), bool(one.assessment), one.recognised))
        sets = self.session.definitions.assessments
        self._lines(self.subjects).show_lines(
            [
                (one.subject.name, sets[one.set_name].short, _registered(one), _result(one), self._status(one))
                for one in self.states
            ]
        )

    def _show_places(self, spec: AssessmentSpec | None, ranks: Sequence[RankLine]) -> None:
        self.ranks = ranks
        self.set_chip.set_value(spec.short if spec else "")
        bands = self.session.definitions.catalogs["assessment_band"]
        self._lines(self.places).show_lines(
            [
                (
                    str(line.place),
                    line.subject.name,
                    format_number(line.total),
                    bands.label(line.band) if line.band else "chưa chấm đủ",
                    StateText(State.QUIET, "cùng hạng") if line.tied else StateText(State.DONE_QUIETLY, "", "minus"),
                )
                for line in self.ranks
            ]
        )

    def _shown_tables(self) -> list[ScreenTable]:
        ranked = self.stack.currentIndex() == 1
        return [shown_table(table) for table in ((self.places,) if ranked else (self.kinds, self.days, self.subjects))]

    def _status(self, one: SubjectState) -> StateText:
        if not one.status:
            return StateText(State.MISSING, "chưa chấm")
        words = self.session.definitions.catalogs["assessment_status"].label(one.status)
        if one.recognised:
            return StateText(State.OK, words)
        return StateText(State.BAD if one.status == "refused" else State.WAITING, words)

    @staticmethod
    def _lines(table: RecordTable) -> LinesModel:
        model = table.model()
        assert isinstance(model, LinesModel)
        return model

    # What the keys do

    def open_subject(self, row: int) -> None:
        """Enter: the subject's sheet; where there is none, a new one for it."""
        one = self.states[row]
        if one.assessment:
            self._push(one.assessment)
        else:
            start: Values = {"criteria_set": one.set_name, "year": self.year, **fields_of(one.subject)}
            self.navigate.push(AssessmentPage(self.session, self.look, self.navigate, values=start))

    def open_place(self, row: int) -> None:
        """Enter: the sheet behind a place."""
        self._push(self.ranks[row].record_id)

    def _push(self, record_id: str) -> None:
        self.navigate.push(AssessmentPage(self.session, self.look, self.navigate, record_id))

    # Page

    def new_record(self) -> bool:
        self.navigate.push(AssessmentPage(self.session, self.look, self.navigate))
        return True

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Large text: one card under the other, each with the whole width for its words."""
        way, compact = QBoxLayout.Direction, kind is LayoutClass.COMPACT
        self._upper.setDirection(way.TopToBottom if compact else way.LeftToRight)
        for table in (self.kinds, self.days, self.subjects):
            table.setMinimumHeight(self.look.px(_LEAST_TABLE) if compact else 0)

    def regions(self) -> list[QWidget]:
        if self.stack.currentIndex() == 1:
            return [self.head, self.places]
        return [self.head, self.kinds, self.days, self.subjects]

    def focus_first(self) -> None:
        stacked = self._upper.direction() == QBoxLayout.Direction.TopToBottom
        commune = self.kinds if stacked else self.subjects  # large text: the page opens at its head
        (self.places if self.stack.currentIndex() else commune).setFocus()


def _left(one: commune.Deadline) -> StateText:
    """Days left until a day of a set, or that all is done."""
    if one.done >= one.total:
        return StateText(State.OK, "xong")
    if one.left < 0:
        return StateText(State.LATE, f"quá {-one.left} ngày")
    words = "hạn hôm nay" if one.left == 0 else f"còn {one.left} ngày"
    return StateText(State.SOON if one.left <= 10 else State.LATER, words)


def _registered(one: SubjectState) -> StateText:
    if not one.registration:
        return StateText(State.MISSING, "chưa đăng ký")
    return StateText(State.DONE_QUIETLY, "đúng hạn") if one.in_time else StateText(State.SOON, "muộn")


def _result(one: SubjectState) -> StateText:
    if not one.result:
        return StateText(State.MISSING, "chưa có")
    return StateText(State.OK, "Đạt") if one.result == "met" else StateText(State.BAD, "Chưa đạt")
