"""Sắp xếp đơn vị: what is renamed, merged or split, what that would change, and doing it in one action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import succession
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.succession import AREA, GROUP, MERGE, RENAME, SPLIT, NewUnit, Succession
from thidua_desktop.services.titles import entries_of
from thidua_desktop.text import format_date, parse_date, sort_key
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_KINDS = [(MERGE, "Sáp nhập"), (SPLIT, "Chia tách"), (RENAME, "Đổi tên")]
_LEVELS = [(AREA, "Khu dân cư"), (GROUP, "Tổ tự quản")]
_NAME_HINTS = {
    MERGE: "Tên của đơn vị mới.",
    RENAME: "Tên mới; đơn vị vẫn là một.",
    SPLIT: "Mỗi dòng một đơn vị mới: tên, rồi số hộ sau dấu chấm phẩy. Ví dụ: Tân Lập 1; 120",
}


class SuccessionPage(Page):
    """Left what is asked, right what it would change; nothing is written before "Áp dụng"."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Sắp xếp đơn vị")
        self.plan: succession.SuccessionPlan | None = None
        self.work = LongWork(look, self)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self._connect()
        self._list_units()

    def _build(self) -> None:
        look = self.look
        self.apply_button = filled(look, "Áp dụng", "check")
        self.head = PageHead(look, "Sắp xếp đơn vị", "Sổ sắp xếp", actions=(self.apply_button,))
        self.kind = ChoiceBox(look, "Cách thay đổi", _KINDS, MERGE)
        self.level = ChoiceBox(look, "Đơn vị", _LEVELS, AREA)
        self.sources = WordList(look, "Đơn vị cũ")
        self.sources.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        look.follow(self, lambda: self.sources.setMinimumHeight(look.px(150)))
        self.names = [PlainLine(look, f"Tên mới {number}") for number in (1, 2, 3, 4)]
        self.day = PlainLine(look, "Ngày hiệu lực", format_date(self.session.today.replace(day=1)))
        self.decision = PlainLine(look, "Số văn bản")
        self.decided_on = PlainLine(look, "Ngày văn bản")
        self.decided_by = PlainLine(look, "Cơ quan ban hành", "Hội đồng nhân dân xã")
        self.legal_basis = PlainLine(look, "Căn cứ", "Nghị định 185/2026/NĐ-CP")
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(12))
        middle.addWidget(scrolling(self._form(), "Việc sắp xếp"), 1)
        middle.addWidget(self._preview(), 1)
        outer.addLayout(middle, 1)

    def _form(self) -> QWidget:
        look, holder = self.look, QWidget()
        card = Card(look, "Thay đổi gì")
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 12)
        self.rows = {
            "kind": FormRow(look, "Cách thay đổi", self.kind),
            "level": FormRow(look, "Đơn vị", self.level),
            "sources": FormRow(look, "Đơn vị cũ", self.sources, "Đánh dấu đơn vị thay đổi.", required=True),
            "targets": FormRow(look, "Đơn vị mới", self.names[0], _NAME_HINTS[MERGE], required=True),
            "effective_on": FormRow(look, "Ngày hiệu lực", self.day, "Đơn vị cũ còn đến hết hôm trước.", required=True),
            "decision": FormRow(look, "Số văn bản", self.decision, required=True),
            "decided_on": FormRow(look, "Ngày văn bản", self.decided_on),
            "decided_by": FormRow(look, "Cơ quan ban hành", self.decided_by),
            "legal_basis": FormRow(look, "Căn cứ", self.legal_basis),
        }
        for name, row in self.rows.items():
            column.addWidget(row)
            if name == "targets":
                for line in self.names[1:]:
                    column.addWidget(line)
                    line.hide()
        card.add_padded(column)
        around = QVBoxLayout(holder)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)
        around.addStretch(1)
        return holder

    def _preview(self) -> QWidget:
        look, holder = self.look, QWidget()
        card = Card(look, "Sẽ thay đổi thế nào", flush=True)
        column = QVBoxLayout(holder)
        look.margins(column, 16, 12, 16, 16, 8)
        self.notice = Notice(look, State.MISSING, "Chưa đủ", "")
        self.steps = label("", wrap=True, selectable=True)
        self.hints = label("", ink="text-2", wrap=True)
        for widget in (self.notice, self.steps, self.hints):
            column.addWidget(widget)
        column.addStretch(1)
        card.add(scrolling(holder, "Sẽ thay đổi thế nào"), 1)
        return card

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.level.currentIndexChanged.connect(self._list_units)
        self.sources.itemChanged.connect(self.look_ahead)
        for line in (*self.names, self.day, self.decision, self.decided_on):
            line.editingFinished.connect(self.look_ahead)
        self.apply_button.clicked.connect(self.apply)
        may = self.session.may(Permission.RECORD)
        self.apply_button.set_reason("Đang xem trước" if may else "Quyền của bạn chỉ xem sổ")

    def _on_kind(self) -> None:
        kind = str(self.kind.chosen())
        for line in self.names[1:]:
            line.setVisible(kind == SPLIT)
        self.rows["targets"].hint.setText(_NAME_HINTS[kind])
        self.look_ahead()

    def _list_units(self) -> None:
        level = str(self.level.chosen())
        standing = [one for one in entries_of(self.session, level).values() if one.valid_on(self.session.today)]
        self.sources.blockSignals(True)
        self.sources.clear()
        for entry in sorted(standing, key=lambda one: sort_key(f"{one.detail} {one.label}")):
            item = QListWidgetItem(f"{entry.label}, {entry.detail}" if entry.detail else entry.label)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.sources.addItem(item)
        self.sources.blockSignals(False)
        self.look_ahead()

    # What is asked

    def choose(self, ids: tuple[str, ...]) -> None:
        """Mark units by id."""
        for place in range(self.sources.count()):
            item = self.sources.item(place)
            wanted = item.data(Qt.ItemDataRole.UserRole) in ids
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)

    def asked(self) -> Succession | None:
        """What the form says; None while a day cannot be understood."""
        today = self.session.today
        day = parse_date(self.day.text(), today)
        decided = parse_date(self.decided_on.text(), today) if self.decided_on.text().strip() else None
        self.rows["effective_on"].set_problem("" if day else "Ghi ngày, ví dụ 1/7/2026.")
        bad_day = bool(self.decided_on.text().strip()) and decided is None
        self.rows["decided_on"].set_problem("Ghi ngày, ví dụ 20/6/2026." if bad_day else "")
        if day is None or bad_day:
            return None
        items = (self.sources.item(place) for place in range(self.sources.count()))
        chosen = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        kind = str(self.kind.chosen())
        lines = self.names if kind == SPLIT else self.names[:1]
        texts = [line.text().strip() for line in lines]
        return Succession(
            kind=kind, level=str(self.level.chosen()), effective_on=day,
            sources=tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen),
            targets=tuple(succession.typed_unit(text) for text in texts if text) or (NewUnit(),),
            decision=self.decision.text().strip(), decided_on=decided, decided_by=self.decided_by.text().strip(),
            legal_basis=self.legal_basis.text().strip(),
        )  # fmt: skip

    def look_ahead(self) -> None:
        """Show what would change, and what stands in the way."""
        asked = self.asked()
        if asked is None:
            self.plan = None
            self._asker.drop()
        else:
            self._asker.ask(lambda reading: succession.plan(reading, asked), self._show_plan)

    def _show_plan(self, plan: succession.SuccessionPlan) -> None:
        self.plan = plan
        errors = [one for one in plan.problems if one.severity is Severity.ERROR]
        hints = [one.text for one in plan.problems if one.severity is not Severity.ERROR]
        self.steps.setText("\n\n".join(plan.steps))
        self.hints.setText("\n".join(hints))
        if errors:
            self.notice.set_notice(State.MISSING, "Chưa đủ", errors[0].text)
        else:
            moved = f"{plan.moved} bản ghi chuyển theo" if plan.moved else "không bản ghi nào chuyển"
            self.notice.set_notice(State.OK, "Áp dụng được", f"{plan.summary}; {moved}. Ctrl+Z lấy lại tất cả.")
        if self.session.may(Permission.RECORD):
            self.apply_button.set_reason(errors[0].text if errors else "")

    def apply(self) -> None:
        """Do it; a split goes on to the page where records are assigned."""
        asked = self.asked()
        if asked is None:
            return
        apply = in_office(self.session, lambda own: succession.apply(own, asked))
        self.work.start("Đang sắp xếp đơn vị", apply, lambda _record: self._on_applied(asked))

    def _on_applied(self, asked: Succession) -> None:
        self.session.announce(Changes(frozenset(self.session.definitions.registers)))
        self.navigate.show_message("Đã áp dụng. Ctrl+Z để lấy lại tất cả.")
        self.navigate.back()
        if asked.kind == SPLIT:
            from thidua_desktop.ui.pages.succession.assign_page import AssignPage

            self.navigate.push(AssignPage(self.session, self.look, self.navigate, asked.level, asked.sources[0]))

    # Page protocol

    def title(self) -> str:
        return "Sắp xếp đơn vị"

    def room(self) -> str:
        return succession.REGISTER

    def help_key(self) -> str:
        return succession.REGISTER

    def focus_first(self) -> None:
        self.kind.setFocus()

    def regions(self) -> list[QWidget]:
        return [self.head, self.kind, self.steps]
