"""``thidua survey``: a form goes in, is answered and counted from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from thidua_desktop.paths import resource_path
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]
FORM = resource_path("demo", "survey_fire.toml")
NAME = "survey_fire_2027"


def test_a_survey_is_taken_in_answered_and_counted(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    keys = ("--password-file", demo.password_file)
    form = tmp_path / "phieu.toml"
    form.write_text(FORM.read_text(encoding="utf-8").replace("survey_fire_2026", NAME), encoding="utf-8")
    assert thidua("survey", "add", demo.province, form, *keys).status == 0
    listed = thidua("survey", "list", demo.province, *keys, "--json").json()
    assert ("2026-12-15", 0) in [(one["deadline"], one["answers"]) for one in listed if one["name"] == NAME]
    listed = thidua("record", "list", "residential_area", demo.province, *keys, "--json").json()
    area = listed["records"][0]["id"]
    source = tmp_path / "tra-loi.json"
    source.write_text(f'{{"residential_area": "{area}", "houses": 4, "source": "pond"}}', encoding="utf-8")
    added = thidua("record", "add", NAME, demo.province, *keys, "--from", source)
    assert added.status == 0, added.err
    out = tmp_path / "ket-qua.pdf"
    answer = thidua("survey", "results", demo.province, NAME, *keys, "--json", "--out", out)
    assert [row["total"] for row in answer.json()["rows"][:2]] == [1, 4]
    assert out.read_bytes().startswith(b"%PDF")
    refused = thidua("survey", "results", demo.province, "survey_none", *keys)
    assert refused.status == 1 and refused.err.startswith("TD-FORM-054: ")
