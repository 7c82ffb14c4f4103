"""Known vulnerabilities of every pinned package: ``make audit``. pip-audit runs in an environment of its own.

Asked are PyPI and, where it does not answer, OSV. Behind an index without vulnerability data (a mirror) pip-audit skips
every package and still ends well: what was skipped is counted, and nothing is called sound that was not asked about.
Exit status: 0 nothing known, 1 something known, 2 nobody could be asked about some package.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "requirements.lock"
VENV = ROOT / "build" / "audit-venv"
SERVICES = ("pypi", "osv")
UNREACHED = (
    "Không tới được danh sách lỗ hổng nào (pypi.org, osv.dev) cho {count} trên {all} gói; CHƯA XÉT: {names}.\n"
    "Chạy lại ở máy có mạng ra ngoài:  make audit"
)


@dataclass(slots=True)
class Answers:
    """What is known of packages: ``asked`` by name, ``known`` in words, ``skipped`` names nobody answered about."""

    asked: set[str] = field(default_factory=set)
    known: list[str] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)

    def take(self, report: dict[str, Any]) -> None:
        """Add one report of pip-audit; a package that an earlier one answered about is not skipped any more."""
        for one in report["dependencies"]:
            name = str(one["name"])
            if "skip_reason" in one:
                self.skipped.add(name)
                continue
            if name not in self.asked:
                self.known += [_words(name, str(one["version"]), found) for found in one["vulns"]]
            self.asked.add(name)
        self.skipped -= self.asked

    def text(self) -> str:
        """What the person at the keyboard is told."""
        lines = list(self.known)
        if self.skipped:
            every = len(self.asked) + len(self.skipped)
            lines.append(UNREACHED.format(count=len(self.skipped), all=every, names=", ".join(sorted(self.skipped))))
        if self.asked and not self.known:
            lines.append(f"Đã xét {len(self.asked)} gói: không gói nào có lỗ hổng đã biết.")
        return "\n".join(lines)

    def status(self) -> int:
        """Exit status; see the module."""
        return 1 if self.known else 2 if self.skipped or not self.asked else 0


def _words(name: str, version: str, found: dict[str, Any]) -> str:
    better = ", ".join(found.get("fix_versions") or []) or "chưa có"
    return f"LỖ HỔNG {name} {version}: {found['id']} ({', '.join(found.get('aliases') or [])}), bản đã sửa: {better}"


def _python() -> Path:
    python = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "-q", "pip-audit"], check=True)
    return python


def _report(python: Path, service: str) -> dict[str, Any] | None:
    """The report of one service, None when it cannot be reached."""
    command = [
        str(python), "-m", "pip_audit", "-r", str(LOCK), "--no-deps", "--disable-pip", "--progress-spinner", "off",
        "-s", service, "-f", "json",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return None
    return report


def _all_pinned() -> set[str]:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0].strip() for line in lines if "==" in line and not line.startswith("#")}


def main() -> int:
    """Ask, tell."""
    answers = Answers()
    try:
        python = _python()
    except subprocess.CalledProcessError:
        print("Không cài được pip-audit (không có mạng hoặc không tới được kho gói): CHƯA XÉT gói nào.")
        return 2
    for service in SERVICES:
        report = _report(python, service)
        if report is not None:
            answers.take(report)
        if answers.asked and not answers.skipped:
            break
    if not answers.asked and not answers.skipped:
        answers.skipped = _all_pinned()
    print(answers.text())
    return answers.status()


if __name__ == "__main__":
    sys.exit(main())
