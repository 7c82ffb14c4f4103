"""``thidua succession``: a merger is looked at, refused when it is not right, and done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.conftest import Answer

Thidua = Callable[..., Answer]


@pytest.fixture
def office(thidua: Thidua, tmp_path: Path) -> tuple[Path, tuple[object, ...]]:
    password, path = tmp_path / "password.txt", tmp_path / "office.thidua"
    password.write_text("mưa-rào-tháng-bảy-9\n", encoding="utf-8")
    keys = ("--password-file", password)
    assert thidua("office", "new", path, "--unit", "00004", "--user", "Đỗ Thị Mơ", *keys).status == 0
    for name, households in (("Tân Lập", 52), ("Đông Hạ", 40)):
        set_values = ("--set", "kind=thôn", "--set", f"name={name}", "--set", f"households={households}")
        assert thidua("record", "add", "residential_area", path, *keys, *set_values).status == 0
    return path, keys


def test_a_merger_from_the_command_line(thidua: Thidua, office: tuple[Path, tuple[object, ...]]) -> None:
    path, keys = office
    asked = ("merge", path, *keys, "--old", "tan lap", "--old", "dong ha", "--new", "Tân Đông", "--day", "hôm qua")
    looked = thidua("succession", *asked, "--decision", "12/NQ-HĐND", "--dry-run", "--json")
    assert looked.json()["applied"] is False and looked.json()["problems"] == []
    assert thidua("record", "list", "residential_area", path, *keys, "--json").json()["total"] == 2
    done = thidua("succession", *asked, "--decision", "12/NQ-HĐND")
    assert done.status == 0 and "thành Thôn Tân Đông" in done.out
    listed = thidua("record", "list", "residential_area", path, *keys, "--json").json()
    assert {row["households"] for row in listed["records"]} == {"52", "40", "92"}


def test_a_name_that_is_not_there_is_told(thidua: Thidua, office: tuple[Path, tuple[object, ...]]) -> None:
    path, keys = office
    asked = ("rename", path, *keys, "--new", "Tân Đông", "--day", "hôm qua", "--decision", "1")
    refused = thidua("succession", *asked, "--old", "không có")
    assert refused.status == 1 and refused.err.startswith("TD-CLI-008: ")
    later = thidua("succession", *asked[:-4], "--day", "31/12/2099", "--decision", "1", "--old", "Tân Lập")
    assert later.status == 1 and later.err.startswith("TD-STORE-255: ")
