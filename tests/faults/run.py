"""All faults on all operations, and a table of what came of them: ``make faults`` (or with names of operations).

Kinds: ``kill`` and ``half`` end the process at one call (``half`` in the middle of a write), ``full`` leaves no room
from one call on, ``bad`` fails one call. ``cut`` is the disk as a power cut leaves it at one call: what no sync had
brought there is lost, kept, or kept in part. Every fault must leave offices that open, are sound, and hold whatever
was told as finished.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.faults import layer
from tests.faults.aftermath import verify
from tests.faults.operations import WORK
from tests.faults.power_cut import KEPT, LOST, SOME, Disk
from tests.faults.prepared import Folder, prepare
from thidua_desktop.services.own_places import MOVED

PROCESS_KINDS = ("kill", "half", "full", "bad")
KINDS = (*PROCESS_KINDS, "cut")
ENDED, REFUSED, FINISHED = "ended", "refused", "finished"
"""What a fault did to the operation: its process ended, it refused with a coded sentence, it finished all the same."""

KILLED = -9
USUAL, LEAST = 50, 200
"""Calls struck by each kind of fault; faults on each operation in all, where it makes fewer calls than that."""

SEED = 20261128
FAST = Path("/dev/shm")
"""In memory: the layer sees the same calls, and nothing waits for a disk."""


@dataclass(slots=True)
class Bench:
    """A folder to work in with the prepared one in it, the built layer, and each operation's calls, written down once.

    ``made``: a folder that was prepared already.
    """

    place: Path
    made: Folder = field(init=False)
    runner: layer.Runner = field(init=False)
    _calls: dict[str, list[layer.Call]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        there = self.place / "made"
        self.made = Folder.read(there) if there.exists() else prepare(there)
        self.runner = layer.Runner(layer.built(self.place))

    def close(self) -> None:
        """End the process that runs the operations."""
        self.runner.close()

    def copy(self, name: str = "work") -> Folder:
        """A fresh copy."""
        target = self.place / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.made.path, target)
        return Folder.read(target)

    def calls(self, operation: str) -> list[layer.Call]:
        """What the operation does to files when nothing goes wrong; AssertionError when it does not end well."""
        if operation not in self._calls:
            folder, log = self.copy(f"log-{operation}"), self.place / "log"
            ran = self.runner.run(operation, folder.path, log=log)
            assert (ran.status, ran.said) == (0, ""), ran
            verify(operation, folder, ran.told)
            self._calls[operation] = layer.calls_in(log)
        return self._calls[operation]

    def strike(self, operation: str, kind: str, at: int) -> str:
        """One fault in a process, and what it left: how it went, AssertionError or UserError when that is not right."""
        folder = self.copy()
        ran = self.runner.run(operation, folder.path, kind, at)
        allowed = {0, KILLED} if kind in {"kill", "half"} else {0}
        assert ran.status in allowed, (operation, kind, at, ran)
        assert not ran.said or ran.said.startswith("TD-"), (operation, kind, at, ran)
        verify(operation, folder, ran.told)
        return ENDED if ran.status == KILLED else REFUSED if ran.said else FINISHED

    def cuts(self, operation: str, at: Sequence[int], luck: random.Random, draws: int = 1) -> Iterator[tuple[int, str]]:
        """The disk at each of these calls, each verified before (call, what became of the unsynced).

        Nothing of it kept, all, and so many times a part.
        """
        calls, log_folder = self.calls(operation), self.place / f"log-{operation}"
        disk, target = Disk(self.made.path), self.place / "cut"
        for number, call in enumerate(calls):
            if number in at:
                for unsynced in (LOST, KEPT, *[SOME] * draws):
                    disk.write_out(target, unsynced, luck)
                    verify(operation, Folder.read(target), disk.told())
                    yield number, unsynced
            disk.take(call, log_folder)


def points(count: int, most: int, luck: random.Random) -> list[int]:
    """So many different calls, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({0, count - 1, *luck.sample(range(1, count - 1), most - 2)})


@dataclass(slots=True)
class Row:
    """What came of one operation: disks by kind of fault, operations by outcome, and what was wrong, in words."""

    name: str
    calls: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def line(self) -> str:
        """A line of the table, as it stands in docs/reliability.md."""
        cells = [self.calls, *(self.tried[kind] for kind in KINDS)]
        cells += [self.outcomes[ENDED], self.outcomes[REFUSED], self.outcomes[FINISHED], len(self.wrong)]
        return f"| {self.name} | " + " | ".join(str(cell) for cell in cells) + " |"


HEAD = (
    "| thao tác | lần ghi | kill | half | full | bad | cut | bị dừng | từ chối có lời | vẫn xong | mất |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


def try_all(name: str, most: int, made: Path) -> Row:
    """Every kind of fault on one operation, over copies of the prepared folder ``made``."""
    row, luck, begun = Row(name), random.Random(f"{SEED} {name}"), time.monotonic()
    with tempfile.TemporaryDirectory(dir=made.parent) as place:
        os.environ[MOVED] = place  # what is kept of a person on this machine, apart from what runs beside this
        shutil.copytree(made, Path(place) / "made")
        bench = Bench(Path(place))
        row.calls = len(bench.calls(name))
        for kind in PROCESS_KINDS:
            for at in points(row.calls, most, luck):
                row.tried[kind] += 1
                try:
                    row.outcomes[bench.strike(name, kind, at)] += 1
                except Exception as wrong:
                    row.wrong.append(f"{name} {kind} {at}: {type(wrong).__name__} {wrong}")
        _cut(bench, row, points(row.calls, most, luck), luck)
        bench.close()
    row.seconds = time.monotonic() - begun
    return row


def _cut(bench: Bench, row: Row, at: list[int], luck: random.Random) -> None:
    """Power cuts; a bad disk ends them, for the rest would say the same."""
    draws = max(1, math.ceil(LEAST / len(at)) - len(PROCESS_KINDS) - 2)
    try:
        for _disk in bench.cuts(row.name, at, luck, draws):
            row.tried["cut"] += 1
    except Exception as wrong:
        row.wrong.append(f"{row.name} cut after {row.tried['cut']} disks: {type(wrong).__name__} {wrong}")


def main(names: Sequence[str], most: int) -> int:
    """Run; exit status 1 when anything was lost."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    lost, begun = 0, time.monotonic()
    print(f"{datetime.now():%d/%m/%Y %H:%M}, {commit.stdout.strip()}\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory(dir=FAST if os.access(FAST, os.W_OK) else None) as place:
        made = prepare(Path(place) / "made").path
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), context) as pool:
            for row in [pool.submit(try_all, name, most, made) for name in names or WORK]:
                done = row.result()
                lost += len(done.wrong)
                print("\n".join([done.line(), *done.wrong]), flush=True)
    print(f"\n{time.monotonic() - begun:.0f} s")
    return 1 if lost else 0


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if not one.isdigit()]
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()]
    sys.exit(main(arguments, sizes[0] if sizes else USUAL))
