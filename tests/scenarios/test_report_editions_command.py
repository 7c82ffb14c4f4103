"""``thidua report editions|return|compare`` over the made-up commune, whose November is closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.conftest import Answer
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]
REPORT = "movement_result"


def keys(demo: DemoOffice) -> tuple[object, ...]:
    return (REPORT, demo.commune, "--password-file", demo.password_file, "--period", "2026-11")


def test_a_closed_report_agrees_with_the_books(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    paper = tmp_path / "lan-1.pdf"
    found = thidua("report", "editions", *keys(demo), "--out", paper, "--json").json()
    assert [(one["edition"], one["state"]) for one in found] == [(1, "current")]
    assert found[0]["figures"]["areas_total"] == 15
    assert paper.read_bytes().startswith(b"%PDF")
    table = tmp_path / "doi-chieu.pdf"
    assert thidua("report", "compare", *keys(demo), "--out", table).out.strip() == "Số liệu đã báo cáo khớp với sổ"
    assert table.read_bytes().startswith(b"%PDF")
    assert thidua("report", "editions", *keys(demo), "--edition", 7, "--out", paper).err.startswith("TD-PRINT-060")


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_return_and_what_changed(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path, ending: str) -> None:
    said = ("--by", "Ủy ban nhân dân tỉnh Hòa Giang", "--reason", "Thiếu số liệu", "--day")
    assert thidua("report", "return", *keys(own_demo), *said, "nay mai").err.startswith("TD-CLI-008")
    assert thidua("report", "return", *keys(own_demo), *said, "01/02/2026").err.startswith("TD-PRINT-063")
    asked = (own_demo.commune, "--password-file", own_demo.password_file)
    areas = thidua("record", "list", "residential_area", *asked, "--json").json()["records"]
    set_values = ("held_on=2026-11-10", "kind=patrol", "title=Tuần tra thêm", f"residential_area={areas[0]['name']}")
    added = thidua("record", "add", "movement_activity", *asked, *(x for one in set_values for x in ("--set", one)),
                   "--reason", "ghi sau khi chốt")  # fmt: skip
    assert added.status == 0, added.err
    out = tmp_path / f"doi-chieu.{ending}"
    told = thidua("report", "compare", *keys(own_demo), "--out", out, "--json").json()
    patrols = next(one for one in told if one["indicator"] == "patrols")
    assert patrols["now"] == patrols["reported"] + 1 and [one["happened"] for one in patrols["records"]] == ["added"]
    assert out.stat().st_size > 5000, json.dumps(told)
    assert "Ca tuần tra" in thidua("report", "compare", *keys(own_demo)).out


def test_words_of_last_period_on_the_command_line(thidua: Thidua, demo: DemoOffice) -> None:
    december = (REPORT, demo.commune, "--password-file", demo.password_file, "--period", "2026-12")
    seen = thidua("report", "carry", *december).out
    assert seen.startswith("Nhiệm vụ đã nêu kỳ trước: Tiếp tục thực hiện chương trình")
    assert thidua("report", "carry", *december, "--paragraph", "patrols").err.startswith("TD-PRINT-066")
