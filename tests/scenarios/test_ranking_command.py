"""``thidua province ranking``: communes by one figure, as text, as JSON, as a sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]


def test_the_communes_by_one_figure(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    wanted = (own_demo.province, "--password-file", own_demo.password_file, "--period", "2026-10")
    asked = ("--indicator", "activities_total", "--by", "per_households")
    out = tmp_path / "so-sanh.xlsx"
    done = thidua("province", "ranking", *wanted, *asked, "--out", out, "--json")
    assert done.status == 0, done.err
    found = done.json()
    assert found["covered"] == "1/1 xã, phường, đặc khu"
    [row] = found["rows"]
    assert row["place"] == 1 and row["sent"] and float(row["measure"]) > 0
    assert out.read_bytes().startswith(b"PK")
    told = thidua("province", "ranking", *wanted, "--indicator", "activities_total")
    assert told.out.splitlines()[1].startswith("1. ")
    refused = thidua("province", "ranking", *wanted, "--indicator", "activities_total", "--by", "share")
    assert refused.status == 1 and refused.err.startswith("TD-SYNC-150")
