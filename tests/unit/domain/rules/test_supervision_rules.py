"""Rules on people managed in the community, each with the decree's own terms."""

from __future__ import annotations

from datetime import date

from thidua_desktop.domain.problems import Problem
from thidua_desktop.domain.rules import RuleContext, run_rule

TODAY = date(2026, 11, 23)
RECEIVED = date(2026, 9, 3)  # a Thursday


def found(rule: str, args: str, others: tuple[dict[str, object], ...] = (), **values: object) -> list[Problem]:
    context = RuleContext(TODAY, related=lambda _register, _field, _value: others)
    return run_rule(rule, values, args.split(), context)


def codes(rule: str, args: str, **values: object) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in found(rule, args, **values)]  # type: ignore[arg-type]


def remarks(*rows: dict[str, object], **values: object) -> list[tuple[str, str]]:
    given: dict[str, object] = {"group": "suspended_sentence", "received": RECEIVED, "remarks": rows, **values}
    return codes("remarks_follow_the_month", "remarks group received closed violations", **given)


def test_the_plan_comes_within_five_working_days() -> None:
    args = "plan group received reported done"
    group = {"group": "suspended_sentence", "received": RECEIVED}
    assert codes("duty_in_time", args, done=date(2026, 9, 10), **group) == []
    assert codes("duty_in_time", args, done=date(2026, 9, 11), **group) == [("TD-DATA-470", "done")]
    assert codes("duty_in_time", args, done=date(2026, 9, 11), received=RECEIVED, group="commune_education") == []


def test_remarks_lie_in_the_months_of_the_person() -> None:
    assert remarks({"month": date(2026, 9, 1)}, {"month": date(2026, 10, 1)}) == []
    assert remarks({"month": date(2026, 8, 31)}) == [("TD-DATA-471", "remarks[0].month")]
    assert remarks({"month": date(2026, 11, 1)}, closed=date(2026, 10, 20)) == [("TD-DATA-471", "remarks[0].month")]
    twice = ({"month": date(2026, 9, 3)}, {"month": date(2026, 9, 30)})
    assert remarks(*twice) == [("TD-DATA-472", "remarks[1].month")]


def test_remarks_are_signed_in_the_first_five_days_of_the_next_month() -> None:
    month = {"month": date(2026, 9, 1)}
    assert remarks({**month, "signed_on": date(2026, 10, 5)}) == []
    assert remarks({**month, "signed_on": date(2026, 10, 6)}) == [("TD-DATA-473", "remarks[0].signed_on")]
    assert remarks({**month, "signed_on": date(2026, 9, 29)}) == [("TD-DATA-474", "remarks[0].signed_on")]
    moved = {**month, "signed_on": date(2026, 9, 20)}
    assert remarks(moved, closed=date(2026, 9, 20)) == []


def test_remarks_under_circular_56_are_signed_on_the_last_working_day() -> None:
    month = {"month": date(2026, 10, 1)}
    ban = {"group": "movement_ban"}
    assert remarks({**month, "signed_on": date(2026, 10, 30)}, **ban) == []
    assert remarks({**month, "signed_on": date(2026, 11, 2)}, **ban) == [("TD-DATA-473", "remarks[0].signed_on")]


def test_ratings_follow_what_happened_in_the_month() -> None:
    def rated(rating: str, handling: str = "", *, merit: bool = False) -> list[tuple[str, str]]:
        violations = ({"occurred_on": date(2026, 9, 12), "handling": handling},) if handling else ()
        return remarks({"month": date(2026, 9, 1), "rating": rating, "merit": merit}, violations=violations)

    assert rated("fair") == rated("good", merit=True) == rated("average", "reminder") == rated("poor", "fined") == []
    assert rated("average", "minutes") == [("TD-DATA-475", "remarks[0].rating")]
    assert rated("fair", "reminder") == [("TD-DATA-475", "remarks[0].rating")]
    assert rated("good") == [("TD-DATA-477", "remarks[0].rating")]


def test_before_the_decree_ratings_had_no_such_conditions() -> None:
    assert remarks({"month": date(2026, 6, 1), "rating": "good"}, received=date(2026, 1, 5)) == []


def test_a_violation_on_record_is_reviewed_in_five_working_days() -> None:
    def reviewed(handling: str, day: date) -> list[tuple[str, str]]:
        row = {"occurred_on": date(2026, 11, 6), "handling": handling, "review_on": day}
        return codes("violations_are_reviewed", "violations group", group="parole", violations=(row,))

    assert reviewed("minutes", date(2026, 11, 13)) == []
    assert reviewed("minutes", date(2026, 11, 16)) == [("TD-DATA-478", "violations[0].review_on")]
    assert reviewed("reminder", date(2026, 11, 16)) == []


def test_absences_are_at_most_sixty_days_and_a_third_of_the_term() -> None:
    def away(*days: int, group: str = "suspended_sentence") -> list[tuple[str, str]]:
        rows = tuple({"left_on": date(2026, 1, 1), "back_on": date(2026, 1, 1).fromordinal(
            date(2026, 1, 1).toordinal() + count - 1)} for count in days)  # fmt: skip
        term = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}  # 365 days, a third is 121
        args = "absences group starts ends"
        return codes("absences_within_limits", args, absences=rows, group=group, **term)

    assert away(60, 60) == away(200, group="movement_ban") == []
    assert away(61) == [("TD-DATA-479", "absences[0].back_on")]
    assert away(60, 60, 2) == [("TD-DATA-480", "absences")]
    assert away(122, group="commune_education") == [("TD-DATA-480", "absences")]


def test_a_helper_has_at_most_three_people_educated_at_the_commune() -> None:
    args = "helper group closed supervised_person"
    other: dict[str, object] = {"group": "commune_education"}
    closed = {**other, "closed": date(2026, 10, 1)}
    values: dict[str, object] = {"helper": "K'Nớ", "group": "home_management"}
    assert found("helper_not_overloaded", args, (other, other, closed), **values) == []
    [problem] = found("helper_not_overloaded", args, (other, other, other), **values)
    assert (problem.code, "4 người" in problem.text) == ("TD-DATA-481", True)
    assert found("helper_not_overloaded", args, (other, other, other), helper="K'Nớ", group="parole") == []


def test_a_file_closes_with_day_and_reason() -> None:
    args = "closed reason certificate_on"
    day = date(2026, 11, 2)
    assert codes("closing_is_whole", args) == codes("closing_is_whole", args, closed=day, reason="moved") == []
    assert codes("closing_is_whole", args, closed=day) == [("TD-DATA-482", "reason")]
    assert codes("closing_is_whole", args, reason="died") == [("TD-DATA-482", "closed")]
    assert codes("closing_is_whole", args, closed=day, reason="completed") == [("TD-DATA-483", "certificate_on")]


def test_the_end_in_the_judgment_stands_and_the_reckoning_is_shown() -> None:
    args = "starts months ends"
    term = {"starts": date(2024, 3, 10), "months": 24}
    assert codes("term_end_agrees", args, ends=date(2026, 3, 10), **term) == []
    [problem] = found("term_end_agrees", args, ends=date(2026, 3, 9), **term)
    assert (problem.code, problem.severity) == ("TD-DATA-484", "hint")
    assert "24 tháng từ 10/03/2024 là 10/03/2026" in problem.text
    for months in (99_999, 10**12, -1):  # what stands in the form while a number is typed
        assert codes("term_end_agrees", args, starts=term["starts"], months=months, ends=date(2026, 3, 9)) == []
