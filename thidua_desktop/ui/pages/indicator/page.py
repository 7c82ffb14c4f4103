"""One indicator: its figure with yardsticks, twelve periods, its places beside one another, and where they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from thidua_desktop.charts.model import Chart
from thidua_desktop.domain.periods import Period, PeriodKind
from thidua_desktop.services import periods
from thidua_desktop.services.reports.charts import FigureSource
from thidua_desktop.services.reports.contributions import list_filter
from thidua_desktop.services.reports.figure_columns import FigureColumn, cell_text, counted, told_beside
from thidua_desktop.services.reports.indicator_view import IndicatorView, indicator_view
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chart_block import ChartBlock
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.in_turns import WHOLE_TURN, InTurns
from thidua_desktop.ui.components.labels import caption, figure_row, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout, clear_menu, widgets_of
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

_KINDS = (
    (PeriodKind.MONTH, "Tháng"), (PeriodKind.QUARTER, "Quý"), (PeriodKind.HALF, "6 tháng"), (PeriodKind.YEAR, "Năm"),
)  # fmt: skip
_READ_AGAIN = 400  # milliseconds: many writes in a row are read once


class IndicatorPage(Page):
    """``period`` where the page begins (the running month where None); "Kỳ" chooses another, "Nơi" another than
    ``place``: an area's id, at the province a commune's code, "" for all.
    """

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, name: str, period: Period | None = None,
        back_to: str = "Trang trước", place: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.session, self.look, self.navigate, self.name = session, look, navigate, name
        self.spec = session.definitions.indicators[name]
        self.period = period or periods.current(session)
        self.place = place
        self.view: IndicatorView | None = None
        self.blocks: list[ChartBlock] = []
        self._task: Task | None = None
        self._stale = False
        self.setWindowTitle(self.spec.label)
        self._turns = InTurns(self)
        self._build(back_to)
        self._timer = QTimer(self, singleShot=True, interval=_READ_AGAIN)
        self._timer.timeout.connect(self.load)
        self.load()

    # Building

    def _build(self, back_to: str) -> None:
        look = self.look
        self._period_menu, self._place_menu = QMenu(), QMenu()
        self.period_chip = Chip(look, "Kỳ", self.period.label, menu=self._period_menu, tall=True)
        whole = "cả tỉnh" if self.session.is_province else "cả đơn vị"
        self._whole = whole
        self.place_chip = Chip(look, "Nơi", whole, menu=self._place_menu, tall=True)
        self._period_menu.aboutToShow.connect(self._fill_periods)
        self.records_button = bordered(look, "Mở trong sổ", "list", "Ctrl+Enter")
        self.print_button = bordered(look, "In", "printer", "Ctrl+P")
        actions = (self.records_button, self.print_button)
        self.head = PageHead(look, self.spec.label, back_to, (self.period_chip, self.place_chip), actions)
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.records_button.clicked.connect(lambda: self._open_records(FigureSource(self.name, self.period)))
        self.print_button.clicked.connect(self.print)
        if not self.session.may(Permission.PRINT):
            self.print_button.set_reason("Quyền của bạn không in được")
        for keys, act in (("Ctrl+P", self.print), ("Ctrl+Return", self.records_button.click)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        look.margins(self._columns, 0, 0, 0, 0, 12)
        left, self._right_side = QWidget(), QWidget()
        self._left, self._right = QVBoxLayout(left), QVBoxLayout(self._right_side)
        for holder, side in ((left, self._left), (self._right_side, self._right)):
            look.margins(side, 0, 0, 0, 0, 12)
            self._columns.addWidget(holder, 1)
        self._waiting = EmptyState(look, "Đang tính số liệu của 12 kỳ…", icon="chart-column")
        self._views = Views()
        self._views.addWidget(self._waiting)
        self._views.addWidget(scrolling(self._content, "Biểu đồ"))
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self._views, 1)

    def _fill_periods(self) -> None:
        clear_menu(self._period_menu)
        kinds = periods.calendar(self.session).kinds
        for kind, title in _KINDS:
            if kind not in kinds:
                continue
            menu = self._period_menu.addMenu(title)
            for period in periods.choices(self.session, kind):
                action = menu.addAction(period.label)
                action.setCheckable(True)
                action.setChecked(period == self.period)
                action.triggered.connect(lambda _=False, chosen=period: self.set_period(chosen))

    def _fill_places(self, view: IndicatorView) -> None:
        self._place_menu.clear()
        self._place_menu.addAction(self._whole).triggered.connect(lambda _=False: self.set_place(""))
        for place in view.places:
            action = self._place_menu.addAction(place.name)
            action.triggered.connect(lambda _=False, key=place.key: self.set_place(key))
        self.place_chip.setVisible(bool(view.places))
        self.place_chip.set_value(view.place_name or self._whole, applied=bool(view.place))

    # What is shown

    def set_period(self, period: Period) -> None:
        """Another period: the twelve then end with it."""
        self.period = period
        self.period_chip.set_value(period.label)
        self.load()

    def set_place(self, key: str) -> None:
        """One residential area (province: commune) alone, or "" for all."""
        self.place = key
        self.load()

    def load(self) -> None:
        """Reads everything on another thread; a change meanwhile makes it read once more."""
        if self._task is not None:
            self._stale = True
            return
        session, name, period, place = self.session, self.name, self.period, self.place

        def work(_control: TaskControl) -> IndicatorView:
            with closing(session.reader()) as reading:
                return indicator_view(reading, name, period, place)

        self._task = run_task(self, work)
        self._task.succeeded.connect(self._show)
        self._task.failed.connect(lambda error: show_error(self.look, error, self))
        self._task.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._task = None
        if self._stale:
            self._stale = False
            self.load()

    def _show(self, view: IndicatorView) -> None:
        self._fill_places(view)
        self.records_button.set_reason("" if self.session.opens(view.spec.register) else "Sổ này không mở cho bạn")
        self._turns.do(self._pieces(view))

    def _pieces(self, view: IndicatorView) -> Iterator[Callable[[], object]]:
        """The page card by card, each in the place of the one before; at last the view is what the page shows."""
        left = [chart for chart in (view.trend, view.grid) if chart is not None]
        right = [chart for chart in (view.comparison,) if chart is not None]
        self.blocks = []
        yield lambda: self._put(self._left, 0, self._figure_card(view))
        yield lambda: self._views.setCurrentIndex(1)
        for side, charts, first in ((self._left, left, 1), (self._right, right, 0)):
            for at, chart in enumerate(charts, start=first):
                yield partial(self._put_chart, side, at, chart)
            yield partial(self._end_side, side, first + len(charts))
        yield partial(self._right_side.setVisible, bool(right))
        yield partial(setattr, self, "view", view)

    def _put_chart(self, side: QVBoxLayout, at: int, chart: Chart) -> object:
        self._put(side, at, self._chart_card(chart))
        return WHOLE_TURN

    def _put(self, side: QVBoxLayout, at: int, card: Card) -> None:
        """A card at its place, which the one that stood there leaves."""
        widget = next((one for one in widgets_of(side) if side.indexOf(one) == at), None)
        side.insertWidget(at, card)
        if widget is not None:
            side.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _end_side(self, side: QVBoxLayout, count: int) -> None:
        """Nothing stands below so many cards any more."""
        clear_layout(side, after=count)
        side.addStretch(1)

    def _figure_card(self, view: IndicatorView) -> Card:
        look, figure = self.look, view.figure
        card = Card(look)
        card.setAccessibleName(f"{figure.label}: {counted(figure)} {figure.unit}")
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 4)
        number, unit = label(counted(figure), TextRole.KEY_FIGURE), label(f" {figure.unit}", ink="text-2")
        column.addWidget(caption(f"{view.period.label}, {view.place_name or self._whole}", wrap=True))
        column.addLayout(figure_row(look, number, unit))
        before, year_ago = (cell_text(figure, one) for one in (FigureColumn.LAST, FigureColumn.LAST_YEAR))
        column.addWidget(label(f"Kỳ trước {before} · cùng kỳ năm trước {year_ago}", ink="text-2", wrap=True))
        if not view.place:
            column.addWidget(label(told_beside(figure), ink="text-2", wrap=True))
        for words in (view.spec.help, f"Căn cứ: {view.spec.basis}" if view.spec.basis else ""):
            if words:
                column.addWidget(caption(words, wrap=True))
        card.add_padded(column)
        return card

    def _chart_card(self, chart: Chart) -> Card:
        card = Card(self.look)
        card.setAccessibleName(chart.title)
        may = self.session.may
        about = f"{self.session.file.identity.name}. {self.period.label}"
        block = ChartBlock(self.look, chart, may(Permission.RECORD), may(Permission.PRINT), about)
        block.opened.connect(lambda source, _words: self._open_records(source))
        block.print_wanted.connect(lambda one: self._print((one,)))
        block.told.connect(self.navigate.show_message)
        block.arranging_wanted.connect(self._arrange)
        self.blocks.append(block)
        card.add_padded(block)
        return card

    # What can be done

    def _open_records(self, source: object) -> None:
        """The register's list as far as one filter can say which records make up the figure."""
        if isinstance(source, FigureSource) and self.session.opens(self.spec.register):
            province = self.session.is_province
            area, office = ("", source.office or self.place) if province else (source.area or self.place, "")
            wanted = list_filter(self.session, source.indicator, source.period, area, office)
            self.navigate.open_room(self.spec.register, wanted)

    def print(self) -> None:
        """All charts of the page on paper."""
        if self.view is not None and self.print_button.isEnabled():
            self._print(self.view.charts)

    def _print(self, charts: tuple[Chart, ...]) -> None:
        from thidua_desktop.ui.pages.indicator.chart_paper_page import chart_paper_page

        back_to, named = self.spec.label, self.period.label
        self.navigate.push(chart_paper_page(self.session, self.look, self.navigate, charts, named, back_to))

    def _arrange(self) -> None:
        from thidua_desktop.ui.pages.report.place_board import PlaceDialog

        PlaceDialog(self.session, self.look, self).open()

    # Page

    def refresh(self, changes: object = None) -> None:
        self._timer.start()

    def help_key(self) -> str:
        return "indicator"

    def regions(self) -> list[QWidget]:
        return [self.head, *(block.view for block in self.blocks)]

    def focus_first(self) -> None:
        self.period_chip.setFocus()

    def set_layout_class(self, kind: LayoutClass) -> None:
        one = kind is LayoutClass.COMPACT
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if one else QBoxLayout.Direction.LeftToRight)
