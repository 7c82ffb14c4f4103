"""What stands behind one figure of one commune: its residential areas, and the records of the commune or of an area."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.formdef.model import IndicatorSpec
from thidua_desktop.services import access
from thidua_desktop.services.reports.contributions import Contributions, contributions, list_filter
from thidua_desktop.services.reports.ranking import NO_AREAS, AreaFigure, areas_of, period_of
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number, lower_first
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.records_card import RecordsCard
from thidua_desktop.ui.shell.page import Navigate
from thidua_desktop.ui.show_error import show_error

_COLUMNS = (
    RowColumn("", lambda area: area.name, stretch=True, bold=lambda area: not area.area),
    RowColumn("", lambda area: format_number(area.value), ColumnKind.NUMBER, sample="1.000.000",
              bold=lambda area: not area.area),
)  # fmt: skip
"""The commune as a whole, which has no area, then its residential areas."""


@dataclass(frozen=True, slots=True)
class CommuneFigure:
    """One figure of one commune; ``kind``: only in residential areas of this kind."""

    indicator: IndicatorSpec
    office: str
    name: str
    value: Number
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """By area, and records of the commune or of one area."""

    areas: tuple[AreaFigure, ...]
    records: Contributions


class BehindCommune(QWidget):
    """``found`` after what stands behind the figure that is looked at has been read."""

    found = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate, report: str, period: Period) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.report, self.period = report, period
        self.figure: CommuneFigure | None = None
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self.area_model = RowModel(self, _COLUMNS)
        self.areas = RecordTable(look, "Khu dân cư của xã", row_height=31)
        self.areas.setModel(self.area_model)
        self.areas.horizontalHeader().hide()
        self.areas.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.areas.set_columns(looks(_COLUMNS))
        self.stays = caption(NO_AREAS, "text-2", wrap=True)
        self.stays.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self.records = RecordsCard(look)
        area_card = Card(look, "Khu dân cư", flush=True)
        area_card.add(self.stays)
        area_card.add(self.areas, 1)
        self.stays.hide()
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 12)
        column.addWidget(area_card, 5)
        column.addWidget(self.records, 6)
        self.areas.selectionModel().currentRowChanged.connect(lambda now, _before: self._on_area(now.row()))
        self.areas.opened.connect(lambda _row: self.records.table.setFocus())
        self.records.record_opened.connect(navigate.open_room)
        self.records.register_wanted.connect(self._open_register)
        self.records.pictures_wanted.connect(self._open_pictures)

    def look_at(self, figure: CommuneFigure) -> None:
        """Reads what stands behind a figure, off the window's thread."""
        self.figure = figure
        self._find("")

    def _find(self, area: str) -> None:
        figure = self.figure
        if figure is None:
            return
        report, period = self.report, self.period
        name, office, kind = figure.indicator.name, figure.office, figure.kind

        def read(reading: Session) -> Behind:
            own = period_of(reading, report, period, office)
            records = contributions(reading, name, own, office, area=area or None, kind=kind)
            return Behind(areas_of(reading, report, period, name, office, kind), records)

        self._asker.ask(read, lambda found: self._show(figure, area, found))

    def _show(self, figure: CommuneFigure, area: str, found: Behind) -> None:
        if not area:
            self.areas.selectionModel().blockSignals(True)
            self.area_model.set_rows([AreaFigure("", f"Cả {lower_first(figure.name)}", figure.value), *found.areas])
            self.areas.setCurrentIndex(self.area_model.index(0, 0))
            self.areas.selectionModel().blockSignals(False)
        stays = not found.areas and not found.records.count and bool(figure.value)
        set_shown(self.stays, stays)
        for register in {row.register for row in found.records.rows}:
            access.note(self.session, self.session.register(register), access.LIST, records=found.records.count)
        where = next((one.name for one in found.areas if one.area == area), figure.name) if area else figure.name
        self.records.show_mark(f"{figure.indicator.label}, {where}", found.records)
        self.found.emit()

    def _on_area(self, row: int) -> None:
        if 0 <= row < len(self.area_model.rows):
            self._find(self.area_model.rows[row].area)

    def _open_register(self) -> None:
        figure = self.figure
        if figure is not None:
            area = self.area_model.rows[max(0, self.areas.currentIndex().row())].area if self.area_model.rows else ""
            wanted = list_filter(self.session, figure.indicator.name, self.period, area, figure.office)
            self.navigate.open_room(figure.indicator.register, wanted)

    def _open_pictures(self) -> None:
        """The page of the indicator, with this commune alone."""
        from thidua_desktop.ui.pages.indicator.page import IndicatorPage

        figure = self.figure
        if figure is not None:
            wanted = (figure.indicator.name, self.period, "So sánh các xã", figure.office)
            self.navigate.push(IndicatorPage(self.session, self.look, self.navigate, *wanted))
