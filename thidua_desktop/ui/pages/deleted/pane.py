"""A deleted record as it was: its fields, who deleted it and why, its whole history."""

from __future__ import annotations

from thidua_desktop.services.deleted import DeletedLine
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.detail_pane import DetailPane, HistoryView
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.record_content import RecordContent, history_entries, title_without_day


class DeletedPane(DetailPane):
    """Looked at only: it is brought back by the page."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._session = session
        self.record: Record | None = None
        self.content = RecordContent(look, session)
        self.history = HistoryView(look)
        self.add_tab("Nội dung", self.content)
        self.add_tab("Lịch sử", self.history)
        self.tabs.setToolTip("Alt+phải vào đây, Alt+trái về danh sách, Ctrl+Tab đổi phần")

    def show_record(self, record: Record, line: DeletedLine) -> None:
        """Shows a record, and why it went."""
        self.record = record
        spec = self._session.register(record.register)
        day = f"{record.values[spec.date_field]:%d/%m/%Y}" if record.values.get(spec.date_field) else ""
        where = ", ".join(part for part in (spec.title, day) if part)
        self.set_head(title_without_day(self._session, spec, record), where, Tag(self._look, State.MISSING, "Đã xóa"))
        why = [label(f"Lý do xóa: {line.reason}", wrap=True)] if line.reason else []
        self.content.show_record(record, *why)
        entries, _ = history_entries(self._session, record.register, record.id)
        self.history.set_entries(entries)
        self.tabs.setTabText(1, f"Lịch sử {len(entries)}")

    def next_tab(self) -> None:
        """Ctrl+Tab."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())
