"""A program killed while it saves loses no committed record, and the file opens again."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from tests.unit.store.made_up import FORMS, PASSWORD, make_office
from thidua_desktop.store.office_file import open_office

ROOT = Path(__file__).parents[3]


def saved_before_death(path: Path, lines: int) -> list[str]:
    """The ids that a saving process told of before it was killed after so many lines."""
    arguments = [sys.executable, "-m", "tests.unit.store.saving_until_killed", str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(lines)]
        process.kill()
        told += [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return told


def test_no_committed_record_is_lost(tmp_path: Path) -> None:
    file = make_office(tmp_path / "xa.thidua").file
    path = file.path
    file.close()
    luck = random.Random(5)
    told: list[str] = []
    for _ in range(4):
        told += saved_before_death(path, luck.randrange(1, 60))
    with open_office(path, FORMS, PASSWORD) as file:
        for record_id in told:
            record = file.records.get("event", record_id)
            assert record is not None and record.values["present"] == 2
        assert file.check() == []
        assert len(told) <= file.records.count("event") <= len(told) + 4
