"""Rules on people's tips."""

from __future__ import annotations

from datetime import date

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule

INCIDENTS = {"i1": {"title": "Trộm xe máy", "solved_by_tip": True}, "i2": {"title": "Cháy lán trại"}}


def codes(rule: str, args: str, **values: object) -> list[tuple[str, str]]:
    context = RuleContext(date(2026, 11, 23), lambda register, key: INCIDENTS.get(key))
    found = run_rule(rule, values, args.split(), context)
    return [(problem.code, str(problem.severity)) for problem in found]


def test_a_result_follows_the_checking() -> None:
    args = "value result checked_on"
    day = date(2026, 11, 7)
    assert codes("tip_result_fits_value", args, value="checking") == []
    assert codes("tip_result_fits_value", args, value="valuable", result="prevented", checked_on=day) == []
    assert codes("tip_result_fits_value", args, value="checking", result="prevented") == [
        ("TD-DATA-461", Severity.ERROR)
    ]
    assert codes("tip_result_fits_value", args, value="not_valuable", result="incident_found", checked_on=day) == [
        ("TD-DATA-462", Severity.ERROR)
    ]
    assert codes("tip_result_fits_value", args, value="not_valuable", result="nothing_found", checked_on=day) == []
    assert codes("tip_result_fits_value", args, value="valuable") == [("TD-DATA-463", Severity.HINT)]


def test_the_incident_says_that_a_tip_solved_it() -> None:
    args = "result incident incident solved_by_tip"
    assert codes("incident_knows_its_tip", args, result="prevented") == []
    assert codes("incident_knows_its_tip", args, result="incident_found") == [("TD-DATA-464", Severity.HINT)]
    assert codes("incident_knows_its_tip", args, result="incident_found", incident="i1") == []
    assert codes("incident_knows_its_tip", args, result="incident_found", incident="i2") == [
        ("TD-DATA-465", Severity.HINT)
    ]
