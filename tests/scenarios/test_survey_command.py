"""``thidua survey``: a form goes in, is answered and counted from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]
FORM = Path(__file__).parents[1] / "fixtures" / "surveys" / "fire_2026.toml"
NAME = "survey_fire_2026"


def test_a_survey_is_taken_in_answered_and_counted(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    keys = ("--password-file", demo.password_file)
    assert thidua("survey", "add", demo.province, FORM, *keys).status == 0
    assert thidua("survey", "list", demo.province, *keys, "--json").json()[0]["deadline"] == "2026-12-15"
    listed = thidua("record", "list", "residential_area", demo.province, *keys, "--json").json()
    area = listed["records"][0]["id"]
    source = tmp_path / "tra-loi.json"
    source.write_text(f'{{"residential_area": "{area}", "houses": 4, "source": "pond"}}', encoding="utf-8")
    added = thidua("record", "add", NAME, demo.province, *keys, "--from", source)
    assert added.status == 0, added.err
    out = tmp_path / "ket-qua.pdf"
    answer = thidua("survey", "results", demo.province, NAME, *keys, "--json", "--out", out)
    assert [row["total"] for row in answer.json()["rows"][:3]] == [1, 1, 4]
    assert out.read_bytes().startswith(b"%PDF")
    refused = thidua("survey", "results", demo.province, "survey_none", *keys)
    assert refused.status == 1 and refused.err.startswith("TD-FORM-054: ")
