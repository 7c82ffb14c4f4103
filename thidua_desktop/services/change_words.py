"""Changes of communes in words: in notes of papers, on boards, in directives."""

from __future__ import annotations

from thidua_desktop.store.commune_changes import CommuneChange
from thidua_desktop.store.queries import DateSpan, OfficeWindow
from thidua_desktop.text import format_date

VERBS = {"merge": "sáp nhập thành", "split": "chia tách thành", "rename": "đổi thành"}


def told(change: CommuneChange) -> str:
    """A change in a sentence: "Từ ngày 15/08/2026: Xã A, Xã B sáp nhập thành Xã C (Nghị quyết 12/NQ-HĐND)"."""
    before, after = (", ".join(one.name for one in units) for units in (change.before, change.after))
    verb = VERBS.get(change.kind, "thành")
    if change.kind == "merge" and not change.beginning:
        verb = "sáp nhập vào"
        before = ", ".join(one.name for one in change.ending) or before
    return f"Từ ngày {format_date(change.effective_on)}: {before} {verb} {after} ({change.decision})"


def window_brief(window: OfficeWindow, span: DateSpan) -> str:
    """Why nothing is expected of a commune in a span, for a cell: "kết thúc 19/08", "có từ 20/08"."""
    if window.last is not None and window.last < span.start:
        return f"kết thúc {window.last:%d/%m}"
    return f"có từ {window.first:%d/%m}" if window.first is not None and window.first > span.end else ""


def window_words(window: OfficeWindow) -> str:
    """ "kết thúc ngày 14/08/2026", "có từ ngày 15/08/2026"; "" for a commune that always is."""
    parts = []
    if window.first is not None:
        parts.append(f"có từ ngày {format_date(window.first)}")
    if window.last is not None:
        parts.append(f"kết thúc ngày {format_date(window.last)}")
    return ", ".join(parts)
