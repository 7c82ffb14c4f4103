"""The page of one assessment: choose subject and set, answer the tree by keyboard, keep the dossier, save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.reasons import reason_for
from thidua_desktop.domain.rules.assessments import STAGES
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Section, Value, Values
from thidua_desktop.formdef.records import plain_values, values_from_plain
from thidua_desktop.services import drafts, records
from thidua_desktop.services.assessments import sheets
from thidua_desktop.services.assessments.subjects import subject_of
from thidua_desktop.services.drafts import Draft
from thidua_desktop.services.records import Refused
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import ANY_WIDTH
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.criteria_table import STAGE_NAMES, CriteriaTable
from thidua_desktop.ui.pages.assessment.sheet import CriteriaSheet
from thidua_desktop.ui.pages.assessment.side_pane import SidePane
from thidua_desktop.ui.pages.entry.form_view import FormView
from thidua_desktop.ui.pages.entry.linked_record import LinkedRecords
from thidua_desktop.ui.pages.entry.record_page import RecordPage
from thidua_desktop.ui.pages.lists.list_columns import STATES
from thidua_desktop.ui.shell.page import LayoutClass, Navigate
from thidua_desktop.ui.shell.rooms import CRITERIA_HELP
from thidua_desktop.ui.show_error import show_error

START_LINES = (
    ("year",), ("criteria_set",), ("subject_kind",), ("residential_area",), ("organization",), ("group",),
    ("member_name",),
)  # fmt: skip
_START, _SHEET, _DOSSIER = range(3)
_ONE_THERE = "TD-DATA-056"
_LEAST_TABLE = 190  # px at 100 %: head and five lines, where the pane stands under them


def start_spec(spec: RegisterSpec) -> RegisterSpec:
    """The fields that choose a sheet."""
    names = {name for line in START_LINES for name in line}
    fields = tuple(field for field in spec.fields if field.name in names)
    section = Section("Đánh giá ai, theo bộ tiêu chí nào", START_LINES)
    return replace(spec, fields=fields, sections=(section,), computed=())


def dossier_spec(spec: RegisterSpec) -> RegisterSpec:
    """Everything but the tree, the subject and what the program computes."""
    away = {"criteria", *(name for line in START_LINES for name in line), *spec.computed_fields}
    fields = tuple(field for field in spec.fields if field.name not in away)
    sections = (
        Section(part.title, tuple(kept for line in part.lines if (kept := tuple(n for n in line if n not in away))))
        for part in spec.sections
    )
    return replace(spec, fields=fields, sections=tuple(part for part in sections if part.lines), computed=())


class AssessmentPage(RecordPage):
    """One sheet. Without ``record_id`` a new one, starting with ``values`` or blank. ``saved`` carries the id."""

    this = "bản đánh giá này"

    def __init__(
        self,
        session: Session,
        look: Look,
        navigate: Navigate,
        record_id: str | None = None,
        values: Values | None = None,
    ) -> None:
        super().__init__(session, look, navigate, sheets.REGISTER)
        self.problems: tuple[Problem, ...] = ()
        self.sheet = CriteriaSheet(session, self)
        self._build()
        self._connect()
        self._bind(self._keys())
        self._open(record_id, values)

    # Building

    def _build(self) -> None:
        look = self.look
        self.state_tag = Tag(look, State.DRAFT, "Chưa lưu")
        self.stages = Segments(look, STAGE_NAMES, name="Đang chấm bước nào")
        self.begin_button = filled(look, "Bắt đầu chấm", "arrow-right", "Ctrl+Enter")
        self.save_button = filled(look, "Lưu", "save", "Ctrl+S")
        scope, actions = (self.state_tag, self.stages), (self.begin_button, self.save_button)
        self.head = PageHead(look, "", self.spec.short, scope=scope, actions=actions)
        self._linked = LinkedRecords(self.session, look, self.navigate)
        self.start_form = FormView(look, self.session, start_spec(self.spec), self._linked)
        self.dossier = FormView(look, self.session, dossier_spec(self.spec))
        self.table = CriteriaTable(look, self.sheet)
        self.pane = SidePane(look, self.sheet)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Phần của bản đánh giá")
        self.tabs.setExpanding(False)
        self.tabs.addTab("Bảng chấm")
        self.tabs.addTab("Hồ sơ, họp xét, công nhận")
        self.views = QStackedWidget()
        for part in (self._start_card(), self._sheet_view(), self._dossier_card()):
            self.views.addWidget(part)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        for widget in (self.head, self.notice, self.tabs):
            outer.addWidget(widget)
        outer.addWidget(self.views, 1)

    def _start_card(self) -> QWidget:
        card = Card(self.look)
        card.add(self.start_form, 1)
        return card

    def _dossier_card(self) -> QWidget:
        card = Card(self.look)
        card.add(self.dossier, 1)
        return card

    def _sheet_view(self) -> QWidget:
        card = Card(self.look, flush=True)
        card.add(self.table, 1)
        both = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self.look.margins(self._sides, 0, 0, 0, 0, 12)
        self._sides.addWidget(card, 1)
        self._sides.addWidget(self.pane)
        self._pane_width = 308
        self.look.follow(self, self._fit_pane)
        return both

    def _fit_pane(self) -> None:
        """Beside the table, or under it as wide as the page: at large text the words of the criteria need it all."""
        below = self._sides.direction() is QBoxLayout.Direction.TopToBottom
        self.pane.setMinimumWidth(0 if below else self.look.px(self._pane_width))
        self.pane.setMaximumWidth(ANY_WIDTH if below else self.look.px(self._pane_width))
        self.table.setMinimumHeight(self.look.px(_LEAST_TABLE) if below else 0)

    def _connect(self) -> None:
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.begin_button.clicked.connect(self.begin)
        self.save_button.clicked.connect(self.save)
        self.stages.chosen.connect(self.set_stage)
        self.tabs.currentChanged.connect(self.show_part)
        self.sheet.changed.connect(self._on_changed)
        self.start_form.edited.connect(self._on_start_edited)
        self.dossier.edited.connect(lambda _name: self.keeper.changed())
        self.dossier.left.connect(lambda _name: self._take_dossier())
        self.dossier.reason_kept.connect(self._on_reason)
        self.dossier.going_on.connect(self._check_dossier)
        self.dossier.last_passed.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.start_form.last_passed.connect(lambda: self.begin_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.table.pointed.connect(self.pane.begin_points)
        self.table.opened.connect(lambda _row: self._into_pane())
        self.pane.moved_on.connect(self._on_points)
        self.pane.opened.connect(self._open_incident)
        model = self.table.selectionModel()
        assert isinstance(model, QItemSelectionModel)
        model.currentRowChanged.connect(lambda now, _before: self.pane.show_line(now.row()))
        self.table.rows_model.modelReset.connect(lambda: self.pane.show_line(-1))

    def _keys(self) -> Mapping[str, Callable[[], Any]]:
        return {
            "Ctrl+S": self.save,
            "Ctrl+Return": self._on_next,
            "Ctrl+Enter": self._on_next,
            "Ctrl+1": lambda: self.set_stage(0),
            "Ctrl+2": lambda: self.set_stage(1),
            "Ctrl+3": lambda: self.set_stage(2),
            "Ctrl+Tab": lambda: self.tabs.setCurrentIndex(1 - self.tabs.currentIndex()),
            "Alt+Right": self._into_pane,
            "Alt+Left": self.table.setFocus,
            "F8": self.next_problem,
        }

    # Opening

    @property
    def started(self) -> bool:
        """Whether the sheet itself is shown, not the card that starts it."""
        return self.views.currentIndex() != _START

    def _open(self, record_id: str | None, values: Values | None) -> None:
        kept_under, record_id = record_id, self._still_there(record_id)
        self.record_id, self._revision, self.problems, self._reasons = record_id, None, (), {}
        self.notice.put_away()
        if record_id is None:
            blank = {**records.blank(self.session, self.spec.name), "year": self.session.today.year}
            self.start_form.set_values({**blank, **(values or {})})
            self._on_start_edited("criteria_set")
            self._show(_START)
        else:
            record = records.get(self.session, self.spec.name, record_id)
            self._revision = record.revision
            self._show_sheet(record.values)
        self.keeper.start(kept_under)
        kept = drafts.find(self.session, self.spec.name, kept_under) if values is None else None
        if kept is not None:
            self._take_up(kept)

    def _show_sheet(self, values: Values) -> None:
        self.pane.forget()
        self.sheet.load(values)
        self.dossier.set_values(values)
        self.table.show_sheet()
        self.pane.retell()
        self._show(_SHEET)

    def _show(self, part: int) -> None:
        self.views.setCurrentIndex(part)
        started = part != _START
        self.tabs.setVisible(started)
        self.stages.setVisible(started and self.sheet.method != "measures")
        self.state_tag.setVisible(started)
        self.begin_button.setVisible(not started)
        self.save_button.setVisible(started)
        self._retell()

    def _retell(self) -> None:
        if not self.started:
            self.head.set_title("Bản đánh giá mới")
        else:
            subject = subject_of(self.session, self.sheet.values).name
            short = self.sheet.spec.short if self.sheet.spec else str(self.sheet.values.get("criteria_set"))
            self.head.set_title(f"{subject}, {short}, {self.sheet.values.get('year')}")
            status = str(self.sheet.values.get("status") or "")
            words = self.session.definitions.catalogs["assessment_status"].label(status)
            self.state_tag.set_state(STATES.get(status, State.DRAFT), words)
        self.title_changed.emit(self.title())

    def _on_start_edited(self, name: str) -> None:
        """A set for one kind of subject leaves no choice of it."""
        spec = self.session.definitions.assessments.get(str(self.start_form.read().values.get(name)))
        if name == "criteria_set" and spec is not None and len(spec.subjects) == 1:
            self.start_form.choose("subject_kind", spec.subjects[0])

    def begin(self) -> bool:
        """Starts the sheet of the chosen subject; where there is one already, opens it."""
        typed = self.start_form.read()
        checked = records.check(self.session, self.spec.name, typed.values)
        if self._open_the_one_there(typed.values, checked):
            return True
        stops = [*typed.unread, *(p for p in checked if p.field in self.start_form.order and _stops(p))]
        self.start_form.show_findings(stops, {})
        if stops:
            self.start_form.go_to(stops[0])
            return False
        subject, year = subject_of(self.session, typed.values), typed.values.get("year")
        assert isinstance(year, int)
        try:
            values = sheets.start(self.session, str(typed.values["criteria_set"]), year, subject)
        except UserError as refused:
            show_error(self.look, refused, self)
            return False
        self._show_sheet(values)
        self.keeper.changed()
        self._tell_of_books()
        self.table.setFocus()
        return True

    def _open_the_one_there(self, values: Values, problems: Iterable[Problem]) -> bool:
        """A subject has one sheet of a set in a year: whoever would begin a second one goes on with the first."""
        year = values.get("year")
        if not isinstance(year, int) or _ONE_THERE not in {problem.code for problem in problems}:
            return False
        subject = subject_of(self.session, values)
        there = sheets.find(self.session, str(values["criteria_set"]), year, subject)
        if there is None:
            return False
        self.keeper.drop()
        self._open(there, None)
        self.notice.tell(State.INFO, f"Năm {year} đã có bản đánh giá này.", "Đang mở bản ấy để sửa.")
        self.table.setFocus()
        return True

    def _tell_of_books(self) -> None:
        """Answers that stand in a new sheet before anybody gave one must say where they come from."""
        count = sum(row.get("self_met") is not None or row.get("self_points") is not None for row in self.sheet.rows)
        if count:
            how = "Chọn dòng nào thì bên phải nói vì sao; chấm lại đè lên được."
            self.notice.tell(State.INFO, f"Đã chấm sẵn {count} tiêu chí theo các sổ.", how)

    # Drafts

    def _collect(self) -> dict[str, object]:
        if not self.started:
            return {"form": self.start_form.draft()}
        return {"sheet": plain_values(self.spec, self.sheet.values), "revision": self._revision}

    def _take_up(self, draft: Draft) -> None:
        plain, form = draft.texts.get("sheet"), draft.texts.get("form")
        try:
            if isinstance(plain, dict):
                self._show_sheet(values_from_plain(self.spec, plain))
            elif isinstance(form, dict):
                self.start_form.set_draft(form)
        except ValueError:
            return  # a draft of another version of the register; the record itself is untouched
        self._tell_taken_up(draft)

    # Page protocol

    def title(self) -> str:
        return self.head.title()

    def can_leave(self) -> bool:
        if self.started:
            self.pane.take_typed()
            self._take_dossier()
        return super().can_leave()

    def new_record(self) -> bool:
        self.keeper.keep_now()
        self._open(None, None)
        self.focus_first()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.keep_now()  # the office may be closed before its timer rings

    def refresh(self, changes: object = None) -> None:
        """Incidents may have been written, or this sheet by an undo; what is being answered here stays."""
        if not self.started:
            return
        if isinstance(changes, Changes) and self.record_id in changes.ids:
            self._follow(changes)
            return
        self.sheet.read_books()
        self.table.rows_model.retell()
        self.pane.show_line(self.table.place())

    def room(self) -> str:
        return "standards"

    def help_key(self) -> str:
        path = (self.dossier if self.started else self.start_form).help_path()
        if not path and self.started and self.sheet.spec is not None:
            return f"{CRITERIA_HELP}{self.sheet.spec.name}"
        return f"{self.spec.name}.{path or 'criteria'}"

    def set_layout_class(self, kind: LayoutClass) -> None:
        self._pane_width = 308 if kind is LayoutClass.WIDE else 264
        way = QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if kind is LayoutClass.COMPACT else way.LeftToRight)
        self._fit_pane()

    def regions(self) -> list[QWidget]:
        if not self.started:
            return [self.head, self.start_form]
        return [self.head, self.table, self.pane] if self.views.currentIndex() == _SHEET else [self.head, self.dossier]

    def focus_first(self) -> None:
        if self._linked.come_back(self.start_form):
            return
        if self.views.currentIndex() == _SHEET:
            self.table.setFocus()
        else:
            form = self.dossier if self.started else self.start_form
            values = form.read().values
            open_ones = (name for name in form.order if not self.started and name not in values)
            first = next((name for name in open_ones if name in form.shown()), form.order[0])
            form.inputs[first].go_to()

    # While one answers

    def set_stage(self, at: int) -> None:
        """Ctrl+1, 2, 3: who answers."""
        self.pane.take_typed()
        self.stages.set_current(at)
        self.pane.stage = STAGES[at]
        self.table.show_stage(STAGES[at])
        self.table.rows_model.retell()
        self.pane.show_line(self.table.place())
        self.table.setFocus()

    def show_part(self, at: int) -> None:
        """The tree or the dossier."""
        if self.started:
            self._take_dossier()
            self.views.setCurrentIndex(_SHEET + at)
            self.focus_first()

    def _on_changed(self) -> None:
        self.keeper.changed()
        self.table.rows_model.retell()
        self.pane.retell()
        self._retell()

    def _on_points(self) -> None:
        self.table.next_line()
        self.table.setFocus()

    def _into_pane(self) -> None:
        pane = self.pane
        target = pane.points if not pane.points.isHidden() else pane.evidence
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_next(self) -> None:
        if not self.started:
            self.begin()
        else:
            self.table.next_line()

    def _take_dossier(self) -> None:
        typed = self.dossier.read().values
        changed: dict[str, Value] = {
            name: typed.get(name) for name in self.dossier.order if self.sheet.values.get(name) != typed.get(name)
        }
        if changed:
            self.sheet.set_fields(changed)
            self.pane.show_line(self.table.place())

    def _open_incident(self, record_id: str) -> None:
        from thidua_desktop.ui.pages.entry.page import EntryPage

        self.keeper.keep_now()
        self.navigate.push(EntryPage(self.session, self.look, self.navigate, sheets.INCIDENTS, record_id))

    # Saving

    def check_now(self) -> list[Problem]:
        """What stops saving."""
        self._take_dossier()
        found = [*self.dossier.read().unread]
        found += records.check(self.session, self.spec.name, self.sheet.for_saving(), self.record_id)
        self.problems = tuple(found)
        self.dossier.show_findings([p for p in found if self._in_dossier(p)], self._reasons)
        return [p for p in found if _stops(p) or (p.severity is Severity.WARNING and not reason_for(p, self._reasons))]

    def _on_reason(self, key: str, reason: str) -> None:
        self._take_reason(key, reason)
        self.keeper.changed()
        self.check_now()

    def _in_dossier(self, problem: Problem) -> bool:
        """Whether it is told there: what concerns its fields, and every warning, which is kept there with a reason."""
        return problem.field in self.dossier.order or problem.severity is Severity.WARNING

    def _check_dossier(self) -> None:
        """Before Enter goes on: what a choice makes necessary (recognised: a decision) is the next field."""
        self._take_dossier()
        self.check_now()

    def next_problem(self) -> None:
        """F8: goes to what stops saving."""
        stops = self.check_now() if self.started else []
        if stops:
            self.go_to(stops[0])
        else:
            self.navigate.show_message("Không còn lỗi nào.")

    def go_to(self, problem: Problem) -> None:
        """Puts the focus where a problem is mended, and says it."""
        self.navigate.show_message(problem.text, "circle-alert", "bad")
        outer, _, rest = problem.field.partition("[")
        if self._in_dossier(problem):
            self.tabs.setCurrentIndex(1)
            self.dossier.go_to(problem)
        elif outer == "criteria":
            self.tabs.setCurrentIndex(0)
            if rest:
                self.table.go_to(int(rest.partition("]")[0]))
                target = self.pane.reason if rest.endswith("override_reason") else self.pane.points
                self.pane.problem.set_problem(problem.text)
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> bool:
        """Ctrl+S: writes the sheet as it stands; with a problem it goes to it. True when it was saved."""
        if not self.started:
            return self.begin()
        if not self.pane.take_typed():
            self.tabs.setCurrentIndex(0)
            self.pane.points.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.dossier.keep_typed_reasons()
        stops = self.check_now()
        if stops:
            self.go_to(stops[0])
            return False
        values, name, record_id, reasons = self.sheet.for_saving(), self.spec.name, self.record_id, self._reasons
        outcome = self._saved_by(
            lambda shown: records.save(self.session, name, values, record_id=record_id, revision=shown, reasons=reasons)
        )
        if outcome is None:
            return False
        if isinstance(outcome, Refused):
            self.go_to(outcome.problems[0])
            return False
        self.record_id, self._revision = outcome.record.id, outcome.record.revision
        self.keeper.start(self.record_id)
        self.notice.put_away()
        self._retell()
        self.navigate.show_message("Đã lưu bản đánh giá. Ctrl+Z để hoàn tác.")
        self.saved.emit(self.record_id)
        return True


def _stops(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR
