"""Computed fields are taken as they were signed; one that comes out otherwise here waits for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, save
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import Value
from thidua_desktop.services.handoff import aside, undoing
from thidua_desktop.services.handoff.recomputed import comparable

TARGET: dict[str, Value] = {
    "year": 2026, "registered_on": date(2026, 2, 20), "subject_kind": "commune", "name": "Cuộc tuyên truyền",
    "unit": "cuộc", "direction": "more", "measure": "cumulative", "target_value": Decimal(8),
    "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "source": "typed",
    "progress": ({"day": date(2026, 10, 1), "value": Decimal(4)},),
}  # fmt: skip


def wrongly_computed(pair: TwoOffices, record_id: str | None = None) -> str:
    """A target whose percentage another program has written; past the office's own saving, as such a program would."""
    key = record_id or save(pair.commune, "target", dict(TARGET))
    record = pair.commune.file.records.get("target", key)
    assert record is not None and record.values["percent"] == Decimal(50)
    values = {**record.values, "percent": Decimal(99)}
    pair.commune.file.records.save("target", values, id=key, actor="x", now=pair.commune.now())
    return key


def percent(pair: TwoOffices, key: str) -> object:
    record = pair.province.file.records.get("target", key)
    assert record is not None
    return record.values["percent"]


def test_what_comes_out_the_same_is_no_matter(pair: TwoOffices) -> None:
    key = save(pair.commune, "target", dict(TARGET))
    pair.take(pair.send())
    assert percent(pair, key) == 50 and aside.aside_items(pair.province) == []


def test_another_outcome_is_taken_as_signed_and_told(pair: TwoOffices) -> None:
    key = wrongly_computed(pair)
    assert pair.take(pair.send()).set_aside == 0
    (item,) = aside.aside_items(pair.province)
    assert percent(pair, key) == 99 and item.kind == "Ô tính sẵn" and item.is_here and not item.cannot_return
    assert "“So với chỉ tiêu” ghi 99" in item.line.reason and "tính lại là 50" in item.line.reason  # TD-SYNC-232
    pair.activity()
    pair.take(pair.send())  # cumulative: the same revision once more
    assert len(aside.aside_items(pair.province)) == 1


def test_a_right_one_settles_it_and_an_undone_package_takes_it_along(pair: TwoOffices) -> None:
    key = wrongly_computed(pair)
    pair.take(pair.send())
    save(pair.commune, "target", {**TARGET, "note": "Tính lại"}, key)
    pair.take(pair.send())
    assert aside.aside_items(pair.province) == [] and percent(pair, key) == 50
    commune = pair.commune.file
    plan = undoing.plan_undo(pair.province, commune.identity.code, commune.installation_id, 2)
    undoing.undo_package(pair.province, plan, "nhập nhầm")
    assert len(aside.aside_items(pair.province)) == 1


def test_a_sender_with_an_older_definition_is_taken_in_without_a_word(pair: TwoOffices) -> None:
    definitions = pair.province.definitions
    newer = replace(definitions.registers["target"], version=definitions.registers["target"].version + 1)
    registers = {**definitions.registers, "target": newer}
    pair = replace(pair, province=replace(pair.province, definitions=replace(definitions, registers=registers)))
    key = wrongly_computed(pair)
    assert pair.take(pair.send()).set_aside == 0
    assert percent(pair, key) == 99 and aside.aside_items(pair.province) == []


@pytest.mark.parametrize(
    ("register", "known"),
    [
        ("target", {"counted_until", "latest_value", "percent", "result", "completed_on"}),
        ("team_member", {"earlier_months"}),  # sex and area are those of a linked person
        ("pledge_drive", {"households_unsigned"}),
    ],
)
def test_only_what_the_province_can_know_is_compared(register: str, known: set[str]) -> None:
    definitions = load_definitions()
    found = comparable(definitions, definitions.registers[register])
    assert found == known
