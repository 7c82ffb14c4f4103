"""Sheets added up: every criterion of a checklist, points with bonus, minus and conditions, levels of measures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from thidua_desktop.domain.assessments.scoring import Answer, assess, ceiling_of, heading_sums
from thidua_desktop.domain.assessments.sets import AssessmentSpec
from thidua_desktop.formdef.loader import load_definitions

SETS = load_definitions().assessments
RULE = SETS["mobilisation_rule"]
DRUGS = SETS["drug_free_commune"]


def points(spec: AssessmentSpec, **changed: str) -> list[Answer]:
    """Full points but for the codes in ``changed`` ("c1_1" for 1.1); no bonus, no minus."""
    other = {name.removeprefix("c").replace("_", "."): Decimal(value) for name, value in changed.items()}
    answers = []
    for one in spec.leaves:
        full = Decimal(0) if one.bonus or one.minus else one.maximum
        answers.append(Answer(one.code, points=other.get(one.code, full), maximum=one.maximum))
    return answers


def checklist(spec: AssessmentSpec, *unmet: str) -> list[Answer]:
    return [Answer(one.code, met=one.code not in unmet) for one in spec.leaves]


def test_a_residential_area_needs_all_five_criteria() -> None:
    spec = SETS["safe_area"]
    assert assess(spec, checklist(spec)).result == "met"
    failed = assess(spec, checklist(spec, "3.e"))
    assert (failed.result, failed.unmet) == ("not_met", ("3.e",))


def test_an_open_criterion_leaves_the_result_open_unless_one_failed() -> None:
    spec = SETS["safe_area"]
    answers = [answer for answer in checklist(spec) if answer.code != "5.2"]
    assert assess(spec, answers).unanswered == ("5.2",)
    assert assess(spec, answers).result == ""
    assert assess(spec, [Answer("2", met=False)]).result == "not_met"


def test_what_a_unit_does_not_have_may_stay_open() -> None:
    spec = SETS["safe_unit"]
    answers = [answer for answer in checklist(spec) if answer.code not in ("1.1", "4.1", "4.2")]
    assert assess(spec, answers).result == "met"


def test_the_full_scale_is_a_hundred_or_a_thousand() -> None:
    full = {name: spec.full_points for name, spec in SETS.items() if spec.method == "points"}
    assert full.pop("police_cluster") == 1000
    assert set(full.values()) == {Decimal(100)}


@pytest.mark.parametrize(
    ("changed", "total", "band"),
    [
        ({}, 100, "done_excellent"),
        ({"c2_1": "25"}, 95, "done_excellent"),
        ({"c2_1": "24.99"}, "94.99", "done_well"),
        ({"c2_1": "15"}, 85, "done_well"),
        ({"c2_1": "14.99"}, "84.99", "done"),
        ({"c2_2": "15"}, 75, "done"),
        ({"c2_2": "14.99"}, "74.99", "not_done"),
        ({"c2_1": "24", "c3_1": "3"}, 97, "done_excellent"),
        ({"c4_1": "3"}, 97, "done_excellent"),
    ],
)
def test_bands_of_the_rule_with_bonus_and_minus(changed: dict[str, str], total: object, band: str) -> None:
    outcome = assess(RULE, points(RULE, **changed))
    assert (outcome.total, outcome.band) == (Decimal(str(total)), band)


def test_bonus_and_minus_are_capped() -> None:
    answers = [answer for answer in points(RULE) if answer.code not in ("3.1", "4.1")]
    answers += [Answer("3.1", points=Decimal(9)), Answer("4.1", points=Decimal(8))]
    outcome = assess(RULE, answers)
    assert (outcome.bonus, outcome.minus, outcome.total) == (3, 3, 100)


def test_a_zero_closes_the_upper_bands() -> None:
    outcome = assess(RULE, points(RULE, c1_1="0"))
    assert (outcome.total, outcome.zeros, outcome.band) == (90, ("1.1",), "done")


def test_a_disciplined_leader_caps_the_band() -> None:
    assert assess(RULE, points(RULE), "reprimand").band == "done_well"
    assert assess(RULE, points(RULE), "warning").band == "done"
    assert assess(RULE, points(RULE, c2_2="0"), "reprimand").band == "not_done"
    assert ceiling_of(RULE, "none") == ""


def test_a_veto_fails_whatever_the_points() -> None:
    for veto in RULE.vetoes:
        outcome = assess(RULE, points(RULE), vetoes=(veto,))
        assert (outcome.band, outcome.result) == ("not_done", "not_met")
    area = SETS["movement_area"]
    assert assess(area, points(area), vetoes=("corruption",)).band == "excellent"


def test_an_unfinished_sheet_has_points_and_no_band() -> None:
    outcome = assess(RULE, points(RULE)[:1])
    assert (outcome.total, outcome.band, outcome.result) == (10, "", "")


def test_headings_hold_the_sum_of_what_stands_below() -> None:
    spec = SETS["police_cluster"]
    got = {"1.2.1": "60", "1.2.4": "44.5", "2.1": "50"}
    answers = [Answer(code, points=Decimal(value)) for code, value in got.items()]
    sums = heading_sums(spec, answers)
    assert (sums["1.2"], sums["1"], sums["2"], sums["3"]) == (Decimal("104.5"), Decimal("104.5"), 50, None)


def test_a_line_that_the_office_added_is_scored() -> None:
    spec = SETS["movement_area"]
    answers = [*points(spec, c1_1="0"), Answer("5.1", points=Decimal(8), maximum=Decimal(10))]
    assert assess(spec, answers).total == 98
    assert assess(spec, [*points(spec), Answer("5.1", maximum=Decimal(10))]).unanswered == ("5.1",)


@pytest.mark.parametrize(
    ("values", "band"),
    [
        (("0", "0", "0", "0", "0"), "drug_free"),
        (("0.05", "0", "0", "0", "0"), "type_3"),
        (("0", "0", "0", "1", "0"), "type_3"),
        (("0.1", "1", "0.05", "0", "0"), "type_2"),
        (("0.5", "1", "0.05", "0", "0"), "type_2"),
        (("0.5", "2", "0.1", "0", "0"), "type_1"),
        (("0.5", "2", "0", "0", "1"), "type_1"),
        (("0.5", "2", "0", "0", "0"), "type_3"),
    ],
)
def test_a_commune_without_drugs_reaches_no_type(values: tuple[str, ...], band: str) -> None:
    answers = [Answer(one.code, value=Decimal(value)) for one, value in zip(DRUGS.leaves, values, strict=True)]
    outcome = assess(DRUGS, answers)
    assert (outcome.band, outcome.result) == (band, "met" if band == "drug_free" else "not_met")
