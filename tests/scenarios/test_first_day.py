"""Record, print, hand over: the commune's figures are those of a plain recount, and the province gets the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios import recount
from tests.scenarios.conftest import Answer
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]
REGISTERS = ("movement_activity", "resident_meeting", "residential_area", "self_managed_group")


def _recounted(thidua: Thidua, office: Path, password: Path, folder: Path) -> dict[str, int]:
    tables = []
    for register in REGISTERS:
        out = folder / f"{register}.jsonl"
        assert thidua("record", "export", register, office, "--password-file", password, "--out", out).status == 0
        tables.append(recount.read(out))
    return recount.figures(*tables)


def _reported(thidua: Thidua, demo: DemoOffice, folder: Path) -> dict[str, int]:
    pdf, data = folder / "report.pdf", folder / "report.json"
    answer = thidua(
        "report", "print", "movement_result", demo.commune, "--password-file", demo.password_file,
        "--period", "2026-11", "--out", pdf, "--figures-json", data,
    )  # fmt: skip
    assert answer.status == 0, answer.err
    assert pdf.read_bytes().startswith(b"%PDF")
    return {row["indicator"]: row["value"] for row in json.loads(data.read_text(encoding="utf-8"))["figures"]}


def test_the_report_equals_a_recount(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    counted = _recounted(thidua, demo.commune, demo.password_file, tmp_path)
    reported = _reported(thidua, demo, tmp_path)
    assert counted == {name: reported[name] for name in counted}
    assert counted["sessions"] and counted["items_passed"] and counted["groups_met"] < counted["groups_total"]


def test_the_province_gets_the_same_figures(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    reported = _reported(thidua, demo, tmp_path)
    answer = thidua(
        "province", "figures", demo.province, "--password-file", demo.password_file, "--period", "2026-11",
        "--commune", "99001", "--json",
    )  # fmt: skip
    assert {figure["indicator"]: figure["value"] for figure in answer.json()} == reported


def test_the_province_recounts_what_it_was_sent(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    here, there = tmp_path / "commune", tmp_path / "province"
    here.mkdir(), there.mkdir()
    sent = _recounted(thidua, demo.commune, demo.password_file, here)
    assert _recounted(thidua, demo.province, demo.password_file, there) == sent


def test_names_of_households_never_reach_the_province(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    out = tmp_path / "meetings.jsonl"
    thidua("record", "export", "resident_meeting", demo.province, "--password-file", demo.password_file, "--out", out)
    assert all("attendance" not in row for row in recount.read(out))
    households = thidua("record", "list", "household", demo.province, "--password-file", demo.password_file, "--json")
    assert households.json()["total"] == 0


def test_both_files_are_sound(thidua: Thidua, demo: DemoOffice) -> None:
    for path in (demo.commune, demo.province):
        answer = thidua("office", "check", path, "--password-file", demo.password_file, "--json")
        assert (answer.status, answer.json()) == (0, [])


def test_the_minutes_of_a_meeting_are_printed(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    listed = thidua(
        "record", "list", "resident_meeting", demo.commune, "--password-file", demo.password_file,
        "--period", "2026-11", "--json",
    ).json()  # fmt: skip
    out = tmp_path / "minutes.pdf"
    answer = thidua(
        "print", "meeting_minutes", demo.commune, "--password-file", demo.password_file,
        "--record", listed["records"][0]["id"], "--out", out,
    )  # fmt: skip
    assert answer.status == 0, answer.err
    text = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, check=True).stdout.decode()
    assert "BIÊN BẢN" in text and "KẾT QUẢ BIỂU QUYẾT" in text and "TRƯỞNG BAN CÔNG" in text


@pytest.mark.parametrize("period", ["2026-Q3", "2026-H1", "2026"])
def test_longer_periods_are_printed(thidua: Thidua, demo: DemoOffice, tmp_path: Path, period: str) -> None:
    out = tmp_path / f"{period}.pdf"
    answer = thidua(
        "report", "print", "movement_result", demo.commune, "--password-file", demo.password_file,
        "--period", period, "--out", out,
    )  # fmt: skip
    assert answer.status == 0, answer.err


def test_the_program_starts_as_a_process(tmp_path: Path) -> None:
    words = ["report", "list", tmp_path / "none.thidua", "--password-file", __file__]
    command = [sys.executable, "-m", "thidua_desktop", *words]
    answer = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert answer.returncode == 1
    assert answer.stderr.startswith("TD-STORE-020: ")


def test_the_paper_brings_the_same_figures_as_the_stick(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    paper = tmp_path / "bao-cao.pdf"
    keys = ("--password-file", demo.password_file)
    printed = thidua("report", "print", "movement_result", demo.commune, *keys, "--period", "2026-11", "--out", paper)
    assert printed.status == 0, printed.err
    answer = thidua("province", "scan", demo.province, *keys, "--picture", paper, "--json")
    assert answer.status == 0, answer.err
    scanned = answer.json()["figures"]
    sent = thidua("province", "figures", demo.province, *keys, "--period", "2026-11", "--json").json()
    assert {row["indicator"]: row["value"] for row in sent} == scanned
