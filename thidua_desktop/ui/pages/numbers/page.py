"""Số trống, số trùng: each series of the year with its last number, gaps, doubles and what was used before."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import paper_numbers
from thidua_desktop.services.paper_numbers import REGISTER, Series
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.table_saving import excel_button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_YEARS = 3
_MOST = 99_999
_HEADS = ("Dãy", "Số văn bản", "Đã dùng trước", "Số cuối", "Số kế tiếp", "Số trống", "Số trùng")


class NumbersPage(Page):
    """A card for each series of the chosen year."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Số văn bản đi")
        self.years = paper_numbers.years(session)[:_YEARS]
        self.cards: dict[str, Card] = {}
        self.which = Segments(look, [str(year) for year in self.years], 0, "Năm")
        self.which.chosen.connect(lambda _at: self.load())
        scope = (self.which,) if len(self.years) > 1 else ()
        self.excel_button = excel_button(look, self, self.session, self._shown_table, navigate.show_message)
        actions = (self.excel_button,)
        self.head = PageHead(look, self.windowTitle(), "Sổ đăng ký văn bản đi", scope=scope, actions=actions)
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(navigate.back)
        if not scope:
            self.which.setParent(self)
            self.which.hide()
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        look.margins(self._rows, 0, 0, 0, 0, 12)
        self._write = bordered(look, "Ghi văn bản đi", "plus")
        self._write.clicked.connect(self._write_paper)
        self._write.set_reason("" if session.may(Permission.RECORD) else "Quyền của bạn chỉ xem sổ")
        self._empty = EmptyState(
            look, "Giấy tờ in từ chương trình lấy số bằng nút “Lấy số”; văn bản khác ghi tay vào sổ.", (self._write,),
            "Năm này chưa có số nào", "file-check",
        )  # fmt: skip
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        self._scroll = scrolling(self._list, "Các dãy số")
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._empty, 1)
        self.follow(session)
        self.load()

    def load(self) -> None:
        """Read the series of the chosen year."""
        clear_layout(self._rows)
        found = paper_numbers.overview(self.session, self.years[self.which.current()])
        self.cards = {series.name: self._card(series) for series in found}
        for card in self.cards.values():
            self._rows.addWidget(card)
        self._rows.addStretch(1)
        self._scroll.setVisible(bool(found))
        self._empty.setVisible(not found)

    def ask_before(self, series: Series) -> None:
        """Ask which number was the last before the program."""
        label = f"Số cuối cùng của dãy {series.name} năm {series.year} đã dùng trước khi ghi vào chương trình:"
        last, given = QInputDialog.getInt(self, "Số đã dùng", label, series.before, 0, _MOST)
        if not given:
            return
        try:
            paper_numbers.set_before(self.session, series.name, series.year, last)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.load()

    def _shown_table(self) -> list[ScreenTable]:
        found = paper_numbers.overview(self.session, self.years[self.which.current()])
        rows = [
            (one.name, *(format_number(number) for number in (one.count, one.before, one.last, one.following)),
             one.gaps_text, one.doubled_text)
            for one in found
        ]  # fmt: skip
        return [ScreenTable(f"{self.windowTitle()} năm {self.years[self.which.current()]}", _HEADS, rows, range(1, 5))]

    def _card(self, series: Series) -> Card:
        last = f"{series.count} văn bản, số cuối {series.last:02d}, số kế tiếp {series.following:02d}"
        button = borderless(self.look, "Số đã dùng trước…", "pencil")
        button.clicked.connect(lambda: self.ask_before(series))
        if not self.session.may(Permission.RECORD):
            button.set_reason("Quyền của bạn chỉ xem sổ")
        card = Card(self.look, f"Dãy {series.name}", link=button)
        told = QWidget()
        column = QVBoxLayout(told)
        self.look.margins(column, 0, 0, 0, 0, 4)
        column.addWidget(caption(last, wrap=True))
        if series.before:
            column.addWidget(caption(f"Số 01–{series.before:02d} đã dùng trước khi ghi vào chương trình."))
        if series.doubled:
            column.addWidget(StateLabel(self.look, State.LATE, f"Số trùng: {series.doubled_text}"))
        if series.gaps:
            column.addWidget(StateLabel(self.look, State.SOON, f"Số trống: {series.gaps_text}"))
        if not series.doubled and not series.gaps:
            column.addWidget(StateLabel(self.look, State.OK, "Liên tục, không trống, không trùng"))
        card.add_padded(told)
        return card

    def _write_paper(self) -> None:
        from thidua_desktop.ui.pages.entry.page import EntryPage

        self.navigate.push(EntryPage(self.session, self.look, self.navigate, REGISTER))

    def refresh(self, changes: object = None) -> None:
        if isinstance(changes, Changes) and REGISTER in changes.registers and self.isVisible():
            self.load()

    def focus_first(self) -> None:
        (self._scroll if self.cards else self._write).setFocus()

    def help_key(self) -> str:
        return "numbers"

    def regions(self) -> list[QWidget]:
        return [self.head, self._scroll]
