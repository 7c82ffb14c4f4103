"""The minutes (or the invitation) of a meeting as they will be printed, to print or to keep as PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from thidua_desktop.formdef.model import Values
from thidua_desktop.services import meetings, records
from thidua_desktop.services.documents.printing import documents_of
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date, lower_first
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.notice_bar import NoticeBar
from thidua_desktop.ui.pages.lists.paper_page import PaperPage
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.shell.page import Navigate

_SAID_IN_MINUTES = ("place", "chair", "secretary")
"""What the minutes name at their beginning; left empty it is printed as dots."""


class MinutesPage(PaperPage):
    """Papers of one saved meeting; what the minutes leave blank is said, ``fill`` goes where it is written."""

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, record_id: str, document: str = "meeting_minutes",
        fill: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        values = records.get(session, on.REGISTER, record_id).values
        title = on.meeting_title(session, values)
        documents = documents_of(session, on.REGISTER)
        super().__init__(
            session, look, navigate, documents, (record_id,), document=document, of=title, back_to="Cuộc họp"
        )
        self.record_id = record_id
        self._held_on = values.get("held_on")
        self.notice = NoticeBar(look)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.notice)
        spec = session.register(on.REGISTER)
        blank = [spec.field(name).label for name in _SAID_IN_MINUTES if not values.get(name)]
        if blank:
            actions = [("Ghi vào biên bản", lambda: self._fill(fill))] if fill is not None else []
            self.notice.tell(State.WARN, "Biên bản còn để trống:", f"{', '.join(blank).lower()}.", actions)
        elif terms := self._terms(values):
            self.notice.tell(State.INFO, "Thời hạn theo luật:", terms)

    def _terms(self, values: Values) -> str:
        """By when the residents of an area are called, and by when the commune gets what they decided."""
        held = values.get("held_on")
        if not isinstance(held, date) or values.get("group"):
            return ""  # a self-managed group has its own rules
        found = meetings.state(values, held)
        if found.notice_by and held > self.session.today:
            return f"mời họp chậm nhất ngày {format_date(found.notice_by)}."
        if found.papers_due and any(item.passed for item in found.items):
            day = format_date(found.papers_due)
            return f"gửi văn bản quyết định cho Ủy ban nhân dân và Mặt trận xã chậm nhất ngày {day}."
        return ""

    def _file_title(self) -> str:
        """With the day: minutes of one group are kept in one folder, month after month."""
        day = format_date(self._held_on) if isinstance(self._held_on, date) else ""
        return f"{self._document_title()} {day} {lower_first(self._of).removeprefix('họp ')}"

    def _fill(self, fill: Callable[[], None]) -> None:
        self.navigate.back()
        fill()
