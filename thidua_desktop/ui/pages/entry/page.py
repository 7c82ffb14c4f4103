"""The entry page: a register's form with its drafts, problems, and ways to save. Made from the definition alone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import Value, Values
from thidua_desktop.services import already_there, drafts, lists, periods, record_templates, records
from thidua_desktop.services.drafts import Draft
from thidua_desktop.services.handoff import receipts
from thidua_desktop.services.record_templates import Template
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.rounds import Round
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.services.unseen import UnclearRowsError
from thidua_desktop.text import format_moment
from thidua_desktop.ui.components.buttons import ButtonKind, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import caption, hairline_widget
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.record_files import RecordFiles
from thidua_desktop.ui.pages.entry import form_check
from thidua_desktop.ui.pages.entry.form_check import Findings, SectionMood, SectionState
from thidua_desktop.ui.pages.entry.form_foot import LEAVE, FormFoot
from thidua_desktop.ui.pages.entry.form_line import LABEL_MEDIUM, LABEL_WIDE
from thidua_desktop.ui.pages.entry.form_view import FormView
from thidua_desktop.ui.pages.entry.linked_record import LinkedRecords
from thidua_desktop.ui.pages.entry.proposals import Proposals
from thidua_desktop.ui.pages.entry.record_page import RecordPage
from thidua_desktop.ui.pages.entry.side_column import SideColumn
from thidua_desktop.ui.pages.entry.templates_menu import TemplatesMenu
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.page import LayoutClass, Navigate
from thidua_desktop.ui.shell.rooms import HOW_HELP

_SETTLE = 20  # milliseconds until a changed layout stands
_CHECK_AFTER = 500  # milliseconds without typing
_NO_FINDINGS = Findings((), ())
_FILES = "Tệp đính kèm"
_LOOKS_ONLY = "Quyền của bạn chỉ xem sổ"


class EntryPage(RecordPage):
    """Form of one record. Without ``record_id`` a new one, starting with ``values`` (a copy) or blank.

    ``saved`` carries the record's id. A draft of this record is taken up again, and said so. With ``turn`` the records
    of a round are opened one after the other, each at the field that is owed.
    """

    this = "bản ghi này"

    def __init__(
        self,
        session: Session,
        look: Look,
        navigate: Navigate,
        register: str,
        record_id: str | None = None,
        values: Values | None = None,
        turn: Round | None = None,
    ) -> None:
        super().__init__(session, look, navigate, register)
        self._turn = turn
        self._awaited = False  # a field of another form waits for this record: saving goes back there
        self._begun: Round | None = None
        self._put_there: Mapping[str, Value] = {}  # what stands in the form without anybody having written it
        record_id = record_id if turn is None else turn.record_id
        self._kept_for: dict[str, str] = {}  # key of a warning -> the warning's words that the reason was given for
        self._visited: set[str] = set()
        self._tried = False
        self._asked_field = ""  # the one that the province asks to look at
        self.findings = _NO_FINDINGS
        self._build()
        self.proposals = Proposals(session, self.spec, self.form)
        self.keeper.kept.connect(self._on_draft_kept)
        self._check_timer = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._check_timer.timeout.connect(self._check_when_idle)
        self._connect()
        if record_id is None:
            self.head.add_action(self.copy_button)
        if record_id is None and session.may(Permission.RECORD):
            self.head.add_action(self.templates.button)
        self._bind(self._keys())
        self._open(record_id, values)

    # Building

    def _build(self) -> None:
        self.draft_tag = Tag(self.look, State.DRAFT, "Bản nháp")
        self._draft_time = caption("")
        self.copy_button = borderless(self.look, "Chép bản gần nhất", "copy", "Ctrl+D")
        explain_by(f"{HOW_HELP}again", self.copy_button)
        self.templates = TemplatesMenu(self.look, self.session, self.spec.name, lambda: self.form.read().values, self)
        self.head = PageHead(self.look, "", self.spec.title, scope=(self.draft_tag, self._draft_time))
        self._linked = LinkedRecords(self.session, self.look, self.navigate)
        self.form = FormView(self.look, self.session, self.spec, self._linked)
        self.foot = FormFoot(self.look)
        self.files = RecordFiles(self.look, self.session, self.spec, self)
        self.files_block = self.form.add_part(_FILES, self.files.view)
        self.side = SideColumn(self.look, [*(section.title for section in self.form.sections), _FILES])
        card = Card(self.look)
        card.add(self.form, 1)
        card.add(hairline_widget())
        card.add(self.foot)
        outer = QVBoxLayout(self)
        self.look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.notice)
        middle = QHBoxLayout()
        middle.setSpacing(self.look.px(12))
        middle.addWidget(card, 1)
        middle.addWidget(self.side)
        outer.addLayout(middle, 1)
        self._side_width = 308
        self.look.follow(self, lambda: self.side.setFixedWidth(self.look.px(self._side_width)))

    def _connect(self) -> None:
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.copy_button.clicked.connect(self.copy_last)
        self.templates.chosen.connect(self.start_from)
        self.templates.told.connect(self.navigate.show_message)
        self.form.going_on.connect(self._check_what_was_typed)
        self.form.last_passed.connect(self._to_saving)
        self.form.edited.connect(self._on_edited)
        self.form.entered.connect(self._on_entered)
        self.form.left.connect(self._on_left)
        self.form.reason_kept.connect(self._on_reason)
        self.foot.go_to_problem.connect(self.next_problem)
        self.foot.leave.connect(self.navigate.back)
        self.foot.save.connect(self.save)
        self.foot.save_and_next.connect(self.save_and_next)
        self.side.section_chosen.connect(self._show_section)
        self.files.told.connect(self.navigate.show_message)
        self.files.changed.connect(self._show_sections)
        self.files.view.refusal_told.connect(lambda: QTimer.singleShot(_SETTLE, self, self.go_to_files))
        self.files.held_changed.connect(self.keeper.keep_now)  # a picture may not be there to paste a second time
        self.side.similar_chosen.connect(self._open_similar)

    def _keys(self) -> Mapping[str, Any]:
        return {
            "Ctrl+S": self.save,
            "Ctrl+Return": self.save_and_next,
            "Ctrl+Enter": self.save_and_next,
            "F8": self.next_problem,
            "F9": self.form.mend,
            "Ctrl+D": self.copy_last,
            "Ctrl+M": self.templates.open,
            "Ctrl+T": self.go_to_files,
            "Ctrl+PgDown": lambda: self.form.step_section(1),
            "Ctrl+PgUp": lambda: self.form.step_section(-1),
        }

    # Opening

    def _open(self, record_id: str | None, values: Values | None) -> None:
        kept_under, record_id = record_id, self._still_there(record_id)
        self.keeper.hold()
        self.record_id = record_id
        self.form.is_new = record_id is None
        self._reasons, self._kept_for, self._visited = {}, {}, set()
        self._tried = record_id is not None
        owner, self._barred = "", "" if self.session.may(Permission.RECORD) else _LOOKS_ONLY
        if record_id is None:
            self._revision = None
            self._put_there = records.blank(self.session, self.spec.name)
            begun = values if values is not None else records.blank(self.session, self.spec.name)
            self.form.set_values(self.proposals.start(begun, self._put_there))
        else:
            record = records.get(self.session, self.spec.name, record_id)
            self._revision = record.revision
            self._put_there = {field.name: field.default for field in self.spec.living_fields}
            self.form.set_values(record.values)
            self._take_known_reasons(record_id)
            owner = records.owner_of(self.session, record)  # another office, whose record is only looked at here
            self._barred = f"Bản ghi của {owner}, chỉ nơi đó sửa được" if owner else self._barred
        self._name_page()
        self.draft_tag.hide()
        self._draft_time.hide()
        self.notice.put_away()
        self.files.start(record_id)
        self._tell_of_return(record_id)
        self.keeper.start(kept_under)
        kept = drafts.find(self.session, self.spec.name, kept_under)
        if self._barred:
            self.keeper.hold()  # what is typed over a record of others would be shown as theirs the next time
            if kept is not None and owner:
                drafts.drop(self.session, self.spec.name, kept_under)
        elif kept is not None and values is None:
            self._take_up(kept)
        elif kept is not None:
            self._tell_of_draft(kept)
        if record_id is None:
            self.notice.tell_what_is_missing(self.session, self.spec, self.navigate.open_room)
        self.check_now()
        self._show_similar()
        self._tell_of_turn()

    def _name_page(self) -> None:
        is_new = self.record_id is None
        goes_on = self._begins_next() or (self._turn is not None and self._turn.left > 0)
        verb = "Ghi" if is_new else "Xem" if self._barred else "Sửa"
        self.head.set_title(f"{verb} {self.spec.singular}")
        self.foot.next_button.setVisible(goes_on)
        self.foot.next_button.set_content("Lưu, ghi tiếp" if is_new else "Lưu, sang hồ sơ kế")
        self.foot.save_button.set_content("Lưu, quay lại phiếu kia" if self._awaited else "Lưu")
        self.foot.leave_button.set_content("Thoát" if self._barred else LEAVE)
        self.foot.save_button.set_kind(ButtonKind.BORDERED if goes_on else ButtonKind.FILLED)
        self.title_changed.emit(self.title())

    def await_here(self) -> None:
        """Another form was left to write this record: what is offered first is to save it and go back there."""
        self._awaited = True
        self._name_page()

    def _begins_next(self) -> bool:
        return self.record_id is None and not self._awaited

    def _tell_of_return(self, record_id: str | None) -> None:
        """What the province returned or could not merge says so above the form; typing begins at its field."""
        self._asked_field = ""
        self.foot.save_button.set_reason(self._barred)
        self.foot.next_button.set_reason(self._barred)
        if self._barred:
            whose, _, only = self._barred.partition(", ")
            self.notice.tell(State.INFO, f"{whose}.", f"Xem được, {only}." if only else "")
            return
        if record_id is None or self.session.is_province:
            return
        standing = receipts.standing_of(self.session, self.spec.name, record_id)
        if standing.reason:
            self._asked_field = standing.field if standing.field in self.form.inputs else ""
            self.notice.tell(State.WARN, f"{standing.words}.", standing.reason)

    def _tell_of_turn(self) -> None:
        """Whose turn it is in a round, unless something weightier is said; who has nothing to write is passed over."""
        turn = self._turn
        if turn is None or self.notice.words():
            return
        who = title_with_links(self.session, self.spec, self.form.read().values)
        place = f" ({turn.at + 1}/{len(turn.records)})" if len(turn.records) > 1 else ""
        then = [("Bỏ qua, sang hồ sơ kế", self._to_next_turn)] if turn.left else []
        self.notice.tell(State.INFO, f"{turn.heading}{place}.", who, then)

    def _to_next_turn(self) -> None:
        """The next record of the round; after the last one back to where the round began."""
        following = self._turn.next() if self._turn is not None else None
        if following is None:
            self.navigate.back()
            return
        self.keeper.keep_now()
        self._turn = following
        self._open(following.record_id, None)
        self.focus_first()

    def _take_known_reasons(self, record_id: str) -> None:
        """Warnings that the record was saved with are not asked about again while what they say is the same."""
        entries = records.history(self.session, self.spec.name, record_id)
        reason = next((entry.reason for entry in entries if entry.reason), "")
        for problem in self.check_now().open_warnings({}) if reason else ():
            self._reasons[problem.key], self._kept_for[problem.key] = reason, problem.text

    def _forget_outdated_reasons(self) -> None:
        for problem in self.findings.shown:
            if self._kept_for.get(problem.key, problem.text) != problem.text:
                self._reasons.pop(problem.key, None)
                self._kept_for.pop(problem.key, None)

    def _take_up(self, draft: Draft) -> None:
        fields, reasons = draft.texts.get("fields"), draft.texts.get("reasons")
        if not isinstance(fields, dict):
            return
        self.form.set_draft(fields)
        self.files.take_up(draft.texts.get("files"))
        self._reasons = {str(k): str(v) for k, v in reasons.items()} if isinstance(reasons, dict) else {}
        self._show_draft_tag(format_moment(draft.kept_at))
        self._tell_taken_up(draft)

    def _tell_of_draft(self, draft: Draft) -> None:
        """A copy is shown while an older draft waits: typing would take its place."""
        when = format_moment(draft.kept_at)
        self.notice.tell(
            State.WARN,
            "Còn một bản nháp chưa lưu.",
            f"Giữ lúc {when}. Gõ tiếp ở đây thì bản này thay bản nháp đó.",
            [("Mở bản nháp", lambda: self._open(None, None))],
        )

    def _collect(self) -> dict[str, object]:
        kept = {"fields": self.form.draft(), "reasons": dict(self._reasons), "revision": self._revision}
        return {**kept, **self.files.for_draft()}

    # Page protocol

    def title(self) -> str:
        return self.head.title()

    def can_leave(self) -> bool:
        self.files.view.finish()
        return super().can_leave()

    def new_record(self) -> bool:
        if self.keeper.is_dirty() or not self.draft_tag.isHidden():
            self.navigate.show_message("Bản đang ghi chưa lưu. Ctrl+Enter lưu và ghi tiếp.", "info", "text-2")
        else:
            self._open(None, None)
            self.focus_first()
        return True

    def take_back(self) -> bool:
        return self.files.undo()

    def do_again(self) -> bool:
        return self.files.redo()

    def refresh(self, changes: object = None) -> None:
        """Takes up what was written elsewhere (an undo): the record, and files that were taken off or brought back."""
        self._shown = self.files.view.files
        self.files.view.reload()
        self._follow(changes)

    def _on_gone(self) -> None:
        super()._on_gone()
        if self.record_id is None:
            self.files.hold_again(self._shown)
            self._name_page()

    def room(self) -> str:
        return "surveys" if self.spec.survey is not None else self.spec.name

    def help_key(self) -> str:
        path = self.form.help_path()
        return f"{self.spec.name}.{path}" if path else self.spec.name

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._check_timer.stop()
        self.keeper.keep_now()

    def set_layout_class(self, kind: LayoutClass) -> None:
        wide = kind is LayoutClass.WIDE
        self._side_width = 308 if wide else 244
        self.side.setFixedWidth(self.look.px(self._side_width))
        self.side.setVisible(kind is not LayoutClass.COMPACT)
        self.form.geometry_of_lines.set_label_width(LABEL_WIDE if wide else LABEL_MEDIUM)
        self.foot.set_hints_shown(wide)

    def regions(self) -> list[QWidget]:
        return [self.head, self.form, self.foot]

    def focus_first(self) -> None:
        """The first field as if come to by Tab: what is prefilled is selected, so that typing replaces it."""
        if self.notice.lacks:
            self.notice.tell_what_is_missing(self.session, self.spec, self.navigate.open_room)
        if self._linked.come_back(self.form):
            return
        turn = self._turn
        if turn is not None and turn is not self._begun:
            self._begun = turn  # once: whoever comes back from another page goes on with the same row
            if turn.adds_row:
                self.form.begin_row(turn.field, dict(turn.row))
            else:
                self.form.come_to(turn.field)
            return
        first = self.form.inputs[self._asked_field or self.form.first_typed()]
        first.go_to()
        target = first.focus_target()
        if isinstance(target, QLineEdit):
            target.selectAll()

    # While one types

    def _on_edited(self, name: str) -> None:
        if self._barred:
            QTimer.singleShot(0, self, lambda: self._put_back(name))  # when the key, or the list, is done with
            return
        if self.record_id is None:
            self.proposals.follow(name)
        self.keeper.changed()
        self._check_timer.start()

    def _put_back(self, name: str) -> None:
        """Who only looks at a record: what was typed over it is not kept, and does not seem to be."""
        self.form.put_back(name)
        self.navigate.show_message(self._barred, "lock", "warn")

    def _on_entered(self, name: str) -> None:
        self.side.set_help(self.form.focused_field() or self.spec.field(name))
        self._show_sections()

    def _on_left(self, name: str) -> None:
        self._visited.add(name)
        self.proposals.take_apart(name)
        self.keeper.keep_now()
        self.check_now()
        if name in (self.spec.date_field, self.spec.area_field) or name in already_there.depends_on(self.spec):
            self._show_similar()

    def _on_reason(self, key: str, reason: str) -> None:
        self._take_reason(key, reason)
        if reason:
            self._kept_for |= {problem.key: problem.text for problem in self.findings.shown if problem.key == key}
        self.keeper.changed()
        self.check_now()

    def _check_what_was_typed(self) -> None:
        if self._check_timer.isActive():
            self.check_now()

    def _check_when_idle(self) -> None:
        if self.form.composing():
            self._check_timer.start()
        elif not self.form.choosing():  # else at the next letter, or when the field is left
            self.check_now()

    def check_now(self) -> Findings:
        """Reads the form, checks it, and puts every finding beside its field."""
        self._check_timer.stop()
        visited = None if self._tried else self._visited
        reading = self.form.read()
        with suppress(UnclearRowsError):  # the findings tell of it
            if self.spec.computed:
                self.form.show_computed(records.completed(self.session, self.spec.name, reading.values, self.record_id))
        self.findings = form_check.find(self.session, self.spec.name, reading, self.form.order, self.record_id, visited)
        self._forget_outdated_reasons()
        self.form.show_findings(self.findings.shown, self._reasons, self.findings.hidden)
        open_warnings = self.findings.open_warnings(self._reasons)
        self.foot.set_counts(len(self.findings.errors), len(open_warnings), len(self.findings.hidden))
        self._show_sections()
        return self.findings

    def _show_sections(self) -> None:
        filled, values = self.form.filled(), self.form.read().values
        focused = self.form.window().focusWidget()
        for place, view in enumerate(self.form.section_views):
            own = form_check.written(self.spec, view.names, filled, values, self._put_there)
            state = form_check.section_state(view.names, own, self.findings, self._reasons)
            self.side.set_section(place, state, focused is not None and view.isAncestorOf(focused))
        count, block = self.files.count(), self.files_block
        files = (
            SectionState(SectionMood.COMPLETE, f"{count} tệp") if count else SectionState(SectionMood.EMPTY, "chưa có")
        )
        self.side.set_section(len(self.form.section_views), files, focused is not None and block.isAncestorOf(focused))

    def _show_section(self, place: int) -> None:
        if place < len(self.form.section_views):
            self.form.show_section(place)
        else:
            self.go_to_files()

    def go_to_files(self) -> None:
        """Ctrl+T: the files of the record, below its last field."""
        bar = self.form.verticalScrollBar()
        bar.setValue(bar.maximum())  # they are the last block; what is found in the field that was left comes above it
        QTimer.singleShot(_SETTLE, self, lambda: bar.setValue(bar.maximum()))
        view = self.files.view
        (view.lines[0] if view.lines else view.add_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_similar(self) -> None:
        values = self.form.read().values
        found = records.similar(self.session, self.spec.name, values, self.record_id)
        self.side.set_similar(found, self.spec.singular)

    def _on_draft_kept(self) -> None:
        self._show_draft_tag(f"{self.session.now():%H:%M:%S}")

    def _show_draft_tag(self, when: str) -> None:
        self.draft_tag.show()
        self._draft_time.setText(f"nháp giữ lúc {when}")
        self._draft_time.show()

    # What the buttons and keys do

    def next_problem(self) -> None:
        """F8: the next problem after the field in focus, from the top again after the last one."""
        self._tried = True
        self.check_now()
        places = [*self.findings.errors, *self.findings.open_warnings(self._reasons)]
        if places:
            self.form.go_to(self.form.next_of(places))
        else:
            self.navigate.show_message("Không còn lỗi nào.")

    def copy_last(self) -> None:
        """Ctrl+D: fills the form with the newest record of the register, but for its day, hours and what was typed."""
        if self.record_id is not None:
            return
        current = periods.current(self.session)
        for query in (
            lists.default_query(self.session, self.spec.name, current),
            lists.default_query(self.session, self.spec.name),
        ):
            found = lists.open_list(self.session, query)
            if len(found):
                what = f"Đã chép {found.row(0).cells[0]}"
                self._fill_in(records.copy_of(self.session, self.spec.name, found.row(0).id), what, "copy")
                return
        self.navigate.show_message(f"Sổ chưa có {self.spec.singular} nào để chép.", "info", "text-2")

    def start_from(self, template: Template) -> None:
        """Fills the form from a template, but for what was typed."""
        values = record_templates.started_from(self.session, self.spec.name, template)
        self._fill_in(values, f"Đã điền theo mẫu “{template.name}”", "layers")
        self.focus_first()

    def _fill_in(self, values: Values, what: str, icon: str) -> None:
        stayed = self.proposals.fill_in(values)
        self.keeper.changed()
        self.check_now()
        self._show_similar()
        also = ", giữ ô bạn đã gõ" if stayed else ""
        self.navigate.show_message(f"{what}{also}. Xem lại trước khi lưu.", icon, "text-2")

    def _to_saving(self) -> None:
        """Enter in the last field that is usually filled."""
        button = self.foot.next_button if self._begins_next() else self.foot.save_button
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def save(self) -> bool:
        """Ctrl+S: saves and goes back to the list; with a problem it goes to it. True when it was saved."""
        record_id = self._write()
        if record_id is None:
            return False
        self.navigate.back()
        return True

    def save_and_next(self) -> bool:
        """Ctrl+Enter: saves and starts the next record with the kept fields (day, area, kind)."""
        if self._turn is not None and self._turn.left:
            if self._write() is None:
                return False
            self._to_next_turn()
            return True
        if not self._begins_next():
            return self.save()
        self._take_apart()
        values = self.form.read().values
        if self._write() is None:
            return False
        names = [field.name for field in self.spec.living_fields if field.keep and field.name in values]
        kept: dict[str, Value] = {name: values[name] for name in names}
        self._open(None, {**records.blank(self.session, self.spec.name), **kept})
        self.form.verticalScrollBar().setValue(0)
        self.form.inputs[self.form.first_usual(kept)].go_to()
        return True

    def _write(self, over: int | None = None) -> str | None:
        self._tried = True
        self._take_apart()
        self.form.keep_typed_reasons()
        found = self.check_now()
        waiting = [*found.errors, *found.open_warnings(self._reasons)]
        if waiting:
            self.form.go_to(waiting[0])
            return None
        values, reasons = self.form.read().values, self._reasons
        outcome = self._saved_by(lambda shown: self.files.save(values, self.record_id, shown, reasons), over)
        if outcome is None:
            return None
        if isinstance(outcome, Refused):
            self.form.show_findings(outcome.problems, self._reasons)
            return None
        return self._done(outcome)

    def _take_apart(self) -> None:
        """As when the field that is typed in is left."""
        typed_in = self.form.focused_field()
        if typed_in is not None:
            self.proposals.take_apart(typed_in.name)

    def _done(self, outcome: Saved) -> str:
        self.keeper.hold()
        self.form.is_new = False
        self.form.set_values(outcome.record.values)  # "3/10" tidied on leaving would look like a change not saved yet
        self.keeper.start(outcome.record.id)
        self.draft_tag.hide()
        self._draft_time.hide()
        self.navigate.show_message(f"Đã lưu {self.spec.singular}. Ctrl+Z để hoàn tác.")
        self.saved.emit(outcome.record.id)
        return outcome.record.id

    def _open_similar(self, record_id: str) -> None:
        self.navigate.push(EntryPage(self.session, self.look, self.navigate, self.spec.name, record_id))
