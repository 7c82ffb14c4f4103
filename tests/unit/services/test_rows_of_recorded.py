"""Child rows of records that have no line on their own sheet, because the register has them already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.test_child_sheets import book, errors, hints, quantities, team_sheet
from thidua_desktop.services import records, transfer
from thidua_desktop.services.child_tables import child_tables, heading_of
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import read_tables
from thidua_desktop.store.queries import ListQuery

TEAM = "fire_team"
Preview = Callable[..., transfer.ImportPlan]


@pytest.fixture
def kinds(session: Session) -> list[str]:
    return [item.label for item in session.definitions.catalogs["force_equipment"].items]


@pytest.fixture
def plan_of(session: Session, kinds: list[str], tmp_path: Path) -> Preview:
    """What a workbook brings: the equipment that is given, and the sheet of the teams named (None: no such sheet)."""
    table = child_tables(session.register(TEAM))[0]
    heads = [table.owner.label, *(heading_of(child) for child in table.children)]
    first = {"Đội": team_sheet(session, "Đội A"), table.sheet: [heads, ["Đội A", kinds[0], 5, ""]]}
    transfer.apply_import(session, transfer.preview_import(session, TEAM, book(tmp_path / "đầu.xlsx", first)))

    def act(*rows: Sequence[object], teams: Sequence[str] | None = ()) -> transfer.ImportPlan:
        sheets: dict[str, Any] = {} if teams is None else {"Đội": team_sheet(session, *teams)}
        return transfer.preview_import(
            session, TEAM, book(tmp_path / "a.xlsx", {**sheets, table.sheet: [heads, *rows]})
        )

    return act


@pytest.mark.parametrize("teams", [None, (), ("Đội B",)], ids=["no sheet", "empty sheet", "another line"])
def test_rows_come_to_a_record_that_has_no_line(
    plan_of: Preview, session: Session, kinds: list[str], teams: Sequence[str] | None
) -> None:
    plan = plan_of(["đội a", kinds[1], 7, ""], teams=teams)
    assert (errors(plan), plan.missing, plan.changing, plan.lost, plan.unchanged) == ([], (), 1, 0, 0)
    assert "Trang “Trang bị”, dòng 2: Đội A đã có trong sổ" in next(text for text in hints(plan) if "Đội A" in text)
    transfer.apply_import(session, plan)
    found: Any = {
        one.values["name"]: one.values.get("equipment") for one in session.file.records.every(ListQuery(TEAM))
    }
    assert [row["quantity"] for row in found["Đội A"]] == [5, 7] and len(found) == 1 + bool(teams)
    records.undo(session)
    assert quantities(session) == [5]


def test_rows_that_are_recorded_already_change_nothing(plan_of: Preview, kinds: list[str]) -> None:
    plan = plan_of(["Đội A", kinds[0], 5, ""])
    assert (errors(plan), len(plan.rows), plan.unchanged, plan.lost) == ([], 0, 0, 0)


def test_a_wrong_row_of_such_a_record_goes_back_as_it_came(
    plan_of: Preview, session: Session, kinds: list[str], tmp_path: Path
) -> None:
    plan = plan_of(["Đội A", kinds[1], "hai", ""], ["Đội B", kinds[1], 2, ""], teams=["Đội B"])
    assert errors(plan) == [("Trang bị", 2, "TD-DATA-107")] and (plan.lost, len(plan.broken)) == (1, 0)
    transfer.apply_import(session, plan, error_file=tmp_path / "loi.xlsx")
    back = {one.name: [line.cells for line in one.table.lines] for one in read_tables(tmp_path / "loi.xlsx")}
    assert back["Trang bị"][1][0] == "Đội A" and "hai" in back["Trang bị"][1][-1]
    assert len(back["Trang bị"]) == 2


def test_what_is_nowhere_or_named_twice_or_by_a_line_is_not_guessed(
    plan_of: Preview, session: Session, kinds: list[str]
) -> None:
    [team] = session.file.records.every(ListQuery(TEAM))
    for _ in range(2):
        session.file.records.save(TEAM, {**team.values, "name": "Đội C"}, actor="A", now=session.now())
    rows = [[name, kinds[1], 2, ""] for name in ("Đội Z", "Đội C", "7", "Dòng 7")]
    assert errors(plan_of(*rows)) == [("Trang bị", row, "TD-XFER-029") for row in (2, 3, 4, 5)]


def test_what_a_record_lacks_is_not_filled_by_a_default(session: Session, tmp_path: Path) -> None:
    spec = session.register("self_managed_group")
    area = next(iter(session.file.records.every(ListQuery("residential_area"))))
    values = {
        "residential_area": area.id,
        "name": "Tổ A",
        "number": "5",
        "kind": "security",
        "founded_on": date(2026, 1, 1),
    }
    kept = session.file.records.save(spec.name, values, actor="A", now=session.now())
    heads = [spec.field(name).label for name in ("residential_area", "name", "number", "households")]
    path = book(
        tmp_path / "a.xlsx", {"Tổ": [heads, [area.values["name"], "Tổ A", 5, 31], [area.values["name"], "Tổ B", 6, 29]]}
    )
    transfer.apply_import(session, transfer.preview_import(session, spec.name, path))
    found = {one.values["name"]: one for one in session.file.records.every(ListQuery(spec.name))}
    assert found["Tổ A"].id == kept.id and found["Tổ A"].values["households"] == 31
    assert found["Tổ A"].values.get("rhythm") is None and found["Tổ B"].values["rhythm"] == "monthly"
