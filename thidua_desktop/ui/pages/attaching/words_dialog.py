"""Name of an attached file, what it shows, and of which day it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from thidua_desktop.services.attached import Attached
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date, parse_date
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.pages.attaching.places import FilesPlace
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine


class WordsDialog(FormDialog):
    """Name, caption and day of one file; caption and day may be left empty."""

    def __init__(self, look: Look, session: Session, place: FilesPlace, one: Attached, parent: QWidget) -> None:
        super().__init__(look, "Tên, chú thích của tệp", "Ghi", parent)
        self._session, self._place, self._one = session, place, one
        stem, dot, ending = one.name.rpartition(".")
        self.name = PlainLine(look, "Tên tệp", stem)
        self.caption = PlainLine(look, "Chú thích", one.description)
        self.day = PlainLine(look, "Ngày chụp, ngày ký", format_date(one.taken_on) if one.taken_on else "")
        self.add_row("name", FormRow(look, "Tên tệp", self.name, f"Phần đuôi {dot}{ending} giữ nguyên."))
        self.add_row("description", FormRow(look, "Chú thích", self.caption, "Ảnh hay văn bản này cho thấy điều gì."))
        self.add_row("taken_on", FormRow(look, "Ngày chụp, ngày ký", self.day, "Bỏ trống nếu không biết."))
        size_to_content(look, self, 420)
        self.name.setFocus()
        self.name.selectAll()

    def work(self) -> bool:
        text, name = self.day.text().strip(), self.name.text().strip()
        day = parse_date(text, self._session.today) if text else None
        self.rows["name"].set_problem("" if name else "Ghi tên tệp.")
        self.rows["taken_on"].set_problem("Ghi ngày, ví dụ 8/11/2026." if text and day is None else "")
        if (text and day is None) or not name:
            return False
        self._place.change(self._one, name, self.caption.text(), day)
        return True
