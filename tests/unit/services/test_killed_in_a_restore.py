"""The process ends at a moment that nobody chose, while an office is put back to copies: it is as before or as the
copy, never between, and what was open before lies aside.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.services import restoring_until_killed as child
from tests.unit.services.conftest import PASSWORD
from thidua_desktop.paths import program_root
from thidua_desktop.services import offices, restoring
from thidua_desktop.services.offices import CreatedOffice
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

KILLS, FIRST = int(os.environ.get("THIDUA_KILLS", "2")), int(os.environ.get("THIDUA_FIRST_KILL", "0"))
LONGEST_LIFE = 3.0  # seconds
Told = list[tuple[str, str]]
Numbers = frozenset[int]


def killed(office: Path, seed: int) -> Told:
    """What the process told before it was killed."""
    command = [sys.executable, "-m", "tests.unit.services.restoring_until_killed", str(office), str(seed)]
    with (office.parent / "lỗi.txt").open("w+", encoding="utf-8") as errors:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", cwd=program_root()
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            errors.seek(0)
            assert "ready" in first, errors.read()
            time.sleep(random.Random(seed).uniform(0.1, LONGEST_LIFE))
            process.kill()
            rest = process.stdout.read().splitlines(keepends=True)
        errors.seek(0)
        assert errors.read() == ""
    lines = [line.strip("\n").split("\t") for line in rest if line.endswith("\n")]
    return [(one[0], one[1]) for one in lines]


def states(told: Told) -> tuple[Numbers, Numbers | None]:
    """What the office held when the last line was told, and the copy that was being put back then, if one was."""
    now, copy, begun = set[int](), frozenset[int](), False
    for what, words in told:
        if what == "saved":
            now.add(int(words))
        elif what == "copied":
            copy = frozenset(now)
        elif what == "back":
            now = set(copy)
        begun = what == "begun"
    return frozenset(now), copy if begun else None


def numbers(session: Session) -> Numbers:
    rows = session.file.records.every(ListQuery(child.REGISTER))
    return frozenset(int(str(one.values["title"]).removeprefix(f"{child.BEGUN} ")) for one in rows)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + KILLS))
def test_the_office_is_as_before_or_as_the_copy(created: CreatedOffice, seed: int) -> None:
    path = created.session.file.path
    created.session.close()
    told = killed(path, seed)
    before, copy = states(told)
    last = max((int(words) for what, words in told if what == "saved"), default=0)
    session = offices.open_office(path, PASSWORD)
    try:
        assert offices.check_office(session) == []
        found = numbers(session)
        assert found in (before, before | {last + 1}, copy), (sorted(found), told[-3:])
        if copy is not None and found == copy and found != before:
            title = session.register(child.REGISTER).title
            views = [restoring.look_at_copy(session, one.path) for one in restoring.known_copies(session)]
            assert any(dict(view.counts).get(title) == len(before) for view in views), "what was open is not aside"
        restored = restoring.restore(session, restoring.known_copies(session)[0].path) if copy is not None else session
        assert offices.check_office(restored) == []  # what was cut short is in nobody's way
        session = restored
    finally:
        session.close()
