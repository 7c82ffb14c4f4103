"""Copying chosen rows for Excel; more than the clipboard takes at once is told, and offered as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from thidua_desktop.text import format_number
from thidua_desktop.ui.components.table_clipboard import Copied

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage


def copy_chosen(page: ListPage) -> None:
    """The chosen rows, ready to paste into Excel."""
    card = page.card
    chosen, keys = card.chosen_count(), card.rows.keys(card.chosen_places())

    def done(copied: Copied) -> None:
        QGuiApplication.clipboard().setMimeData(copied.mime())
        if chosen > len(keys):
            _tell_of_the_rest(page, len(keys), chosen)
        else:
            page.navigate.show_message(f"Đã chép {format_number(chosen)} dòng, dán được vào Excel.", "copy")

    if chosen:
        page.reader.ask_copy(card.rows, keys, card.cells_of, done)


def _tell_of_the_rest(page: ListPage, copied: int, chosen: int) -> None:
    """In a box: what is pasted would look whole, and nothing there says that rows are missing."""
    words = (
        f"Mới chép {format_number(copied)} dòng đầu trong {format_number(chosen)} dòng đang chọn: mỗi lần chép nhiều "
        "nhất chừng ấy. Cần đủ cả danh sách thì lưu thành tệp Excel."
    )
    asked = QMessageBox(QMessageBox.Icon.Warning, "Chưa chép hết", words, parent=page)
    save = asked.addButton("Lưu Excel cả danh sách", QMessageBox.ButtonRole.ActionRole)
    enough = asked.addButton("Chỉ cần phần đã chép", QMessageBox.ButtonRole.RejectRole)
    asked.setDefaultButton(save)
    asked.setEscapeButton(enough)
    asked.buttonClicked.connect(lambda button: page.ask_export() if button is save else None)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.open()
