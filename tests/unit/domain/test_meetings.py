"""What a matter needs and what a vote came to: Law 10/2022, with 52 households as the worked example."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.meetings import (
    CountedOn,
    Matter,
    Result,
    Vote,
    approval_of_present,
    documents_due,
    evaluate,
    latest_notice,
    matter_rule,
    needed_votes,
    presence_problems,
    quorum_needed,
    spare,
    spare_is_thin,
)
from thidua_desktop.domain.problems import Severity

DAY = date(2026, 11, 20)
TWO_THIRDS = (Matter.CONTRIBUTION, Matter.COMMON_FUNDS)
MORE_THAN_HALF = (Matter.CONVENTION, Matter.HEAD_ELECTION, Matter.BOARD_ELECTION, Matter.OTHER_MATTER)


@pytest.mark.parametrize(
    ("total", "half", "two_thirds"), [(52, 27, 35), (51, 26, 34), (3, 2, 2), (1, 1, 1), (200, 101, 134)]
)
def test_needed_votes_are_counted_on_all_households(total: int, half: int, two_thirds: int) -> None:
    assert {needed_votes(matter, total, DAY) for matter in MORE_THAN_HALF} == {half}
    assert {needed_votes(matter, total, DAY) for matter in TWO_THIRDS} == {two_thirds}
    assert needed_votes(Matter.NO_VOTE, total, DAY) == 0


@given(st.integers(1, 100_000))
def test_needed_votes_are_the_least_that_satisfy_the_law(total: int) -> None:
    half, two_thirds = needed_votes(Matter.OTHER_MATTER, total, DAY), needed_votes(Matter.CONTRIBUTION, total, DAY)
    assert Fraction(half, total) > Fraction(1, 2) >= Fraction(half - 1, total)
    assert Fraction(two_thirds, total) >= Fraction(2, 3) > Fraction(two_thirds - 1, total)


def test_matters_of_a_group_and_ways_of_voting_are_counted_on_those_present() -> None:
    assert needed_votes(Matter.GROUP_MATTER, 52, DAY, households_present=20) == 11
    assert approval_of_present(39, DAY) == 20
    assert matter_rule(Matter.GROUP_MATTER, DAY).counted_on is CountedOn.PRESENT


def test_who_recognises_and_which_ways_are_open() -> None:
    assert matter_rule(Matter.HEAD_ELECTION, DAY).recognised_by == "Ủy ban nhân dân cấp xã"
    assert "Mặt trận" in matter_rule(Matter.BOARD_ELECTION, DAY).recognised_by
    assert matter_rule(Matter.CONTRIBUTION, DAY).effect == "passed"
    online = [matter for matter in Matter if "online" in matter_rule(matter, DAY).ways]
    assert online == [Matter.OTHER_MATTER]


def test_shares_in_words() -> None:
    assert matter_rule(Matter.CONTRIBUTION, DAY).share == "từ 2/3 trở lên tổng số hộ"
    assert matter_rule(Matter.OTHER_MATTER, DAY).share == "trên 50% tổng số hộ"
    assert matter_rule(Matter.GROUP_MATTER, DAY).share == "trên 50% số hộ có mặt"
    assert matter_rule(Matter.NO_VOTE, DAY).share == "không biểu quyết"


def test_one_vote_short_says_what_is_missing_and_the_next_one_passes() -> None:
    short = evaluate(Matter.CONTRIBUTION, 52, 39, Vote(yes=34, no=3, other=1), DAY)
    assert (short.result, short.needed, short.missing, short.silent) == (Result.NOT_PASSED, 35, 1, 1)
    assert short.sentence == "Còn thiếu 1 hộ tán thành, cần 35."
    reached = evaluate(Matter.CONTRIBUTION, 52, 39, Vote(yes=35, no=3, other=1), DAY)
    assert (reached.result, reached.missing, reached.problems) == (Result.PASSED, 0, ())
    assert reached.sentence == "Đạt: 35 hộ tán thành, cần 35."


def test_too_few_present_means_ballots_and_never_a_refusal() -> None:
    outcome = evaluate(Matter.CONTRIBUTION, 52, 30, Vote(yes=30), DAY)
    assert not outcome.reachable and outcome.result is Result.NOT_PASSED
    assert "chuyển phát phiếu" in outcome.sentence
    found = presence_problems(Matter.CONTRIBUTION, 52, 30, DAY)
    assert [(problem.code, problem.severity) for problem in found] == [("TD-DATA-030", Severity.HINT)]
    assert "cần 35 trên 52 hộ" in found[0].text
    assert presence_problems(Matter.OTHER_MATTER, 52, 30, DAY) == []


def test_ballots_reach_households_that_were_not_present() -> None:
    vote = Vote(yes=36, no=9, other=2, issued=52, returned=49, valid=47, invalid=2)
    outcome = evaluate(Matter.CONTRIBUTION, 52, 30, vote, DAY)
    assert (outcome.result, outcome.reachable, outcome.problems, outcome.silent) == (Result.PASSED, True, (), 0)
    waiting = evaluate(Matter.CONTRIBUTION, 52, 30, Vote(issued=52), DAY)
    assert waiting.sentence == "Còn thiếu 35 hộ tán thành, cần 35."


@pytest.mark.parametrize(
    ("vote", "codes"),
    [
        (Vote(yes=30, no=9, other=1), ["TD-DATA-016"]),
        (Vote(yes=53), ["TD-DATA-032", "TD-DATA-016"]),
        (Vote(yes=30, issued=53, returned=30, valid=30, invalid=0), ["TD-DATA-021"]),
        (Vote(yes=30, issued=29, returned=30, valid=30, invalid=0), ["TD-DATA-019"]),
        (Vote(yes=30, issued=52, returned=32, valid=30, invalid=1), ["TD-DATA-020"]),
        (Vote(yes=29, issued=52, returned=30, valid=30, invalid=0), ["TD-DATA-028"]),
        (Vote(yes=30, no=9), []),
    ],
)
def test_votes_that_do_not_add_up_are_named(vote: Vote, codes: list[str]) -> None:
    outcome = evaluate(Matter.OTHER_MATTER, 52, 39, vote, DAY, field="agenda[0]")
    assert [problem.code for problem in outcome.problems] == codes
    assert all(problem.field.startswith("agenda[0].") for problem in outcome.problems)


def test_what_is_not_voted_on_has_no_threshold() -> None:
    outcome = evaluate(Matter.NO_VOTE, 52, 1, Vote(), DAY)
    assert (outcome.result, outcome.needed, outcome.problems) == (Result.NO_VOTE, 0, ())


def test_nothing_passes_without_a_household() -> None:
    assert evaluate(Matter.CONTRIBUTION, 0, 0, Vote(), DAY).result is Result.NOT_PASSED


def test_the_law_has_no_quorum_but_for_conventions_and_local_rules() -> None:
    assert quorum_needed(Matter.CONTRIBUTION, 52, DAY) is None
    assert quorum_needed(Matter.CONVENTION, 52, DAY) == 27
    assert quorum_needed(Matter.OTHER_MATTER, 52, DAY, "more_than_half") == 27
    assert quorum_needed(Matter.CONVENTION, 52, DAY, "two_thirds") == 35
    assert quorum_needed(Matter.OTHER_MATTER, 52, DAY, "local", 30) == 30
    found = presence_problems(Matter.CONVENTION, 52, 26, DAY)
    assert [(problem.code, problem.severity) for problem in found] == [("TD-DATA-031", Severity.WARNING)]


def test_more_present_than_exist_is_an_error() -> None:
    found = presence_problems(Matter.OTHER_MATTER, 52, 53, DAY)
    assert [(problem.code, problem.severity) for problem in found] == [("TD-DATA-018", Severity.ERROR)]


def test_spare_is_thin_below_a_tenth_of_all_households() -> None:
    assert spare(39, 35) == 4
    assert spare_is_thin(4, 52) and spare_is_thin(5, 52) and not spare_is_thin(6, 52)
    assert not spare_is_thin(5, 50)
    assert spare_is_thin(-1, 52)


def test_terms_of_the_law() -> None:
    assert latest_notice(DAY) == date(2026, 11, 18)
    assert latest_notice(DAY, regular=True) == date(2026, 11, 15)
    assert documents_due(DAY) == date(2026, 11, 27)
