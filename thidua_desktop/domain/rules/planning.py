"""Rules on programmes, their tasks, and on what may stand only once."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rule, text_of
from thidua_desktop.text import format_date, format_number

_WHOLE = 100
_EMPTY: tuple[object, ...] = (None, "", (), [])


@computation("task_outcome", params="due done")
def task_outcome(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """So ngày xong với hạn: đúng hạn, quá hạn; chưa có ngày xong là chưa xong."""
    due, done = (date_of(values, name) for name in args)
    if due is None:
        return None
    if done is None:
        return "open"
    return "in_time" if done <= due else "late"


@computation("difference", params="whole part")
def difference(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số chung trừ số thành phần; thiếu một số, hoặc thành phần lớn hơn, thì để trống."""
    whole, part = (number_of(values, name) for name in args)
    return None if whole is None or part is None or part > whole else whole - part


@computation("year_of", params="day")
def year_of(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Năm của một ngày."""
    day = date_of(values, args[0])
    return day.year if day else None


@computation("month_of", params="day")
def month_of(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Tháng của một ngày."""
    day = date_of(values, args[0])
    return day.month if day else None


@rule("progress_agrees", params="progress done")
def progress_agrees(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đã ghi ngày xong thì tiến độ là 100 %; tiến độ 100 % thì ghi ngày xong."""
    progress, done = number_of(values, args[0]), date_of(values, args[1])
    if progress is None:
        return []
    if done is not None and progress < _WHOLE:
        return [finding("TD-DATA-401", args[0], progress=format_number(progress), done=format_date(done))]
    if done is None and progress >= _WHOLE:
        return [finding("TD-DATA-402", args[1], Severity.HINT, label=context.label(args[1]))]
    return []


@rule("due_within", params="parent due register:text until:text")
def due_within(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Hạn không sau ngày cuối của chương trình giao việc; khác thì ghi lý do."""
    parent = context.lookup(args[2], text_of(values, args[0]))
    due, until = date_of(values, args[1]), date_of(parent or {}, args[3])
    if due is None or until is None or due <= until:
        return []
    return [finding("TD-DATA-403", args[1], Severity.WARNING, due=format_date(due), until=format_date(until))]


@rule("filled_together", params="fields+")
def filled_together(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Các ô đi cùng nhau: đã ghi một ô thì phải ghi đủ."""
    empty = [name for name in args if values.get(name) in _EMPTY]
    if not empty or len(empty) == len(args):
        return []
    given = next(name for name in args if name not in empty)
    return [finding("TD-DATA-404", name, label=context.label(name), given=context.label(given)) for name in empty]


@rule("unique_together", params="register:text keys+")
def unique_together(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Mỗi bộ giá trị của các ô đã nêu chỉ ghi một bản ghi."""
    register, *keys = args
    if any(values.get(key) in _EMPTY for key in keys):
        return []
    others = context.related(register, keys[0], str(values[keys[0]]))
    if not any(all(other.get(key) == values[key] for key in keys) for other in others):
        return []
    return [finding("TD-DATA-405", keys[-1], labels=", ".join(context.label(key) for key in keys))]


@rule("day_in_year", params="day year")
def day_in_year(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Ngày thuộc năm đã ghi; khác thì ghi lý do."""
    day, year = date_of(values, args[0]), number_of(values, args[1])
    if day is None or year is None or day.year == year:
        return []
    return [
        finding(
            "TD-DATA-406",
            args[0],
            Severity.WARNING,
            label=context.label(args[0]),
            day=format_date(day),
            year=str(year),
        )
    ]
