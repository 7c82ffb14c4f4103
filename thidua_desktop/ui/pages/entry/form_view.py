"""The sections of a register's form: inputs, lines, findings. Knows nothing of saving."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.reasons import reason_for
from thidua_desktop.formdef.conditions import meets
from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Row, Section, Value, Values
from thidua_desktop.services.attachments import is_technical
from thidua_desktop.services.proposals import row_proposals
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.fields import FieldState
from thidua_desktop.ui.components.labels import hairline_widget, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.entry.form_check import Reading, field_of
from thidua_desktop.ui.pages.entry.form_line import FormGeometry, FormLine
from thidua_desktop.ui.pages.entry.widgets.enter import EnterStays, on_enter
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext, LinkedForms
from thidua_desktop.ui.pages.entry.widgets.pick_line import PickLine
from thidua_desktop.ui.pages.entry.widgets.registry import make_input
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput

_SETTLE = 20  # milliseconds until a changed layout stands
_SHORT_FORM = 7  # fields: Enter leaves none of them out
_SECOND_LABEL_LETTERS = 26  # two lines of a label that stands within a line
_SUM = "sum_of_fields"  # of a sum in the list its parts are typed
_ALONE = {FieldType.LONG_TEXT, FieldType.ROWS, FieldType.CHOICES}


def sections_of(session: Session, spec: RegisterSpec) -> tuple[Section, ...]:
    """The declared sections with what this person may see; fields that no section names come last, two by two."""
    technical = {field.name for field in spec.living_fields if is_technical(spec.name, field.name)}
    seen = {field.name for field in spec.living_fields if session.sees(field)} - technical
    shown = []
    for section in spec.sections:
        lines = [tuple(name for name in line if name in seen) for line in section.lines]
        shown.append(Section(section.title, tuple(part for line in lines for part in fitting_lines(spec, line))))
    named = {name for section in shown for line in section.lines for name in line}
    rest = [field for field in spec.living_fields if field.name in seen - named]
    if rest:
        shown.append(Section("Nội dung khác" if shown else f"Nội dung {spec.singular}", derived_lines(rest)))
    return tuple(section for section in shown if section.lines)


def fitting_lines(spec: RegisterSpec, line: Sequence[str]) -> list[tuple[str, ...]]:
    """A declared line in as many lines of the form as it has room for.

    Two fields stand beside each other where the second's label is short enough; a third only behind hours.
    """
    parts: list[list[FieldSpec]] = []
    for field in map(spec.field, line):
        if parts and _has_room(parts[-1], field):
            parts[-1].append(field)
        else:
            parts.append([field])
    return [tuple(field.name for field in part) for part in parts]


def _has_room(beside: Sequence[FieldSpec], field: FieldSpec) -> bool:
    if field.type in _ALONE or beside[0].type in _ALONE:
        return False
    if len(beside) == 1:
        return len(field.label) <= _SECOND_LABEL_LETTERS
    return len(beside) == 2 and beside[1].type is field.type is FieldType.TIME


def derived_lines(fields: Sequence[FieldSpec]) -> tuple[tuple[str, ...], ...]:
    """Short fields two by two, long ones by themselves."""
    lines: list[list[FieldSpec]] = []
    for field in fields:
        open_line = lines and len(lines[-1]) == 1 and lines[-1][0].type not in _ALONE
        if open_line and field.type not in _ALONE:
            lines[-1].append(field)
        else:
            lines.append([field])
    return tuple(tuple(field.name for field in line) for line in lines)


class SectionView(QWidget):
    """One section: its title and lines. A section is no stop for Tab."""

    def __init__(self, look: Look, section: Section, inputs: Mapping[str, FieldInput], geometry: FormGeometry) -> None:
        super().__init__()
        self.section = section
        self.names = tuple(name for line in section.lines for name in line)
        column = QVBoxLayout(self)
        look.margins(column, 16, 12, 16, 12, 8)
        column.addWidget(label(section.title, TextRole.CARD_TITLE))
        self.lines = [FormLine(look, [inputs[name] for name in line], geometry) for line in section.lines]
        for line in self.lines:
            column.addWidget(line)


class FormView(QScrollArea):
    """All sections, scrolling. Signals carry field names; ``reason_kept`` a warning's key and reason.

    Enter in a field of one line goes on to the next one that is usually filled; ``last_passed`` after the last of them.
    ``going_on`` comes before: whoever checks the form does it then, as what was just typed may ask for another field.
    """

    last_passed = Signal()
    going_on = Signal()
    edited = Signal(str)
    entered = Signal(str)
    left = Signal(str)
    reason_kept = Signal(str, str)

    def __init__(
        self, look: Look, session: Session, spec: RegisterSpec, linked: LinkedForms | None = None
    ) -> None:  # fmt: skip
        super().__init__()
        self.look, self.session, self.spec = look, session, spec
        self.sections = sections_of(session, spec)
        self.order = tuple(name for section in self.sections for line in section.lines for name in line)
        context = InputContext(session, self.day, self.area, linked, self._new_row)
        area_context = InputContext(session, self.day, linked=linked)
        self.inputs: dict[str, FieldInput] = {
            name: make_input(
                look,
                spec.field(name),
                area_context if name == spec.area_field else context,
                computed=name in spec.computed_fields,
            )
            for name in self.order
        }
        self.geometry_of_lines = FormGeometry(look)
        lines = [line for section in self.sections for line in section.lines if len(line) > 1]
        self.geometry_of_lines.measure_second_labels([[spec.field(name) for name in line] for line in lines])
        self._base: dict[str, Value] = {}
        self._asked_for: frozenset[str] = frozenset()
        self.is_new = False  # nobody knows yet when what begins will have ended
        self._in_error: frozenset[str] = frozenset()
        self._left_out: frozenset[str] = frozenset()
        self._conditional = [field for field in spec.living_fields if field.asked_when and field.name in self.inputs]
        self._put_by: dict[str, object] = {}
        self._enter = EnterStays()
        self.section_views: list[SectionView] = []
        self._lines: dict[str, FormLine] = {}  # by field
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Phiếu ghi")
        content = QWidget()
        self.setWidget(content)  # while it is empty: Qt measures and styles at once what it is given
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in self.sections:
            if self.section_views:
                column.addWidget(hairline_widget())
            view = SectionView(self.look, section, self.inputs, self.geometry_of_lines)
            self.section_views.append(view)
            for names, line in zip(section.lines, view.lines, strict=True):
                self._lines.update(dict.fromkeys(names, line))
            column.addWidget(view)
        column.addStretch(1)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def add_part(self, title: str, part: QWidget) -> QWidget:
        """Something that belongs to the record besides its fields, below the last section; gives the whole block."""
        block = QWidget()
        column = QVBoxLayout(block)
        self.look.margins(column, 16, 12, 16, 12, 8)
        column.addWidget(label(title, TextRole.CARD_TITLE))
        column.addWidget(part)
        content = self.widget()
        layout = content.layout() if content is not None else None
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, hairline_widget())
            layout.insertWidget(layout.count() - 1, block)
        return block

    def _connect(self) -> None:
        for name, made in self.inputs.items():
            made.edited.connect(partial(self._on_edited, name))
            made.entered.connect(lambda name=name: self._on_entered(name))
            made.left.connect(lambda name=name: self.left.emit(name))
            on_enter(made, partial(self.go_on, name))
        for view in self.section_views:
            for line in view.lines:
                line.kept.connect(self.reason_kept)
                line.answered.connect(self._on_answered)
                line.mended.connect(self._mend)
                line.chosen.connect(self.go_to)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._close_lists())

    def findings_of(self, name: str) -> FindingsView:
        """What is found in a field."""
        return self._lines[name].findings_of(name)

    def _findings(self) -> Iterator[tuple[str, FindingsView]]:
        """Field and findings, of the fields in which something was ever found."""
        for name in self.order:
            found = self._lines[name].findings.get(name)
            if found is not None:
                yield name, found

    # Values

    def day(self) -> date | None:
        """The record's day as it stands in the form."""
        value = self._known(self.spec.date_field)
        return value if isinstance(value, date) else None

    def area(self) -> str | None:
        """The record's residential area as it stands in the form."""
        value = self._known(self.spec.area_field)
        return value if isinstance(value, str) else None

    def _known(self, name: str) -> Value:
        made = getattr(self, "inputs", {}).get(name)
        if made is None:
            return None
        try:
            value: Value = made.value()
        except NotUnderstood:
            return None
        return value

    def _new_row(self, rows: str) -> Row:
        """What a new child row begins with, as the form stands now."""
        return row_proposals(self.session, self.spec, rows, self.read().values)

    def set_values(self, values: Values) -> None:
        """Shows a record; values of fields that are not shown are kept as they are."""
        self._base = dict(values)
        self._put_by.clear()
        for name, made in self.inputs.items():
            made.set_value(values.get(name))
        self._ask_what_fits()

    def put_back(self, name: str) -> None:
        """A field shows again what the record holds."""
        self.inputs[name].set_value(self._base.get(name))

    def show_computed(self, values: Values) -> None:
        """Shows what the program computes now; fields that are typed stay as they are."""
        for name in self.spec.computed_fields:
            made = self.inputs.get(name)
            if made is not None:
                made.set_value(values.get(name))

    def first_typed(self, names: Sequence[str] = ()) -> str:
        """The first of ``names`` (of all fields) that a person types; the first one where none is."""
        among = names or self.order
        return next((name for name in among if name not in self.spec.computed_fields), among[0])

    def _ask_what_fits(self, deciding: str = "", told_of: frozenset[str] = frozenset()) -> None:
        """Hides the lines of fields that an answer makes meaningless, and passes them over.

        What a person wrote in one of them before changing the answer ``deciding`` is put by, and is there again with
        the old answer; what was saved in one stays shown, and so does what a finding tells of.
        """
        unasked = set()
        for field in self._conditional:
            made = self.inputs[field.name]
            if meets(field.asked_when, {one.field: self._known(one.field) for one in field.asked_when}):
                if field.name in self._put_by and made.is_empty():
                    made.set_draft(self._put_by.pop(field.name))
                continue
            if deciding in {one.field for one in field.asked_when} and not made.is_empty():
                self._put_by[field.name] = made.draft()
                made.set_value(None)
            if made.is_empty() and field.name not in told_of:
                unasked.add(field.name)
        if unasked != self._left_out:
            self._left_out = frozenset(unasked)
            for section, view in zip(self.sections, self.section_views, strict=True):
                for line, shown in zip(section.lines, view.lines, strict=True):
                    set_shown(shown, not self._left_out.issuperset(line))

    def shown(self) -> tuple[str, ...]:
        """The fields that are not left out, in their order."""
        return tuple(name for name in self.order if name not in self._left_out)

    def usual_after(self, name: str) -> str:
        """The next field that is required, in error or in the register's list, of a short form any; "" after the last.

        In error is also a field that another one's choice makes necessary: a person's award needs the person; an empty
        field that something is said of is asked for like it.
        """
        after = self.order[self.order.index(name) + 1 :] if name in self.order else ()
        usual = self._usual()
        return next((one for one in after if one in usual), "")

    def first_usual(self, kept: Collection[str]) -> str:
        """Where the next record begins when these were kept from the last one: its first usual field."""
        usual = self._usual()
        fresh = [one for one in self.order if one not in kept]
        return next((one for one in fresh if one in usual), self.first_typed(fresh))

    def _usual(self) -> set[str]:
        usual = {field.name for field in self.spec.living_fields if field.required} | set(self.spec.list.columns)
        usual |= self._asked_for
        sums = [one for one in self.spec.computed if one.function == _SUM and one.field in usual]
        usual |= {part for one in sums for part in one.args}
        if len(self.order) <= _SHORT_FORM:
            usual |= set(self.order)
        if self.is_new:
            later = {field.name for field in self.spec.living_fields if field.later}
            usual -= {name for name in later - self._asked_for if self.inputs[name].is_empty()}
        return usual - self._left_out - self.spec.computed_fields

    def go_on(self, name: str) -> None:
        """Enter in a field: the next one that is usually filled; stays where what was typed cannot be."""
        self.going_on.emit()
        made = self.inputs[name]
        if self._enter.stays_at(made, name in self._in_error and not made.is_empty()):
            self.left.emit(name)  # what is wrong is shown as if the field had been left
            return
        following = self.usual_after(name)
        if not following:
            self.last_passed.emit()
            return
        self.come_to(following)

    def _on_answered(self, name: str) -> None:
        """A warning has its reason: to the next one without, else where Enter in the field would have gone."""
        blocks = (block for _name, found in self._findings() if (block := found.waiting()) is not None)
        block = next(blocks, None)
        if block is not None:
            block.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.come_to(self.usual_after(name) or name)

    def come_to(self, name: str) -> None:
        """As if by Tab: what stands there is selected, so that typing replaces it; rows are gone on with."""
        self.inputs[name].begin()
        self._on_entered(name)

    def read(self) -> Reading:
        """What stands in the form."""
        values, unread = dict(self._base), list[Problem]()
        for name, made in self.inputs.items():
            value, problems = made.read()
            values[name] = value
            unread += problems
        return Reading({name: value for name, value in values.items() if value is not None}, tuple(unread))

    def filled(self) -> frozenset[str]:
        """Names of fields that hold something."""
        return frozenset(name for name, made in self.inputs.items() if not made.is_empty())

    def draft(self) -> dict[str, object]:
        """What stands in the fields, understood or not, as drafts keep it."""
        kept = {name: made.draft() for name, made in self.inputs.items()}
        return {name: value for name, value in kept.items() if value is not None}

    def set_draft(self, kept: Mapping[str, object]) -> None:
        """Shows a draft over what is there."""
        for name, made in self.inputs.items():
            made.set_draft(kept.get(name))
        self._ask_what_fits()

    def composing(self) -> bool:
        """True while an input method holds unfinished text in any field."""
        return any(made.composing() for made in self.inputs.values())

    def choosing(self) -> bool:
        """True while a list offers what the typed letters may mean: half a word is no mistake yet."""
        focused = self.window().focusWidget()
        return isinstance(focused, PickLine) and focused.highlighted() is not None

    # Findings and focus

    def show_findings(
        self, problems: Sequence[Problem], reasons: Mapping[str, str], missing: Sequence[Problem] = ()
    ) -> None:
        """Puts every finding beside its field; those of no shown field go to the first field.

        ``missing``: what will be found where nothing stands yet, not shown before the person has been there.
        """
        by_field: dict[str, list[Problem]] = {name: [] for name in self.order}
        for problem in problems:
            name = field_of(problem)
            by_field[name if name in by_field else self.order[0]].append(problem)
        self._ask_what_fits(told_of=frozenset(map(field_of, (*problems, *missing))))
        filled = self.filled()
        self._asked_for = frozenset(
            name
            for one in (*problems, *missing)
            if (name := field_of(one)) not in filled or one.severity is Severity.ERROR
        )
        self._in_error = frozenset(field_of(one) for one in problems if one.severity is Severity.ERROR)
        shown = dict(self._findings())
        for name, found in by_field.items():
            made = self.inputs[name]
            told = made.told(found)
            if found or name in shown:
                self.findings_of(name).set_findings(told, reasons)
            made.set_state(FieldState.NORMAL)
            for problem in sorted(found, key=lambda p: p.severity is Severity.ERROR):
                state = _border(problem, reasons)
                if state is not FieldState.NORMAL:
                    made.set_place_state(problem.field.removeprefix(name), state)
            texts = " ".join(problem.text for problem in told)
            made.focus_target().setAccessibleDescription(texts or made.spec.unit)

    def keep_typed_reasons(self) -> None:
        """The reasons that stand in the form count when it is saved."""
        for _name, view in self._findings():
            view.keep_typed()

    def next_of(self, problems: Sequence[Problem]) -> Problem:
        """Of one problem or more the one after the place in focus, from the top again after the last one."""
        ordered = sorted(problems, key=self._place_of)
        focused, shown = self.window().focusWidget(), dict(self._findings())
        for at, problem in enumerate(ordered):
            view = shown.get(field_of(problem))
            block = view.warning_block(problem.key) if view is not None else None
            if block is not None and focused is not None and block.isAncestorOf(focused):
                return ordered[(at + 1) % len(ordered)]
        here = self._focused_place()
        return next((problem for problem in ordered if self._place_of(problem) > here), ordered[0])

    def _place_of(self, problem: Problem) -> tuple[int, int]:
        """In the reading order: the field, and the cell within it."""
        name = field_of(problem)
        if name not in self.inputs:
            return 0, 0
        return self.order.index(name), self.inputs[name].order_of(problem.field.removeprefix(name))

    def _focused_place(self) -> tuple[int, int]:
        for at, name in enumerate(self.order):
            made = self.inputs[name]
            for cell, part in enumerate(made.parts()):
                if part.has_focus():
                    return at, cell
            if made.has_focus():
                return at, len(made.parts())
        return -1, 0

    def go_to(self, problem: Problem) -> None:
        """Puts the focus on a problem's field, or on the reason of a warning."""
        name = field_of(problem) if field_of(problem) in self.inputs else self.order[0]
        block = self.findings_of(name).warning_block(problem.key)
        if block is not None and problem.severity is Severity.WARNING:
            self.ensureWidgetVisible(block, 0, 40)
            block.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.ensureWidgetVisible(self.findings_of(name), 0, self.look.px(8))  # its sentence, where there is room
        self.inputs[name].go_to(problem.field.removeprefix(name))
        self._reveal(name)

    def mend(self) -> None:
        """F9: the remedy that is offered first."""
        for name, view in self._findings():
            if view.remedy():
                self._mend(name, view.remedy())
                return

    def _mend(self, name: str, code: str) -> None:
        """Gives a choice the code that a finding offered, as if it was chosen."""
        self.choose(name, code)
        self.left.emit(name)
        self.come_to(name)

    def choose(self, name: str, value: Value) -> None:
        """Gives a field a value as if the person had."""
        self.inputs[name].set_value(value)
        self._on_edited(name)

    def begin_row(self, name: str, about: Row) -> None:
        """Straight into one more child row of a field."""
        made = self.inputs[name]
        assert isinstance(made, RowsInput)
        made.begin_row(about)
        self._on_entered(name)

    def show_section(self, place: int) -> None:
        """Scrolls to a section and puts the focus on its first field."""
        view = self.section_views[place]
        self.verticalScrollBar().setValue(view.y())
        self.come_to(self.first_typed(view.names))

    def step_section(self, by: int) -> None:
        """Ctrl+PgDown, Ctrl+PgUp: the first field of the next or the previous section."""
        focused = self.window().focusWidget()
        places = [at for at, view in enumerate(self.section_views) if focused and view.isAncestorOf(focused)]
        here = places[0] if places else 0
        self.show_section(min(max(here + by, 0), len(self.section_views) - 1))

    def focused_field(self) -> FieldSpec | None:
        """The field in focus, a child field inside rows."""
        for made in self.inputs.values():
            for part in made.parts():
                if part.focus_target().hasFocus():
                    return part.spec
            if made.has_focus():
                return made.spec
        return None

    def help_path(self) -> str:
        """What F1 explains: the field in focus, inside rows ``rows.field``; empty for none."""
        found = self.focused_field()
        if found is None:
            return ""
        rows = (made.spec.name for made in self.inputs.values() if found in [part.spec for part in made.parts()])
        return ".".join([*rows, found.name])

    def _on_edited(self, name: str) -> None:
        self._ask_what_fits(name)
        self.edited.emit(name)

    def _on_entered(self, name: str) -> None:
        QTimer.singleShot(_SETTLE, self, lambda: self._reveal(name))  # a row that was just added has no place yet
        self.entered.emit(name)

    def _close_lists(self) -> None:
        """A list under a field that scrolls away would hang in the air."""
        for line in self.findChildren(PickLine):
            line.close_list()

    def _reveal(self, name: str) -> None:
        made = self.inputs[name]
        target = self.window().focusWidget()
        shown = target if target is not None and made.isAncestorOf(target) else made
        if isinstance(made, RowsInput) and (row := made.row_of(shown)) is not None:
            self.ensureWidgetVisible(row, 0, self.look.px(8))  # all of it, where there is room
        content, margin = self.widget(), self.look.px(48)
        if content is None:
            return
        top = shown.mapTo(content, QPoint(0, 0)).y()
        for edge in (top + shown.height(), top):
            self.ensureVisible(0, edge, 0, margin)  # Qt alone is content with the line where the cursor blinks
        self.ensureWidgetVisible(shown, 0, margin)
        if top < self.look.px(80):
            self.verticalScrollBar().setValue(0)


def _border(problem: Problem, reasons: Mapping[str, str]) -> FieldState:
    if problem.severity is Severity.ERROR:
        return FieldState.BAD
    if problem.severity is Severity.WARNING and not reason_for(problem, reasons):
        return FieldState.WARN
    return FieldState.NORMAL
