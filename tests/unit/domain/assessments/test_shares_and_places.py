"""The share of units that must be recognised, and places with ties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.assessments.ranking import Ranked, places
from thidua_desktop.domain.assessments.shares import (
    Share,
    Units,
    meets_units_criterion,
    recognised_share,
    subunit_share,
    women_come_first,
)

DAY = date(2026, 11, 15)


def test_the_law_s_own_example_needs_two_more() -> None:
    """25 thôn, 16 recognised: 64 %; 18 are needed (thuvienphapluat on Thông tư 23/2012, the same 70 %)."""
    share = recognised_share(DAY)
    assert (share.needed(25), share.missing(16, 25), share.reached(16, 25)) == (18, 2, False)
    assert share.reached(18, 25)
    assert share.missing(20, 25) == 0


@pytest.mark.parametrize(("total", "needed"), [(0, 0), (1, 1), (3, 3), (10, 7), (100, 70), (101, 71)])
def test_shares_are_rounded_up_in_whole_numbers(total: int, needed: int) -> None:
    assert recognised_share(DAY).needed(total) == needed == subunit_share(DAY).needed(total)
    assert Share(2, 3).needed(3 * total) == 2 * total


def test_all_register_and_enough_are_recognised() -> None:
    assert meets_units_criterion(Units(25, 25, 18), DAY)
    assert not meets_units_criterion(Units(25, 24, 24), DAY)
    assert not meets_units_criterion(Units(25, 25, 17), DAY)
    assert not meets_units_criterion(Units(0, 0, 0), DAY)


def ranked(name: str, total: str, women_first: bool = False, **criteria: int) -> Ranked:
    points = {code.removeprefix("c").replace("_", "."): Decimal(value) for code, value in criteria.items()}
    return Ranked(name, name, Decimal(total), women_first, points)


def test_equal_points_share_a_place_and_the_next_is_skipped() -> None:
    found = places([ranked("Ấp Tư", "80"), ranked("Ấp Ba", "90"), ranked("Ấp Hai", "90"), ranked("Ấp Một", "95.5")])
    assert [(place, one.name) for place, one in found] == [(1, "Ấp Một"), (2, "Ấp Ba"), (2, "Ấp Hai"), (4, "Ấp Tư")]
    assert places([]) == []


def test_a_tie_is_broken_only_as_the_set_says() -> None:
    entries = [ranked("A", "90", c1_5=30), ranked("B", "90", c1_5=38), ranked("C", "90", women_first=True, c1_5=30)]
    assert [place for place, _ in places(entries)] == [1, 1, 1]
    assert [one.name for _, one in places(entries, ["1.5"])] == ["B", "A", "C"]
    assert [place for place, _ in places(entries, ["1.5"])] == [1, 2, 2]
    assert [one.name for _, one in places(entries, ["women", "1.5"])] == ["C", "B", "A"]


def test_enough_women_come_first() -> None:
    assert women_come_first(7, 10, DAY)
    assert not women_come_first(69, 100, DAY)
    assert not women_come_first(0, 0, DAY)
