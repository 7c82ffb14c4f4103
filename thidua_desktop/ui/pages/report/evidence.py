"""The right side of the report page: figures with their records, paragraphs, charts, closings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.carrying import NOTHING, Carried
from thidua_desktop.services.reports.comparison import Comparison
from thidua_desktop.services.reports.contributions import Contributions
from thidua_desktop.services.reports.editions import Edition
from thidua_desktop.services.reports.figure_columns import FigureColumn, columns_of
from thidua_desktop.ui.components.announcing import announce
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import WarningBlock
from thidua_desktop.ui.components.labels import StateLabel
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.charts_view import ChartsView
from thidua_desktop.ui.pages.report.editions_view import EditionsView
from thidua_desktop.ui.pages.report.figure_lines import WAITING, lines_of
from thidua_desktop.ui.pages.report.figure_table import FIGURE_ROW, FigureTable
from thidua_desktop.ui.pages.report.paragraphs_view import ParagraphsView
from thidua_desktop.ui.pages.report.records_card import RecordsCard

FIGURES, PARAGRAPHS, CHARTS, EDITIONS = range(4)


class Evidence(QWidget):
    """``figure_chosen`` carries an indicator; ``reason_given`` an indicator and why its odd value is right.

    ``yardstick_chosen`` carries an indicator and the column of another period.
    """

    figure_chosen = Signal(str)
    yardstick_chosen = Signal(str, FigureColumn)
    reason_given = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._report: Report | None = None
        self._asked, self._least_rows = "", 0
        self._came_to = ""  # the odd figure that was gone to last
        self._mark_chosen = False
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Phần của báo cáo")
        for text in ("Số liệu", "Đoạn văn", "Biểu đồ", "Lần chốt"):
            self.tabs.addTab(text)
        self.state = StateLabel(look, State.WARN, "", gives_way=True)
        self.odd_button = link(look, "", "triangle-alert", leads=False)
        self.odd_button.set_tip("F8 tới số kế tiếp; F2 ghi lý do giữ")
        self.table = FigureTable(look)
        self.answer = WarningBlock(look)
        self.records = RecordsCard(look)
        self.paragraphs = ParagraphsView(look)
        self.charts = ChartsView(look)
        self.editions = EditionsView(look)
        self._stack = Views()
        self._assemble()
        look.follow(self, self._keep_rows)
        self.state.hide()
        self.odd_button.hide()
        self.odd_button.clicked.connect(self.next_odd)
        self.tabs.currentChanged.connect(self._on_tab)
        self.table.figure_chosen.connect(self._on_figure)
        self.table.yardstick_chosen.connect(self.yardstick_chosen)
        self.table.answer_wanted.connect(self.ask_reason)
        self.table.records_wanted.connect(lambda _name: self.records.table.setFocus())
        self.answer.kept.connect(self._on_kept)

    def _assemble(self) -> None:
        look = self._look
        card = Card(look, flush=True)
        card.setAccessibleName("Bằng chứng")
        head = QWidget()
        row = QHBoxLayout(head)
        look.margins(row, 12, 0, 14, 0, 8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.state)
        row.addWidget(self.odd_button)
        look.follow(head, lambda: head.setFixedHeight(look.px(36)))
        card.add(head)
        card.add_line()
        for page in (
            self.table,
            scrolling(self.paragraphs, "Đoạn văn"),
            scrolling(self.charts, "Biểu đồ"),
            self.editions,
        ):
            self._stack.addWidget(page)
        card.add(self._stack, 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        outer.addWidget(card, 13)
        outer.addWidget(self.answer)
        outer.addWidget(self.records, 7)

    def keep_rows(self, rows: int) -> None:
        """The page scrolls before fewer figures than these are seen; 0 where the window is wide enough for all."""
        self._least_rows = rows
        self._keep_rows()

    def _keep_rows(self) -> None:
        rows, px = self._least_rows, self._look.px
        self.table.setMinimumHeight(px(32) + rows * px(FIGURE_ROW) if rows else 0)

    def show_report(self, report: Report, before: Carried = NOTHING) -> None:
        """Another report, or the same one as it stands now."""
        other = self._report is None or (self._report.spec, self._report.period) != (report.spec, report.period)
        self._report = report
        if other:
            self.answer.clear()
            self._asked = self._came_to = ""
            self._mark_chosen = False
            self._on_tab(self.tabs.currentIndex())
        self.table.set_lines(lines_of(report), columns_of(report))
        written = self.paragraphs.show_report(report, before)
        charts = self.charts.show_report(report)
        for tab, text in enumerate((f"Số liệu {len(report.figures)}", f"Đoạn văn {written}", f"Biểu đồ {charts}")):
            self.tabs.setTabText(tab, text)
        self._show_state(report)
        if self._asked and not any(figure.indicator == self._asked for figure in report.unanswered):
            self.answer.clear()
            self._asked = ""

    def show_editions(self, editions: tuple[Edition, ...], comparisons: Mapping[int, Comparison], reason: str) -> None:
        """The closings of the report; ``reason`` why none can be written down as returned."""
        count = self.editions.show_editions(editions, comparisons, reason)
        self.tabs.setTabText(EDITIONS, f"Lần chốt {count}" if count else "Lần chốt")

    def show_records(self, indicator: str, found: Contributions) -> None:
        """The records behind a figure."""
        if self._report is not None and indicator in {figure.indicator for figure in self._report.figures}:
            self.records.show_records(self._report.figure(indicator), found)

    def first_to_focus(self) -> QWidget:
        """Where the keys go when this side is entered: figures, the first chart, or the tabs over the paragraphs."""
        if self.tabs.currentIndex() == FIGURES:
            return self.table
        if self.tabs.currentIndex() == CHARTS and self.charts.views:
            return self.charts.views[0]
        return self.tabs

    def show_mark(self, words: str, found: Contributions) -> None:
        """The records behind a chart's mark, under the charts."""
        self._mark_chosen = True
        self.records.show_mark(words, found)
        self._on_tab(self.tabs.currentIndex())

    def next_odd(self) -> None:
        """The next figure that waits for a reason, or differs from what was closed, after the chosen one."""
        waiting = [(place, line) for place, line in enumerate(self.table.lines()) if line.kind in WAITING]
        if not waiting:
            return
        self.tabs.setCurrentIndex(FIGURES)
        here, chosen = self.table.currentIndex().row(), self.table.chosen()
        names = [line.figure.indicator for _, line in waiting]
        if chosen not in names or chosen == self._came_to:  # else it is looked at first
            after = [line.figure.indicator for place, line in waiting if place > here]
            chosen = next((name for name in after if name != chosen), names[0])
        self._came_to = chosen
        self.table.choose(chosen)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.table.bring_into_view()
        announce(self.table, f"Số {names.index(chosen) + 1} trong {len(names)}")

    def ask_reason(self, indicator: str) -> None:
        """Asks why an odd value is right."""
        if self._report is None or self._report.closed:
            return
        self.tabs.setCurrentIndex(FIGURES)
        self.table.choose(indicator)
        figure = self._report.figure(indicator)
        self._asked = indicator
        comparison = f"{figure.label}: {(figure.odd or '').partition(':')[0]}"
        self.answer.set_warning("Số khác thường", comparison)
        self.answer.reason.setText(figure.kept_reason)
        self.answer.reason.setFocus()
        QTimer.singleShot(0, self.table.bring_into_view)  # the block takes height from the table

    def stop_asking(self) -> bool:
        """Closes the question for a reason; False when none was open."""
        if not self._asked:
            return False
        self._asked = ""
        self.answer.clear()
        self.table.setFocus()
        return True

    def _show_state(self, report: Report) -> None:
        odd, changed = len(report.unanswered), len(report.differences) if report.closed else 0
        self.odd_button.set_content(f"{changed} số khác với lúc chốt" if changed else f"{odd} số khác thường")
        set_shown(self.odd_button, bool(changed or odd))
        set_shown(self.state, not (changed or odd))  # beside four tabs there is room for one of them
        if report.returned is not None:
            self.state.set_state(State.LATE, "Bị trả lại, chờ chốt lại")
        elif report.closed:
            self.state.set_state(State.LOCKED, "Số liệu đã chốt")
        else:
            self.state.set_state(State.DONE_QUIETLY, "Không có số khác thường")

    def _on_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        self.records.setVisible(tab == FIGURES or (tab == CHARTS and self._mark_chosen))
        if tab != FIGURES:
            self.answer.hide()
        elif self._asked:
            self.answer.show()

    def _on_figure(self, indicator: str) -> None:
        if self._asked and self._asked != indicator:
            self.answer.clear()
            self._asked = ""
        self.figure_chosen.emit(indicator)

    def _on_kept(self, reason: str) -> None:
        indicator = self._asked
        self._asked = ""
        self.answer.clear()
        self.table.setFocus()
        self.reason_given.emit(indicator, reason)
