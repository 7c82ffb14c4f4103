"""Rules on people managed and educated in the community: terms of the decrees, ratings, absences, closing.

The child rows have the columns that the register declares: remarks (month, rating, merit, signed_on), violations
(occurred_on, handling, review_on), absences (left_on, back_on).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rows_of, rule, text_of
from thidua_desktop.domain.supervision import (
    OFFENCES,
    Duty,
    Span,
    Supervised,
    first_due,
    month_of,
    month_spans,
    open_duties,
    regime_of,
    remark_due,
    review_due,
    rule_of,
    suggested_end,
)
from thidua_desktop.text import format_date, format_number

REMINDER = "reminder"
_RANKS = {"good": 3, "fair": 2, "average": 1, "poor": 0}
COMPLETED = "completed"


@rule("duty_in_time", params="duty:text group received reported done")
def duty_in_time(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Báo cáo tiếp nhận, kế hoạch, phân công người giúp đỡ trong hạn của nghị định, thông tư."""
    duty, group, received, reported, done = args
    begins, day = date_of(values, received), date_of(values, done)
    if begins is None or day is None:
        return []
    due = first_due(duty, text_of(values, group), begins, date_of(values, reported))
    if due is None or day <= due:
        return []
    told = {"label": context.label(done), "day": format_date(day), "due": format_date(due)}
    return [finding("TD-DATA-470", done, Severity.WARNING, **told)]


