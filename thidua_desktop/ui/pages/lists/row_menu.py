"""A right click on a row, or the menu key: what can be done with it, with the key that does the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPoint
from PySide6.QtWidgets import QMenu

from thidua_desktop.services.session import Permission
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage


class RowMenu(QObject):
    """Belongs to a list page. Rows that are chosen stay so; a right click on another one chooses that."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self.page, self.menu = page, QMenu(page)
        self.menu.setAccessibleName("Việc với dòng đang chọn")
        page.card.table.menu_wanted.connect(self.offer)

    def offer(self, row: int, at: QPoint) -> None:
        """Opens over a row."""
        card = self.page.card
        if not card.table.selectionModel().isRowSelected(row, QModelIndex()):
            card.select(row)
        self._fill()
        self.menu.popup(at)

    def _fill(self) -> None:
        page, count = self.page, format_number(self.page.card.chosen_count())
        may = page.session.may(Permission.RECORD)
        self.menu.clear()
        self._add("Mở\tEnter", page.open_current)
        if page.place.compact:
            self._add("Xem bản ghi\tAlt+Phải", page.place.enter)
        if page.pane.paper_buttons:
            self._add("In…", self._print)
        self._add("Chép sang phiếu mới\tCtrl+D", page.copy_current, may)
        self._add(f"Chép {count} dòng sang Excel\tCtrl+C", page.copy_rows)
        self.menu.addSeparator()
        self._add(f"Sửa một ô ở {count} dòng đang chọn…", page.several.ask_change, may)
        self._add(f"Xóa {count} dòng đang chọn…\tDel", page.several.ask_delete_rows, may)

    def _add(self, words: str, act: Callable[[], object], enabled: bool = True) -> None:
        action = self.menu.addAction(words)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _on=False: act())

    def _print(self) -> None:
        """As the pane's button, which says why not where nothing is printed of a record."""
        button = self.page.pane.print_button
        if button.isEnabled():
            button.click()
        else:
            self.page.navigate.show_message(f"{button.toolTip()}.", "info", "text-2")
