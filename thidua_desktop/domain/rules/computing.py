"""Fields that nobody types: named functions give their value from the record's other fields, at every check and save.

A function is pure, ``(values, args, context) -> value or None``; None leaves the field empty. It must not depend on
today, so that saving a record again changes nothing that its other fields do not change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from thidua_desktop.domain.rules.registry import (
    ParameterKind,
    RuleContext,
    RuleSignature,
    Values,
    number_of,
    rows_of,
    signature_of,
    text_of,
)

Computed: TypeAlias = object
ComputingFunction: TypeAlias = Callable[[Values, Sequence[str], RuleContext], Computed]

_functions: dict[str, ComputingFunction] = {}
_signatures: dict[str, RuleSignature] = {}


def computation(name: str, params: str) -> Callable[[ComputingFunction], ComputingFunction]:
    """Declare a function, e.g. ``@computation("sum_of_rows", params="column")``; ValueError for a name used twice.

    ``params`` is written as for rules; ``rows.column`` names a column of child rows.
    """

    def register(function: ComputingFunction) -> ComputingFunction:
        if name in _functions:
            raise ValueError(f"computation {name} is declared twice")
        _functions[name] = function
        _signatures[name] = signature_of(name, params, function)
        return function

    return register


def known_computations() -> Mapping[str, RuleSignature]:
    """Every declared function by name."""
    return dict(_signatures)


def compute(name: str, values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """What one function gives; KeyError for an unknown one (the loader has checked the name before)."""
    return _functions[name](values, args, context)


def computed_values(
    computations: Iterable[tuple[str, str, Sequence[str]]], values: Values, context: RuleContext
) -> dict[str, object]:
    """``values`` with every computed field (field, function, args) as its function gives it, in order.

    Later functions see what earlier ones gave.
    """
    found = dict(values)
    for field, name, args in computations:
        value = compute(name, found, args, context)
        if value is None:
            found.pop(field, None)
        else:
            found[field] = value
    return found


@computation("sum_of_rows", params="column")
def sum_of_rows(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Tổng một cột của các dòng con; không có dòng nào thì để trống."""
    rows, _, column = args[0].partition(".")
    numbers = [number for row in rows_of(values.get(rows)) if (number := number_of(row, column)) is not None]
    return sum(numbers) if numbers else None


@computation("count_of_rows", params="rows")
def count_of_rows(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số dòng con đã ghi."""
    return len(rows_of(values.get(args[0]))) or None


@computation("sum_of_fields", params="parts+")
def sum_of_fields(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Tổng của nhiều ô; mọi ô đều trống thì để trống."""
    numbers = [number for name in args if (number := number_of(values, name)) is not None]
    return sum(numbers) if numbers else None


@computation("of_linked", params="link register:text column:text")
def of_linked(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Điều đang ghi ở bản ghi được chọn, như số hộ của khu dân cư."""
    linked = context.lookup(args[1], text_of(values, args[0]))
    return linked.get(args[2]) if linked else None


@computation("only_one", params="link register:text back:text ends:text")
def only_one(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Bản ghi duy nhất còn hoạt động ở nơi đã chọn, như tổ hòa giải của thôn; có hai thì để người ghi chọn."""
    name, register, back, ends = args
    chosen = text_of(values, name)
    found = [one for one in context.related(register, back, chosen) if not one.get(ends)] if chosen else []
    return found[0].get("id") if len(found) == 1 else None


@computation("this_day", params="")
def this_day(_values: Values, _args: Sequence[str], context: RuleContext) -> Computed:
    """Ngày hôm nay; chỉ để điền sẵn, không để tự tính."""
    return context.today


@computation("of_last_row", params="column")
def of_last_row(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Điều đã ghi ở dòng cuối, như cách điểm danh của lần trước."""
    rows, _, column = args[0].partition(".")
    found = rows_of(values.get(rows))
    return found[-1].get(column) if found else None


@computation("start_of_year", params="year")
def start_of_year(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày 1 tháng 1 của năm."""
    year = year_of(values, args[0])
    return date(year, 1, 1) if year else None


@computation("end_of_year", params="year")
def end_of_year(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày 31 tháng 12 của năm."""
    year = year_of(values, args[0])
    return date(year, 12, 31) if year else None


def year_of(values: Values, name: str) -> int | None:
    """A year that a calendar has; None while it is empty or still being typed."""
    year = number_of(values, name)
    return int(year) if year is not None and 1 <= year <= 9999 else None


__all__ = [
    "Computed", "ComputingFunction", "ParameterKind", "computation", "computed_values", "known_computations",
]  # fmt: skip
