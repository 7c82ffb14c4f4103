"""So sánh nhiều chỉ tiêu: chosen communes beside chosen figures, by kind of residential area, down to the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.reports.consolidated import covered_line
from thidua_desktop.services.reports.matrix import (
    ALL_AREAS,
    MOST_COLUMNS,
    SHOWN,
    Matrix,
    MatrixChoice,
    MatrixColumn,
    MatrixRow,
    area_kinds,
    first_figures,
    keep_choice,
    kept_choice,
    matrix,
    matrix_chart,
)
from thidua_desktop.services.reports.matrix_paper import CHOSEN, WHOLE, matrix_document, value_text
from thidua_desktop.services.session import Session
from thidua_desktop.text import lower_first
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.table_clipboard import copied_words
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable, TotalsRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.behind_commune import BehindCommune, CommuneFigure
from thidua_desktop.ui.pages.province.cell_cursor import CellDelegate
from thidua_desktop.ui.pages.province.commune_map import CommuneMap
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error

TITLE = "So sánh nhiều chỉ tiêu"
_EVERY_AREA = "Mọi khu dân cư"
_HEAD = 16  # letters of a figure's name that a column shows; the rest is told when one points at it
_PARTLY = "*"  # after what is added up from some of the records alone
_FEW = 6  # communes whose bars have room beside their table


def _columns(found: Matrix) -> list[RowColumn]:
    """The commune, then its figures; beside the same figure over other areas only their kind is said."""
    columns = [
        RowColumn(
            "Đơn vị", lambda one: one.name, sample="Phường Nguyễn Văn Linh (mới)", stretch=len(found.columns) <= 4
        )
    ]
    for place, figure in enumerate(found.columns):
        before = found.columns[place - 1] if place else None
        same = bool(figure.kind) and before is not None and before.indicator == figure.indicator
        head = figure.kind_label if same else figure.head
        columns.append(
            RowColumn(head, partial(_value, found, place), ColumnKind.NUMBER, head[:_HEAD],
                      hint=partial(_told, found, place), about=f"{figure.head} ({figure.indicator.unit})")
        )  # fmt: skip
    return columns


def _value(found: Matrix, place: int, row: MatrixRow) -> str:
    return value_text(row.values[place]) + (_PARTLY if (place, row.office) in found.partly else "")


def _told(found: Matrix, place: int, row: MatrixRow) -> str:
    return "\n".join(filter(None, (_silent(row), found.partly.get((place, row.office)))))


def _about(found: Matrix, column: int) -> Iterator[str]:
    """Both sums of a column where not all communes are here, and what a star says."""
    unit = found.columns[column].indicator.unit
    if found.partial:
        yield f"{CHOSEN} {value_text(found.totals[column])} {unit}, toàn tỉnh {value_text(found.whole[column])} {unit}"
    if any(office == SHOWN for _, office in found.partly):
        yield f"{_PARTLY} {found.partly.get((column, SHOWN), 'mới ghi ở một phần bản ghi')}"


def _silent(row: MatrixRow) -> str:
    return "" if row.sent else f"{row.name} chưa gửi báo cáo của kỳ"


class MatrixPage(Page):
    """``shown`` after the communes have been counted, ``behind_shown`` after what stands behind the chosen cell."""

    shown = Signal()
    behind_shown = Signal()

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, report: str, period: Period, back_to: str
    ) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.report, self.period, self.spec = report, period, report_spec(session, report)
        self.choice = kept_choice(session, report, period)
        self.setWindowTitle(f"{TITLE}, {lower_first(period.name)}")
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build(back_to)
        self._connect()
        self.load()

    def _build(self, back_to: str) -> None:
        look = self.look
        self.offices_chip = Chip(look, "Đơn vị", "", tall=True)
        self.figures_chip = Chip(look, "Chỉ tiêu", "", tall=True)
        self.kinds_chip = Chip(look, "Loại khu", "", tall=True)
        scope = (self.offices_chip, self.figures_chip, self.kinds_chip)
        self.print_button = bordered(look, "In, lưu", "printer", "Ctrl+P")
        self.head = PageHead(look, self.windowTitle(), back_to, scope=scope, actions=(self.print_button,))
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.covered = StateLabel(look, State.WAITING, "")
        self.about = caption("", "text-2", wrap=True)
        self.found: Matrix | None = None
        self.model = RowModel(self, hint=_silent, quiet=lambda one: not one.sent)
        self.table = RecordTable(look, "Các xã theo chỉ tiêu")
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(CellDelegate(look, self.table))
        self.totals = TotalsRow(look, self.table)
        self.map = CommuneMap(look, self.arrange_places)
        self.map.hide()
        self.behind = BehindCommune(self.session, look, self.navigate, self.report, self.period)
        self._assemble()

    def _assemble(self) -> None:
        look = self.look
        line = QHBoxLayout()
        look.margins(line, 0, 0, 0, 0, 12)
        line.addWidget(self.covered)
        line.addWidget(self.about, 1)
        card = Card(look, flush=True)
        card.add(self.table, 1)
        card.add(self.totals)
        self._left = left = QVBoxLayout()
        look.margins(left, 0, 0, 0, 0, 12)
        left.addWidget(card, 12)
        left.addWidget(self.map, 7)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        look.margins(self._columns, 0, 0, 0, 0, 12)
        self._columns.addLayout(left, 13)
        self._columns.addWidget(self.behind, 8)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addLayout(line)
        outer.addLayout(self._columns, 1)

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Large text: what stands behind a commune under the table."""
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if kind is LayoutClass.COMPACT else way.LeftToRight)

    def _connect(self) -> None:
        self.offices_chip.clicked.connect(self.pick_offices)
        self.figures_chip.clicked.connect(self.pick_figures)
        self.kinds_chip.clicked.connect(self.pick_kinds)
        self.print_button.clicked.connect(self.show_paper)
        self.table.selectionModel().currentChanged.connect(lambda now, _before: self._on_cell(now))
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
        report, period, choice = self.report, self.period, self.choice

        def read(reading: Session) -> tuple[Matrix, str]:
            return matrix(reading, report, period, choice), covered_line(reading, report, period)

        self._asker.ask(read, lambda found: self._show(*found))

    def _show(self, found: Matrix, covered: str) -> None:
        at = self.table.currentIndex()
        self.found, columns = found, _columns(found)
        self.model.set_rows(found.rows, columns)
        self._tell(found, covered)
        self.table.set_columns(looks(columns))
        sums = {at: value_text(value) for at, value in enumerate(found.totals, start=1)}
        self.totals.set_cells({0: "Cộng" if found.partial else WHOLE, **sums})
        self.totals.set_notes({at: words for at in sums if (words := found.partly.get((at - 1, SHOWN)))})
        few = len(found.rows) <= _FEW
        self._left.setStretch(0, 8 if few else 12)
        self._left.setStretch(1, 9 if few else 7)
        if found.rows:
            row = min(max(0, at.row()), len(found.rows) - 1)
            column = min(max(1, at.column()), len(found.columns))
            self.table.setCurrentIndex(self.model.index(row, column))
        self.shown.emit()

    def _tell(self, found: Matrix, covered: str) -> None:
        everyone = found.received == found.communes > 0
        self.covered.set_state(State.OK if everyone else State.WAITING, covered)
        self.offices_chip.set_value(f"{len(found.rows)}/{found.communes}", applied=found.partial)
        names = [one.indicator.label for one in found.columns if one.kind == found.columns[0].kind]
        self.figures_chip.set_value(names[0] if len(names) == 1 else str(len(names)), bool(self.choice.indicators))
        labels = dict(area_kinds(self.session))
        kinds = [labels.get(code, _EVERY_AREA) for code in self.choice.kinds]
        applied = self.choice.kinds != (ALL_AREAS,)
        self.kinds_chip.set_value(kinds[0] if len(kinds) == 1 else f"{len(kinds)} loại", applied)

    def cell(self) -> tuple[int, MatrixColumn] | None:
        """Row and column that the cursor stands on; on a name the first figure."""
        found, at = self.found, self.table.currentIndex()
        if found is None or not 0 <= at.row() < len(found.rows):
            return None
        return at.row(), found.columns[max(0, at.column() - 1)]

    def _on_cell(self, _now: object) -> None:
        found, at = self.found, self.cell()
        if found is None or at is None:
            return
        row, column = found.rows[at[0]], found.columns.index(at[1])
        value = row.values[column]
        self.behind.look_at(CommuneFigure(at[1].indicator, row.office, row.name, value or 0, at[1].kind))
        self.about.setText(". ".join(_about(found, column)))
        chart = matrix_chart(self.session, found, column, _FEW)
        if chart is not None:
            self.map.show_chart(chart)
        set_shown(self.map, chart is not None)

    # What is compared

    def pick_offices(self) -> None:
        """Asks which communes."""
        communes = by_name(self.session, self.period)
        chosen = self._picked("Đơn vị để so sánh", communes, self.choice.offices or [code for code, _ in communes])
        if chosen:
            everyone = len(chosen) == len(communes)
            self._use(MatrixChoice(() if everyone else chosen, self.choice.indicators, self.choice.kinds))

    def pick_figures(self) -> None:
        """Asks which figures of the report."""
        indicators = self.session.definitions.indicators
        choices = [(name, f"{indicators[name].label} ({indicators[name].unit})") for name in self.spec.indicators]
        now, most = self.choice.indicators or first_figures(self.spec), MOST_COLUMNS // len(self.choice.kinds)
        chosen = self._picked("Chỉ tiêu để so sánh", choices, now, most)
        if chosen:
            self._use(MatrixChoice(self.choice.offices, chosen, self.choice.kinds))

    def pick_kinds(self) -> None:
        """Asks for which kinds of residential area, each beside the others."""
        choices = [(ALL_AREAS, _EVERY_AREA), *area_kinds(self.session)]
        figures = len(self.choice.indicators or first_figures(self.spec))
        chosen = self._picked("Loại khu dân cư", choices, self.choice.kinds, MOST_COLUMNS // figures)
        if chosen:
            self._use(MatrixChoice(self.choice.offices, self.choice.indicators, chosen))

    def _picked(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str], most: int = 0
    ) -> tuple[str, ...]:
        dialog = PickDialog(self.look, title, choices, chosen, self, most)
        return dialog.chosen() if dialog.ask() else ()

    def _use(self, choice: MatrixChoice) -> None:
        try:
            keep_choice(self.session, self.report, choice)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.choice = choice
        self.load()

    def arrange_places(self) -> None:
        """Asks where the communes lie on the grid map."""
        from thidua_desktop.ui.pages.report.place_board import PlaceDialog

        PlaceDialog(self.session, self.look, self).open()

    def show_paper(self) -> None:
        """The table on paper, in Word, in Excel."""
        report, period, choice = self.report, self.period, self.choice
        page = MadePaperPage(
            self.session, self.look, self.navigate, self.windowTitle(), self.head.title(),
            file_of(lambda reading: matrix_document(reading, report, matrix(reading, report, period, choice))),
        )  # fmt: skip
        self.navigate.push(page)

    # Page

    def refresh(self, changes: object = None) -> None:
        if self.isVisible():
            self.load()

    def help_key(self) -> str:
        return "matrix"

    def regions(self) -> list[QWidget]:
        return [self.head, self.table, self.behind.areas, self.behind.records.table]

    def focus_first(self) -> None:
        self.table.setFocus()
