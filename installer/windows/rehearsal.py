"""The two ends of an update rehearsal: a set-up file of the version before, and an update file to this one.

The version before is built from the commit in front of the newest migration, so that the update has something to
migrate. It trusts a key that is made here and goes no further than this machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from installer import release
from installer.bundle import ROOT, BuildError, program_version, run
from installer.windows import build

WORK = ROOT / "build" / "rehearsal"
MIGRATIONS = ":(glob)thidua_desktop/store/migrations/m[0-9]*.py"


@dataclass(frozen=True, slots=True)
class Before:
    """The version before: its number, its set-up file, and the update file that takes it to this one."""

    version: str
    setup: Path
    update: Path


def version_before() -> str:
    """The version in front of this one, from CHANGELOG.md."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", text, re.MULTILINE)
    if program_version() not in versions[:-1]:
        raise BuildError(f"CHANGELOG.md không nêu bản {program_version()} và bản trước nó")
    return versions[versions.index(program_version()) + 1]


def commit_before() -> str:
    """The commit in front of the newest migration."""
    newest = run("git", "log", "-1", "--diff-filter=A", "--format=%H", "--", MIGRATIONS).strip()
    return run("git", "rev-parse", f"{newest}^").strip()


def prepare(setup: Path) -> Before:
    """Both files; the version before is built once for its commit."""
    from thidua_desktop.sync.keys import SigningKey
    from thidua_desktop.sync.update import ENDING, facts_of, write_update

    version, commit = version_before(), commit_before()
    folder = WORK / commit[:12]
    secret, trusted = folder / "secret.key", folder / "rehearsal.pub"
    earlier = folder / f"thidua-{version}-setup.exe"
    if not earlier.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        key = SigningKey.generate()
        secret.write_text(key.to_bytes().hex(), encoding="ascii")
        trusted.write_text(key.verify_key.to_text(), encoding="utf-8")
        build.build(version, folder, build.Rehearsal(commit, trusted))
    key = SigningKey.from_bytes(bytes.fromhex(secret.read_text(encoding="ascii")))
    changes = release.changes_of(program_version(), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    target = folder / f"thidua-{program_version()}-windows{ENDING}"
    write_update(setup, facts_of(setup, program_version(), "windows", changes), key, target)
    return Before(version, earlier, target)
