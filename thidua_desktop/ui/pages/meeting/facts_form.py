"""Forms over a part of the meeting's definition: how a new meeting starts, and its facts behind "Sửa"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.model import RegisterSpec, Section, Value, Values
from thidua_desktop.services import meetings
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import IconLabel, hairline_widget
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.form_check import Reading, is_missing
from thidua_desktop.ui.pages.entry.form_line import LABEL_MEDIUM
from thidua_desktop.ui.pages.entry.form_view import FormView
from thidua_desktop.ui.pages.entry.widgets.field_input import LinkedForms
from thidua_desktop.ui.pages.meeting import meeting_values as on

ELSEWHERE = ("attendance", "agenda", "tasks", "households_present", "women_present")
"""Fields that have a place of their own on the page."""

START_LINES = (("residential_area",), ("group",), ("held_on", "starts_at"), ("kind",), ("place",))


def facts_spec(spec: RegisterSpec) -> RegisterSpec:
    """The register without the parts that the page shows by itself; at most two fields stand beside each other."""
    fields = tuple(field for field in spec.fields if field.name not in ELSEWHERE)
    names = {field.name for field in fields}
    sections = (
        Section(
            section.title, tuple(part for line in section.lines for part in _pairs([n for n in line if n in names]))
        )
        for section in spec.sections
    )
    return replace(spec, fields=fields, sections=tuple(section for section in sections if section.lines))


def _pairs(names: Sequence[str]) -> list[tuple[str, ...]]:
    """A line of three fields in two lines, for the form shares the room with the list of households."""
    if len(names) > 2:
        return [tuple(names[:1]), *(tuple(names[at : at + 2]) for at in range(1, len(names), 2))]
    return [tuple(names)] if names else []


def start_spec(spec: RegisterSpec) -> RegisterSpec:
    """The few fields that a new meeting needs to begin."""
    names = {name for line in START_LINES for name in line}
    fields = tuple(field for field in spec.fields if field.name in names)
    return replace(spec, fields=fields, sections=(Section("Họp ở đâu, ngày nào", START_LINES),))


class FactsForm(Card):
    """The facts of a running meeting; ``closed`` when the person is through, ``edited`` carries the field."""

    edited = Signal(str)
    left = Signal(str)
    closed = Signal()
    reason_kept = Signal(str, str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Thông tin cuộc họp")
        self.form = FormView(look, session, facts_spec(session.register(on.REGISTER)))
        self.form.geometry_of_lines.set_label_width(LABEL_MEDIUM)
        self.add(self.form, 1)
        self.done = bordered(look, "Xong", "check", "Esc")
        self.add_foot(self.done, spring_at=0)
        self.done.clicked.connect(self.closed)
        self.form.edited.connect(self.edited)
        self.form.left.connect(self.left)
        self.form.reason_kept.connect(self.reason_kept)

    def changed_values(self) -> dict[str, Value]:
        """Every field of the form as it stands; None for what is empty or not understood."""
        values = self.form.read().values
        return {name: values.get(name) for name in self.form.order}

    def show_findings(self, problems: Sequence[Problem], reasons: Mapping[str, str]) -> None:
        """Problems of its fields, and what was not understood."""
        self.form.show_findings([*self.form.read().unread, *problems], reasons)


class StartCard(Card):
    """A new meeting: where, when, what kind; ``begun`` when it may start."""

    edited = Signal()
    begun = Signal()

    def __init__(self, look: Look, session: Session, linked: LinkedForms | None = None) -> None:
        super().__init__(look)
        self.session = session
        self.form = FormView(look, session, start_spec(session.register(on.REGISTER)), linked)
        self.households = IconLabel(look, "users", "", "text-2", TextRole.BASE)
        self.begin = filled(look, "Vào họp", "arrow-right", "Ctrl+Enter")
        foot = QHBoxLayout()
        foot.addWidget(self.households)
        foot.addStretch(1)
        foot.addWidget(self.begin)
        holder = QVBoxLayout()
        holder.addLayout(foot)
        self.add(self.form, 1)
        self.add(hairline_widget())
        self.add_padded(holder, 9, 9)
        self.begin.clicked.connect(self.begun)
        self.form.last_passed.connect(self.begun)
        self._tried = False
        self.form.edited.connect(lambda _name: self._on_edited())
        self.form.left.connect(lambda _name: self._on_left())

    def show_values(self, values: Values) -> None:
        """Shows what is known of the meeting."""
        self.form.set_values(values)
        self._tried = False
        self.form.show_findings((), {})
        self.retell()

    def reading(self) -> Reading:
        """What stands in the form."""
        return self.form.read()

    def stopping(self) -> list[Problem]:
        """What keeps the meeting from starting, shown beside the fields."""
        self._tried = True
        return self._shown_problems()

    def _shown_problems(self) -> list[Problem]:
        """What was not understood, and what is missing once somebody tried to begin; shown beside the fields."""
        from thidua_desktop.services import records

        read = self.reading()
        checked = records.check(self.session, on.REGISTER, read.values) if self._tried else ()
        unread = {problem.field for problem in read.unread}
        missing = [p for p in checked if is_missing(p) and p.field in self.form.order and p.field not in unread]
        problems = [*read.unread, *missing]
        self.form.show_findings(problems, {})
        return problems

    def retell(self) -> None:
        """How many households the chosen area or group has."""
        values = self.reading().values
        area, group = values.get("residential_area"), values.get("group")
        if not isinstance(area, str):
            self.households.set_content("users", "Chọn khu dân cư để lấy danh sách hộ", "text-2")
            return
        found = meetings.attendance_for(
            self.session, area, group if isinstance(group, str) else None, self.form.day(), carry=False
        )
        words = f"{len(found)} hộ trong sổ hộ gia đình" if found else "Chưa có hộ trong sổ, sẽ nhập số hộ"
        self.households.set_content("users", words, "text-2")

    def _on_left(self) -> None:
        self.retell()
        self._shown_problems()

    def _on_edited(self) -> None:
        self.retell()
        self.edited.emit()
