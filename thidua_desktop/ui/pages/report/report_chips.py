"""Choosing the report and its period; periods are spelled out with their days."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.formdef.model import ReportSpec
from thidua_desktop.services import report_periods
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.showing import clear_menu
from thidua_desktop.ui.look.theme import Look


class ReportChips(QWidget):
    """Owns ``report_chip`` and ``period_chip``, which stand in the page's head; ``chosen`` when either changes."""

    chosen = Signal()

    def __init__(self, look: Look, session: Session, spec: ReportSpec, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.spec, self.period = spec, period
        self._report_menu, self._period_menu = QMenu(), QMenu()
        self.report_chip = Chip(look, "", spec.title, menu=self._report_menu, tall=True)
        self.period_chip = Chip(look, "Kỳ", period.label, menu=self._period_menu, tall=True)
        for other in session.definitions.reports.values():
            self._report_menu.addAction(other.title).triggered.connect(lambda _=False, s=other: self.set_report(s))
        self._period_menu.aboutToShow.connect(self._fill_periods)
        self._fill_periods()
        self.hide()

    def set_report(self, spec: ReportSpec) -> None:
        """Another report; the period stays when the report has it too."""
        self.spec = spec
        self.report_chip.set_value(spec.title)
        self.period = self._same_period(spec)
        self.period_chip.set_value(self.period.label)
        self._fill_periods()
        self.chosen.emit()

    def set_period(self, period: Period) -> None:
        """Another period."""
        self.period = period
        self.period_chip.set_value(period.label)
        self.chosen.emit()

    def period_texts(self) -> list[str]:
        """Every period that is offered, in the order of the menu."""
        return [action.text() for menu in self._kind_menus for action in menu.actions()]

    def _same_period(self, spec: ReportSpec) -> Period:
        """The chosen period as the report has it, or what its page opens with."""
        for group in report_periods.groups(self._session, spec):
            if (group.calendar.name, group.key) == (self.period.calendar.name, report_periods.key_of(self.period)):
                return report_periods.period_for(self._session, spec, self.period.code)
        return report_periods.period_to_report(self._session, spec)

    def _fill_periods(self) -> None:
        clear_menu(self._period_menu)
        self._kind_menus: list[QMenu] = []
        apart = False
        for group in report_periods.groups(self._session, self.spec):
            offered = report_periods.period_choices(self._session, self.spec, group)
            if not offered:
                continue
            if group.span is not None and not apart:
                self._period_menu.addSeparator()
                apart = True
            menu = self._period_menu.addMenu(group.title)
            self._kind_menus.append(menu)
            for period in offered:
                action = menu.addAction(period.label)
                action.setCheckable(True)
                action.setChecked(period == self.period)
                action.triggered.connect(lambda _=False, p=period: self.set_period(p))
        self._fill_closed(report_periods.closed_elsewhere(self._session, self.spec))

    def _fill_closed(self, closed: list[Period]) -> None:
        """Closed periods of calendars that are not here any more."""
        if not closed:
            return
        menu = self._period_menu.addMenu("Đã chốt theo lịch cũ")
        self._kind_menus.append(menu)
        for period in closed:
            menu.addAction(period.label).triggered.connect(lambda _=False, p=period: self.set_period(p))
