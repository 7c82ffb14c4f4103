"""Rules on people's tips: the result follows the checking, and the incident knows that a tip solved it."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, rule, text_of

CHECKING, VALUABLE, NOT_VALUABLE, INCIDENT_FOUND = "checking", "valuable", "not_valuable", "incident_found"
_FRUITLESS = ("", "nothing_found", "handed_over")


@rule("tip_result_fits_value", params="value result checked_on")
def tip_result_fits_value(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tin còn xác minh thì chưa có kết quả; tin không có giá trị thì không phát hiện gì; xác minh xong thì có ngày."""
    value, result = text_of(values, args[0]), text_of(values, args[1])
    if value == CHECKING and result:
        return [
            finding("TD-DATA-461", args[0], value_label=context.label(args[0]), result_label=context.label(args[1]))
        ]
    if value == NOT_VALUABLE and result not in _FRUITLESS:
        return [
            finding("TD-DATA-462", args[1], value_label=context.label(args[0]), result_label=context.label(args[1]))
        ]
    if value in (VALUABLE, NOT_VALUABLE) and date_of(values, args[2]) is None:
        return [finding("TD-DATA-463", args[2], Severity.HINT, label=context.label(args[2]))]
    return []


@rule("incident_knows_its_tip", params="result incident register:text mark:text")
def incident_knows_its_tip(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tin giúp làm rõ vụ việc thì chọn vụ việc, và vụ việc ghi là làm rõ nhờ tin của Nhân dân."""
    if text_of(values, args[0]) != INCIDENT_FOUND:
        return []
    incident = text_of(values, args[1])
    if not incident:
        return [finding("TD-DATA-464", args[1], Severity.HINT, label=context.label(args[1]))]
    found = context.lookup(args[2], incident)
    if found is None or found.get(args[3]):
        return []
    return [finding("TD-DATA-465", args[1], Severity.HINT, title=str(found.get("title") or ""))]
