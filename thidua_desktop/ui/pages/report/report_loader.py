"""A report read, put together and printed off the window's thread, over a connection of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QRectF, Signal

from thidua_desktop.domain.periods import Period
from thidua_desktop.services import access
from thidua_desktop.services.reports.build import Report, build
from thidua_desktop.services.reports.carrying import NOTHING, Carried, carried
from thidua_desktop.services.reports.charts import FigureSource
from thidua_desktop.services.reports.comparison import Comparison, compare
from thidua_desktop.services.reports.contributions import Contributions, contributions
from thidua_desktop.services.reports.editions import Edition, editions
from thidua_desktop.services.reports.paper import print_report
from thidua_desktop.services.session import Session
from thidua_desktop.services.signing import SignaturePlace
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.paper_pictures import Sheet, sheets_of
from thidua_desktop.ui.components.paper_view import Mark


@dataclass(frozen=True, slots=True)
class LoadedReport:
    """A report as it stands, with its paper."""

    report: Report
    pdf: bytes
    sheets: tuple[Sheet, ...]
    marks: tuple[Mark, ...]
    places: tuple[SignaturePlace, ...] = ()
    editions: tuple[Edition, ...] = ()
    comparisons: Mapping[int, Comparison] = field(default_factory=dict)
    carried: Carried = NOTHING


class ReportLoader(QObject):
    """Asks one after the other; what was asked before the last question is dropped when it comes."""

    loaded = Signal(object)
    records_found = Signal(str, object)
    mark_found = Signal(str, object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._papers, self._readers = (Asker(session, self) for _ in range(2))  # records need not wait for a paper
        self._papers.failed.connect(self._on_failed)
        self._readers.failed.connect(self.failed)

    def load(self, name: str, period: Period, signer: str = "") -> None:
        """Reads a report, signed by the one with the key ``signer`` or its usual signer; ``loaded`` carries it."""
        self._papers.ask(lambda reading: load_report(reading, name, period, signer), self._on_loaded)
        self.busy_changed.emit(True)

    def find_records(self, indicator: str, period: Period) -> None:
        """The records behind a figure; ``records_found`` carries indicator and ``Contributions``."""

        def then(found: Contributions) -> None:
            self._note(found)
            self.records_found.emit(indicator, found)

        self._readers.ask(lambda reading: contributions(reading, indicator, period), then)

    def find_behind(self, source: FigureSource, words: str) -> None:
        """The records behind a chart's mark; ``mark_found`` carries its words and ``Contributions``."""
        wanted, area = (source.indicator, source.period, source.office or None), source.area or None

        def then(found: Contributions) -> None:
            self._note(found)
            self.mark_found.emit(words, found)

        self._readers.ask(lambda reading: contributions(reading, *wanted, area=area), then)

    def drop(self) -> None:
        """Forgets every question: answers that still come are not passed on."""
        self._papers.drop()
        self._readers.drop()

    def _on_loaded(self, found: LoadedReport) -> None:
        self.busy_changed.emit(False)
        self.loaded.emit(found)

    def _on_failed(self, error: object) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)

    def _note(self, found: Contributions) -> None:
        """Records that a person sees here are looked at, whatever page shows them."""
        if found.rows:
            for register in {row.register for row in found.rows}:
                access.note(self._session, self._session.register(register), access.LIST, records=found.count)


def load_report(reading: Session, name: str, period: Period, signer: str = "") -> LoadedReport:
    """Reads and prints a report over a reading session."""
    report = build(reading, name, period)
    paper = print_report(reading, report, signer=signer)
    known = tuple(editions(reading, name, period))
    before = carried(reading, report)
    comparisons = {one.number: compare(reading, report, one.number) for one in known}
    marks = tuple(Mark(mark.key, mark.page, QRectF(mark.x, mark.y, mark.w, mark.h)) for mark in paper.marks)
    return LoadedReport(report, paper.pdf, sheets_of(paper.pdf), marks, paper.places, known, comparisons, before)
