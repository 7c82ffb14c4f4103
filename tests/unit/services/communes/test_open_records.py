"""What is still open in an ended commune goes on in the book of the one that takes over, and so do its results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.communes.old_and_new import OldAndNew, old_and_new
from tests.unit.services.communes.provinces import MERGED, NAMES, NEW, OLD_A
from tests.unit.services.handoff.two_offices import NOW, PASSWORD, save
from thidua_desktop.services import records
from thidua_desktop.services.awards import decisions, results
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.awards.decisions import AwardDecision
from thidua_desktop.services.handoff import answers, incoming, outgoing, receipts
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.queries import DateRange

PROPOSED = date(2026, 8, 3)  # before the day of the change
DECIDED = AwardDecision(number="1450/QĐ-UBND", day=date(2026, 10, 20))


def propose(office: Session, name: str, result: str = "proposed_up", round_id: str = "") -> str:
    """A household is proposed for a citation of the province."""
    return save(office, REGISTER, {
        "year": 2026, "proposed_on": PROPOSED, "award": "province_citation", "recipient": "household",
        "recipient_text": name, "checked_on": PROPOSED, "achievement": "Xuất sắc", "result": result,
        **({"reason": "Chưa đủ"} if result == "rejected" else {}), **({"round": round_id} if round_id else {}),
    })  # fmt: skip


def up(office: Session, world: OldAndNew) -> None:
    """The province takes the office's next package in."""
    made = outgoing.make_package(office, world.path.parent / "usb")
    incoming.receive(world.province, incoming.plan_receive(world.province, made.path))


@pytest.fixture
def merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[OldAndNew, dict[str, str]]]:
    """The old commune has proposals, one of them decided, and tasks, one of them done; the province has its package."""
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cau hinh"))
    with old_and_new(tmp_path, MERGED, OLD_A) as (world, made):
        old = open_office(world.path, PASSWORD, clock=Clock(NOW))
        made["open"], made["closed one"] = propose(old, "Hộ bà Sáu"), propose(old, "Hộ ông Bảy", "rejected")
        for name, done in (("task", None), ("task done", date(2026, 7, 30))):
            made[name] = save(old, "plan_task", {
                "programme": made["programme"], "task": f"Nhiệm vụ {name}", "responsible": "commune_police",
                "due_on": date(2026, 7, 31), **({"done_on": done, "progress": 100} if done else {}),
            })  # fmt: skip
        up(old, world)
        old.close()
        yield world, made


def test_what_waits_comes_with_preview_and_undo(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, made = merged
    lines = {line.register: line for line in world.look().lines}
    assert (lines[REGISTER].standing, lines[REGISTER].coming, lines["plan_task"].coming) == (1, 1, 1)
    assert world.all(REGISTER) == []
    world.take()
    (proposal,), (task,) = world.all(REGISTER), world.all("plan_task")
    assert (proposal.id, task.id) == (world.id_here(made["open"]), world.id_here(made["task"]))
    assert task.values["programme"] == world.id_here(made["programme"])
    summer = DateRange(date(2026, 7, 1), date(2026, 12, 31))
    assert not [row for row in world.new.file.figures(["nominations"], [summer], offices=[NEW]) if row.value]
    records.undo(world.new)
    assert world.all(REGISTER) == world.all("plan_task") == []


def test_the_result_reaches_the_successor(merged: tuple[OldAndNew, dict[str, str]]) -> None:
    world, made = merged
    province, usb = world.province, world.path.parent / "usb"
    assert decisions.decide(province, [made["open"]], DECIDED) == 1
    standing = decisions.standing_of(province, made["open"])
    assert standing is not None and standing.way.startswith(f"Đơn vị đã kết thúc; {NAMES[NEW]} được báo")
    world.take()
    up(world.new, world)
    made_receipt = answers.make_receipt(province, NEW, usb)
    receipts.take_receipt(world.new, receipts.look_at_receipt(world.new, made_receipt.path))
    waiting = results.waiting(world.new)
    assert [one.record_id for one in waiting] == [world.id_here(made["open"])]
    assert results.take_over(world.new, waiting).changed == 1
    standing = decisions.standing_of(province, made["open"])
    assert standing is not None and standing.way == f"Đã báo {NAMES[NEW]} bằng biên nhận số {made_receipt.number}"
    up(world.new, world)
    standing = decisions.standing_of(province, made["open"])
    assert standing is not None and standing.taken_over
    old_one = records.get(province, REGISTER, made["open"])
    assert decisions.barred(province, old_one) == f"đã sang sổ của {NAMES[NEW]}"
    october = DateRange(date(2026, 10, 1), date(2026, 10, 31))
    counted = [(row.office, row.value) for row in province.file.figures(["awards_total"], [october]) if row.value]
    assert counted == [(NEW, 1)]
    assert not answers.waiting_for_receipt(province) or NEW in answers.waiting_for_receipt(province)


def test_what_the_old_commune_had_heard_and_not_written_comes_along(
    merged: tuple[OldAndNew, dict[str, str]],
) -> None:
    world, made = merged
    decisions.decide(world.province, [made["open"]], DECIDED)
    told = answers.make_receipt(world.province, OLD_A, world.path.parent / "usb")
    old = open_office(world.path, PASSWORD, clock=Clock(NOW))
    receipts.take_receipt(old, receipts.look_at_receipt(old, told.path))
    assert results.waiting_count(old) == 1
    old.close()
    world.take()
    assert [one.record_id for one in results.waiting(world.new)] == [world.id_here(made["open"])]
