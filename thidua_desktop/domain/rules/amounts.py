"""Rules on counts and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, number_of, rule
from thidua_desktop.text import format_number


@rule("not_more_than", params="part whole")
def not_more_than(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một số thành phần không được lớn hơn tổng số (ví dụ số nữ và tổng số người dự)."""
    part, whole = (number_of(values, name) for name in args)
    if part and whole is None:
        labels = {"part_label": context.label(args[0]), "whole_label": context.label(args[1])}
        return [finding("TD-DATA-033", args[1], Severity.HINT, part=format_number(part), **labels)]
    if part is None or whole is None or part <= whole:
        return []
    return [
        finding(
            "TD-DATA-001",
            args[0],
            part_label=context.label(args[0]),
            part=format_number(part),
            whole_label=context.label(args[1]),
            whole=format_number(whole),
        )
    ]


@rule("sum_not_more_than", params="whole parts+")
def sum_not_more_than(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tổng các thành phần không được lớn hơn số chung; số chung đứng đầu."""
    whole = number_of(values, args[0])
    given = {name: number for name in args[1:] if (number := number_of(values, name)) is not None}
    total = sum(given.values(), Decimal(0))
    if whole is None or not given or total <= whole:
        return []
    if len(given) == 1:
        return not_more_than(values, (*given, args[0]), context)
    return [
        finding(
            "TD-DATA-002",
            args[0],
            part_labels=" + ".join(map(context.label, given)),
            total=format_number(total),
            whole_label=context.label(args[0]),
            whole=format_number(whole),
        )
    ]


@rule("at_least_one_of", params="fields+")
def at_least_one_of(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Phải nhập ít nhất một trong các ô."""
    if any(values.get(name) not in (None, "", (), []) for name in args):
        return []
    return [finding("TD-DATA-025", args[0], labels=", ".join(context.label(name) for name in args))]


@rule("percentage_range", params="field lowest:number? highest:number?")
def percentage_range(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tỷ lệ phần trăm nằm trong khoảng cho phép (mặc định 0 đến 100)."""
    value = number_of(values, args[0])
    lowest = int(args[1]) if len(args) > 1 else 0
    highest = int(args[2]) if len(args) > 2 else 100
    if value is None or lowest <= value <= highest:
        return []
    return [
        finding(
            "TD-DATA-026",
            args[0],
            label=context.label(args[0]),
            value=format_number(value),
            lowest=lowest,
            highest=highest,
        )
    ]
