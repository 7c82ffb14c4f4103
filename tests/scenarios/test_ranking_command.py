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


def test_communes_beside_several_figures(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    wanted = (own_demo.province, "--password-file", own_demo.password_file, "--period", "2026-10")
    asked = ("--indicator", "activities_total", "--indicator", "attendance_total", "--kind", "rural")
    out = tmp_path / "so-sanh.docx"
    done = thidua("province", "compare", *wanted, *asked, "--out", out, "--json")
    assert done.status == 0, done.err
    found = done.json()
    assert [column["kind"] for column in found["columns"]] == ["rural", "rural"]
    assert found["totals"] == found["whole"] == found["rows"][0]["values"] and found["totals"][0] > 0
    assert out.read_bytes().startswith(b"PK")
    told = thidua("province", "compare", *wanted)
    assert "đã gửi báo cáo" in told.out.splitlines()[0]
    refused = thidua("province", "compare", *wanted, "--kind", "moon")
    assert refused.status == 1 and refused.err.startswith("TD-SYNC-230")
