"""Computed fields of award rounds and nominations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from thidua_desktop.domain.rules import RuleContext, computed_values

DECIDED = date(2026, 12, 9)
ROUND = {
    "members_total": 11, "meeting_on": date(2026, 12, 2), "decision_number": "312/QĐ-UBND", "decision_on": DECIDED,
}  # fmt: skip
PERSON = {"sex": "female", "name": "Đỗ Thị Ngọc Ánh", "birth_year": 1984}
CONTEXT = RuleContext(
    date(2030, 1, 1),
    lookup=lambda register, _id: {"award_round": ROUND, "person": PERSON}.get(register) if _id else None,
)


def computed(function: str, values: dict[str, Any], args: str) -> Any:
    return computed_values([("it", function, args.split())], values, CONTEXT).get("it")


def test_days_of_a_round() -> None:
    values = {"occasion": "merit", "year": 2026, "opened": date(2026, 11, 16), "event": date(2026, 12, 18)}
    assert computed("award_dossier_due", values, "occasion year opened event") == date(2026, 12, 8)
    assert computed("award_dossier_due", {**values, "year": None}, "occasion year opened event") is None
    assert computed("award_decide_by", {**values, "got": date(2026, 11, 30)}, "occasion got") == date(2026, 12, 14)
    assert computed("first_day_given", {"b": DECIDED}, "a b") == DECIDED
    assert computed("first_day_given", {}, "a b") is None
    assert computed("council_present_needed", {"total": 11, "day": DECIDED}, "total day") == 9
    assert computed("council_present_needed", {"total": 11}, "total day") is None


def test_what_a_nomination_takes_from_its_round_and_person() -> None:
    values = {
        "award": "base_fighter",
        "round": "r",
        "day": DECIDED,
        "result": "awarded",
        "who": "person",
        "person": "p",
    }
    assert computed("award_votes_needed", values, "award round day") == 9
    assert computed("award_votes_needed", {**values, "round": ""}, "award round day") is None
    assert computed("award_decision", values, "result own round decision_number") == "312/QĐ-UBND"
    assert computed("award_decision", {**values, "own": "1450/QĐ"}, "result own round decision_number") == "1450/QĐ"
    assert computed("award_decision", {**values, "result": "rejected"}, "result own round decision_on") is None
    assert computed("award_sex", values, "who person") == "female"
    assert computed("award_sex", {**values, "who": "collective"}, "who person") is None
    assert computed("award_recipient_name", values, "who person text") == "Đỗ Thị Ngọc Ánh"
    household = {"who": "household", "person": "p", "text": "Hộ ông Minh"}
    assert computed("award_recipient_name", household, "who person text") == "Hộ ông Minh"
    assert computed("award_decided_by", values, "award decided day") == "commune_chair"


def test_money_of_a_nomination() -> None:
    values = {"award": "advanced_worker", "who": "person", "decided": DECIDED}
    parts = [computed(f"award_{part}", values, "award who decided") for part in
             ("coefficient", "base_salary", "amount", "money")]  # fmt: skip
    assert parts == [Decimal("0.300"), 2_530_000, 759_000, 760_000]
    before = {**values, "decided": date(2026, 6, 30)}
    assert computed("award_amount", before, "award who decided") == 702_000
    assert computed("award_money", {**values, "decided": None}, "award who decided") is None
    assert computed("award_money", {**values, "decided": date(2027, 3, 1)}, "award who decided") is None


def test_service_runs_to_the_day_of_the_proposal() -> None:
    args = "award service sex day person"
    values = {
        "award": "security_medal", "sex": "male", "day": date(2026, 11, 20),
        "service": ({"start": date(2012, 5, 21), "leading": False, "hard": False},),
    }  # fmt: skip
    assert computed("medal_service_months", values, args) == 174
    assert computed("medal_service_missing", values, args) == "6 tháng"
    assert computed("medal_service_missing", {**values, "sex": "female"}, args) is None
    assert computed("medal_service_months", {**values, "award": "advanced_worker"}, args) is None
    assert computed("months_text", {"m": 174}, "m") == "14 năm 6 tháng"
    assert computed("months_text", {}, "m") is None


def test_service_in_teams_is_added() -> None:
    member = {
        "person": "p", "joined_on": date(2024, 7, 1),
        "services": ({"since": date(2014, 7, 1), "until": date(2016, 6, 30), "hard": True},
                     {"since": date(2017, 7, 1)}),
    }  # fmt: skip
    teams = RuleContext(
        date(2030, 1, 1),
        related=lambda register, field, value: (
            [member] if (register, field, value) == ("team_member", "person", "p") else []
        ),
    )
    values = {"award": "security_medal", "sex": "female", "day": date(2026, 6, 30), "person": "p"}
    calls = [("it", "medal_service_months", ("award", "service", "sex", "day", "person"))]
    assert computed_values(calls, values, teams)["it"] == 48 + 24
    typed = {**values, "service": ({"start": date(2025, 7, 1), "hard": True},)}
    assert computed_values(calls, typed, teams)["it"] == 48 + 24 + 12  # the last year again, in a hard area
    assert "it" not in computed_values(calls, {**values, "person": "q"}, teams)


def test_the_kind_of_a_collective_is_that_of_what_was_chosen() -> None:
    args = "who text team group organization area"
    chosen = {"who": "collective", "area": "a"}
    assert computed("award_collective_kind", chosen, args) == "residential_area"
    assert computed("award_collective_kind", {**chosen, "group": "g"}, args) == "group"
    assert computed("award_collective_kind", {**chosen, "team": "t"}, args) == "security_team"
    assert computed("award_collective_kind", {**chosen, "text": "Câu lạc bộ Gia đình bốn không"}, args) == "other"
    assert computed("award_collective_kind", {"who": "person", "area": "a"}, args) is None
    for kind, expected in (("school", "school"), ("enterprise", "enterprise"), ("armed_unit", "other")):
        context = RuleContext(date(2030, 1, 1), lookup=lambda _register, _id, kind=kind: {"kind": kind})
        given = ("it", "award_collective_kind", args.split())
        assert computed_values([given], {**chosen, "organization": "o"}, context).get("it") == expected
