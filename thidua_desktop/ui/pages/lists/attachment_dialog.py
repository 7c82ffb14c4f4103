"""What an attached file shows, and of which day it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from thidua_desktop.services import attachments
from thidua_desktop.services.attachments import Attached
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date, parse_date
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine


class DescribeDialog(FormDialog):
    """Caption and day of one file; both may be left empty."""

    def __init__(self, look: Look, session: Session, one: Attached, parent: QWidget) -> None:
        super().__init__(look, one.name, "Ghi", parent)
        self._session, self._id = session, one.id
        self.caption = PlainLine(look, "Chú thích", one.description)
        self.day = PlainLine(look, "Ngày chụp, ngày ký", format_date(one.taken_on) if one.taken_on else "")
        self.add_row("description", FormRow(look, "Chú thích", self.caption, "Ảnh hay văn bản này cho thấy điều gì."))
        self.add_row("taken_on", FormRow(look, "Ngày chụp, ngày ký", self.day, "Bỏ trống nếu không biết."))
        size_to_content(look, self, 420)
        self.caption.setFocus()

    def work(self) -> bool:
        text = self.day.text().strip()
        day = parse_date(text, self._session.today) if text else None
        self.rows["taken_on"].set_problem("Ghi ngày, ví dụ 8/11/2026." if text and day is None else "")
        if text and day is None:
            return False
        attachments.describe(self._session, self._id, self.caption.text(), day)
        return True
