"""The status bar's facts: what is saved, what the province has not confirmed, the last backup, the next deadline."""

from __future__ import annotations

from datetime import datetime

from thidua_desktop.services import drafts
from thidua_desktop.services.backups import LAST_BACKUP, remind_after
from thidua_desktop.services.handoff.acknowledged import received
from thidua_desktop.services.session import Session
from thidua_desktop.services.today import report_lines
from thidua_desktop.text import format_date, format_number
from thidua_desktop.ui.shell.rooms import StatusPart


def status_parts(session: Session) -> list[StatusPart]:
    """The parts from left to right; the deadline stands at the right."""
    parts = [_saved(session)]
    if not session.is_province:
        parts.append(_unsent(session))
    parts.append(_backup(session))
    if not session.is_province:
        parts += _deadline(session)
    return parts


def _saved(session: Session) -> StatusPart:
    if drafts.refused(session):
        words = "Chữ đang gõ chưa giữ được trên đĩa"
        return StatusPart("saved", words, "triangle-alert", "warn", short="Chưa giữ được")
    return StatusPart("saved", "Mọi thay đổi đã lưu", "circle-check", "ok", short="Đã lưu")


def _unsent(session: Session) -> StatusPart:
    written = session.file.changes.head()[0]
    if written == 0:
        return StatusPart("unsent", "Chưa có gì để gửi tỉnh", "circle-dashed")
    waiting = written - received(session)
    if waiting == 0:
        from thidua_desktop.services.handoff.outgoing import waiting_reports

        closed = len(waiting_reports(session))
        if closed:
            words, short = f"{closed} báo cáo chưa được tỉnh xác nhận", f"{closed} báo cáo chưa xác nhận"
            return StatusPart("unsent", words, "hourglass", short=short)
        return StatusPart("unsent", "Tỉnh đã xác nhận hết", "circle-check", "ok")
    return StatusPart(
        "unsent",
        f"{format_number(waiting)} thay đổi chưa được tỉnh xác nhận",
        "hourglass",
        short=f"{format_number(waiting)} chưa xác nhận",
    )


def _backup(session: Session) -> StatusPart:
    kept = session.file.settings.get(LAST_BACKUP)
    if not kept:
        return StatusPart("backup", "Chưa sao lưu ra USB lần nào", "database-backup", "warn", short="Chưa sao lưu USB")
    day = datetime.fromisoformat(kept).date()
    ago = (session.today - day).days
    words = "hôm nay" if ago <= 0 else f"{ago} ngày trước"
    ink = "warn" if ago >= remind_after(session) else "ok"
    return StatusPart(
        "backup", f"Sao lưu: {format_date(day)}, {words}", "database-backup", ink, short=f"Sao lưu {words}"
    )


def _deadline(session: Session) -> list[StatusPart]:
    lines = report_lines(session)
    if not lines:
        return []
    line = min(lines, key=lambda one: one.days if one.days is not None else 999)
    days = line.days or 0
    left = f"còn {days} ngày" if days > 0 else "nộp hôm nay" if days == 0 else f"quá hạn {-days} ngày"
    ink = "bad" if days < 0 else "warn" if days <= 1 else "ok"
    return [StatusPart("due", f"{line.title}: {left}", "calendar-clock", ink, right=True, short=f"Báo cáo {left}")]
