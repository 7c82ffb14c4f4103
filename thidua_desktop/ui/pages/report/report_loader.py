"""A report read, put together and printed off the window's thread, over a connection of its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
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
from thidua_desktop.ui.components.paper_pictures import Sheet, sheets_of
from thidua_desktop.ui.components.paper_view import Mark
from thidua_desktop.ui.tasks import TaskControl, run_task, work_line


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
        self._pool = work_line(self)
        self._asked = 0
        self._readers = work_line(self)  # records need not wait for a paper
        self._looking = 0

    def load(self, name: str, period: Period, signer: str = "") -> None:
        """Reads a report, signed by the one with the key ``signer`` or its usual signer; ``loaded`` carries it."""
        self._asked += 1
        number = self._asked
        session = self._session

        def work(_control: TaskControl) -> object:
            return load_report(session, name, period, signer)

        task = run_task(self, work, self._pool)
        task.succeeded.connect(lambda found: self._on_loaded(number, found))
        task.failed.connect(lambda error: self._on_failed(number, error))
        self.busy_changed.emit(True)

    def find_records(self, indicator: str, period: Period) -> None:
        """The records behind a figure; ``records_found`` carries indicator and ``Contributions``."""
        self._looking += 1
        number, session = self._looking, self._session

        def work(_control: TaskControl) -> object:
            with closing(session.reader()) as reading:
                return contributions(reading, indicator, period)

        task = run_task(self, work, self._readers)
        task.succeeded.connect(lambda found: self._on_records(number, indicator, found))
        task.failed.connect(self.failed)

    def find_behind(self, source: FigureSource, words: str) -> None:
        """The records behind a chart's mark; ``mark_found`` carries its words and ``Contributions``."""
        self._looking += 1
        number, session = self._looking, self._session

        def work(_control: TaskControl) -> object:
            with closing(session.reader()) as reading:
                return contributions(
                    reading, source.indicator, source.period, source.office or None, area=source.area or None
                )

        task = run_task(self, work, self._readers)
        task.succeeded.connect(lambda found: self._on_behind(number, words, found))
        task.failed.connect(self.failed)

    def drop(self) -> None:
        """Forgets every question: answers that still come are not passed on."""
        self._asked += 1
        self._looking += 1

    def wait(self) -> None:
        """Until no work is running."""
        self._pool.waitForDone()
        self._readers.waitForDone()

    def _on_loaded(self, number: int, found: object) -> None:
        if number == self._asked:
            self.busy_changed.emit(False)
            self.loaded.emit(found)

    def _on_failed(self, number: int, error: object) -> None:
        if number == self._asked:
            self.busy_changed.emit(False)
            self.failed.emit(error)

    def _on_records(self, number: int, indicator: str, found: object) -> None:
        if number == self._looking:
            self._note(found)
            self.records_found.emit(indicator, found)

    def _on_behind(self, number: int, words: str, found: object) -> None:
        if number == self._looking:
            self._note(found)
            self.mark_found.emit(words, found)

    def _note(self, found: object) -> None:
        """Records that a person sees here are looked at, whatever page shows them."""
        if isinstance(found, Contributions) and found.rows:
            for register in {row.register for row in found.rows}:
                access.note(self._session, self._session.register(register), access.LIST, records=found.count)


def load_report(session: Session, name: str, period: Period, signer: str = "") -> LoadedReport:
    """Reads and prints a report over a reading connection made and closed in the calling thread."""
    with closing(session.reader()) as reading:
        report = build(reading, name, period)
        paper = print_report(reading, report, signer=signer)
        known = tuple(editions(reading, name, period))
        before = carried(reading, report)
        comparisons = {one.number: compare(reading, report, one.number) for one in known}
    marks = tuple(Mark(mark.key, mark.page, QRectF(mark.x, mark.y, mark.w, mark.h)) for mark in paper.marks)
    return LoadedReport(report, paper.pdf, sheets_of(paper.pdf), marks, paper.places, known, comparisons, before)
