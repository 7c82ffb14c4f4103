"""One item of the meeting: what it is about, what was said, how the households voted, what was concluded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.meetings import Matter, needed_votes
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.meetings import matter_of
from thidua_desktop.text import lower_first
from thidua_desktop.ui.components.buttons import bordered, borderless, link
from thidua_desktop.ui.components.fields import FieldState, ProblemLine
from thidua_desktop.ui.components.labels import ElidedLabel, caption, hairline_widget, set_style_property
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.long_text import LongTextInput
from thidua_desktop.ui.pages.entry.widgets.registry import make_input
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.field_in import field_in
from thidua_desktop.ui.pages.meeting.matter_box import MatterBox
from thidua_desktop.ui.pages.meeting.meeting_clock import MatterClock, MeetingClock
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet
from thidua_desktop.ui.pages.meeting.vote_panel import VotePanel

_METHODS = ("hands", "secret")
_TEXTS = ("subject", "discussion", "conclusion")


class ItemPane(QWidget):
    """The item at ``at``. ``moved`` carries its new place, ``removed`` follows its removal."""

    edited = Signal()
    next_wanted = Signal()
    moved = Signal(int)
    removed = Signal()
    basis_wanted = Signal()
    reason_kept = Signal(str, str)

    def __init__(self, look: Look, sheet: MeetingSheet, clock: MeetingClock, context: InputContext) -> None:
        super().__init__()
        self.look, self.sheet, self.clock = look, sheet, clock
        self.at = 0
        self.agenda = sheet.session.register(on.REGISTER).field("agenda")
        self.inputs: dict[str, FieldInput] = {
            name: make_input(look, self.agenda.child(name), context) for name in _TEXTS
        }
        self.matter = MatterBox(look, sheet.session, self.agenda.child("matter"), self._needed)
        self.votes = VotePanel(look, sheet, self.agenda)
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        look = self.look
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 16, 6, 16, 12, 9)
        column.addWidget(self._make_title())
        column.addLayout(self._make_matter_row())
        self.problem = ProblemLine(look)
        column.addWidget(self.problem)
        discussion, conclusion = self.inputs["discussion"], self.inputs["conclusion"]
        _placeholder(discussion, "Tóm tắt ý kiến phát biểu")
        _fit_lines(look, discussion, 3)
        _fit_lines(look, conclusion, 1)
        column.addWidget(discussion)
        column.addWidget(self.votes)
        words = QVBoxLayout()
        words.setSpacing(look.px(3))
        words.addWidget(caption(conclusion.spec.label, "text-2"))
        words.addWidget(conclusion)
        column.addLayout(words)
        column.addStretch(1)
        self.area = scrolling(content, "Nội dung của việc")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self.area, 1)
        outer.addWidget(hairline_widget())
        outer.addLayout(self._make_foot())

    def _make_title(self) -> QWidget:
        look = self.look
        self.title = ElidedLabel("", TextRole.CARD_TITLE)
        self.menu = QMenu(self)
        self.more = borderless(look, "Khác", menu=self.menu)
        self.more.set_compact(28)
        self.more.setAccessibleName("Việc khác với mục này")
        for text, act in (
            ("Đổi tên việc", self.rename),
            ("Đưa lên trước", lambda: self._move(-1)),
            ("Đưa xuống sau", lambda: self._move(1)),
            ("Bỏ việc này", self._remove),
        ):
            self.menu.addAction(text).triggered.connect(act)
        self.clock_button = MatterClock(look, self.clock)
        self.names = Views()
        shown = QWidget()
        row = QHBoxLayout(shown)
        look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self.title, 1)
        row.addWidget(self.clock_button)
        row.addWidget(self.more)
        self.names.addWidget(shown)
        self.names.addWidget(self.inputs["subject"])
        _placeholder(self.inputs["subject"], "Tên việc đưa ra họp")
        look.follow(self.names, lambda: self.names.setFixedHeight(look.px(30)))
        look.follow(self.clock_button, self._fit_clock)
        return self.names

    def _make_matter_row(self) -> QHBoxLayout:
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.method = Segments(look, ["Giơ tay", "Phiếu kín"], name=self.agenda.child("method").label, height=30)
        look.follow(self.method, lambda: self.method.setFixedWidth(self.method.minimumSizeHint().width()))
        self.basis = link(look, "Căn cứ", "info", leads=False)
        row.addWidget(self.matter)
        row.addWidget(self.method)
        row.addWidget(self.basis)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return row

    def _make_foot(self) -> QHBoxLayout:
        look = self.look
        row = QHBoxLayout()
        self.again = borderless(look, "Biểu quyết lại", "rotate-ccw")
        self.next = bordered(look, "Sang việc 2", "arrow-right", "Ctrl+Enter")
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.next)
        look.follow(self, lambda: row.setContentsMargins(*(look.px(m) for m in (5, 10, 16, 10))))
        return row

    def _connect(self) -> None:
        for name, made in self.inputs.items():
            made.edited.connect(lambda name=name: self._on_text(name))
        self.inputs["subject"].left.connect(self._show_title)
        self.inputs["subject"].focus_target().returnPressed.connect(self.matter.setFocus)  # type: ignore[attr-defined]
        self.matter.activated.connect(self._on_matter)
        self.method.chosen.connect(self._on_method)
        self.basis.clicked.connect(self.basis_wanted)
        self.again.clicked.connect(self._vote_again)
        self.next.clicked.connect(self.next_wanted)
        self.votes.edited.connect(self._on_votes)
        self.votes.reason_kept.connect(self.reason_kept)
        self.sheet.changed.connect(lambda _what: self.refresh())

    # What is shown

    def show_item(self, at: int) -> None:
        """Shows another item."""
        self.at = at
        item = self._item()
        for name, made in self.inputs.items():
            made.set_value(item.get(name))
        self.method.set_current(1 if item.get("method") == "secret" else 0)
        self.area.verticalScrollBar().setValue(0)
        self.show_findings((), {})
        self.names.setCurrentIndex(0 if item.get("subject") else 1)
        self.refresh()

    def refresh(self) -> None:
        """Shows what follows from the meeting as it stands; texts being typed are left alone."""
        if not 0 <= self.at < len(self.sheet.agenda):
            return
        item, state = self._item(), self.sheet.state.items[self.at]
        subject = str(item.get("subject") or "")
        self.title.setText(f"Việc {self.at + 1}: {lower_first(subject)}" if subject else f"Việc {self.at + 1}")
        self.clock_button.show_matter(self.at)
        self.matter.show_code(item.get("matter"))
        voted = item.get("matter") != Matter.NO_VOTE
        self.method.setVisible(voted)
        self.votes.setVisible(voted)
        self.again.setVisible(voted)
        _placeholder(self.inputs["conclusion"], "Tự điền khi đủ phiếu, sửa được" if voted else "Ghi kết luận, nếu có")
        reason = "" if on.is_voted(item) else "Việc này chưa biểu quyết"
        self.again.set_reason(reason)
        self.votes.show_item(self.at, item, state)
        last = self.at == len(self.sheet.agenda) - 1
        self.next.set_content("Sang việc sau họp" if last else f"Sang việc {self.at + 2}")
        self._show_conclusion(item)

    def show_findings(self, problems: Sequence[Problem], reasons: Mapping[str, str]) -> None:
        """Problems of this item: counts beside the counters, the rest under the kind of matter."""
        counts = [p for p in problems if on.place_of(p.field).column in (*on.VOTES, *on.BALLOTS)]
        others = [p for p in problems if p not in counts]
        self.votes.show_findings(counts, reasons)
        self.problem.set_problem(" ".join(dict.fromkeys(p.text for p in others if p.severity is Severity.ERROR)))
        wrong = {on.place_of(problem.field).column for problem in others}
        for name, made in self.inputs.items():
            made.set_state(FieldState.BAD if name in wrong else FieldState.NORMAL)
        set_style_property(self.matter, "state", "bad" if "matter" in wrong else "")

    def go_to(self, problem: Problem) -> None:
        """Puts the focus where a problem of this item is mended."""
        column = on.place_of(problem.field).column
        block = self.votes.findings.warning_block(problem.key)
        if block is not None:
            target: QWidget = block.reason
        elif column in self.votes.counters:
            target = self.votes.counters[column]
        elif column in self.inputs:
            if column == "subject":
                self.names.setCurrentIndex(1)
            target = self.inputs[column].focus_target()
        else:
            target = self.matter
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(target)

    def first_place(self) -> QWidget:
        """Where Ctrl+3 goes: the name of a new item, its kind, or counting."""
        item = self._item()
        if not item.get("subject"):
            self.names.setCurrentIndex(1)
            return self.inputs["subject"].focus_target()
        if not item.get("matter"):
            return self.matter
        if item.get("matter") == Matter.NO_VOTE:
            return self.inputs["discussion"].focus_target()
        return self.votes.first_counter()

    def rename(self) -> None:
        """Lets the name of the item be typed."""
        self.names.setCurrentIndex(1)
        self.inputs["subject"].go_to()
        self.inputs["subject"].focus_target().end(False)  # type: ignore[attr-defined]

    def help_key(self, focused: QWidget) -> str:
        """The field in focus, for F1."""
        child = self.votes.field_of(focused) or field_in(self.inputs.values(), focused)
        if focused is self.matter:
            child = "matter"
        elif self.method.isAncestorOf(focused):
            child = "method"
        return f"agenda.{child}".rstrip(".")

    def set_hints_shown(self, shown: bool) -> None:
        """Key hints are the first words to go."""
        self.next.set_key_hint_shown(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_clock()

    def _fit_clock(self) -> None:
        """What a title of some words and "Khác" leave."""
        self.clock_button.fit(self.width() - self.more.sizeHint().width() - self.look.px(32 + 2 * 8 + 160))

    # What is done

    def _item(self) -> Row:
        return self.sheet.agenda[self.at] if 0 <= self.at < len(self.sheet.agenda) else {}

    def _needed(self, code: str) -> str:
        state, day = self.sheet.state, self.sheet.values.get("held_on") or self.sheet.session.today
        if not state.total or not code:
            return ""
        needed = needed_votes(matter_of(code), state.total, day, state.present)  # type: ignore[arg-type]
        return f"{needed}/{state.total} hộ" if needed else ""

    def _show_conclusion(self, item: Row) -> None:
        made, now = self.inputs["conclusion"], str(item.get("conclusion") or "")
        if not made.focus_target().hasFocus() and not made.composing() and _typed(made) != now:
            made.set_value(now or None)

    def _show_title(self) -> None:
        self.names.setCurrentIndex(0 if self._item().get("subject") else 1)

    def _set(self, **values: Value) -> None:
        self.clock.open_matter(self.at)
        self.sheet.set_item(self.at, **values)
        self.edited.emit()

    def _on_votes(self) -> None:
        self.clock.open_matter(self.at)
        self.edited.emit()

    def _on_text(self, name: str) -> None:
        self._set(**{name: _typed(self.inputs[name]) or None})

    def _on_matter(self, _at: int) -> None:
        code = self.matter.chosen()
        method = "none" if code == Matter.NO_VOTE else _METHODS[self.method.current()]
        self._set(matter=str(code), method=method)

    def _on_method(self, at: int) -> None:
        taken = dict.fromkeys(on.BALLOTS) if at == 0 else {}
        self._set(method=_METHODS[at], **taken)

    def _vote_again(self) -> None:
        self.sheet.vote_again(self.at)
        self.edited.emit()
        self.votes.first_counter().setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, by: int) -> None:
        places = list(range(len(self.sheet.agenda)))
        to = self.sheet.move_item(self.at, by)
        places.insert(to, places.pop(self.at))
        self.clock.reorder(places)
        self.moved.emit(to)
        self.edited.emit()

    def _remove(self) -> None:
        self.clock.reorder([at for at in range(len(self.sheet.agenda)) if at != self.at])
        self.sheet.remove_item(self.at)
        self.edited.emit()
        self.removed.emit()


def _typed(made: FieldInput) -> str:
    """A text as it stands in its input, cleaned at both ends; also where its field type would refuse it."""
    if isinstance(made, LongTextInput):
        return made.area.toPlainText().strip()
    return made.line.text().strip()  # type: ignore[attr-defined, no-any-return]


def _fit_lines(look: Look, made: FieldInput, least: int) -> None:
    """A text area as high as its lines, at least ``least``; without a scroll bar, for the pane scrolls."""
    area = made.focus_target()
    assert isinstance(area, QPlainTextEdit)
    area.document().setDocumentMargin(1)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit() -> None:
        lines = max(least, int(area.document().size().height()))
        spacing = math.ceil(QFontMetricsF(area.font()).lineSpacing())
        area.setFixedHeight(lines * spacing + look.px(14))

    area.document().documentLayout().documentSizeChanged.connect(lambda _size: fit())
    look.follow(area, lambda: QTimer.singleShot(0, area, fit))  # lines are broken anew after the font has changed
    fit()


def _placeholder(made: FieldInput, words: str) -> None:
    made.focus_target().setPlaceholderText(words)  # type: ignore[attr-defined]
