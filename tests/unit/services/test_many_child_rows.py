"""Many child rows: nothing is compared with everything, and what is looked at once is found as if each were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.services.test_child_sheets import MEMBERS, book, clusters, members, of_cluster
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import Definitions, FieldSpec, FieldType
from thidua_desktop.formdef.records import check_field
from thidua_desktop.services import import_children, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.sound_rows import SoundRows

CLUSTER = "cluster"
FIELD = FieldSpec(
    "rows", FieldType.ROWS, "Dòng con",
    fields=(
        FieldSpec("name", FieldType.TEXT, "Tên", required=True, max_length=3),
        FieldSpec("count", FieldType.INTEGER, "Số", minimum=1, maximum=3),
        FieldSpec("share", FieldType.DECIMAL, "Tỷ lệ", digits=1),
        FieldSpec("old", FieldType.INTEGER, "Cũ", required=True, retired=True),
    ),
)  # fmt: skip
CELLS = {
    "name": st.sampled_from(["Tổ", "Tổ 12", "", 1]),
    "count": st.sampled_from([1, 4, True, "hai"]),
    "share": st.sampled_from([Decimal("1.0"), Decimal("1.00"), Decimal("1.25"), 1]),
    "old": st.sampled_from([1, "hai"]),
}
ROWS: Any = st.lists(st.fixed_dictionaries({}, optional=CELLS), max_size=4).map(tuple)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


@example([({"name": "Tổ", "count": 1},), ({"name": "Tổ", "count": True},)])
@example([({"name": "Tổ", "share": Decimal("1.0")},), ({"name": "Tổ", "share": Decimal("1.00")},)])
@given(st.lists(st.one_of(ROWS, st.sampled_from([None, (), "sai kiểu", ({"name": "Tổ"},) * 5_001])), max_size=6))
def test_looking_at_each_cell_once_finds_what_looking_at_each_row_finds(definitions: Definitions, many: Any) -> None:
    rows = SoundRows(definitions, FIELD)
    found: list[list[Problem]] = [rows.problems(value) for value in many]
    assert found == [check_field(definitions, FIELD, value) for value in many]


def test_equal_lines_with_other_rows_are_not_each_compared_with_each(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = 40

    def plan_of(member: str) -> transfer.ImportPlan:
        rows = [[f"Dòng {line + 2}", f"{member} {line}"] for line in range(lines)]
        sheets: dict[str, Any] = {"Cụm": clusters(session, *["Cụm"] * lines), MEMBERS: of_cluster(session, *rows)}
        return transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets))

    transfer.apply_import(session, plan_of("Xã"))
    assert plan_of("Xã").unchanged == lines
    asked: list[object] = []
    merged = import_children.merged_rows

    def counted(*given: Any) -> Any:
        asked.append(given)
        return merged(*given)

    monkeypatch.setattr(import_children, "merged_rows", counted)
    assert plan_of("Phường").changing == lines and len(asked) <= 3 * lines


def test_a_record_with_all_the_rows_is_meant_before_one_that_has_none(session: Session, tmp_path: Path) -> None:
    def plan_of(*rows: list[object]) -> transfer.ImportPlan:
        sheets: dict[str, Any] = {"Cụm": clusters(session, "Cụm", "Cụm"), MEMBERS: of_cluster(session, *rows)}
        return transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets))

    transfer.apply_import(session, plan_of(["Dòng 3", "Xã A"], ["Dòng 3", "Xã B"], ["Dòng 2", "Xã C"]))
    assert plan_of(["Dòng 2", "Xã B"], ["Dòng 3", "Xã C"]).unchanged == 2  # the other way round, and one row of two
    assert len(members(session)) == 1  # both are called the same


class Counted(list[Any]):
    """A list that counts how often somebody goes through it."""

    gone_through = 0

    def __iter__(self) -> Iterator[Any]:
        self.gone_through += 1
        return super().__iter__()


def test_the_file_of_errors_goes_through_the_child_rows_not_once_for_each_line(
    session: Session, tmp_path: Path
) -> None:
    names = [f"Cụm {number}" for number in range(30)]
    rows = of_cluster(session, *([name, "Xã " + "x" * 400] for name in names))
    path = book(tmp_path / "a.xlsx", {"Cụm": clusters(session, *names), MEMBERS: rows})
    plan = transfer.preview_import(session, CLUSTER, path)
    owners = Counted(plan.sheets[0].owners)
    assert len(plan.broken) == len(names)
    transfer.write_broken_lines(replace(plan, sheets=(replace(plan.sheets[0], owners=owners),)), tmp_path / "loi.xlsx")
    assert 0 < owners.gone_through < 5