@rule("remarks_follow_the_month", params="remarks group received closed violations")
def remarks_follow_the_month(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Mỗi tháng một nhận xét, từ tháng tiếp nhận đến tháng bàn giao, ký đúng hạn, xếp loại theo Nghị định 231/2026."""
    remarks, group, received, closed, violations = args
    begins, ends = date_of(values, received), date_of(values, closed)
    problems: list[Problem] = []
    seen: set[Span] = set()
    for place, row in enumerate(rows_of(values.get(remarks))):
        day = date_of(row, "month")
        if begins is None or day is None:
            continue
        month = month_of(day)
        at = f"{remarks}[{place}]"
        shown = f"{day:%m/%Y}"
        spans = [span for span in month_spans(begins, ends or month.last) if month_of(span.first) == month]
        if not spans:
            problems.append(finding("TD-DATA-471", f"{at}.month", month=shown))
            continue
        if month in seen:
            problems.append(finding("TD-DATA-472", f"{at}.month", month=shown))
        seen.add(month)
        problems += _signed(row, spans[0], text_of(values, group), ends is not None, at)
        problems += _rated(row, month, text_of(values, group), rows_of(values.get(violations)), at)
    return problems


@computation("remark_month", params="remarks group received closed")
def remark_month(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Tháng của nhận xét kế tiếp: tháng đầu tiên còn thiếu, đủ rồi thì tháng đang chạy."""
    owed = _owed(Duty.REMARK, values, args, context.today)
    if owed:
        return month_of(owed[0].first).first
    received = date_of(values, args[2])
    if received is None or received > context.today or date_of(values, args[3]) is not None:
        return None
    running = month_of(context.today)
    return None if any(month_of(day) == running for day in _days(values, args[0], "month")) else running.first


@computation("remark_signed_on", params="remarks group received closed")
def remark_signed_on(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Ngày ký nhận xét còn thiếu: hôm nay; tháng chưa hết thì chưa ký."""
    return context.today if _owed(Duty.REMARK, values, args, context.today) else None


@computation("helper_report_period", params="reports group received closed named")
def helper_report_period(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Kỳ đầu tiên mà người giúp đỡ chưa báo cáo: ngày cuối của kỳ."""
    owed = _owed(Duty.HELPER_REPORT, values, args, context.today)
    return owed[0].last if owed else None


def _owed(duty: Duty, values: Values, args: Sequence[str], today: date) -> list[Span]:
    """The months (quarters) that a kind of rows is still owed for, the oldest first."""
    rows, group, received, closed, *named = args
    begins = date_of(values, received)
    if begins is None:
        return []
    one = Supervised(
        group=text_of(values, group),
        received=begins,
        closed=date_of(values, closed),
        helper_decided=date_of(values, named[0]) if named else None,
        remarks=_days(values, rows, "month"),
        helper_reports=_days(values, rows, "period_on"),
    )
    return [found.span for found in open_duties(one, today) if found.duty is duty]


def _days(values: Values, rows: str, column: str) -> list[date]:
    return [day for row in rows_of(values.get(rows)) if (day := date_of(row, column)) is not None]


def _signed(row: Values, span: Span, group: str, is_closed: bool, at: str) -> Iterator[Problem]:
    """Signed when the month is over (or the person handed over), and by its due day."""
    signed = date_of(row, "signed_on")
    month = month_of(span.first)
    due = remark_due(span if is_closed else Span(span.first, month.last), group)
    if signed is None or due is None:
        return
    told = {"month": f"{month.first:%m/%Y}", "day": format_date(signed), "due": format_date(due)}
    if signed > due:
        yield finding("TD-DATA-473", f"{at}.signed_on", Severity.WARNING, **told)
    elif signed < min(span.last, due):
        yield finding("TD-DATA-474", f"{at}.signed_on", Severity.WARNING, **told)


def _rated(
    row: Values, month: Span, group: str, violations: Sequence[Mapping[str, object]], at: str
) -> Iterator[Problem]:
    """Tốt only with a merit that was praised, at most Trung bình after a reminder, Kém after an offence on record."""
    rating, wanted = text_of(row, "rating"), rule_of("rating", group, month.last)
    if wanted is None or rating not in _RANKS:
        return
    handled = {text_of(one, "handling") for one in violations if _within(date_of(one, "occurred_on"), month)}
    told = {"month": f"{month.first:%m/%Y}"}
    if handled & OFFENCES and _RANKS[rating] > _RANKS[str(wanted["after_offence"])]:
        what = "vi phạm bị lập biên bản, xử phạt hoặc xử lý hình sự"
        yield finding("TD-DATA-475", f"{at}.rating", Severity.WARNING, what=what, highest="Kém", **told)
    elif REMINDER in handled and _RANKS[rating] > _RANKS[str(wanted["after_reminder"])]:
        what = "lần bị nhắc nhở"
        yield finding("TD-DATA-475", f"{at}.rating", Severity.WARNING, what=what, highest="Trung bình", **told)
    elif rating == "good" and wanted["good_needs_merit"] and not row.get("merit"):
        yield finding("TD-DATA-477", f"{at}.rating", Severity.WARNING, **told)


def _within(day: date | None, span: Span) -> bool:
    return day is not None and span.first <= day <= span.last


@rule("violations_are_reviewed", params="violations group")
def violations_are_reviewed(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Kiểm điểm trong 05 ngày làm việc từ khi có biên bản, quyết định xử phạt (Nghị định 231/2026/NĐ-CP)."""
    problems = []
    for place, row in enumerate(rows_of(values.get(args[0]))):
        day, reviewed = date_of(row, "occurred_on"), date_of(row, "review_on")
        due = review_due(text_of(values, args[1]), day) if day is not None else None
        if text_of(row, "handling") in OFFENCES and due is not None and reviewed is not None and reviewed > due:
            told = {"day": format_date(reviewed), "due": format_date(due)}
            problems.append(finding("TD-DATA-478", f"{args[0]}[{place}].review_on", Severity.WARNING, **told))
    return problems


@rule("absences_within_limits", params="absences group starts ends")
def absences_within_limits(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Vắng mặt mỗi lần không quá 60 ngày, tổng không quá một phần ba thời hạn (Luật 41/2019 Điều 92, chờ đối chiếu)."""
    absences, group, starts, ends = args
    first, last = date_of(values, starts), date_of(values, ends)
    problems, total = [], 0
    for place, row in enumerate(rows_of(values.get(absences))):
        left, back = date_of(row, "left_on"), date_of(row, "back_on")
        limits = rule_of("absence", text_of(values, group), left) if left is not None else None
        if left is None or back is None or limits is None:
            continue
        days = (back - left).days + 1
        total += days
        longest = limits["longest"]
        if isinstance(longest, int) and longest and days > longest:
            told = {"days": days, "longest": longest}
            problems.append(finding("TD-DATA-479", f"{absences}[{place}].back_on", Severity.WARNING, **told))
    share = rule_of("absence", text_of(values, group), last) if last is not None else None
    if share is None or first is None or last is None:
        return problems
    allowed = ((last - first).days + 1) * int(str(share["parts"])) // int(str(share["of"]))
    if total > allowed:
        told = {"total": total, "allowed": allowed}
        problems.append(finding("TD-DATA-480", absences, Severity.WARNING, **told))
    return problems


@rule("helper_not_overloaded", params="helper group closed register:text")
def helper_not_overloaded(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một người giúp đỡ không quá 03 người được giáo dục tại xã cùng lúc (Nghị định 120/2021/NĐ-CP)."""
    helper, group, closed, register = args
    name = text_of(values, helper)
    if not name or date_of(values, closed) or regime_of(text_of(values, group), context.today) != "decree120":
        return []
    others = [
        one for one in context.related(register, helper, name)
        if date_of(one, closed) is None and regime_of(text_of(one, group), context.today) == "decree120"
    ]  # fmt: skip
    most = whole_number_on("supervision_helper_people", context.today)
    if len(others) < most:
        return []
    return [finding("TD-DATA-481", helper, Severity.WARNING, helper=name, count=len(others) + 1, most=most)]


@rule("closing_is_whole", params="closed reason certificate_on")
def closing_is_whole(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Kết thúc quản lý phải có cả ngày và lý do; hết thời hạn thì có giấy chứng nhận."""
    closed, reason, certificate = args
    day, why = values.get(closed), text_of(values, reason)
    if bool(day) != bool(why):
        missing = reason if day else closed  # without a day nothing is closed: it may be said later
        weight = Severity.ERROR if day else Severity.WARNING
        return [finding("TD-DATA-482", missing, weight, label=context.label(missing))]
    if why == COMPLETED and date_of(values, certificate) is None:
        return [finding("TD-DATA-483", certificate, Severity.HINT)]
    return []


_MONTHS_OF_A_CENTURY = 1200


@rule("term_end_agrees", params="starts months ends")
def term_end_agrees(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """So ngày hết hạn ghi theo bản án với cách tính thời hạn; ngày trong bản án quyết định."""
    start, months, end = date_of(values, args[0]), number_of(values, args[1]), date_of(values, args[2])
    if start is None or months is None or end is None or not 0 <= months <= _MONTHS_OF_A_CENTURY:
        return []  # the field's own bounds speak of such a number; no calendar reaches that far
    reckoned = suggested_end(start, int(months))
    if reckoned == end:
        return []
    told = {"months": format_number(months), "start": format_date(start), "reckoned": format_date(reckoned)}
    return [finding("TD-DATA-484", args[2], Severity.HINT, end=format_date(end), **told)]
