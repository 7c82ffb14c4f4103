"""Lists of offices name a village's team by the village."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan

HEAD = "Họ và tên;Tổ;Ngày vào tổ;Chức vụ"


def plan_of(
    session: Session, add: Callable[..., str], areas: list[str], folder: Path, teams: int
) -> ImportPlan:  # fmt: skip
    """Who joined "Tân Lập", where that area has so many teams and another one has one."""
    for at, area in enumerate((areas[0], *[areas[1]] * teams)):
        add("security_team", name=f"Tổ bảo vệ an ninh, trật tự số {at}", residential_area=area)
    for name in ("Lê Thị Hai", "Vũ Văn Ba"):
        add("person", name=name, sex="female")
    path = folder / "tổ.csv"
    path.write_text(f"{HEAD}\nLê Thị Hai;Tân Lập;01/10/2026;\nVũ Văn Ba;Tân Lập;01/10/2026;", "utf-8")
    return transfer.preview_import(session, "team_member", path)


def test_the_one_team_of_the_area_is_meant_and_told_once(
    session: Session, add: Callable[..., str], area_ids: list[str], tmp_path: Path
) -> None:
    plan = plan_of(session, add, area_ids, tmp_path, teams=1)
    assert [one.text for one in plan.guesses] == [
        "Dòng 2, cột “Tổ”: “Tân Lập” hiểu là “Tổ bảo vệ an ninh, trật tự số 1” (2 dòng)."
    ]
    assert not [one for one in plan.problems if one.code == "TD-XFER-010"]


def test_of_two_teams_of_an_area_none_is_guessed(
    session: Session, add: Callable[..., str], area_ids: list[str], tmp_path: Path
) -> None:
    plan = plan_of(session, add, area_ids, tmp_path, teams=2)
    assert not plan.guesses
    assert "TD-XFER-009" in [one.code for one in plan.problems]


def test_a_person_is_not_named_by_where_he_lives(
    session: Session, add: Callable[..., str], area_ids: list[str], tmp_path: Path
) -> None:
    add("person", name="Lê Thị Hai", sex="female", residential_area=area_ids[1])
    add("security_team", name="Tổ số 1", residential_area=area_ids[1])
    path = tmp_path / "tổ.csv"
    path.write_text(f"{HEAD}\nTân Lập;Tổ số 1;01/10/2026;", "utf-8")
    plan = transfer.preview_import(session, "team_member", path)
    assert not plan.guesses and "TD-XFER-010" in [one.code for one in plan.problems]
