"""How rules are declared, described and run, also on child rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.domain.rules import ParameterKind, RuleContext, Values, known_rules, rule, run_rule, run_rules

TODAY = RuleContext(date(2026, 11, 23))


def test_the_rules_that_definitions_count_on_are_known() -> None:
    promised = {
        "not_more_than",
        "sum_not_more_than",
        "end_after_start",
        "time_order",
        "date_not_future",
        "date_reasonable",
        "valid_range",
        "id_number",
        "votes_add_up",
        "present_not_more_than_households",
        "ballots_consistent",
        "attendance_unusual",
        "text_encoding",
        "at_least_one_of",
        "percentage_range",
    }
    assert promised <= set(known_rules())


def test_every_rule_has_a_summary_for_the_help_pages() -> None:
    assert all(signature.summary.endswith(".") for signature in known_rules().values())


def test_a_signature_tells_the_loader_what_fits() -> None:
    signature = known_rules()["percentage_range"]
    assert (signature.min_args, signature.max_args) == (1, 3)
    assert signature.accepts(1) and signature.accepts(3) and not signature.accepts(4) and not signature.accepts(0)
    assert signature.kind_at(1) is ParameterKind.NUMBER
    assert signature.field_args(("share", "0", "50")) == ("share",)
    with pytest.raises(IndexError):
        signature.kind_at(3)


def test_a_repeated_parameter_has_no_upper_bound() -> None:
    signature = known_rules()["sum_not_more_than"]
    assert (signature.min_args, signature.max_args) == (2, None)
    assert signature.accepts(9) and not signature.accepts(1)
    assert signature.kind_at(8) is ParameterKind.FIELD


def test_a_name_is_declared_once() -> None:
    def again(_values: Values, _args: Sequence[str], _context: RuleContext) -> list[Problem]:
        return [finding("TD-DATA-025", "", labels="")]

    with pytest.raises(ValueError, match="not_more_than"):
        rule("not_more_than", params="a b")(again)


def test_a_rule_on_rows_runs_for_each_row_and_names_the_place() -> None:
    values = {"present": 39, "agenda": ({"yes": 39}, {"yes": 40, "no": 1}, {"subject": "khác"})}
    args = ("agenda.yes", "agenda.no", "agenda.other", "present")
    found = run_rule("votes_add_up", values, args, TODAY)
    assert [(problem.code, problem.field) for problem in found] == [("TD-DATA-016", "agenda[1].yes")]


def test_fields_of_the_record_and_of_rows_may_be_mixed_where_each_is_judged_alone() -> None:
    old = "Ph¸t ®éng"
    values = {"place": old, "agenda": [{"subject": "Phát động"}, {"subject": old}], "tasks": ()}
    found = run_rule("text_encoding", values, ("place", "agenda.subject", "tasks.task"), TODAY)
    assert [problem.field for problem in found] == ["place", "agenda[1].subject"]


def test_rules_on_no_rows_find_nothing() -> None:
    args = ("agenda.yes", "agenda.no", "agenda.other", "present")
    assert run_rule("votes_add_up", {"present": 39}, args, TODAY) == []
    assert run_rule("votes_add_up", {"present": 39, "agenda": "hỏng"}, args, TODAY) == []


def test_labels_of_the_form_stand_in_the_sentence() -> None:
    context = RuleContext(date(2026, 11, 23), labels={"women": "Số nữ"})
    (found,) = run_rules([("not_more_than", ("women", "all"))], {"women": 12, "all": 10}, context)
    assert found.text.startswith("“Số nữ” (12) nhiều hơn “all” (10).")


@pytest.mark.parametrize("name", sorted(set(known_rules()) - {"at_least_one_of"}))
def test_no_rule_minds_an_empty_record_or_text_in_place_of_numbers(name: str) -> None:
    signature = known_rules()[name]
    kinds = [signature.kind_at(place) for place in range(signature.min_args)]
    args = [{"number": "1", "text": "a", "field": f"f{place}"}[kind] for place, kind in enumerate(kinds)]
    assert run_rule(name, {}, args, TODAY) == []
    found = run_rule(name, dict.fromkeys(args, "chữ"), args, TODAY)
    assert [problem.code for problem in found] == (["TD-DATA-015"] if name == "id_number" else [])
