"""Conflicts between two installations: both values with who, when and why; one decision, made once, holds on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.handoff.contents import digest_of
from tests.unit.services.handoff.two_machines import PERSONS, Machines, change, machines
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records
from thidua_desktop.services.handoff import conflicts


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Machines]:
    """A main machine and a second one."""
    with machines(tmp_path) as made:
        yield made


def differ(two: Machines, field: str = "attendance_total", mine: Value = 55, theirs: Value = 66) -> str:
    """One field with two values, and both know it."""
    main, second = two.all
    record_id = two.activity(main)
    two.hand(main, second)
    change(main, record_id, **{field: mine})
    change(second, record_id, **{field: theirs})
    assert two.hand(main, second).conflicts == 1
    assert two.hand(second, main).conflicts == 1
    return record_id


def test_both_values_stand_with_who_when_and_why(two: Machines) -> None:
    record_id = differ(two)
    assert digest_of(two.all[0]) == digest_of(two.all[1])
    for place, machine in enumerate(two.all):
        [one] = conflicts.conflicts(machine)
        [field] = one.fields
        assert (one.record_id, field.name) == (record_id, "attendance_total")
        assert [value.text for value in field.values] == [["55", "66"], ["66", "55"]][place]
        assert [value.by for value in field.values] == [[PERSONS[0], PERSONS[1]], [PERSONS[1], PERSONS[0]]][place]
        assert [value.here for value in field.values] == [True, False]
        assert field.values[0].words == f"{field.values[0].by}, 16/11/2026, 08:30, máy này"


def test_one_decision_holds_on_both_and_nobody_is_asked_again(two: Machines) -> None:
    main, second = two.all
    record_id = differ(two)
    standing = conflicts.conflicts(second)[0].fields[0]
    keep = standing.values[standing.stands].plain  # the value stays: the decision must travel all the same
    assert conflicts.decide(second, "movement_activity", record_id, {"attendance_total": keep}, "đếm lại") is None
    assert two.hand(second, main).conflicts == 0
    assert two.hand(main, second).conflicts == 0
    for machine in two.all:
        assert conflicts.conflicts(machine) == []
        found = machine.file.records.get("movement_activity", record_id)
        assert found is not None and found.values["attendance_total"] == keep
    assert digest_of(main) == digest_of(second)
    assert records.history(second, "movement_activity", record_id)[0].reason == "đếm lại"


def test_a_third_value_and_an_edit_decide_as_well(two: Machines) -> None:
    main, second = two.all
    record_id = differ(two)
    value = conflicts.typed(main, "movement_activity", "attendance_total", "70")
    conflicts.decide(main, "movement_activity", record_id, {"attendance_total": value}, "hỏi trưởng thôn")
    two.hand(main, second)
    found = second.file.records.get("movement_activity", record_id)
    assert found is not None and found.values["attendance_total"] == 70
    assert conflicts.conflicts(second) == []
    change(main, record_id, attendance_total=71)
    change(second, record_id, attendance_total=72)
    two.hand(main, second)
    change(second, record_id, attendance_total=73)
    two.hand(second, main)
    assert conflicts.conflicts(main) == conflicts.conflicts(second) == []
    assert digest_of(main) == digest_of(second)


def test_deleted_here_and_changed_there_is_a_question(two: Machines) -> None:
    main, second = two.all
    for decision in (False, True):
        record_id = two.activity(main)
        two.hand(main, second)
        records.delete(main, "movement_activity", record_id, reason="ghi hai lần")
        change(second, record_id, attendance_total=66)
        assert two.hand(main, second).conflicts == 1
        two.hand(second, main)
        [one] = conflicts.conflicts(main)
        assert {value.text for value in one.fields[0].values} == {conflicts.KEPT, conflicts.DELETED}
        conflicts.decide(main, "movement_activity", record_id, {"": decision}, "đã hỏi")
        two.hand(main, second)
        found = second.file.records.get("movement_activity", record_id)
        assert found is not None and found.deleted is not decision
        assert conflicts.conflicts(second) == []
        assert digest_of(main) == digest_of(second)


def test_two_decisions_at_once_are_a_question_again(two: Machines) -> None:
    main, second = two.all
    record_id = differ(two)
    conflicts.decide(main, "movement_activity", record_id, {"attendance_total": 55}, "theo biên bản")
    conflicts.decide(second, "movement_activity", record_id, {"attendance_total": 66}, "theo danh sách")
    two.hand(main, second)
    [one] = conflicts.conflicts(second)
    assert {value.reason for value in one.fields[0].values} == {"theo biên bản", "theo danh sách"}


def test_child_rows_are_one_value(two: Machines) -> None:
    main, second = two.all
    record_id = two.activity(main)
    spec = main.definitions.registers["movement_activity"]
    rows = [field for field in spec.fields if field.fields]
    assert rows, "the register of activities has child rows"
    two.hand(main, second)
    from thidua_desktop.formdef.records import sample_values

    sample = sample_values(main.definitions, spec)[rows[0].name]
    assert isinstance(sample, tuple) and sample
    change(main, record_id, **{rows[0].name: sample})
    change(second, record_id, **{rows[0].name: (*sample, *sample)})
    assert two.hand(main, second).conflicts == 1
    [one] = conflicts.conflicts(second)
    assert one.fields[0].can_be_typed is False
    assert len(one.fields[0].values[0].text.splitlines()) == 2


def test_what_is_refused(two: Machines) -> None:
    main = two.all[0]
    record_id = differ(two)
    cases = (
        ({"attendance_total": 55}, " ", "TD-SYNC-111"), ({"title": "x"}, "vì", "TD-SYNC-112"),
        ({}, "vì", "TD-SYNC-112"), ({"attendance_total": "năm"}, "vì", "TD-SYNC-113"),
    )  # fmt: skip
    head = main.file.changes.head()
    for chosen, reason, code in cases:
        with pytest.raises(UserError) as caught:
            conflicts.decide(main, "movement_activity", record_id, chosen, reason)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        conflicts.typed(main, "movement_activity", "attendance_total", "nhiều lắm")
    assert caught.value.code == "TD-SYNC-113"
    assert main.file.changes.head() == head
