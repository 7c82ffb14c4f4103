"""The vote of one item: counters, the village as a row of squares, and the sentence that says what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import FieldSpec, Row
from thidua_desktop.services.meetings import ItemState
from thidua_desktop.ui.components.counters import VoteCounter
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import ElidedLabel, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.vote_squares import VoteLegend, VoteShares, VoteSquares
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet

_MOST = 20_000


class CounterRow(QWidget):
    """Counters side by side, each under its caption; ``rest`` is a computed number at the end."""

    changed = Signal(str, int)

    def __init__(self, look: Look, agenda: FieldSpec, names: Sequence[str], legends: bool, rest: str = "") -> None:
        super().__init__()
        grid = QGridLayout(self)
        look.margins(grid, 0, 0, 0, 0, 8)
        grid.setVerticalSpacing(4)
        self.counters: dict[str, VoteCounter] = {}
        for column, name in enumerate(names):
            spec = agenda.child(name)
            counter = VoteCounter(look, spec.label, 0, _MOST, spec.unit)
            counter.changed.connect(lambda number, name=name: self.changed.emit(name, number))
            self.counters[name] = counter
            grid.addLayout(_caption(look, spec.label, name if legends else ""), 0, column)
            grid.addWidget(counter, 1, column)
            grid.setColumnStretch(column, 9)
        if rest:
            self.rest = label("0", TextRole.KEY_FIGURE)
            self.rest_unit = ElidedLabel("", ink="text-2")
            row = QHBoxLayout()
            look.margins(row, 4, 0, 0, 0, 6)
            row.addWidget(self.rest)
            row.addWidget(self.rest_unit, 1)
            grid.addLayout(_caption(look, rest, "silent"), 0, len(names))
            grid.addLayout(row, 1, len(names))
            grid.setColumnStretch(len(names), 9)

    def show_item(self, item: Row) -> None:
        """The counts as they stand."""
        for name, counter in self.counters.items():
            number = on.whole(item.get(name))
            if counter.value() != number:
                counter.set_value(number)


def _caption(look: Look, words: str, legend: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look.px(5))
    if legend:
        row.addWidget(VoteLegend(look, legend))
    row.addWidget(ElidedLabel(words, TextRole.CAPTION, "text-2"), 1)
    return row


class VotePanel(QWidget):
    """Counters by raised hands; with a secret ballot the ballots above, and the votes by valid ones."""

    edited = Signal()
    reason_kept = Signal(str, str)

    def __init__(self, look: Look, sheet: MeetingSheet, agenda: FieldSpec) -> None:
        super().__init__()
        self._sheet = sheet
        self._at = 0
        self._warnings: list[Problem] = []
        self._reasons: Mapping[str, str] = {}
        self.ballots = CounterRow(look, agenda, on.BALLOTS, legends=False)
        self.votes = CounterRow(look, agenda, on.VOTES, legends=True, rest="Chưa biểu quyết")
        self.squares = VoteSquares(look, VoteShares(0))
        self.notice = Notice(look, State.INFO, "")
        self.findings = FindingsView(look)
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 8)
        for widget in (self.ballots, self.votes, self.squares, self.findings, self.notice):
            column.addWidget(widget)
        for row in (self.ballots, self.votes):
            row.changed.connect(self._on_changed)
        self.findings.kept.connect(self.reason_kept)

    def field_of(self, focused: QWidget) -> str:
        """The field that a counter counts."""
        return next((name for name, counter in self.counters.items() if counter is focused), "")

    @property
    def counters(self) -> Mapping[str, VoteCounter]:
        """All counters by field."""
        return {**self.ballots.counters, **self.votes.counters}

    def first_counter(self) -> VoteCounter:
        """Where counting starts."""
        return self.ballots.counters["issued"] if not self.ballots.isHidden() else self.votes.counters["yes"]

    def show_item(self, at: int, item: Row, state: ItemState) -> None:
        """The vote of an item as it stands."""
        self._at = at
        present, total = self._sheet.state.present, self._sheet.state.total
        secret = item.get("method") == "secret"
        self.ballots.setVisible(secret)
        self.ballots.show_item(item)
        self.votes.show_item(item)
        silent = on.silent(item, present)
        self.votes.rest.setText(str(silent))
        self.votes.rest_unit.setText("phiếu hợp lệ" if secret else "hộ có mặt")
        yes, no, other = (on.whole(item.get(name)) for name in on.VOTES)
        self.squares.set_shares(VoteShares(total, yes, no, other, silent, state.needed))
        self.notice.set_notice(*vote_notice(item, state, total, present))
        self.notice.setVisible(not on.impossible(state))
        live = [problem for problem in state.problems if problem.severity is Severity.ERROR]
        self._show([*live, *self._warnings])

    def show_findings(self, problems: Sequence[Problem], reasons: Mapping[str, str]) -> None:
        """Problems of the counts as the whole meeting was checked; errors of counting are shown at once anyway."""
        self._reasons = reasons
        self._warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
        self._show(problems)

    def _show(self, problems: Sequence[Problem]) -> None:
        self.findings.set_findings(problems, self._reasons)
        wrong = {problem.field.rpartition(".")[2] for problem in problems}
        for name, counter in self.counters.items():
            counter.set_state("bad" if name in wrong else "")

    def _on_changed(self, name: str, number: int) -> None:
        self._sheet.vote(self._at, name, number)
        self.edited.emit()


def vote_notice(item: Row, state: ItemState, total: int, present: int) -> tuple[State, str, str]:
    """State, bold words and sentence: how many are missing, or that the number is reached."""
    if not item.get("matter"):
        return State.INFO, "Chọn loại việc", "Loại việc quyết định cần bao nhiêu hộ tán thành."
    whole = f"{present} hộ có mặt" if "có mặt" in state.share else f"tổng số {total} hộ"
    numbers = f"Có {state.yes}, cần {state.needed} trong {whole}."
    if not total:
        return State.WARN, "Chưa có tổng số hộ", "Nhập tổng số hộ để biết cần bao nhiêu hộ tán thành."
    if state.passed and on.is_voted(item):
        return State.OK, "Đủ số hộ tán thành", numbers
    if "phát phiếu" in state.sentence and present:
        why = f"Cần {state.needed}, có mặt {present}. Chuyển phát phiếu lấy ý kiến đến từng hộ."
        return State.WARN, "Không đủ hộ để quyết định", why
    if on.is_voted(item):
        return State.WARN, f"Còn thiếu {state.missing} hộ tán thành", numbers
    return State.INFO, f"Cần {state.needed} hộ tán thành", f"Trong {whole}, có mặt {present}."
