"""Phiếu khảo sát: forms taken in from a file, each with its deadline, its answers and its results."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import surveys
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.surveys import SurveyState
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import ElidedLabel, StateLabel, hairline_widget
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_SOON = 7


class SurveysPage(Page):
    """One line for each survey; answering and results open over this page."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Phiếu khảo sát")
        self.add_button = filled(look, "Nhận phiếu từ tệp…", "file-input")
        self.add_button.clicked.connect(self._ask_file)
        if not session.may(Permission.RECORD):
            self.add_button.set_reason("Quyền của bạn chỉ xem sổ")
        self.head = PageHead(look, "Phiếu khảo sát", actions=(self.add_button,))
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        card = Card(look, flush=True)  # as high as the surveys, and the page scrolls
        card.add(self._rows)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._listed = scrolling(held, "Các phiếu")
        words = "Tỉnh gửi phiếu là một tệp .toml. Nhận tệp ở đây, ghi trả lời như ghi sổ; trả lời đi theo gói gửi tỉnh."
        if session.is_province:
            words = "Nhận đúng tệp phiếu đã phát cho các xã; trả lời trong gói của xã được đếm ở đây."
        take_in = bordered(look, "Chọn tệp phiếu…", "file-input")
        take_in.clicked.connect(self._ask_file)
        take_in.set_reason("" if session.may(Permission.RECORD) else "Quyền của bạn chỉ xem sổ")
        self._empty = EmptyState(look, words, (take_in,), "Chưa có phiếu nào", "clipboard-list")
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self._listed, 1)
        outer.addWidget(self._empty, 1)
        self.shown: list[SurveyState] = []
        self.follow(session)
        self.load()

    def load(self) -> None:
        """Read the surveys again."""
        self.shown = surveys.surveys(self.session)
        clear_layout(self._column)
        for number, one in enumerate(self.shown):
            if number:
                self._column.addWidget(hairline_widget())
            self._column.addWidget(self._row(one))
        self._listed.setVisible(bool(self.shown))
        self._empty.setVisible(not self.shown)

    def take_in(self, path: Path) -> None:
        """Take a form in from a file."""
        try:
            spec = surveys.add_survey(self.session, path)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.load()
        self.navigate.show_message(f"Đã nhận phiếu: {spec.title}.")

    def answer(self, name: str) -> None:
        """The answers of a survey, as a list like any other."""
        from thidua_desktop.ui.pages.lists.page import ListPage

        self.navigate.push(ListPage(self.session, self.look, self.navigate, name))

    def results(self, name: str) -> None:
        """What was answered, counted."""
        from thidua_desktop.ui.pages.surveys.results_page import SurveyResultsPage

        self.navigate.push(SurveyResultsPage(self.session, self.look, self.navigate, name))

    def refresh(self, changes: object = None) -> None:
        if self.isVisible():
            self.load()

    def title(self) -> str:
        return "Phiếu khảo sát"

    def focus_first(self) -> None:
        self.load()
        self.add_button.setFocus()

    def regions(self) -> list[QWidget]:
        return [self.head, self._rows]

    def _row(self, one: SurveyState) -> QWidget:
        look, holder = self.look, QWidget()
        row = QHBoxLayout(holder)
        look.margins(row, 16, 8, 12, 8, 12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(one.title, TextRole.STRONG, lines=3))
        asked = f"{one.asked_by}, " if one.asked_by else ""
        words.addWidget(ElidedLabel(f"{asked}{one.due_text}", ink="muted", lines=2))
        row.addLayout(words, 1)
        row.addWidget(StateLabel(look, _state(one), f"{one.answers} phiếu trả lời"))
        open_button = bordered(look, "Mở sổ trả lời" if self.session.is_province else "Trả lời", "pencil")
        open_button.setAccessibleName(f"Trả lời {one.title}")
        open_button.clicked.connect(lambda _checked=False: self.answer(one.name))
        result_button = bordered(look, "Kết quả", "sigma")
        result_button.setAccessibleName(f"Kết quả {one.title}")
        result_button.clicked.connect(lambda _checked=False: self.results(one.name))
        row.addWidget(open_button)
        row.addWidget(result_button)
        return holder

    def _ask_file(self) -> None:
        path = file_to_open(self, "Nhận phiếu khảo sát", "Phiếu khảo sát (*.toml)", Files.DEFINITIONS)
        if path is not None:
            self.take_in(path)


def _state(one: SurveyState) -> State:
    if one.answers:
        return State.OK
    return State.WARN if one.days_left <= _SOON else State.WAITING
