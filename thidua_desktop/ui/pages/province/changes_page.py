"""Sắp xếp đơn vị hành chính: what a resolution does to communes, looked at, written in one step, undone in one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import commune_changes
from thidua_desktop.services.change_words import told
from thidua_desktop.services.commune_changes import KINDS, MERGE, SPLIT, AskedChange, ChangePlan, CommuneChange
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import fold_joined, format_date, parse_date
from thidua_desktop.ui.components.buttons import borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.fields import Notice, SearchField
from thidua_desktop.ui.components.labels import StateLabel, caption, hairline_widget, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.in_sight import show_now
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

TITLE = "Sắp xếp đơn vị hành chính"
_CODE = Qt.ItemDataRole.UserRole
_MOST_NEW = 4
_HINTS = {
    MERGE: "Mã và tên đơn vị mới, ví dụ 24999; Xã Ea Kly. Sáp nhập vào đơn vị đang có thì ghi tên hoặc mã.",
    SPLIT: "Mỗi dòng một đơn vị mới: mã; tên. Ví dụ: 24999; Xã Ea Kly",
    "rename": "Mã; tên mới. Mã cũ thì chỉ đổi tên; mã khác thì đơn vị mới nhận bàn giao của đơn vị cũ.",
}


class ChangesPage(Page):
    """Left what the resolution says, right what it means; below every change that was written."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle(TITLE)
        self.plan: ChangePlan | None = None
        self.work = LongWork(look, self)
        self._fields()
        self._build()
        self._connect()
        self._list_units()
        self.refresh()
        self.look_ahead()
        self.follow(session)

    def _fields(self) -> None:
        look = self.look
        self.apply_button = filled(look, "Ghi thay đổi", "check", "Ctrl+Enter")
        self.head = PageHead(look, TITLE, actions=(self.apply_button,))
        self.kind = ChoiceBox(look, "Cách thay đổi", list(KINDS.items()), MERGE)
        self.search = SearchField(look, "Gõ một phần tên xã")
        self.search.setAccessibleName("Tìm đơn vị cũ")
        self.sources = WordList(look, "Đơn vị cũ")
        self.sources.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        look.follow(self, lambda: self.sources.setFixedHeight(look.px(150)))
        self.chosen = label("", ink="text-2", wrap=True)
        self.news = [PlainLine(look, f"Đơn vị mới {number}") for number in range(1, _MOST_NEW + 1)]
        self.day = PlainLine(look, "Ngày hiệu lực")
        self.decision = PlainLine(look, "Số nghị quyết")
        self.decided_on = PlainLine(look, "Ngày nghị quyết")
        self.decided_by = PlainLine(look, "Cơ quan ban hành", "Ủy ban Thường vụ Quốc hội")
        self.notice = Notice(look, State.MISSING, "Chưa đủ", "")
        self.steps = label("", wrap=True, selectable=True)
        self.hints = label("", ink="text-2", wrap=True)

    def _build(self) -> None:
        look = self.look
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(12))
        form = Card(look, "Nghị quyết nói gì", flush=True)
        form.add(scrolling(self._form(), "Nghị quyết nói gì"), 1)
        middle.addWidget(form, 1)
        right = QVBoxLayout()
        right.setSpacing(look.px(12))
        right.addWidget(self._preview(), 3)
        self.written = Card(look, "Đã ghi", flush=True)
        self._rows = QVBoxLayout()
        look.margins(self._rows, 16, 8, 16, 12, 6)
        listed = QWidget()
        listed.setLayout(self._rows)
        self.written.add(scrolling(listed, "Thay đổi đã ghi"), 1)
        right.addWidget(self.written, 2)
        middle.addLayout(right, 1)
        outer.addLayout(middle, 1)

    def _form(self) -> QWidget:
        look, holder = self.look, QWidget()
        column = QVBoxLayout(holder)
        look.margins(column, 16, 12, 16, 16, 12)
        picked = QWidget()
        inner = QVBoxLayout(picked)
        look.margins(inner, 0, 0, 0, 0, 6)
        for widget in (self.search, self.sources, self.chosen):
            inner.addWidget(widget)
        self.rows = {
            "kind": FormRow(look, "Cách thay đổi", self.kind),
            "before": FormRow(look, "Đơn vị cũ", picked, required=True),
            "after": FormRow(look, "Đơn vị mới", self.news[0], _HINTS[MERGE], required=True),
            "effective_on": FormRow(look, "Ngày hiệu lực", self.day, "Đơn vị cũ còn đến hết hôm trước.", required=True),
            "decision": FormRow(look, "Số nghị quyết", self.decision, required=True),
            "decided_on": FormRow(look, "Ngày nghị quyết", self.decided_on),
            "decided_by": FormRow(look, "Cơ quan ban hành", self.decided_by),
        }
        for name, row in self.rows.items():
            row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # hints wrap in large text
            column.addWidget(row)
            if name == "after":
                for line in self.news[1:]:
                    column.addWidget(line)
                    line.hide()
        column.addStretch(1)
        return holder

    def _preview(self) -> QWidget:
        holder = QWidget()
        card = Card(self.look, "Có nghĩa gì", flush=True)
        column = QVBoxLayout(holder)
        self.look.margins(column, 16, 12, 16, 16, 8)
        for widget in (self.notice, self.steps, self.hints):
            column.addWidget(widget)
        column.addStretch(1)
        card.add(scrolling(holder, "Có nghĩa gì"), 1)
        return card

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._mark_found)
        writing = QShortcut(QKeySequence("Ctrl+Return"), self)
        writing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        writing.activated.connect(self.look_ahead)  # also of the field that is being typed in
        writing.activated.connect(self.apply_button.click)
        finding = QShortcut(QKeySequence("Ctrl+F"), self)
        finding.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finding.activated.connect(self.search.begin_search)
        self.sources.itemChanged.connect(self.look_ahead)
        for line in (*self.news, self.day, self.decision, self.decided_on, self.decided_by):
            line.editingFinished.connect(self.look_ahead)
        self.decision.textEdited.connect(self.look_ahead)  # the last that is typed: what it means stands beside it
        self.apply_button.clicked.connect(self.apply)

    def _on_kind(self) -> None:
        kind = str(self.kind.chosen())
        for line in self.news[1:]:
            line.setVisible(kind == SPLIT)
        self.rows["after"].hint.setText(_HINTS[kind])
        self.look_ahead()

    def _list_units(self) -> None:
        self.sources.blockSignals(True)
        self.sources.clear()
        for code, name in commune_changes.changeable(self.session):
            item = QListWidgetItem(f"{name}, mã {code}")
            item.setData(_CODE, code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.sources.addItem(item)
        self.sources.blockSignals(False)

    def _filter(self, text: str) -> None:
        """Shows what holds every word, and what is marked already."""
        words, found = fold_joined(text).split(), 0
        for item in self._items():
            marked = item.checkState() is Qt.CheckState.Checked
            fits = all(word in fold_joined(item.text()) for word in words)
            found += fits
            item.setHidden(not marked and not fits)
        if found:
            self._tell_marked()
        else:
            self.chosen.setText(f"Không có đơn vị nào của tỉnh mang tên “{text}”.")

    def _mark_found(self) -> None:
        """Enter in the search marks the only commune that was found, or that has this very name, and makes room for the
        next one; of several one is chosen in the list.
        """
        found = [one for one in self._items() if not one.isHidden() and one.checkState() is not Qt.CheckState.Checked]
        if len(found) > 1:  # "Hòa Phú" is held by "Phú Hòa 1" too
            shown = [(str(one.data(_CODE)), one.text().rpartition(", mã ")[0]) for one in found]
            named = {code for code, _ in commune_changes.called_so(self.search.text(), shown)}
            called = [one for one in found if str(one.data(_CODE)) in named]
            if len(called) != 1:
                self.sources.setCurrentItem((called or found)[0])
                self.sources.setFocus(Qt.FocusReason.OtherFocusReason)
            found = called
        if len(found) == 1:
            found[0].setCheckState(Qt.CheckState.Checked)
            self.search.clear()

    def _items(self) -> list[QListWidgetItem]:
        return [self.sources.item(place) for place in range(self.sources.count())]

    def _tell_marked(self) -> None:
        self.chosen.setText("; ".join(item.text() for item in self._marked()) or "Chưa chọn đơn vị cũ nào.")

    def choose(self, codes: tuple[str, ...]) -> None:
        """Marks old communes by code."""
        for item in self._items():
            wanted = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)

    def _marked(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def asked(self) -> AskedChange | None:
        """What the form says; None while a day cannot be understood."""
        today, kind = self.session.today, str(self.kind.chosen())
        day = parse_date(self.day.text(), today)
        decided = parse_date(self.decided_on.text(), today) if self.decided_on.text().strip() else None
        bad_day = bool(self.decided_on.text().strip()) and decided is None
        unread = bool(self.day.text().strip()) and day is None
        self.rows["effective_on"].set_problem("Ghi ngày, ví dụ 1/1/2027." if unread else "")
        self.rows["decided_on"].set_problem("Ghi ngày, ví dụ 20/11/2026." if bad_day else "")
        if day is None or bad_day:
            return None
        lines = self.news if kind == SPLIT else self.news[:1]
        known = commune_changes.changeable(self.session)
        return AskedChange(
            kind=kind, effective_on=day, before=tuple(str(item.data(_CODE)) for item in self._marked()),
            after=tuple(commune_changes.typed_unit(line.text(), known) for line in lines if line.text().strip()),
            decision=self.decision.text(), decided_on=decided, decided_by=self.decided_by.text(),
        )  # fmt: skip

    def look_ahead(self) -> None:
        """Shows what the change means, and what stands in the way."""
        self._tell_marked()
        asked = self.asked()
        self.plan = commune_changes.plan(self.session, asked) if asked else None
        problems = self.plan.problems if self.plan else ()
        errors = [one.text for one in problems if one.severity is Severity.ERROR]
        if self.plan is None:
            errors = ["Ghi ngày hiệu lực theo nghị quyết."]
        self.steps.setText("\n\n".join(self.plan.steps if self.plan else ()))
        self.hints.setText("\n".join(one.text for one in problems if one.severity is not Severity.ERROR))
        if errors or self.plan is None:
            self.notice.set_notice(State.MISSING, "Chưa đủ", errors[0])
        else:
            self.notice.set_notice(State.OK, "Ghi được", f"{told(self.plan.change)}. Bỏ lại được ở mục Đã ghi.")
        allowed = self.session.may(Permission.MANAGE)
        reason = errors[0] if errors else ""
        self.apply_button.set_reason(reason if allowed else "Người quản trị của tỉnh mới ghi được")

    def apply(self) -> None:
        """Writes it."""
        asked = self.asked()
        if asked is None:
            return
        apply = in_office(self.session, lambda own: commune_changes.apply(own, asked))
        self.work.start("Đang ghi thay đổi đơn vị", apply, lambda _change: self._on_applied())

    def _on_applied(self) -> None:
        self.session.announce(Changes(frozenset(self.session.definitions.registers)))
        for line in (*self.news, self.day, self.decision, self.decided_on):
            line.clear()
        self.search.clear()
        self._list_units()
        self.look_ahead()
        self.focus_first()  # Ctrl+Z in the line that was typed in last would bring its words back
        self.navigate.show_message("Đã ghi. Gửi cho các xã ở Hộp thư gói, mục Chỉ đạo.")

    def undo(self, change_id: str) -> None:
        """Takes a change back."""
        undo = in_office(self.session, lambda own: commune_changes.undo(own, change_id))
        self.work.start("Đang bỏ thay đổi đơn vị", undo, lambda _change: self._on_undone())

    def _on_undone(self) -> None:
        self.session.announce(Changes(frozenset(self.session.definitions.registers)))
        self._list_units()
        self.look_ahead()
        self.focus_first()  # the button that was pressed is gone
        self.navigate.show_message("Đã bỏ thay đổi. Xã nào đã nhận chỉ đạo sẽ biết khi nhận gói chỉ đạo sau.")

    def refresh(self, changes: object = None) -> None:
        clear_layout(self._rows)
        found = commune_changes.written(self.session)
        if not found:
            self._rows.addWidget(label("Chưa ghi thay đổi nào.", ink="text-2"))
        for place, change in enumerate(found):
            if place:
                self._rows.addWidget(hairline_widget())
            self._add_written(change)
        self._rows.addStretch(1)

    def _add_written(self, change: CommuneChange) -> None:
        self._rows.addWidget(label(told(change), wrap=True))
        state = State.OK if change.stands else State.RETURNED
        words = "có hiệu lực" if change.stands else "đã bỏ"
        self._rows.addWidget(StateLabel(self.look, state, words))
        self._rows.addWidget(caption(f"{change.actor}, {format_date(change.at.date())}"))
        if change.stands and self.session.may(Permission.MANAGE):
            button = borderless(self.look, "Bỏ thay đổi này", "undo-2")
            button.clicked.connect(lambda _checked=False: self.undo(change.id))
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    # Page protocol

    def title(self) -> str:
        return TITLE

    def help_key(self) -> str:
        return "commune_changes"

    def focus_first(self) -> None:
        self.kind.setFocus()
        show_now(self.rows["kind"], self.kind)

    def regions(self) -> list[QWidget]:
        return [self.head, self.kind, self.steps]
