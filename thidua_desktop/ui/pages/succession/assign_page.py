"""After a split: what still stands in the old unit, given to the new ones by a person, some records at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.services import succession
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.services.titles import entries_for, title
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import Button, bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_SHORT_NAME = 12  # letters of a book's name that are seen at any text size


class AssignPage(Page):
    """One register at a time; chosen lines go to the unit of the pressed button. Each press is one undo."""

    def __init__(self, session: Session, look: Look, navigate: Navigate, level: str, source: str) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self._level, self._source = level, source
        self.work = LongWork(look, self)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self.waiting: tuple[succession.Moving, ...] = ()
        name = title(session, level, source)
        self.setWindowTitle(f"Phân {name}")
        self.register = ChoiceBox(look, "Sổ")
        self.register.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.register.setMinimumContentsLength(_SHORT_NAME)
        look.follow(self.register, lambda: self.register.setMaximumWidth(look.px(360)))
        self.register.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.register.currentIndexChanged.connect(self._fill)
        self.head = PageHead(look, f"Phân {name}", "Sắp xếp đơn vị", scope=(self.register,))
        self.list = WordList(look, "Bản ghi chờ phân", framed=False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.told = caption(
            "Chọn nhiều dòng bằng Shift hoặc Ctrl, rồi bấm đơn vị nhận. Mỗi lần bấm là một lần hoàn tác.",
            wrap=True,
        )
        card = Card(look, flush=True)
        card.add(self.list, 1)
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        for unit in succession.successors(session, level, source):
            button = bordered(look, f"Về {title(session, level, unit)}")
            button.clicked.connect(lambda _checked=False, to=unit: self.assign(to))
            self.buttons[unit] = button
            row.addWidget(button)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(card, 1)
        outer.addLayout(row)
        self.follow(session)
        self._read()

    def assign(self, unit: str) -> None:
        """The chosen records go to a unit."""
        ids = [str(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems()]
        moving = self._current()
        if not ids or moving is None:
            self.navigate.show_message("Chọn ít nhất một dòng để phân.", "info", "text-2")
            return
        assign = in_office(self.session, lambda own: succession.assign(own, moving, ids, unit))
        self.work.start("Đang phân bản ghi", assign, lambda count: self._on_assigned(moving, ids, unit, count))

    def _on_assigned(self, moving: succession.Moving, ids: list[str], unit: str, count: int) -> None:
        self.session.announce(Changes(frozenset({moving.register}), tuple(ids)))
        self.navigate.show_message(f"Đã phân {count} bản ghi về {title(self.session, self._level, unit)}.")

    def refresh(self, changes: object = None) -> None:
        if isinstance(changes, Changes) and self.isVisible():
            self._read()

    def focus_first(self) -> None:
        self._read()
        self.list.setFocus()

    def help_key(self) -> str:
        return "assign"

    def regions(self) -> list[QWidget]:
        return [self.head, self.list]

    def _current(self) -> succession.Moving | None:
        chosen = self.register.chosen()
        return next((one for one in self.waiting if (one.register, one.link) == chosen), None)

    def _read(self) -> None:
        level, source = self._level, self._source
        self._asker.ask(lambda reading: succession.waiting(reading, level, source), self._show_waiting)

    def _show_waiting(self, waiting: tuple[succession.Moving, ...]) -> None:
        self.waiting = waiting
        kept = self.register.chosen()
        self.register.blockSignals(True)
        self.register.clear()
        for one in self.waiting:
            self.register.addItem(f"{one.title}: {len(one.records)}", (one.register, one.link))
        self.register.choose(kept)
        self.register.blockSignals(False)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        moving = self._current()
        if moving is None:
            self.told.setText("Không còn bản ghi nào chờ phân.")
            return
        entries = entries_for(self.session, moving.register, [record.id for record in moving.records])
        for record in moving.records:
            entry = entries.get(record.id)
            item = QListWidgetItem(entry.label if entry else record.id)
            item.setData(Qt.ItemDataRole.UserRole, record.id)
            self.list.addItem(item)
