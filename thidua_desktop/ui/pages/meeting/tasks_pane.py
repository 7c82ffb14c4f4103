"""What follows the meeting: who does what until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.fields import FieldState
from thidua_desktop.ui.components.labels import ElidedLabel, hairline_widget, label
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.entry.widgets.field_input import InputContext
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.field_in import field_in
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet


class TasksPane(QWidget):
    """The tasks in the place of an item; ``next_wanted`` leads to the end of the meeting."""

    edited = Signal()
    next_wanted = Signal()

    def __init__(self, look: Look, sheet: MeetingSheet, context: InputContext) -> None:
        super().__init__()
        self.sheet = sheet
        spec = sheet.session.register(on.REGISTER).field("tasks")
        self.rows = RowsInput(look, spec, context)
        self.rows.set_spoken(spec.label)
        self.findings = FindingsView(look)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 16, 6, 16, 12, 9)
        title = ElidedLabel(spec.label, TextRole.CARD_TITLE)
        look.follow(title, lambda: title.setFixedHeight(look.px(34)))
        column.addWidget(title)
        column.addWidget(label(spec.help, ink="text-2", wrap=True))
        column.addWidget(self.rows)
        column.addWidget(self.findings)
        column.addStretch(1)
        self.area = scrolling(content, spec.label)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self.area, 1)
        outer.addWidget(hairline_widget())
        self.next = bordered(look, "Tới Kết thúc họp", "arrow-right", "Ctrl+Enter")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.next)
        look.follow(self, lambda: foot.setContentsMargins(*(look.px(m) for m in (16, 10, 16, 10))))
        outer.addLayout(foot)
        self.next.clicked.connect(self.next_wanted)
        self.rows.edited.connect(self._on_edited)
        self.findings.chosen.connect(self.go_to)

    def show_meeting(self) -> None:
        """Shows the tasks anew."""
        self.rows.set_value(self.sheet.values.get("tasks"))
        self.findings.set_findings((), {})

    def tell_next(self, over: bool) -> None:
        """What the last step leads to: an ended meeting is only saved."""
        self.next.set_content("Tới Lưu" if over else "Tới Kết thúc họp", "arrow-right")

    def show_findings(self, problems: Sequence[Problem], reasons: Mapping[str, str]) -> None:
        """Problems of the tasks."""
        self.findings.set_findings(self.rows.told(problems), reasons)
        self.rows.set_state(FieldState.NORMAL)
        for problem in problems:
            self.rows.set_place_state(problem.field.removeprefix("tasks"), FieldState.BAD)

    def go_to(self, problem: Problem) -> None:
        """Puts the focus where a problem is mended."""
        self.rows.go_to(problem.field.removeprefix("tasks"))

    def first_place(self) -> QWidget:
        """Where Ctrl+3 goes."""
        return self.rows.focus_target()

    def unread(self) -> list[Problem]:
        """What was typed and not understood (a date)."""
        return self.rows.read()[1]

    def help_key(self, focused: QWidget) -> str:
        """The field in focus, for F1."""
        return f"tasks.{field_in(self.rows.parts(), focused)}".rstrip(".")

    def set_hints_shown(self, shown: bool) -> None:
        """Key hints are the first words to go."""
        self.next.set_key_hint_shown(shown)

    def _on_edited(self) -> None:
        self.sheet.set_tasks(self.rows.read()[0])
        self.edited.emit()
