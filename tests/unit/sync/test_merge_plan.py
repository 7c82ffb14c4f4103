"""Merging by plan: any order, any repetition, one result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sync.crafting import meeting
from thidua_desktop.sync.canonical import parse_canonical
from thidua_desktop.sync.members import RecordLine, content_hash, record_line
from thidua_desktop.sync.merge_plan import KnownRecord, Outcome, PlanEntry, PlanSummary, plan_merge

REGISTER = "resident_meeting"
# Record number and revision of each line of a package
PACKAGES = st.dictionaries(st.integers(1, 4), st.integers(1, 5)).map(lambda found: list(found.items()))
State = dict[str, tuple[RecordLine, KnownRecord]]


def planned(lines: Sequence[RecordLine], state: State, office: str = "00123") -> list[PlanEntry]:
    def lookup(register: str, ids: Sequence[str]) -> Mapping[str, KnownRecord]:
        assert register == REGISTER and len(ids) <= 500
        return {one: state[one][1] for one in ids if one in state}

    return list(plan_merge(((REGISTER, line.to_bytes()) for line in lines), office, lookup, [REGISTER]))


def applied(lines: Sequence[RecordLine], state: State) -> list[PlanEntry]:
    """What services will do with a plan: NEW, CHANGED and DELETED are written, all else is left."""
    entries = planned(lines, state)
    for entry in entries:
        if entry.record and entry.outcome in {Outcome.NEW, Outcome.CHANGED, Outcome.DELETED}:
            record = entry.record
            state[record.id] = record, KnownRecord(record.office, record.revision, content_hash(record))
    return entries


def outcomes(entries: Sequence[PlanEntry]) -> list[str]:
    return [str(entry.outcome) for entry in entries]


def reason(entry: PlanEntry) -> str:
    assert entry.outcome is Outcome.SET_ASIDE and entry.reason is not None
    assert entry.reason.sentence and entry.reason.remedy
    return entry.reason.code


def test_each_outcome() -> None:
    state: State = {}
    assert outcomes(applied([meeting(1), meeting(2), meeting(3, deleted=True)], state)) == ["new", "new", "deleted"]
    second = [meeting(1, 2), meeting(2, note="khác"), meeting(3, note="cũ"), meeting(4)]
    assert outcomes(applied(second, state)) == ["changed", "conflict", "conflict", "new"]
    assert outcomes(applied([meeting(1), meeting(2), meeting(4, 2, deleted=True)], state)) == [
        "unchanged",
        "unchanged",
        "deleted",
    ]
    assert outcomes(applied([meeting(4)], state)) == ["unchanged"]  # the tombstone is not undone by an older package


@given(st.data())
def test_order_and_repetition_do_not_matter(data: st.DataObject) -> None:
    packages = [
        [meeting(number, revision, deleted=revision == 4, note=f"bản {revision}") for number, revision in sorted(found)]
        for found in data.draw(st.lists(PACKAGES, max_size=6))
    ]
    shuffled = data.draw(st.permutations([*packages, *packages]))
    once: State = {}
    for package in packages:
        applied(package, once)
    again: State = {}
    for package in shuffled:
        applied(package, again)
    assert again == once
    for package in shuffled:
        assert all(entry.outcome is Outcome.UNCHANGED for entry in planned(package, again))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"not json",
        meeting(1).to_bytes().replace(b":1}", b":1.5}"),
        meeting(1).to_bytes().replace(b'"revision":1', b'"revision":0'),
        meeting(1).to_bytes().replace(b'"revision":1', b'"revision":true'),
        meeting(1).to_bytes().replace(b"false", b"true"),
        meeting(1).to_bytes().replace(b'"id":"', b'"id":"../'),
        meeting(1).to_bytes() + b" ",
        meeting(1).to_bytes().replace(b'"00123"', b'"0 0"'),
        meeting(1).to_bytes().replace(b'"00123"', b"123"),
    ],
)
def test_an_unreadable_line_is_set_aside_and_the_rest_goes_on(line: bytes) -> None:
    lines = [(REGISTER, line), (REGISTER, meeting(2).to_bytes())]
    bad, good = plan_merge(lines, "00123", lambda _register, _ids: {}, [REGISTER])
    assert reason(bad) == "TD-SYNC-031" and bad.line == line and bad.record is None
    assert good.outcome is Outcome.NEW


def test_repeated_and_foreign_records_are_set_aside() -> None:
    entries = planned([meeting(2), meeting(1), meeting(2), meeting(3)], {})
    assert [entries[1].reason and reason(entries[1]), reason(entries[2])] == ["TD-SYNC-032", "TD-SYNC-032"]
    assert outcomes([entries[0], entries[3]]) == ["new", "new"]
    assert reason(planned([meeting(1)], {}, office="00999")[0]) == "TD-SYNC-033"
    here: State = {meeting(1).id: (meeting(1), KnownRecord("00999", 1, "x"))}
    assert reason(planned([meeting(1, 2)], here)[0]) == "TD-SYNC-034"


def test_records_that_the_program_cannot_hold_are_set_aside() -> None:
    def fit(register: str, record: RecordLine) -> str | None:
        return f"{register} thiếu ngày" if record.revision == 1 else None

    lines = [(REGISTER, meeting(1).to_bytes()), (REGISTER, meeting(2, 2).to_bytes()), ("other", meeting(3).to_bytes())]
    entries = list(plan_merge(lines, "00123", lambda _register, _ids: {}, [REGISTER], fit))
    assert reason(entries[0]) == "TD-SYNC-035" and "thiếu ngày" in entries[0].reason.sentence  # type: ignore[union-attr]
    assert entries[1].outcome is Outcome.NEW
    assert reason(entries[2]) == "TD-SYNC-036"


def test_long_plans_look_up_in_batches_and_count() -> None:
    asked: list[int] = []

    def lookup(_register: str, ids: Sequence[str]) -> Mapping[str, KnownRecord]:
        asked.append(len(ids))
        return {}

    lines = [(REGISTER, meeting(number).to_bytes()) for number in range(1, 1202)]
    summary = PlanSummary.of(plan_merge(lines, "00123", lookup, [REGISTER]))
    assert asked == [500, 500, 201]
    assert summary.total(Outcome.NEW) == summary.counts[REGISTER][Outcome.NEW] == 1201


def test_each_register_has_its_own_order_and_lookup() -> None:
    asked: list[tuple[str, int]] = []

    def lookup(register: str, ids: Sequence[str]) -> Mapping[str, KnownRecord]:
        asked.append((register, len(ids)))
        return {}

    lines = [("first", meeting(9).to_bytes()), ("second", meeting(1).to_bytes())]
    assert outcomes(list(plan_merge(lines, "00123", lookup, ["first", "second"]))) == ["new", "new"]
    assert asked == [("first", 1), ("second", 1)]


def test_a_line_comes_back_as_it_was() -> None:
    for line in (meeting(7), meeting(8, 3, deleted=True), meeting(9, note='Đường "Ư" \\ \n')):
        assert record_line(line.to_bytes()) == line
        assert {**parse_canonical(line.to_bytes()), "version": None} == asdict(line)  # type: ignore[dict-item]
