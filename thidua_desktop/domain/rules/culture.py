"""Days of the yearly review of cultural families and areas (Decree 86/2023/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import value_on, whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rule
from thidua_desktop.text import format_date

_FIRST_YEAR = 2024  # Decree 86/2023 is in force from 30/01/2024


def posted_until(listed_on: date) -> date:
    """The last of the 10 days of posting; the day itself does not count (Civil Code 2015 art. 147, 148)."""
    return listed_on + timedelta(days=whole_number_on("culture_posting_days", listed_on))


def decided_by(sent_on: date) -> date:
    """The last of the 10 days that the chair of the commune has from a full dossier."""
    return sent_on + timedelta(days=whole_number_on("culture_decision_days", sent_on))


def last_day(year: int) -> date | None:
    """The last day before 25/11 of ``year``; None before the decree was in force."""
    if year < _FIRST_YEAR:
        return None
    return date.fromisoformat(f"{year}-{value_on('culture_last_day', date(year, 12, 31))}")


def _ruled(day: date | None) -> bool:
    return day is not None and day >= date(_FIRST_YEAR, 1, 30)


@computation("culture_listed_until", params="listed")
def culture_listed_until(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày cuối của thời gian niêm yết 10 ngày."""
    listed = date_of(values, args[0])
    return posted_until(listed) if listed is not None and _ruled(listed) else None


@computation("culture_decide_by", params="year sent")
def culture_decide_by(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Hạn quyết định: 10 ngày từ khi nhận đủ hồ sơ, và trước ngày 25/11 của năm."""
    year, sent = number_of(values, args[0]), date_of(values, args[1])
    days = [last_day(int(year))] if year is not None else []
    if sent is not None and _ruled(sent):
        days.append(decided_by(sent))
    return min((day for day in days if day is not None), default=None)


@rule("culture_list_posted", params="listed sent")
def culture_list_posted(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Danh sách niêm yết đủ 10 ngày rồi mới gửi hồ sơ (Nghị định 86/2023/NĐ-CP)."""
    listed, sent = (date_of(values, name) for name in args)
    if sent is None or not _ruled(sent):
        return []
    if listed is None:
        return [finding("TD-DATA-416", args[0], Severity.WARNING, label=context.label(args[0]))]
    until = posted_until(listed) if _ruled(listed) else listed
    if sent > until:
        return []
    return [finding("TD-DATA-417", args[1], Severity.WARNING, sent=format_date(sent), until=format_date(until))]


@rule("culture_decided_in_time", params="sent decided")
def culture_decided_in_time(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Quyết định trong 10 ngày từ khi nhận đủ hồ sơ, không trước ngày nhận (Nghị định 86/2023/NĐ-CP)."""
    sent, decided = (date_of(values, name) for name in args)
    if sent is None or decided is None or not _ruled(sent):
        return []
    if sent <= decided <= decided_by(sent):
        return []
    told = {"sent": format_date(sent), "decided": format_date(decided), "until": format_date(decided_by(sent))}
    return [finding("TD-DATA-418", args[1], Severity.WARNING, **told)]


@rule("culture_before_deadline", params="year met sent decided")
def culture_before_deadline(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Xét tặng xong trước ngày 25/11 của năm: từ bước đầu tiên đã muộn (Nghị định 86/2023/NĐ-CP)."""
    year, steps = number_of(values, args[0]), args[1:]
    last = last_day(int(year)) if year is not None else None
    days = ((name, date_of(values, name)) for name in steps)
    late = next(((name, day) for name, day in days if last is not None and day is not None and day > last), None)
    if late is None or last is None:
        return []
    name, day = late
    if name == steps[-1]:
        return [finding("TD-DATA-421", name, Severity.WARNING, decided=format_date(day), last=format_date(last))]
    told = {"label": context.label(name), "day": format_date(day), "last": format_date(last)}
    return [finding("TD-DATA-655", name, Severity.WARNING, **told)]
