"""Rules on issued papers: their number and symbol, the series that they count in, numbers that stand once."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.paper_types import LETTER_CODE, series_of
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rule, text_of

__all__ = ["LETTER_CODE", "number_once", "paper_designation", "paper_series"]


@computation("paper_designation", params="number symbol")
def paper_designation(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số và ký hiệu như trên văn bản: số dưới 10 có số 0 đứng trước."""
    number, symbol = number_of(values, args[0]), text_of(values, args[1])
    return f"{int(number):02d}/{symbol}" if number is not None and symbol else None


@computation("paper_series", params="type symbol")
def paper_series(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Dãy số: ký hiệu của loại và cơ quan; công văn chạy theo cơ quan, không theo đơn vị soạn."""
    kind, symbol = (text_of(values, name) for name in args)
    return series_of(kind, symbol) or None


@rule("number_once", params="register:text number series issued_on")
def number_once(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một số chỉ đứng một lần trong dãy của năm; sổ giấy lỡ cấp trùng thì ghi lý do."""
    register, number, series, issued = args
    count, day = number_of(values, number), date_of(values, issued)
    if count is None or day is None or not values.get(series):
        return []
    others = [
        other for other in context.related(register, number, str(count))
        if other.get(series) == values[series] and (date_of(other, issued) or day).year == day.year
    ]  # fmt: skip
    if not others:
        return []
    told = {"number": f"{int(count):02d}", "series": values[series], "year": day.year}
    return [finding("TD-PRINT-040", number, Severity.WARNING, **told)]
