"""Xung đột: what two machines of the office wrote differently; both values side by side, one is chosen or typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import conflicts
from thidua_desktop.services.handoff.conflicts import Conflict, FieldConflict
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.fields import FieldLabel
from thidua_desktop.ui.components.labels import caption, hairline_widget, label
from thidua_desktop.ui.components.list_beside import ListBeside
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_OWN_WORDS = "Giá trị khác"
_THIS = "Giá trị này"
_SHORT = 40  # characters of a value that stands beside its button; a longer one stands below it in lines


class ConflictsPage(Page):
    """Left the records, right what must be decided about the chosen one, at the foot the reason."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Xung đột giữa hai máy")
        self.found: list[Conflict] = []
        self.choices: dict[str, QButtonGroup] = {}
        self.typed: dict[str, QLineEdit] = {}
        self._work = LongWork(look, self)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self.follow(session)
        self.load()

    def _build(self) -> None:
        look = self.look
        self.decide_button = filled(look, "Ghi quyết định", "check")
        self.open_button = bordered(look, "Mở bản ghi", "pencil")
        self.decide_button.clicked.connect(self.decide)
        self.open_button.clicked.connect(self.open_record)
        self.head = PageHead(
            look, "Xung đột giữa hai máy", "Gửi – nhận",
            actions=(self.open_button, self.decide_button),
        )  # fmt: skip
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self._fields = QWidget()
        self._column = QVBoxLayout(self._fields)
        look.margins(self._column, 16, 10, 16, 12, 8)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Lý do")
        self.reason.setMaxLength(conflicts.LONGEST_REASON)
        self.reason.returnPressed.connect(self.decide)
        foot = QWidget()
        line = QVBoxLayout(foot)
        look.margins(line, 0, 0, 0, 0, 4)
        line.addWidget(FieldLabel("Lý do", required=True))
        line.addWidget(self.reason)
        right = Card(look, "Giữ giá trị nào", flush=True)
        right.add(scrolling(self._fields, "Các giá trị cạnh nhau"), 1)
        right.add_padded(foot)
        leave = bordered(look, "Về trang trước", "chevron-left")
        leave.clicked.connect(self.navigate.back)
        none = EmptyState(
            look,
            "Khi hai máy sửa những ô khác nhau của một bản ghi, chương trình tự gộp. Chỉ khi cùng một ô có hai "
            "giá trị, hoặc máy này xóa mà máy kia sửa, bản ghi mới hiện ở đây.",
            (leave,), "Không có gì phải quyết định", "circle-check",
        )  # fmt: skip
        self.beside = ListBeside(
            look, "Các bản ghi hai máy ghi khác nhau", right, none, (self.open_button, self.decide_button)
        )
        self.beside.shown.connect(self._show)
        self.list = self.beside.list
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.beside, 1)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.decide)
        if not self.session.may(Permission.RECORD):
            self.decide_button.set_reason("Quyền của bạn chỉ xem sổ")

    def load(self) -> None:
        """Find the conflicts again, off the window's thread; the place in the list stays."""
        self._asker.ask(conflicts.conflicts, self._show_found)

    def _show_found(self, found: list[Conflict]) -> None:
        row = max(self.list.currentRow(), 0)
        self.found = found
        lines = [
            f"{one.title}\n{one.register_title}: {', '.join(field.label for field in one.fields)}" for one in self.found
        ]
        self.beside.fill(lines, row)

    def chosen(self) -> dict[str, Any]:
        """What is chosen, by field; TD-SYNC-113 for a typed value that the field does not take."""
        one = self.found[self.list.currentRow()]
        values: dict[str, Any] = {}
        for field in one.fields:
            place = self.choices[field.name].checkedId()
            if place == len(field.values):
                values[field.name] = conflicts.typed(
                    self.session, one.register, field.name, self.typed[field.name].text()
                )
            elif place >= 0:
                values[field.name] = field.values[place].plain
        return values

    def choose(self, name: str, place: int) -> None:
        """Choose the value at a place."""
        self.choices[name].button(place).setChecked(True)

    def decide(self) -> None:
        """Write what is chosen, with the reason."""
        row = self.list.currentRow()
        if not 0 <= row < len(self.found):
            return
        one, reason = self.found[row], self.reason.text()
        try:
            chosen = self.chosen()
        except UserError as error:
            show_error(self.look, error, self)
            return
        writing = in_office(
            self.session, lambda own: conflicts.decide(own, one.register, one.record_id, chosen, reason)
        )
        self._work.start("Đang ghi quyết định", writing, lambda left: self._on_decided(one, left))

    def _on_decided(self, one: Conflict, left: Conflict | None) -> None:
        self.reason.clear()
        self.session.announce(Changes(frozenset({one.register}), (one.record_id,)))  # nobody hears another thread
        self.load()
        more = f"; còn {len(left.fields)} ô" if left is not None else ""
        self.navigate.show_message(f"Đã ghi quyết định về {one.title}{more}")

    def open_record(self) -> None:
        """The whole record."""
        row = self.list.currentRow()
        if 0 <= row < len(self.found):
            self.navigate.open_room(self.found[row].register, self.found[row].record_id)

    def refresh(self, changes: object = None) -> None:
        if isinstance(changes, Changes) and self.isVisible():
            self.load()

    def focus_first(self) -> None:
        self.list.setFocus()

    def help_key(self) -> str:
        return "conflicts"

    def regions(self) -> list[QWidget]:
        return [self.head, self.list, self._fields, self.reason]

    def _show(self, row: int) -> None:
        clear_layout(self._column)
        self.choices.clear()
        self.typed.clear()
        if not 0 <= row < len(self.found):
            return
        for place, field in enumerate(self.found[row].fields):
            if place:
                self._column.addWidget(hairline_widget())
            self._column.addWidget(label(field.label, TextRole.STRONG, wrap=True))
            self._column.addWidget(self._sides(field))
        self._column.addStretch(1)

    def _sides(self, field: FieldConflict) -> QWidget:
        """The values side by side, below them a place to type another one."""
        sides, group = QWidget(), QButtonGroup(self._fields)
        column = QVBoxLayout(sides)
        self.look.margins(column, 0, 0, 0, 0, 8)
        row = QHBoxLayout()
        self.look.margins(row, 0, 0, 0, 0, 16)
        for place, value in enumerate(field.values):
            side = QVBoxLayout()
            self.look.margins(side, 0, 0, 0, 0, 2)
            lines = value.text.splitlines() or ["(để trống)"]
            is_short = len(lines) == 1 and len(lines[0]) <= _SHORT
            button = QRadioButton(lines[0] if is_short else _THIS)
            button.setAccessibleName(f"{field.label}: {value.text}, {value.words}")
            button.setChecked(place == field.stands)
            group.addButton(button, place)
            side.addWidget(button)
            for text in () if is_short else lines:
                side.addWidget(label(text, wrap=True))
            side.addWidget(caption(value.words, wrap=True))
            side.addStretch(1)
            row.addLayout(side, 1)
        column.addLayout(row)
        self.choices[field.name] = group
        if field.can_be_typed:
            column.addLayout(self._other(field, group))
        return sides

    def _other(self, field: FieldConflict, group: QButtonGroup) -> QHBoxLayout:
        line = QHBoxLayout()
        self.look.margins(line, 0, 0, 0, 0, 8)
        button, edit = QRadioButton(_OWN_WORDS), QLineEdit()
        button.setAccessibleName(f"{field.label}: {_OWN_WORDS}")
        edit.setAccessibleName(f"{field.label}, {_OWN_WORDS.lower()}")
        edit.textEdited.connect(lambda _text: button.setChecked(True))
        group.addButton(button, len(field.values))
        line.addWidget(button)
        line.addWidget(edit, 1)
        self.typed[field.name] = edit
        return line
