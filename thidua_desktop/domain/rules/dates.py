"""Rules on days and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, rule, text_of
from thidua_desktop.text import format_date, parse_time


@rule("end_after_start", params="start end")
def end_after_start(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Ngày kết thúc không được trước ngày bắt đầu."""
    return _day_order("TD-DATA-003", values, args, context)


@rule("valid_range", params="valid_from valid_to")
def valid_range(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Ngày hết hiệu lực không được trước ngày bắt đầu hiệu lực."""
    return _day_order("TD-DATA-008", values, args, context)


def _day_order(code: str, values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    start, end = (date_of(values, name) for name in args)
    if start is None or end is None or start <= end:
        return []
    return [
        finding(
            code,
            args[1],
            start_label=context.label(args[0]),
            start=format_date(start),
            end_label=context.label(args[1]),
            end=format_date(end),
        )
    ]


@rule("time_order", params="start end")
def time_order(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Giờ kết thúc không được trước giờ bắt đầu (hoạt động qua nửa đêm: giữ lại với lý do)."""
    start, end = (parse_time(text_of(values, name)) for name in args)
    if start is None or end is None or start <= end:
        return []
    return [
        finding(
            "TD-DATA-004",
            args[1],
            Severity.WARNING,
            start_label=context.label(args[0]),
            start=f"{start:%H:%M}",
            end_label=context.label(args[1]),
            end=f"{end:%H:%M}",
        )
    ]


@rule("state_follows", params="state day fitting:text+")
def state_follows(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đã ghi ngày của việc thì trạng thái phải theo kịp (mã đầu là trạng thái được gợi ý)."""
    state, day = text_of(values, args[0]), date_of(values, args[1])
    if day is None or not state or state in args[2:]:
        return []
    now, wanted = (context.shown(args[0], code) for code in (state, args[2]))
    told = {"day_label": context.label(args[1]), "day": format_date(day), "now": now, "wanted": wanted}
    return [finding("TD-DATA-614", args[0], Severity.WARNING, **told)._replace(remedy=(args[2], wanted))]


@rule("given_with", params="wanted day")
def given_with(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đã ghi ngày thì nhắc ô cần cho việc của ngày ấy mà còn trống."""
    day = date_of(values, args[1])
    if day is None or values.get(args[0]) is not None:
        return []
    told = {"label": context.label(args[0]), "day_label": context.label(args[1]), "day": format_date(day)}
    return [finding("TD-DATA-611", args[0], Severity.HINT, **told)]


@rule("worth_writing", params="wanted other why:text")
def worth_writing(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đã ghi ô kia thì nhắc ô này còn trống, kèm điều nó dùng để làm gì; không ngăn việc lưu."""
    wanted, other, why = args
    if values.get(other) in (None, "") or values.get(wanted) not in (None, "", ()):
        return []
    return [finding("TD-DATA-650", wanted, Severity.HINT, label=context.label(wanted), why=why)]


@rule("date_not_future", params="field tolerance_days:number?")
def date_not_future(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Ngày của việc đã làm không được ở tương lai (có thể cho phép lệch vài ngày)."""
    return _not_after(args[0], date_of(values, args[0]), int(args[1]) if len(args) > 1 else 0, context)


@rule("date_not_future_unless", params="field state planned:text+")
def date_not_future_unless(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Ngày ở tương lai chỉ khi việc mới dự kiến (trạng thái thuộc các mã đã nêu); việc đã làm thì không."""
    if text_of(values, args[1]) in args[2:]:
        return []
    return _not_after(args[0], date_of(values, args[0]), 0, context)


def _not_after(name: str, day: date | None, tolerance: int, context: RuleContext) -> list[Problem]:
    if day is None or (day - context.today).days <= tolerance:
        return []
    label = context.label(name)
    return [finding("TD-DATA-005", name, label=label, day=format_date(day), today=format_date(context.today))]


@rule("date_reasonable", params="fields+", each=True)
def date_reasonable(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Ngày không quá xa trong quá khứ (trước 1945) hay trong tương lai (quá một năm)."""
    earliest_year = whole_number_on("date_earliest_year", context.today)
    latest = context.today + timedelta(days=whole_number_on("date_latest_days_ahead", context.today))
    problems = []
    for name in args:
        day = date_of(values, name)
        if day is None:
            continue
        if day.year < earliest_year:
            problems.append(
                finding(
                    "TD-DATA-006", name, label=context.label(name), day=format_date(day), earliest_year=earliest_year
                )
            )
        elif day > latest:
            problems.append(
                finding(
                    "TD-DATA-007", name, label=context.label(name), day=format_date(day), latest=format_date(latest)
                )
            )
    return problems


@rule("notice_given", params="notice_date meeting_date")
def notice_given(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Thông báo họp trước ít nhất 02 ngày (Luật 10/2022/QH15, Nghị định 59/2023/NĐ-CP Điều 3)."""
    notice, meeting = (date_of(values, name) for name in args)
    if notice is None or meeting is None:
        return []
    least = whole_number_on("meeting_notice_days", meeting)
    if (meeting - notice).days >= least:
        return []
    return [
        finding(
            "TD-DATA-029",
            args[0],
            Severity.WARNING,
            notice=format_date(notice),
            meeting=format_date(meeting),
            least=f"{least:02d}",
        )
    ]
