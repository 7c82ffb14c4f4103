"""``thidua province succession`` and ``thidua office take-over``: from the resolution to the new commune's file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.scenarios.conftest import Answer
from tests.unit.services.communes.old_and_new import old_and_new
from tests.unit.services.communes.provinces import MERGED, NAMES, NEW, OLD_A
from tests.unit.services.handoff.two_offices import NOW, PASSWORD, make_office, save
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Clock

Thidua = Callable[..., Answer]
SPLIT = replace(MERGED, kind="split", before=(OLD_A,), after=((NEW, NAMES[NEW]), ("24998", "Xã Cư Né Hạ")))


@pytest.fixture(autouse=True)
def password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cau hinh"))
    path = tmp_path / "mat-khau.txt"
    path.write_text(PASSWORD, encoding="utf-8")
    return path


def test_a_change_is_planned_written_listed_and_taken_back(thidua: Thidua, tmp_path: Path, password: Path) -> None:
    province = tmp_path / "tinh.thidua"
    make_office(province, "66", province=True).close()
    asked = ("merge", province, "--password-file", password, "--day", "20/8/2026", "--old", OLD_A, "--old", "24406",
             "--new", f"{NEW};Xã Ea Sơn", "--decision", "1685/NQ-UBTVQH15", "--decided-on", "20/7/2026")  # fmt: skip
    planned = thidua("province", "succession", "plan", *asked, "--json").json()
    assert len(planned["steps"]) == 4 and {one["code"] for one in planned["problems"]} == {"TD-DATA-558"}
    listed = ("province", "succession", "list", province, "--password-file", password, "--json")
    assert thidua(*listed).json() == []
    assert thidua("province", "succession", "apply", *asked).status == 0
    (written,) = thidua(*listed).json()
    assert (written["effective_on"], written["stands"]) == ("2026-08-20", True)
    again = thidua("province", "succession", "apply", *asked)
    assert again.status != 0 and "TD-SYNC-210" in again.err
    undo = ("province", "succession", "undo", written["id"], province, "--password-file", password)
    assert thidua(*undo).status == 0 and thidua(*listed).json()[0]["stands"] is False
    assert "TD-CLI-008" in thidua("province", "succession", "plan", *asked[:5], "hôm nào", *asked[6:]).err


def test_a_part_of_a_split_commune_is_taken_over(thidua: Thidua, tmp_path: Path, password: Path) -> None:
    with old_and_new(tmp_path, SPLIT, OLD_A) as (world, _):
        world.new.close()
        world.province.close()
    take = ("office", "take-over", tmp_path / "cu.thidua", "--into", tmp_path / "moi.thidua", "--password-file",
            password, "--old-password-file", password)  # fmt: skip
    looked = thidua(*take, "--here", "Ea M'Doal", "--elsewhere", "tan lap", "--dry-run", "--json").json()
    assert (looked["coming"], looked["waiting"], looked["applied"]) == (5, 1, False)
    done = thidua(*take, "--here", "Ea M'Doal", "--elsewhere", "tan lap")
    assert done.status == 0 and "Đã nhận 5 bản ghi, 1 tệp đính kèm" in done.out and "Chờ phân: Chương trình" in done.out
    assert "TD-STORE-364" in thidua(*take).err
    assert "TD-CLI-008" in thidua(*take, "--here", "không có").err
    assert "TD-CLI-008" in thidua(*take, "--here", "tan lap", "--elsewhere", "Tân Lập").err
    assert "TD-CLI-008" in thidua(*take[:-2]).err


def test_a_part_whose_name_begins_others_is_named_exactly(thidua: Thidua, tmp_path: Path, password: Path) -> None:
    with old_and_new(tmp_path, SPLIT, OLD_A) as (world, _):
        old = open_office(world.path, PASSWORD, clock=Clock(NOW))
        for name in ("1", "10"):
            area = {"kind": "thon", "name": name, "households": 9, "valid_from": date(2025, 1, 1)}
            save(old, "residential_area", area)
        old.close()
        world.new.close()
        world.province.close()
    take = ("office", "take-over", tmp_path / "cu.thidua", "--into", tmp_path / "moi.thidua", "--password-file",
            password, "--old-password-file", password, "--here", "Thôn 1", "--dry-run", "--json")  # fmt: skip
    assert thidua(*take).json()["coming"] == 1


def test_an_office_of_a_unit_that_no_list_has(thidua: Thidua, tmp_path: Path, password: Path) -> None:
    new = ("office", "new", tmp_path / "moi.thidua", "--user", "H'Ngọc", "--password-file", password, "--unit", NEW)
    assert "TD-STORE-201" in thidua(*new).err
    assert "TD-STORE-361" in thidua(*new, "--unit-name", "Ea Sơn", "--unit-province", "66").err
    made = thidua(*new, "--unit-name", "Xã Ea Sơn", "--unit-province", "66")
    assert made.status == 0 and "Xã Ea Sơn" in made.out
