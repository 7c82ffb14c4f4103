"""What the program exports it knows again, whatever a spreadsheet made of it on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.test_transfer import ACTIVITY, codes, sheet
from thidua_desktop.formdef.model import Values
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services import links, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

Add = Callable[..., str]
GROUP, MEETING, ROUND = "self_managed_group", "resident_meeting", "award_round"


def save(session: Session, register: str, **values: object) -> str:
    """A record as an earlier version, a package or another desk may have left it."""
    spec = session.register(register)
    sample: Values = {**sample_values(session.definitions, spec), **values}  # type: ignore[dict-item]
    rows = {field.name for field in spec.fields if any(child.register for child in field.fields)}
    kept = {name: value for name, value in sample.items() if value is not None and name not in rows}
    return session.file.records.save(register, kept, actor="Y Bhăm Niê", now=session.now()).id


@pytest.fixture
def groups(session: Session, area_ids: list[str]) -> list[str]:
    """Two groups of the same number, in two areas."""
    return [save(session, GROUP, residential_area=area, number="2", name=None) for area in area_ids[:2]]


def exported(session: Session, register: str, folder: Path, ending: str = ".xlsx") -> transfer.ImportPlan:
    path = folder / f"{register}{ending}"
    transfer.export_records(session, ListQuery(register), path)
    return transfer.preview_import(session, register, path)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_groups_of_one_number_are_told_apart_by_their_place(
    session: Session, groups: list[str], tmp_path: Path, ending: str
) -> None:
    for group in groups:
        save(session, MEETING, group=group, residential_area=None, held_on=date(2026, 11, 20))
    plan = exported(session, MEETING, tmp_path, ending)
    assert (plan.unchanged, len(plan.rows), plan.broken) == (2, 0, ())


@pytest.mark.parametrize("typed", ["{0} ({1})", "{0}, {1}", "{0} - {1}", "  {0}  {1} "])
def test_a_name_may_be_typed_with_its_place(session: Session, groups: list[str], typed: str) -> None:
    for entry in links.names_of(session, GROUP).entries.values():
        found = links.matching(session, GROUP, typed.format(entry.label, entry.detail).upper())
        assert [one.id for one in found] == [entry.id]
    label = next(iter(links.names_of(session, GROUP).entries.values())).label
    assert len(links.matching(session, GROUP, label)) == 2
    assert links.matching(session, GROUP, f"{label} (Thôn Không Có)") == []


def test_the_same_codes_in_another_order_are_the_same(session: Session, area_ids: list[str], tmp_path: Path) -> None:
    topics = [
        item.code for item in session.definitions.catalogs[session.register(ACTIVITY).field("topics").catalog].items[:3]
    ]
    key = save(session, ACTIVITY, topics=tuple(reversed(topics)), residential_area=area_ids[0])
    assert exported(session, ACTIVITY, tmp_path).unchanged == 1
    assert session.file.records.get(ACTIVITY, key).values["topics"] == tuple(reversed(topics))  # type: ignore[union-attr]


def test_another_order_changes_no_known_record(session: Session, area_ids: list[str], tmp_path: Path) -> None:
    """Areas are known by kind and name: a table that brings one more thing of them changes that alone."""
    catalog = session.definitions.catalogs[session.register("residential_area").field("area_types").catalog]
    kinds = [item.code for item in catalog.items[:2]]
    area = session.file.records.get("residential_area", area_ids[0])
    assert area is not None
    values = {**area.values, "area_types": tuple(reversed(kinds))}
    session.file.records.save("residential_area", values, id=area.id, actor="Y Bhăm Niê", now=session.now())
    shown = "; ".join(map(catalog.label, kinds))
    table = [["Loại", "Tên", "Loại địa bàn", "Số hộ"], ["Buôn", "Ea M'Doal", shown, 121]]
    spec = session.register("residential_area")
    table[0] = [spec.field(name).label for name in ("kind", "name", "area_types", "households")]
    plan = transfer.preview_import(session, "residential_area", sheet(tmp_path / "a.xlsx", table))
    [row] = plan.rows
    assert {name for name, value in row.values.items() if values.get(name) != value} == {"households"}


def test_an_entry_of_a_catalog_that_has_ended_comes_back(session: Session, tmp_path: Path) -> None:
    """ "Phong trào thi đua" ended; the longer name of its successor begins with it and was taken instead."""
    catalog = session.definitions.catalogs[session.register(ROUND).field("occasion").catalog]
    ended = next(item for item in catalog.items if item.until and item.until < session.today)
    save(session, ROUND, occasion=ended.code, launch=None)
    plan = exported(session, ROUND, tmp_path)
    assert (plan.unchanged, len(plan.rows), plan.broken) == (1, 0, ())


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("19:30:00", "19:30"), ("7:30:00 PM", "19:30"), ("7:30 CH", "19:30"), ("12:05 SA", "00:05"),
        ("12:05 PM", "12:05"), ("20/11/2026 19:30:00", "19:30"), ("19h30", "19:30"),
    ],
)  # fmt: skip
def test_hours_as_spreadsheets_copy_them(session: Session, tmp_path: Path, written: str, hour: str) -> None:
    spec = session.register(ACTIVITY)
    heads = [spec.field(name).label for name in ("held_on", "starts_at", "kind", "title")]
    table = [heads, ["20/11/2026 19:30:00", written, "Tuần tra, canh gác", "Tuần tra đêm"]]
    plan = transfer.preview_import(session, ACTIVITY, sheet(tmp_path / "a.xlsx", table))
    assert codes(plan) == []
    assert [(row.values["held_on"], row.values["starts_at"]) for row in plan.rows] == [(date(2026, 11, 20), hour)]


def test_where_errors_cannot_lie_beside_the_table_the_good_lines_are_recorded_all_the_same(
    session: Session, tmp_path: Path
) -> None:
    """A stick that is only read, or the last errors still open in Excel."""
    table = [["Khu dân cư", "Người đại diện hộ"], ["Tân Lập", "Lường Thị Đẹp"], ["Thôn Không Có", "Lý A"]]
    plan = transfer.preview_import(session, "household", sheet(tmp_path / "ho.xlsx", table))
    result = transfer.apply_import(session, plan, error_file=tmp_path / "none" / "ho-loi.xlsx")
    own = session.file.path.with_name("ho-loi.xlsx")
    assert (result.recorded, result.error_file) == (1, own) and str(own) in result.sentence
    assert transfer.preview_import(session, "household", own).broken[0].cells[1] == "Lý A"
