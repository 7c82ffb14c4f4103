"""Runs the checks of the whole tree, one phase after the other, and ends with one line of totals.

``python -m tests`` runs everything, ``python -m tests unit ui`` only the named phases. Every phase runs even when an
earlier one failed, so that one run shows all there is to mend. Exit status 1 when anything failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "tests"
PHASE_LIMIT_SECONDS = 1500  # a slow machine, and a page for each register
# Unit tests load only these plugins: pytest-qt would import Qt, which tests.without_qt forbids.
WITHOUT_QT = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "xdist.plugin,_hypothesis_pytestplugin,tests.without_qt",
}
TOOLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "lint": (("-m", "ruff", "check", "--output-format=concise", "."), ("-m", "ruff", "format", "--check", ".")),
    "types": (("-m", "mypy"),),
    "contracts": (("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),),
}
# Folder under tests/, and how many processes are worth their start.
SUITES: dict[str, int] = {"house": 0, "forms": 0, "unit": 2, "ui": 2, "scenarios": 2}
PHASES = (*TOOLS, *SUITES)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one phase found: counts of single checks, and its time in seconds."""

    phase: str
    passed: int
    failed: int
    seconds: float


def run(arguments: list[str], environment: dict[str, str]) -> int:
    """Exit status of ``python …``; a phase that hangs is ended and counts as failed."""
    command = [sys.executable, *arguments]
    try:
        return subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, timeout=PHASE_LIMIT_SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"stopped after {PHASE_LIMIT_SECONDS} s: {' '.join(command)}", flush=True)
        return 1


def run_tools(phase: str) -> tuple[int, int]:
    """(passed, failed) of the static checks of a phase."""
    environment = dict(os.environ)
    results = [run(list(arguments), environment) for arguments in TOOLS[phase]]
    return results.count(0), len(results) - results.count(0)


def run_suite(phase: str) -> tuple[int, int]:
    """(passed, failed) of one folder of tests. Skipped tests and an empty folder count as failures."""
    report = REPORTS / f"{phase}.xml"
    report.unlink(missing_ok=True)
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONUTF8="1")
    if phase == "unit":
        environment.update(WITHOUT_QT)
    workers = SUITES[phase]
    arguments = ["-m", "pytest", f"tests/{phase}", f"--junitxml={report}"]
    if workers:
        arguments += ["-n", str(workers), "--dist", "worksteal"]
    status = run(arguments, environment)
    passed, failed = counts(report)
    return passed, max(failed, 1) if status else failed


def counts(report: Path) -> tuple[int, int]:
    """(passed, failed) as a JUnit report tells them."""
    if not report.is_file():
        return 0, 1
    passed = failed = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        bad = sum(int(suite.get(kind, "0")) for kind in ("failures", "errors", "skipped"))
        failed += bad
        passed += int(suite.get("tests", "0")) - bad
    return passed, failed


def run_phase(phase: str) -> Outcome:
    """Run one phase under a headline."""
    print(f"\n--- {phase} ---", flush=True)
    start = time.monotonic()
    passed, failed = run_tools(phase) if phase in TOOLS else run_suite(phase)
    return Outcome(phase, passed, failed, time.monotonic() - start)


def summary(outcomes: list[Outcome]) -> str:
    """A table of the phases and, last, one line in pytest's own form."""
    lines = [f"{'phase':<12}{'passed':>8}{'failed':>8}{'seconds':>9}"]
    lines += [f"{each.phase:<12}{each.passed:>8}{each.failed:>8}{each.seconds:>9.1f}" for each in outcomes]
    passed = sum(each.passed for each in outcomes)
    failed = sum(each.failed for each in outcomes)
    seconds = sum(each.seconds for each in outcomes)
    words = f"{failed} failed, {passed} passed" if failed else f"{passed} passed"
    return "\n".join([*lines, f"==== {words} in {seconds:.2f}s ===="])


def main(names: list[str]) -> int:
    """Run the named phases, or all."""
    unknown = [name for name in names if name not in PHASES]
    if unknown:
        print(f"unknown: {' '.join(unknown)}; there are: {' '.join(PHASES)}", file=sys.stderr)
        return 2
    REPORTS.mkdir(parents=True, exist_ok=True)
    outcomes = [run_phase(phase) for phase in (names or PHASES)]
    print("\n" + summary(outcomes), flush=True)
    return 1 if any(each.failed for each in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
