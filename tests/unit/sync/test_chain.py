"""What a package means beside those taken in before: pure judgements."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from tests.unit.sync.crafting import FACTS
from thidua_desktop.sync.chain import (
    ChainLink,
    ChainPosition,
    KnownChain,
    Place,
    check_definitions,
    link_of,
    place_in_chain,
)
from thidua_desktop.sync.header import NO_PREVIOUS, Header, header_bytes, header_hash
from thidua_desktop.sync.refusals import Code, Refusal


def chain(*ranges: tuple[int, int]) -> list[tuple[Header, str]]:
    """Headers 1… with these change ranges and their hashes, each naming the one before."""
    made: list[tuple[Header, str]] = []
    for number, (first, last) in enumerate(ranges, start=1):
        previous = made[-1][1] if made else NO_PREVIOUS
        facts = replace(FACTS, number=number, previous=previous, changes_from=first, changes_to=last)
        header = Header(facts, ("0" * 16,), 1, "b" * 64)
        made.append((header, header_hash(header_bytes(header))))
    return made


def known(*links: tuple[Header, str]) -> KnownChain:
    return KnownChain.of(link_of(*link) for link in links)


def refused(judged: ChainPosition | Refusal) -> str:
    assert isinstance(judged, Refusal)
    assert judged.sentence
    return judged.code


def placed(judged: ChainPosition | Refusal) -> ChainPosition:
    assert isinstance(judged, ChainPosition)
    return judged


def test_next_gap_and_repetition() -> None:
    one, two, three = chain((1, 5), (6, 9), (6, 12))
    assert placed(place_in_chain(*one, known())).place is Place.NEXT
    assert placed(place_in_chain(*two, known(one))).place is Place.NEXT
    gap = placed(place_in_chain(*three, known(one)))
    assert (gap.place, gap.missing_text, gap.missing_changes) == (Place.GAP, "2", False)
    told = Refusal(Code.GAP, sender=one[0].sender, missing=gap.missing_text)
    assert (told.code, "gói số 2" in told.sentence) == ("TD-SYNC-010", True)
    assert refused(place_in_chain(*two, known(one, two))) == "TD-SYNC-009"


def test_an_older_package_is_merged_only_while_it_brings_something() -> None:
    one, two, three = chain((1, 5), (6, 9), (6, 12))
    assert refused(place_in_chain(*two, known(one, three))) == "TD-SYNC-011"
    one, two, three = chain((1, 5), (6, 9), (10, 12))
    assert placed(place_in_chain(*two, known(one, three))).place is Place.LATE
    gap = placed(place_in_chain(*three, known(one)))
    assert gap.missing_changes


def test_a_next_package_without_changes_is_still_the_next() -> None:
    one, two = chain((1, 5), (6, 5))
    assert placed(place_in_chain(*two, known(one))).place is Place.NEXT


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_split_chain_is_a_clone(number: int) -> None:
    ours = chain((1, 5), (6, 9), (10, 12))
    theirs = chain((1, 4), (5, 8), (9, 11))
    before = known(*(link for link in ours if link[0].facts.number != number))
    assert refused(place_in_chain(*theirs[number - 1], before)) == "TD-SYNC-012"
    assert refused(place_in_chain(*theirs[number - 1], known(*ours))) == "TD-SYNC-012"


def test_every_order_brings_every_change() -> None:
    packages = chain((1, 5), (6, 9), (6, 12), (13, 20))
    for order in itertools.permutations(packages):
        taken: list[ChainLink] = []
        for package in order:
            judged = place_in_chain(*package, KnownChain.of(taken))
            if isinstance(judged, ChainPosition):
                taken.append(judged.link)
            else:
                assert judged.code == "TD-SYNC-011"
        covered = {change for link in taken for change in range(link.changes_from, link.changes_to + 1)}
        assert covered == set(range(1, 21))


def test_missing_numbers_are_named_in_runs() -> None:
    packages = chain(*((number, number) for number in range(1, 11)))
    judged = placed(place_in_chain(*packages[9], known(packages[0], packages[4])))
    assert judged.missing_text == "2–4, 6–9"


def test_definitions_newer_than_the_program() -> None:
    header = chain((1, 5))[0][0]
    assert check_definitions(header, {"resident_meeting": 1, "residential_area": 3}) is None
    refusal = check_definitions(header, {"resident_meeting": 1, "residential_area": 1})
    assert refusal is not None and refusal.code == "TD-SYNC-013" and "residential_area" in refusal.sentence
