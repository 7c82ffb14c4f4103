"""What was just written and is not in the list has not got lost."""

from __future__ import annotations

from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.shell.page import Navigate


def tell_hidden(session: Session, navigate: Navigate, register: str, record_id: str) -> None:
    """Says that a saved record is hidden by the period or the filter that is chosen."""
    record = records.find(session, register, record_id)
    if record is not None and not record.deleted:
        navigate.show_message("Đã lưu; kỳ hoặc bộ lọc đang chọn giấu bản ghi ấy.", "list-filter", "warn")
