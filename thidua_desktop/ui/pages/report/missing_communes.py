"""Before the province closes a period: which communes have not sent, and whether to close without them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from thidua_desktop.services.communes import Coverage


def ask_about_missing(
    parent: QWidget, found: Coverage, close: Callable[[], None], remind: Callable[[], None]
) -> QMessageBox:
    """Asks; closing later packages out is nobody's wish, so the first button is the one that changes nothing."""
    count = len(found.missing)
    words = (
        f"Mới có {found.short} gửi báo cáo. {found.words} Chốt bây giờ thì báo cáo thiếu {count} đơn vị này; gói đến "
        "sau vẫn nhập được, muốn tính vào thì mở lại kỳ và chốt lần nữa."
    )
    asked = QMessageBox(QMessageBox.Icon.Warning, "Còn đơn vị chưa gửi báo cáo", words, parent=parent)
    stay = asked.addButton("Chờ thêm", QMessageBox.ButtonRole.RejectRole)
    letters = asked.addButton("Đôn đốc", QMessageBox.ButtonRole.ActionRole)
    go_on = asked.addButton(f"Chốt thiếu {count} đơn vị", QMessageBox.ButtonRole.AcceptRole)
    asked.setDefaultButton(stay)
    asked.setEscapeButton(stay)
    acts = {go_on: close, letters: remind}

    def chosen(button: object) -> None:
        for one, act in acts.items():
            if button is one:
                act()

    asked.buttonClicked.connect(chosen)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.open()
    return asked
