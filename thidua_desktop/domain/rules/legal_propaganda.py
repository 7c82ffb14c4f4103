"""Rules of the register of propaganda of law: what a record is counted as, and what it must not count again."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, number_of, rule, text_of

MEETINGS = "resident_meeting"
_OTHER_FORMS = {"contest": "entrants", "documents": "documents", "broadcast": "broadcasts", "article": "articles"}
"""What the justice statistic counts of a form; every other form is a session with listeners."""


@rule("meeting_counts_as_session", params="meeting")
def meeting_counts_as_session(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Cuộc họp được chọn phải đã đánh dấu có phổ biến pháp luật (Thông tư 10/2017/TT-BTP chỉ tiêu 0302).

    The figure counts the meeting, once, and not the record that tells its details; so a meeting without the mark would
    be counted nowhere.
    """
    link = text_of(values, args[0])
    meeting = context.lookup(MEETINGS, link) if link else None
    if meeting is None or meeting.get("legal_topic") is True:
        return []
    return [finding("TD-DATA-431", args[0])]


@rule("listeners_come_from_meeting", params="meeting listeners")
def listeners_come_from_meeting(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Buổi thuộc một cuộc họp: lượt người lấy từ sổ họp, số ghi ở đây không cộng thêm."""
    if not text_of(values, args[0]) or not number_of(values, args[1]):
        return []
    return [finding("TD-DATA-432", args[1], Severity.HINT)]


@rule("legal_figure_given", params="form meeting listeners entrants documents broadcasts articles")
def legal_figure_given(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Hình thức nào thì ghi số của hình thức đó: lượt nghe, lượt thi, bản tài liệu, lần phát, tin bài."""
    form = text_of(values, args[0])
    if not form or text_of(values, args[1]):
        return []
    by_part = dict(zip(("listeners", "entrants", "documents", "broadcasts", "articles"), args[2:], strict=True))
    field = by_part[_OTHER_FORMS.get(form, "listeners")]
    if number_of(values, field):
        return []
    return [finding("TD-DATA-433", field, Severity.HINT, label=context.label(field))]
