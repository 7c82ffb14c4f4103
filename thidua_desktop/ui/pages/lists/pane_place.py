"""Where a record is told of in full: beside its list, or in the list's place where the window has no room for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.showing import ANY_WIDTH, set_shown
from thidua_desktop.ui.shell.page import LayoutClass

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage

_WIDE, _MEDIUM = 332, 322  # px at 100 %


class PanePlace(QObject):
    """With large text the list has the page; Alt+→ or ``button`` lead to its current record, Esc or Alt+← back.

    ``why`` says over the list what the pane would say: why its current row is listed.
    """

    def __init__(self, page: ListPage, head: PageHead) -> None:
        super().__init__(page)
        self._page, self._head = page, head
        self.compact = self.alone = self._placed = False
        self._width = _WIDE
        self.button = bordered(page.look, "")
        self.button.setParent(page)
        self.button.hide()
        self.button.clicked.connect(self._turn)
        self.why = label("", ink="accent-ink", wrap=True)
        self.why.hide()
        page.look.follow(page.pane, self._set_width)
        self._steps = [self._step_key(keys, by) for keys, by in (("Alt+Up", -1), ("Alt+Down", 1))]

    def fill(self, middle: QHBoxLayout) -> None:
        """Puts list and pane into their row."""
        middle.setSpacing(self._page.look.px(12))
        middle.addWidget(self._page.card, 1)
        middle.addWidget(self._page.pane)

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Other room."""
        compact = kind is LayoutClass.COMPACT
        self._width = _WIDE if kind is LayoutClass.WIDE else _MEDIUM
        if compact is not self.compact:
            self.compact, self.alone = compact, False
            self._put_button()
        self.arrange()

    def _put_button(self) -> None:
        """Beside a long title it may stand in the menu "Thêm", but not the way back."""
        if self._placed:
            self._head.remove_action(self.button)
        self._placed = self.compact
        if self._placed:
            self._head.add_action(self.button, movable=not self.alone)
            set_shown(self.button, self.alone)  # else the head says where it has room

    def arrange(self) -> None:
        """Shows what has its place now."""
        page, there = self._page, bool(len(self._page.card.rows))
        if self.alone and not there:
            self.alone = False
            self._put_button()
        self._set_width()
        self._name_button()
        for step in self._steps:
            step.setEnabled(self.alone)
        self.button.set_reason("" if there else "Danh sách chưa có dòng nào")
        if self.alone:  # first away, then in: together they would ask for more room than there is
            for one in (page.filters, page.card):
                one.hide()
        page.pane.setVisible(there and (self.alone or not self.compact))
        if not self.alone:
            for one in (page.filters, page.card):
                set_shown(one, True)
        self._show_why()

    def enter(self) -> None:
        """The keys to the record; with large text it takes the place of its list."""
        if not len(self._page.card.rows):
            return
        if self.compact:
            self.alone = True
            self._put_button()
            self.arrange()
            self._page.show_current_soon()  # its figures have more room
        self._page.pane.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Back to the list."""
        if self.alone:
            self.alone = False
            self._put_button()
        self.arrange()
        self._page.card.go_to()

    def show_files(self) -> None:
        """The files of the current record, also where its list has the page."""
        if self.compact:
            self.enter()
        self._page.pane.show_files()

    def tell(self, why: str) -> None:
        """Why the current row is listed, where its columns do not show that."""
        self.why.setText(why)
        self._show_why()

    def _step_key(self, keys: str, by: int) -> QShortcut:
        """The record before, the one after, without the list: only where the record has the page."""
        made = QShortcut(QKeySequence(keys), self._page)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setEnabled(False)
        made.activated.connect(lambda: self._step(by))
        return made

    def _step(self, by: int) -> None:
        card = self._page.card
        card.select(max(0, min(card.table.currentIndex().row() + by, len(card.rows) - 1)))

    def _show_why(self) -> None:
        set_shown(self.why, bool(self.why.text()) and self.compact and not self.alone)

    def _turn(self) -> None:
        self.leave() if self.alone else self.enter()

    def _name_button(self) -> None:
        if self.alone:
            self.button.set_content("Về danh sách", "list")
            self.button.set_tip("Về danh sách (Alt+Trái hoặc Esc); Alt+Lên, Alt+Xuống: bản ghi trước, sau")
        else:
            self.button.set_content("Xem bản ghi", "eye")
            self.button.set_tip("Mọi mục, lịch sử, tệp và bản in của dòng đang chọn (Alt+Phải)")

    def _set_width(self) -> None:
        pane, width = self._page.pane, self._page.look.px(self._width)
        pane.setMinimumWidth(0 if self.compact else width)
        pane.setMaximumWidth(ANY_WIDTH if self.compact else width)
