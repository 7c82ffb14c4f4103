"""What one machine of an office erased for good is erased on the others, in any order, also what was written since."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.services.handoff.two_machines import Machines, change, machines
from tests.unit.services.handoff.two_offices import save
from tests.unit.store.decrypted_pages import decrypted_pages
from thidua_desktop.services import access, attachments, erasure
from thidua_desktop.services.handoff import sideways, undoing
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import RecordKey

REGISTER, SECRET, REASON = "supervised_person", "Vàng Xynvqa", "Hết thời hạn lưu"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Machines]:
    with machines(tmp_path) as made:
        yield made


def person(machine: Session, area: str) -> str:
    return save(machine, REGISTER, {
        "name": SECRET, "sex": "male", "residential_area": area, "group": "suspended_sentence", "decision": "12/QĐ",
        "received_on": date(2026, 11, 2),
    })  # fmt: skip


def is_gone(machine: Session, record_id: str) -> bool:
    return (
        machine.file.records.get(REGISTER, record_id) is None
        and machine.file.versions.get(REGISTER, record_id) is None
        and SECRET not in str([one.fields for one in machine.file.changes.history(REGISTER, record_id)])
    )


def test_it_is_erased_on_the_other_machine_and_logged(two: Machines) -> None:
    main, second = two.all
    record_id = person(main, two.area)
    two.hand(main, second)
    kept = attachments.attach_content(second, REGISTER, record_id, "giay.txt", SECRET.encode())
    change(second, record_id, REGISTER, decision="13/QĐ")
    assert SECRET.encode() in decrypted_pages(second.file)
    erasure.erase(main, REGISTER, [record_id], REASON)
    two.hand(main, second)
    assert is_gone(second, record_id) and second.file.attached_files.get(kept.sha256) is None
    assert SECRET.encode() not in decrypted_pages(second.file)
    last = second.file.changes.history(REGISTER, record_id)[-1]
    assert (last.operation, last.reason) == ("erase", REASON)
    assert access.newest(second)[0].what == access.ERASE
    assert second.file.check() == []


def test_what_was_edited_meanwhile_does_not_bring_it_back(two: Machines) -> None:
    main, second = two.all
    record_id = person(main, two.area)
    two.hand(main, second)
    erasure.erase(main, REGISTER, [record_id], REASON)
    change(second, record_id, REGISTER, decision="13/QĐ")
    attachments.attach_content(second, REGISTER, record_id, "giay.txt", SECRET.encode())
    two.hand(second, main)
    assert is_gone(main, record_id) and not is_gone(second, record_id)
    two.hand(main, second)
    two.hand(second, main)
    assert is_gone(main, record_id) and is_gone(second, record_id)
    assert SECRET.encode() not in decrypted_pages(main.file) + decrypted_pages(second.file)


def test_taking_the_package_back_does_not_bring_it_back(two: Machines) -> None:
    main, second = two.all
    record_id = person(main, two.area)
    two.hand(main, second)
    erasure.erase(main, REGISTER, [record_id], REASON)
    made = two.make(main)
    sideways.take_exchange(second, sideways.look_at_exchange(second, made.path))
    plan = undoing.plan_undo(second, main.file.identity.code, main.file.installation_id, made.number)
    undoing.undo_package(second, plan, "nhập nhầm")
    assert is_gone(second, record_id)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(list(itertools.permutations(range(3), 2))), eraser=st.integers(0, 2))
def test_any_order_of_sticks_ends_without_it(order: list[tuple[int, int]], eraser: int) -> None:
    with tempfile.TemporaryDirectory() as folder, machines(Path(folder), 3) as three:
        record_id = person(three.all[0], three.area)
        for other in (1, 2):
            three.hand(three.all[0], three.all[other])
        erasure.erase(three.all[eraser], REGISTER, [record_id], REASON)
        change(three.all[(eraser + 1) % 3], record_id, REGISTER, decision="13/QĐ")
        for giver, taker in (*order, *order):
            three.hand(three.all[giver], three.all[taker])
            assert is_gone(three.all[eraser], record_id)
        assert all(is_gone(one, record_id) for one in three.all)
        assert {tuple(one.file.versions.erasures()) for one in three.all} == {(RecordKey(REGISTER, record_id),)}
