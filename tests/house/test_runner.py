"""``python -m tests`` counts truly, and its unit phase really runs without Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.__main__ import WITHOUT_QT, Outcome, counts, main, summary
from tests.house.tree import ROOT

ASKS_FOR_QT = "def test_qt() -> None:\n    import PySide6.QtCore\n"
ASKS_FOR_NOTHING = "def test_plain() -> None:\n    assert True\n"


def unit_run(test: Path) -> str:
    """What pytest says when it runs one file as the unit phase does, in a process of its own."""
    command = [sys.executable, "-m", "pytest", str(test), "-n", "1", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
    command += ["-c", str(ROOT / "pyproject.toml")]
    environment = {**os.environ, **WITHOUT_QT}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [(ASKS_FOR_QT, "tests/unit runs where Qt is not installed"), (ASKS_FOR_NOTHING, "1 passed")],
)
def test_unit_phase_refuses_qt(tmp_path: Path, text: str, expected: str) -> None:
    test = tmp_path / "test_sample.py"
    test.write_text(text, encoding="utf-8")
    assert expected in unit_run(test)


def test_skipped_tests_and_lost_reports_count_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>', encoding="utf-8"
    )
    assert counts(report) == (3, 6)
    assert counts(tmp_path / "absent.xml") == (0, 1)


def test_last_line_holds_the_totals() -> None:
    outcomes = [Outcome("lint", 2, 0, 1.5), Outcome("unit", 40, 1, 2.5)]
    assert summary(outcomes).splitlines()[-1] == "==== 1 failed, 42 passed in 4.00s ===="
    assert summary(outcomes[:1]).splitlines()[-1] == "==== 2 passed in 1.50s ===="


def test_unknown_phase_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["units"]) == 2
    assert "there are: lint" in capsys.readouterr().err
