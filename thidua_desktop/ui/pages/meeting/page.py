"""The meeting page: a meeting from choosing the village to the minutes, by keyboard, with drafts and ways to save."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.reasons import reason_for
from thidua_desktop.formdef.model import Value, Values
from thidua_desktop.formdef.records import plain_values, values_from_plain
from thidua_desktop.services import drafts, meetings, record_templates, records
from thidua_desktop.services.drafts import Draft
from thidua_desktop.services.record_templates import Template
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import ButtonKind, bordered, filled
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.files_dialog import MeetingFiles
from thidua_desktop.ui.pages.entry.form_check import is_missing
from thidua_desktop.ui.pages.entry.linked_record import LinkedRecords
from thidua_desktop.ui.pages.entry.record_page import RecordPage
from thidua_desktop.ui.pages.entry.templates_menu import TemplatesMenu
from thidua_desktop.ui.pages.entry.widgets.field_input import InputContext
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.attendance_card import FIELDS as ATTENDANCE_FIELDS
from thidua_desktop.ui.pages.meeting.desk_view import DeskView
from thidua_desktop.ui.pages.meeting.facts_form import StartCard
from thidua_desktop.ui.pages.meeting.meeting_clock import in_words
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet
from thidua_desktop.ui.shell.page import LayoutClass, Navigate

_CHECK_AFTER = 500  # milliseconds without a change
_STATES = {
    "draft": (State.DRAFT, ""),
    "running": (State.INFO, "radio-tower"),
    "ended": (State.UNSIGNED, ""),
    "signed": (State.FILED, ""),
    "sent": (State.OK, ""),
}

_NOTHING_DISCUSSED = "Chưa ghi nội dung nào của cuộc họp. Ghi nội dung, hoặc bấm Kết thúc họp lần nữa để kết thúc."


class MeetingPage(RecordPage):
    """One meeting. Without ``record_id`` a new one, starting with ``values`` (a copy) or blank; same arguments as the
    entry page. ``saved`` carries the record's id. A draft of this meeting is taken up again, and said so.
    """

    this = "cuộc họp này"

    def __init__(
        self,
        session: Session,
        look: Look,
        navigate: Navigate,
        register: str = on.REGISTER,
        record_id: str | None = None,
        values: Values | None = None,
    ) -> None:
        super().__init__(session, look, navigate, register)
        self._tried = self._empty_told = False
        self._ending: Mapping[str, Value] = {}  # what "Kết thúc họp" writes, from its press until that is done
        self.problems: tuple[Problem, ...] = ()
        self.sheet = MeetingSheet(session, self)
        self._build()
        self._check_timer = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._check_timer.timeout.connect(self._check_when_idle)
        self._connect()
        self._bind(self._keys())
        self._open(record_id, values)

    # Building

    def _build(self) -> None:
        look = self.look
        self.state_tag = Tag(look, State.DRAFT, "Bản nháp")
        self.minutes_button = bordered(look, "Xem biên bản", "file-text")
        self.finish_button = filled(look, "Kết thúc họp", "check")
        self.files = MeetingFiles(look, self.session, self.spec, self)
        self.templates = TemplatesMenu(look, self.session, self.spec.name, self._for_template, self)
        self.templates.button.set_kind(ButtonKind.BORDERLESS)  # gives way to what the meeting is for
        templates = (self.templates.button,) if self.session.may(Permission.RECORD) else ()
        actions = (*templates, self.files.button, self.minutes_button, self.finish_button)
        self.head = PageHead(look, "", self.spec.title.partition(",")[0], scope=(self.state_tag,), actions=actions)
        self._start: StartCard | None = None
        self._linked = LinkedRecords(self.session, look, self.navigate)
        self.desk = DeskView(look, self.sheet, InputContext(self.session, self._day, self._area, self._linked))
        self.stages = Views()
        self.stages.addWidget(self.desk)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        outer.addWidget(self.notice)
        outer.addWidget(self.stages, 1)

    def _connect(self) -> None:
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.templates.chosen.connect(self.start_from)
        self.templates.told.connect(self.navigate.show_message)
        self.files.told.connect(self.navigate.show_message)
        self.files.held_changed.connect(self.keeper.keep_now)
        self.minutes_button.clicked.connect(self.show_minutes)
        self.finish_button.clicked.connect(self._on_filled)
        self.desk.edited.connect(self._on_edited)
        self.desk.last_passed.connect(lambda: self.finish_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.desk.item.basis_wanted.connect(lambda: self.navigate.explain(f"{self.spec.name}.agenda.matter"))
        self.desk.reason_kept.connect(self._on_reason)
        self.desk.attendance.told.connect(self.navigate.show_message)
        self.desk.facts_shown.connect(self.check_now)
        self.desk.clock.passed.connect(self._tell_state)

    def _keys(self) -> Mapping[str, Callable[[], Any]]:
        return {
            "Ctrl+1": self._in_desk(self.desk.go_attendance),
            "Ctrl+F": self._in_desk(self.desk.find_household),
            "Ctrl+2": self._in_desk(self.desk.go_agenda),
            "Ctrl+3": self._in_desk(self.desk.go_item),
            "Ctrl+Return": self._on_next,
            "Ctrl+Enter": self._on_next,
            "Ctrl+M": self.templates.open,
            "Ctrl+P": self.show_minutes,
            "Ctrl+S": self.save,
            "Ctrl+T": self.files.open,
            "F8": self.next_problem,
        }

    def _in_desk(self, act: Callable[[], None]) -> Callable[[], None]:
        return lambda: act() if self.started else None

    def _day(self) -> date | None:
        day = self.sheet.values.get("held_on")
        return day if isinstance(day, date) else None

    def _area(self) -> str | None:
        area = self.sheet.values.get("residential_area")
        return area if isinstance(area, str) else None

    @property
    def start(self) -> StartCard:
        """The card that starts a new meeting, made when first asked for."""
        if self._start is None:
            self._start = StartCard(self.look, self.session, self._linked)
            self._start.begun.connect(self.begin)
            self._start.edited.connect(self._on_edited)
            self.stages.addWidget(self._start)
        return self._start

    # Opening

    @property
    def started(self) -> bool:
        """Whether the meeting itself is shown, not the card that starts it."""
        return self.stages.currentWidget() is self.desk

    def _open(self, record_id: str | None, values: Values | None) -> None:
        kept_under, record_id = record_id, self._still_there(record_id)
        self.record_id = record_id
        self._reasons, self._tried, self._ending, self.problems = {}, False, {}, ()
        self._empty_told = False
        self.notice.put_away()
        if record_id is None:
            self._revision = None
            blank = records.blank(self.session, self.spec.name)
            self.sheet.load({**blank, **on.copied(values)} if values is not None else blank)
            self._show_start()
        else:
            record = records.get(self.session, self.spec.name, record_id)
            self._revision = record.revision
            self.sheet.load(record.values)
            self._show_desk()
        self.files.start(record_id)
        self.keeper.start(kept_under)
        kept = drafts.find(self.session, self.spec.name, kept_under) if values is None else None
        if kept is not None:
            self._take_up(kept)
        if self.started:
            self.check_now()
        elif record_id is None:
            self.notice.tell_what_is_missing(self.session, self.spec, self.navigate.open_room)

    def _show_start(self) -> None:
        self.start.show_values(self.sheet.values)
        self.stages.setCurrentWidget(self.start)
        self._retell()

    def _show_desk(self) -> None:
        self.stages.setCurrentWidget(self.desk)
        self.desk.show_meeting()
        self._retell()

    def _retell(self) -> None:
        """Title, state and buttons as the meeting stands."""
        started, status = self.started, self._status()
        self.head.set_title(on.meeting_title(self.session, self.sheet.values) if started else "Cuộc họp mới")
        self._tell_state()
        self.desk.clock.follow()
        self.state_tag.setVisible(started)
        self.minutes_button.setVisible(started)
        self.finish_button.setVisible(started)
        self.finish_button.set_content(
            "Lưu" if status in on.OVER else "Kết thúc họp", "save" if status in on.OVER else "check"
        )
        self.desk.tasks.tell_next(status in on.OVER)
        self.title_changed.emit(self.title())

    def _status(self) -> str:
        return str(self.sheet.values.get("status") or "draft")

    def _tell_state(self) -> None:
        """The tag beside the title; while the meeting goes on, how long it has."""
        status, lasted = self._status(), self.desk.clock.lasted()
        state, icon = _STATES.get(status, _STATES["draft"])
        words = self.session.definitions.catalogs[self.spec.field("status").catalog].label(status)
        since = self.sheet.values.get("starts_at")
        if status == "running" and self._day() != self.session.today:  # written down another day
            state, icon, words = State.DRAFT, "", "Chưa kết thúc"
        elif status == "running" and since:
            words = f"{words} từ {since}" + (f", {in_words(lasted)}" if lasted else "")
        self.state_tag.set_state(state, words, icon)

    def begin(self) -> None:
        """Starts a new meeting: heads, place and households of the area or group come along."""
        stopping = self.start.stopping()
        if stopping:
            self.start.form.go_to(stopping[0])
            return
        typed = self.start.reading().values
        area, group, day = (typed.get(name) for name in ("residential_area", "group", "held_on"))
        known = meetings.defaults_from_area(self.session, str(area), group if isinstance(group, str) else None, day)  # type: ignore[arg-type]
        base = {name: value for name, value in self.sheet.values.items() if name not in self.start.form.order}
        blank = records.blank(self.session, self.spec.name)  # a default of the form gives way to what the area knows
        given = {name: value for name, value in {**base, **typed}.items() if value != blank.get(name)}
        chosen = {name: typed[name] for name in self.start.form.order if name in typed}
        self.sheet.load({**base, **known, **given, **chosen, "status": "running"})
        self.sheet.load_households()
        if not self.sheet.agenda:
            self.sheet.add_item()
        self._show_desk()
        self._on_edited()
        self.desk.go_attendance()

    # Drafts

    def _collect(self) -> dict[str, object]:
        content: dict[str, object] = {
            "meeting": plain_values(self.spec, self.sheet.values),
            "started": self.started,
            "reasons": dict(self._reasons),
            "revision": self._revision,
            **self.files.for_draft(),
        }
        if not self.started:
            content["form"] = self.start.form.draft()
        elif self.desk.facts_open():
            content["form"] = self.desk.facts.form.draft()
        return content

    def _take_up(self, draft: Draft) -> None:
        plain, form, reasons = (draft.texts.get(name) for name in ("meeting", "form", "reasons"))
        if not isinstance(plain, dict):
            return
        try:
            self.sheet.load(values_from_plain(self.spec, plain))
        except ValueError:
            return  # a draft of another version of the form; the record itself is untouched
        self.files.take_up(draft.texts.get("files"))
        self._reasons = {str(k): str(v) for k, v in reasons.items()} if isinstance(reasons, dict) else {}
        if draft.texts.get("started"):
            self._show_desk()
            if isinstance(form, dict):
                self.desk.open_facts()
                self.desk.facts.form.set_draft(form)
        else:
            self._show_start()
            if isinstance(form, dict):
                self.start.form.set_draft(form)
                self.start.retell()
        self._tell_taken_up(draft)

    # Page protocol

    def title(self) -> str:
        return self.head.title()

    def can_leave(self) -> bool:
        self.files.view.finish()
        return super().can_leave()

    def new_record(self) -> bool:
        self.keeper.keep_now()
        if self.record_id is not None and drafts.find(self.session, self.spec.name, self.record_id) is None:
            self._open(None, None)
        elif self.started:  # a new meeting is what stands here otherwise
            self.navigate.show_message("Cuộc họp này chưa lưu. Ctrl+S lưu rồi ghi mới.", "info", "text-2")
        self.focus_first()
        return True

    def refresh(self, changes: object = None) -> None:
        """Takes up what was written elsewhere (an undo, another window), unless something is being typed here."""
        self._shown = self.files.view.files
        self.files.view.reload()
        self._follow(changes)

    def _on_gone(self) -> None:
        """Undone: what is shown may be saved as a new meeting."""
        self.record_id, self._revision = None, None
        self.files.hold_again(self._shown)
        self.keeper.start_unsaved()

    def take_back(self) -> bool:
        return self.files.undo()

    def do_again(self) -> bool:
        return self.files.redo()

    def help_key(self) -> str:
        if not self.started or self.desk.facts_open():
            form = self.desk.facts.form if self.started else self.start.form
            path = form.help_path()
            return f"{self.spec.name}.{path}" if path else self.spec.name
        key = self.desk.help_key(self.window().focusWidget())
        return f"{self.spec.name}.{key}" if key else self.spec.name

    def set_layout_class(self, kind: LayoutClass) -> None:
        self.desk.set_layout_class(kind)

    def regions(self) -> list[QWidget]:
        if not self.started:
            return [self.head, self.start]
        return [self.head, self.desk.attendance, self.desk.right]

    def focus_first(self) -> None:
        if self._linked.come_back(None if self.started else self.start.form):
            return
        if self.started:
            self.desk.go_attendance()
        else:
            form = self.start.form
            empty = next((name for name in form.order if form.inputs[name].is_empty()), form.order[0])
            form.inputs[empty].go_to()

    def escape(self) -> bool:
        if not self.started:
            return False
        if self.desk.facts_open():
            self.desk.close_facts()
            return True
        return self.desk.attendance.escape()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._check_timer.stop()  # the office may be closed before it would ring

    # Checking

    def _on_edited(self) -> None:
        self.keeper.changed()
        self._check_timer.start()
        if self.started:
            self._retell()

    def _on_reason(self, key: str, reason: str) -> None:
        self._take_reason(key.partition(" ")[0], reason)  # of an item's finding the place moves with the items above it
        self._on_edited()

    def _check_when_idle(self) -> None:
        composing = getattr(QApplication.focusWidget(), "composing", None)
        if callable(composing) and composing():
            self._check_timer.start()
        elif self.started:
            self.check_now()

    def check_now(self) -> tuple[Problem, ...]:
        """Checks the meeting and puts every finding where it is mended; returns those that stop saving."""
        self._check_timer.stop()
        found = records.check(self.session, self.spec.name, {**self.sheet.for_saving(), **self._ending}, self.record_id)
        found += self.desk.tasks.unread()
        found = [self._on_page(problem) for problem in found]
        shown = [p for p in found if self._tried or not is_missing(p)]
        self._show_findings([p for p in shown if p.severity is not Severity.HINT], shown)
        self.problems = tuple(shown)
        stops = [p for p in found if p.severity is Severity.ERROR or self._needs_reason(p)]
        return tuple(stops)

    def _needs_reason(self, problem: Problem) -> bool:
        return problem.severity is Severity.WARNING and not reason_for(problem, self._reasons)

    def _on_page(self, problem: Problem) -> Problem:
        """A problem of an item names its place among all items, the blank ones too."""
        place = on.place_of(problem.field)
        if place.field != "agenda" or place.row < 0:
            return problem
        return Problem(
            problem.code, f"agenda[{self.sheet.shown_item(place.row)}].{place.column}", problem.text, problem.severity
        )

    def _show_findings(self, problems: list[Problem], with_hints: list[Problem]) -> None:
        desk, fields = self.desk, [(problem, on.place_of(problem.field)) for problem in problems]
        desk.attendance.show_findings([p for p, at in fields if at.field in ATTENDANCE_FIELDS], self._reasons)
        here = [p for p, at in fields if at.field == "agenda" and at.row == desk.item.at]
        desk.item.show_findings(here, self._reasons)
        desk.tasks.show_findings([p for p, at in fields if at.field == "tasks"], self._reasons)
        facts = [p for p in with_hints if self._in_facts(p)]
        if desk.facts_open():
            desk.facts.show_findings(facts, self._reasons)
        open_ones = [p for p in facts if p.severity is Severity.ERROR or self._needs_reason(p)]
        desk.facts_line.show_problems(len(open_ones))

    def _in_facts(self, problem: Problem) -> bool:
        return on.place_of(problem.field).field not in (*ATTENDANCE_FIELDS, "agenda", "tasks")

    def next_problem(self) -> None:
        """F8: goes to the first thing that stops saving."""
        if not self.started:
            self.begin()
            return
        self._tried = True
        stops = self.check_now()
        if stops:
            self.go_to(stops[0])
        else:
            self.navigate.show_message("Không còn lỗi nào.")

    def go_to(self, problem: Problem) -> None:
        """Puts the focus where a problem is mended."""
        place = on.place_of(problem.field)
        desk = self.desk
        if place.field in ATTENDANCE_FIELDS:
            desk.tabs.setCurrentIndex(0)
            desk.attendance.go_to(problem)
            return
        desk.tabs.setCurrentIndex(1)
        if place.field in ("agenda", "tasks"):
            if desk.facts_open():
                desk.work.setCurrentIndex(0)
            desk.show_item(max(0, place.row) if place.field == "agenda" else len(self.sheet.agenda))
            self.check_now()
            (desk.item if place.field == "agenda" else desk.tasks).go_to(problem)
            return
        if not desk.facts_open():
            desk.open_facts()
        self.check_now()
        desk.facts.form.go_to(problem)

    # What the buttons and keys do

    def _on_next(self) -> None:
        if self.started:
            self.desk.next_item()
        else:
            self.begin()

    def _on_filled(self) -> None:
        if self.sheet.values.get("status") in on.OVER:
            self.save()
        else:
            self.finish()

    def _for_template(self) -> Values:
        """What every such meeting has: where, who presides, and the agenda without votes."""
        return on.copied(self.sheet.values if self.started else {**self.sheet.values, **self.start.reading().values})

    def start_from(self, template: Template) -> None:
        """A new meeting from a template; one that has begun stays as it is and a new one is opened over it."""
        values = record_templates.started_from(self.session, self.spec.name, template)
        if self.started:
            self.navigate.push(MeetingPage(self.session, self.look, self.navigate, self.spec.name, None, values))
            return
        self._open(None, values)
        self.keeper.changed()
        self.focus_first()
        self.navigate.show_message(f"Đã điền theo mẫu “{template.name}”.", "layers", "text-2")

    def save(self) -> bool:
        """Ctrl+S: writes the meeting as it stands and stays; with a problem it goes to it. True when it was saved."""
        if not self.started:
            self.begin()
            return False
        self._ending = {}  # kept as it goes on
        if not self._write({}):
            return False
        self.navigate.show_message("Đã lưu cuộc họp. Ctrl+Z để hoàn tác.")
        return True

    def finish(self) -> bool:
        """Ends the meeting: outcomes are computed, the status becomes "thiếu chữ ký", the minutes are shown.

        Where no matter is written the minutes would have an empty part: the first press says so, the second ends it.
        """
        if not on.written_items(self.sheet.agenda)[0] and not self._empty_told:
            self._empty_told = True
            if self.desk.facts_open():
                self.desk.work.setCurrentIndex(0)
            self.desk.tabs.setCurrentIndex(1)
            self.desk.show_item(0)
            self.navigate.show_message(_NOTHING_DISCUSSED, "triangle-alert", "warn")
            return False
        ending: dict[str, Value] = {"status": "ended"}
        now = f"{self.session.now():%H:%M}"
        ends_now = self._day() == self.session.today and now > str(self.sheet.values.get("starts_at") or "")
        if ends_now and not self.sheet.values.get("ends_at"):
            ending["ends_at"] = now
        self._ending = ending
        if not self._write(ending):
            return False
        self.show_minutes()
        return True

    def show_minutes(self) -> None:
        """Ctrl+P: the minutes as they will be printed; what changed since is saved first."""
        if not self.started:
            return
        unsaved = self.record_id is None or self.keeper.is_dirty() or self._has_draft()
        if unsaved and not self.save():
            return
        assert self.record_id is not None
        from thidua_desktop.ui.pages.meeting.minutes_page import MinutesPage

        self.navigate.push(
            MinutesPage(self.session, self.look, self.navigate, self.record_id, fill=self.desk.open_facts)
        )

    def _has_draft(self) -> bool:
        return drafts.find(self.session, self.spec.name, self.keeper.record_id) is not None

    def _write(self, more: Mapping[str, Value], over: int | None = None) -> bool:
        if self.desk.facts_open() and not self.desk.close_facts():
            return False
        self._tried = True
        stops = self.check_now()
        if stops:
            self.go_to(stops[0])
            return False
        values, reasons = {**self.sheet.for_saving(), **more}, self._reasons
        outcome = self._saved_by(lambda shown: self.files.save(values, self.record_id, shown, reasons), over)
        if outcome is None:
            return False
        if isinstance(outcome, Refused):
            self.problems = outcome.problems
            self._show_findings(list(outcome.problems), list(outcome.problems))
            self.go_to(outcome.problems[0])
            return False
        self._done(outcome)
        return True

    def _done(self, outcome: Saved) -> None:
        self.record_id, self._revision, self._tried = outcome.record.id, outcome.record.revision, False
        self._ending = {}
        blank = [item for item in self.sheet.agenda if on.is_blank(item)]
        at = self.desk.agenda.current
        self.desk.clock.reorder(on.written_items(self.sheet.agenda)[1])
        self.sheet.load(outcome.record.values)
        if blank and not self.sheet.agenda:
            self.sheet.add_item()
        self.notice.put_away()
        self.desk.attendance.show_meeting()
        self.desk.tasks.show_meeting()
        self.desk.show_item(min(at, len(self.sheet.agenda)))
        self.desk.retell()
        self._retell()
        self.files.start(self.record_id)
        self.keeper.start(self.record_id)
        self.saved.emit(self.record_id)
