"""Người có thể bị ghi hai lần: suspected pairs side by side, one is merged into the other, or both stay.

At the province the records are those of communes, which alone make them one: the commune is asked to.
"""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec
from thidua_desktop.services import duplicates, lists, record_merge, records
from thidua_desktop.services.duplicates import LIKENESS_WORDS, PERSON, HouseholdHint, Pair
from thidua_desktop.services.handoff import answers
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.list_beside import ListBeside
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error

_MERGE, _ASK = ("Gộp làm một", "merge"), ("Báo xã gộp", "corner-up-left")


class DuplicatesPage(Page):
    """Left the pairs, right the two records field by field; for each field that differs the value to keep is chosen."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Người có thể bị ghi hai lần")
        self.pairs: list[Pair] = []
        self.choices: dict[str, QButtonGroup] = {}
        self._sides: tuple[Record, Record] | None = None
        self._apart: list[Pair] = []
        self._work = LongWork(look, self)
        self._asker, self._hinting = Asker(session, self), Asker(session, self)
        for asker in (self._asker, self._hinting):
            asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self.follow(session)
        self.load()

    def _build(self) -> None:
        look = self.look
        self._asks = self.session.is_province
        self.merge_button = filled(look, *(_ASK if self._asks else _MERGE))
        self.apart_button = bordered(look, "Không phải một người")
        self.merge_button.clicked.connect(self.ask_commune if self._asks else self.merge)
        self.apart_button.clicked.connect(self.keep_apart)
        self.head = PageHead(
            look, "Người có thể bị ghi hai lần", "Sổ người tham gia", actions=(self.apart_button, self.merge_button)
        )
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        look.margins(self._grid, 16, 10, 16, 12, 8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        right = Card(look, "Hai bản ghi" if self._asks else "Giữ giá trị nào", flush=True)
        right.add(scrolling(self._fields, "Hai bản ghi cạnh nhau"), 1)
        self._hint = caption("", wrap=True)
        right.add_padded(self._hint)
        leave = bordered(look, "Về trang trước", "chevron-left")
        leave.clicked.connect(self.navigate.back)
        none = EmptyState(
            look, "Không thấy ai bị ghi hai lần. Chương trình so theo tên, năm sinh và số căn cước.", (leave,),
            "Không có cặp nghi trùng", "circle-check",
        )  # fmt: skip
        self.beside = ListBeside(look, "Các cặp nghi trùng", right, none, (self.apart_button, self.merge_button))
        self.beside.shown.connect(self._show)
        self.list = self.beside.list
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.beside, 1)
        if not self.session.may(Permission.RECORD):
            for button in (self.merge_button, self.apart_button):
                button.set_reason("Quyền của bạn chỉ xem sổ")

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Large text: the pair under the list of pairs."""
        self.beside.stack(kind is LayoutClass.COMPACT)

    def load(self) -> None:
        """Find the pairs again, off the window's thread."""
        self._asker.ask(duplicates.find, self._show_pairs)

    def _show_pairs(self, pairs: list[Pair]) -> None:
        self.pairs = pairs
        self.beside.fill([f"{self._name(one)}\n{LIKENESS_WORDS[one.likeness]}: {one.why}" for one in self.pairs])

    def merge(self) -> None:
        """The chosen values stay in the first record; the second goes, its links follow."""
        if self._sides is None:
            return
        keep, gone = self._sides
        chosen = {
            name: gone.id if group.checkedId() == 1 else keep.id for name, group in self.choices.items()
        }  # fmt: skip
        merging = in_office(self.session, lambda own: record_merge.merge_records(own, PERSON, keep.id, gone.id, chosen))
        self._work.start("Đang gộp hai bản ghi", merging, self._on_merged)

    def _on_merged(self, merged: record_merge.Merged) -> None:
        self.session.announce(merged.changes)  # nobody hears what is written on another thread
        self._apart.clear()  # Ctrl+Z takes the merging back first
        self.navigate.show_message(merged.sentence, "merge")

    def _name(self, pair: Pair) -> str:
        """Who it is; at the province also of which communes."""
        name = title(self.session, PERSON, pair.first.id)
        if not self._asks:
            return name
        owners = dict.fromkeys(self._owner(one) for one in (pair.first, pair.second))
        return f"{name} ({' và '.join(owners)})"

    def _owner(self, record: Record) -> str:
        return records.owner_of(self.session, record) or self.session.file.identity.name

    def ask_commune(self) -> None:
        """At the province: the record goes back to its commune with the reason."""
        row = self.list.currentRow()
        if not 0 <= row < len(self.pairs) or not self.merge_button.isEnabled():
            return
        pair = self.pairs[row]
        try:
            duplicates.ask_to_merge(self.session, pair)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.navigate.show_message(f"Biên nhận sau báo {self._owner(pair.first)} xem, gộp làm một", "corner-up-left")
        self._allow(pair)

    def _allow(self, pair: Pair) -> None:
        """Whether the commune can be asked, at the province."""
        if not self._asks or not self.session.may(Permission.RECEIVE):
            return
        asked = answers.answer_to(self.session, PERSON, pair.second.id)
        reason = "" if pair.of_one_office else "Hai đơn vị khác nhau: mỗi đơn vị giữ bản ghi của mình"
        self.merge_button.set_reason("Đã báo, chờ gói sau của xã" if asked is not None and asked.returned else reason)

    def keep_apart(self) -> None:
        """These are two people."""
        row = self.list.currentRow()
        if 0 <= row < len(self.pairs):
            self._apart.append(self.pairs[row])
            duplicates.keep_apart(self.session, self.pairs[row])
            self.navigate.show_message("Đã nhớ: hai người khác nhau. Ctrl+Z để hoàn tác.")

    def take_back(self) -> bool:
        """Ctrl+Z: the pair that was kept apart last on this page is suspected again."""
        if not self._apart:
            return False
        pair = self._apart.pop()
        duplicates.suspect_again(self.session, pair.first.id, pair.second.id)
        self.navigate.show_message(f"Lại nghi là một người: {self._name(pair)}", "undo-2")
        return True

    def choose(self, name: str, side: int) -> None:
        """Keep the value of one side (0 left, 1 right) for a field."""
        button = self.choices[name].button(side)
        button.setChecked(True)

    def refresh(self, changes: object = None) -> None:
        if isinstance(changes, Changes) and self.isVisible():
            self.load()

    def focus_first(self) -> None:
        self.list.setFocus()

    def help_key(self) -> str:
        return "duplicates"

    def regions(self) -> list[QWidget]:
        return [self.head, self.list, self._fields]

    def _show(self, row: int) -> None:
        clear_layout(self._grid)
        self.choices.clear()
        self._sides = None
        if not 0 <= row < len(self.pairs):
            return
        pair = self.pairs[row]
        sides = tuple(records.get(self.session, PERSON, one.id) for one in (pair.first, pair.second))
        self._sides = (sides[0], sides[1])
        self._allow(pair)
        heads = [self._owner(one) for one in sides] if self._asks else ["Giữ bản ghi này", "Gộp bản ghi này vào"]
        for column, words in enumerate(heads, start=1):
            self._grid.addWidget(label(words, TextRole.STRONG), 0, column)
        for place, field in enumerate(self.session.register(PERSON).living_fields, start=1):
            self._add_field(place, field, self._sides)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        ids = [one.id for one in sides]
        self._hint.clear()
        self._hinting.ask(lambda reading: duplicates.household_hints(reading, ids), self._show_hints)

    def _show_hints(self, hints: list[HouseholdHint]) -> None:
        names = ", ".join(title(self.session, duplicates.HOUSEHOLD, hint.household.id) for hint in hints[:3])
        self._hint.setText(f"Có thể cũng là đại diện hộ: {names}." if names else "")

    def _add_field(self, place: int, field: FieldSpec, sides: tuple[Record, Record]) -> None:
        values = [record.values.get(field.name) for record in sides]
        if values == [None, None]:
            return
        texts = [lists.cell_text(self.session, field, value) for value in values]
        self._grid.addWidget(caption(field.label, wrap=True), place, 0)
        if self._asks or None in values or values[0] == values[1]:
            for column, text in enumerate(texts, start=1):
                self._grid.addWidget(
                    label(text or "(trống)", ink="text" if text else "muted", wrap=True), place, column
                )
            return
        group = QButtonGroup(self._fields)
        for side, text in enumerate(texts):
            button = QRadioButton(text)
            button.setAccessibleName(f"{field.label}: {text}")
            button.setChecked(side == 0)
            group.addButton(button, side)
            self._grid.addWidget(button, place, side + 1)
        self.choices[field.name] = group
