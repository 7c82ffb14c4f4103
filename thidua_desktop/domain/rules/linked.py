"""Fields counted and named from child rows and the records that they link to, and rules that any register may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import (
    RuleContext,
    Values,
    date_of,
    number_of,
    rows_of,
    rule,
    text_of,
)
from thidua_desktop.text import format_date, format_number


def column_of(values: Values, name: str) -> list[object]:
    """The filled cells of ``rows.column``, in the order of the rows."""
    rows, _, column = name.partition(".")
    return [cell for row in rows_of(values.get(rows)) if (cell := row.get(column)) not in (None, "")]


def linked_rows(values: Values, name: str, register: str, context: RuleContext) -> list[Mapping[str, object]]:
    """The records that ``rows.column`` links to; links that lead nowhere are left out."""
    found = (context.lookup(register, str(link)) for link in column_of(values, name))
    return [record for record in found if record is not None]


@computation("day_before", params="day")
def day_before(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày liền trước; không có ngày thì để trống."""
    day = date_of(values, args[0])
    return day - timedelta(days=1) if day else None


@computation("days_after", params="start table:text")
def days_after(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày hết hạn: số ngày của bảng quy định, tính từ ngày bắt đầu."""
    start = date_of(values, args[0])
    return start + timedelta(days=whole_number_on(args[1], start)) if start else None


@computation("count_marked", params="column")
def count_marked(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số dòng con được đánh dấu; không có dòng nào thì để trống."""
    rows, _, column = args[0].partition(".")
    found = rows_of(values.get(rows))
    return sum(row.get(column) is True for row in found) if found else None


@computation("count_linked", params="link register:text field:text code:text+")
def count_linked(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số dòng con trỏ tới bản ghi có một trong các mã ở mục đã nêu; không có dòng nào thì để trống."""
    found = linked_rows(values, args[0], args[1], context)
    return sum(text_of(record, args[2]) in args[3:] for record in found) if found else None


@computation("count_linked_other", params="link register:text field:text code:text+")
def count_linked_other(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số dòng con trỏ tới bản ghi đã ghi mục đó nhưng không phải các mã đã nêu."""
    found = linked_rows(values, args[0], args[1], context)
    return sum(text_of(record, args[2]) not in ("", *args[3:]) for record in found) if found else None


@computation("joined_rows", params="columns+")
def joined_rows(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Các dòng con ghép thành chữ: ô cách nhau bằng dấu phẩy, dòng cách nhau bằng dấu chấm phẩy."""
    rows = args[0].partition(".")[0]
    columns = [name.partition(".")[2] for name in args]
    lines = (
        ", ".join(str(row[column]) for column in columns if row.get(column) not in (None, ""))
        for row in rows_of(values.get(rows))
    )
    return "; ".join(line for line in lines if line) or None


@computation("joined_linked", params="link register:text field:text")
def joined_linked(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Tên của các bản ghi mà dòng con trỏ tới, cách nhau bằng dấu phẩy."""
    names = (text_of(record, args[2]) for record in linked_rows(values, args[0], args[1], context))
    return ", ".join(name for name in names if name) or None


@computation("linked_value", params="link register:text field:text")
def linked_value(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Giá trị một ô của bản ghi được chọn (giới tính của người, khu dân cư của tổ), để đếm được theo nó."""
    link, register, field = args
    record = context.lookup(register, text_of(values, link)) if text_of(values, link) else None
    return None if record is None else record.get(field)


@rule("row_named_twice", params="column")
def row_named_twice(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một người, một tổ chỉ đứng một dòng trong danh sách."""
    given = values.get(args[0])
    if given in (None, "") or column_of(values, args[0]).count(given) < 2:
        return []
    return [finding("TD-DATA-452", args[0], label=context.label(args[0]))]


@rule("linked_once", params="link register:text")
def linked_once(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một cuộc họp, một hoạt động chỉ được nói rõ ở một bản ghi, để không đếm hai lần."""
    link = text_of(values, args[0])
    if not link or not context.related(args[1], args[0], link):
        return []
    return [finding("TD-DATA-430", args[0], label=context.label(args[0]))]


@rule("once_a_year", params="link year register:text")
def once_a_year(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Mỗi tổ, mỗi đơn vị một bản ghi trong một năm."""
    link, year = text_of(values, args[0]), number_of(values, args[1])
    others = context.related(args[2], args[0], link) if link and year is not None else ()
    if not any(number_of(other, args[1]) == year for other in others):
        return []
    return [finding("TD-DATA-440", args[1], year=year)]


@rule("within_ceiling", params="amount day table:text")
def within_ceiling(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số tiền không vượt mức tối đa của bảng quy định vào ngày đó."""
    amount, day = number_of(values, args[0]), date_of(values, args[1]) or context.today
    if amount is None:
        return []
    return above(args[0], amount, whole_number_on(args[2], day), format_date(day), context)


def above(field: str, amount: object, most: int, day: str, context: RuleContext) -> list[Problem]:
    """A warning when an amount of money is above a ceiling."""
    if not isinstance(amount, int) or amount <= most:
        return []
    told = {"label": context.label(field), "amount": format_number(amount), "most": format_number(most), "day": day}
    return [finding("TD-DATA-444", field, Severity.WARNING, **told)]
