"""Ghi trả lại: who returned the report, on which day, why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date, parse_date
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_WIDTH = 520  # px at 100 %


class ReturnDialog(FormDialog):
    """``keep`` does the work with by whom, day and reason; what it refuses is told on the dialog."""

    def __init__(
        self,
        session: Session,
        look: Look,
        title: str,
        by: str,
        keep: Callable[[str, date, str], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(look, title, "Ghi trả lại", parent)
        self._session, self._keep = session, keep
        self.by = PlainLine(look, "Nơi trả lại", by)
        self.day = PlainLine(look, "Ngày trả lại", format_date(session.today))
        self.reason = PlainLine(look, "Lý do")
        self.add_row("by", FormRow(look, "Nơi trả lại", self.by, required=True))
        self.add_row("day", FormRow(look, "Ngày trả lại", self.day, "Gõ 16/11, 16112026 hoặc hôm qua.", required=True))
        self.add_row("reason", FormRow(look, "Lý do", self.reason, "Báo cáo thay thế nêu lý do này.", required=True))
        size_to_content(look, self, _WIDTH)
        (self.reason if by else self.by).setFocus()

    def work(self) -> bool:
        """Keeps the return; TD-PRINT-062, 063 as the service says them, TD-PRINT-065 for what is no day."""
        day = parse_date(self.day.text(), self._session.today)
        if day is None:
            raise UserError("TD-PRINT-065", text=self.day.text())
        self._keep(self.by.text(), day, self.reason.text())
        return True
