"""All faults on all operations, and a table of what came of them: ``make faults`` (or with names of operations).

Kinds: ``kill`` and ``half`` end the process at one call (``half`` in the middle of a write), ``full`` leaves no room
from one call on, ``bad`` fails one call. ``cut`` is the disk as a power cut leaves it at one call: what no sync had
brought there is lost, kept, or kept in part. Every fault must leave offices that open, are sound, and hold whatever
was told as finished.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import layer
from tests.faults.aftermath import verify
from tests.faults.operations import WORK
from tests.faults.power_cut import KEPT, LOST, SOME, Disk
from tests.faults.prepared import Folder, prepare

PROCESS_KINDS = ("kill", "half", "full", "bad")
KILLED = -9


@dataclass(slots=True)
class Bench:
    """The prepared folder, the built layer, and the calls of each operation, written down once."""

    place: Path
    library: Path = field(init=False)
    made: Folder = field(init=False)
    _calls: dict[str, list[layer.Call]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.library = layer.built(self.place)
        self.made = prepare(self.place / "made")

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
            ran = layer.run(self.library, operation, folder.path, log=log)
            assert (ran.status, ran.said) == (0, ""), ran
            verify(operation, folder, ran.told)
            self._calls[operation] = layer.calls_in(log)
        return self._calls[operation]

    def strike(self, operation: str, kind: str, at: int) -> None:
        """One fault in a process, and what it left; AssertionError or UserError when that is not as it must be."""
        folder = self.copy()
        ran = layer.run(self.library, operation, folder.path, kind, at)
        allowed = {0, KILLED} if kind in {"kill", "half"} else {0}
        assert ran.status in allowed, (operation, kind, at, ran)
        assert not ran.said or ran.said.startswith("TD-"), (operation, kind, at, ran)
        verify(operation, folder, ran.told)

    def cuts(self, operation: str, at: Sequence[int], luck: random.Random) -> Iterator[tuple[int, str]]:
        """The disk at each of these calls, three ways, each verified before (call, what became of the unsynced)."""
        calls, log_folder = self.calls(operation), self.place / f"log-{operation}"
        disk, target = Disk(self.made.path), self.place / "cut"
        for number, call in enumerate(calls):
            if number in at:
                for unsynced in (LOST, KEPT, SOME):
                    disk.write_out(target, unsynced, luck)
                    verify(operation, Folder.read(target), disk.told())
                    yield number, unsynced
            disk.take(call, log_folder)


def points(count: int, most: int, luck: random.Random) -> list[int]:
    """So many different calls, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({0, count - 1, *luck.sample(range(1, count - 1), most - 2)})


def main(names: Sequence[str], most: int) -> int:
    """Run; exit status 1 when anything was lost."""
    luck, lost = random.Random(20261128), 0
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(Path(place))
        print(f"{'operation':<12}{'calls':>7}" + "".join(f"{kind:>8}" for kind in (*PROCESS_KINDS, "cut")) + "  lost")
        for name in names or WORK:
            count, tried, wrong = len(bench.calls(name)), Counter[str](), 0
            for kind in PROCESS_KINDS:
                for at in points(count, most, luck):
                    tried[kind] += 1
                    wrong += not _holds(bench, name, kind, at)
            tried["cut"], bad = _cuts(bench, name, points(count, most, luck), luck)
            wrong += bad
            lost += wrong
            row = "".join(f"{tried[kind]:>8}" for kind in (*PROCESS_KINDS, "cut"))
            print(f"{name:<12}{count:>7}{row}{wrong:>6}", flush=True)
    return 1 if lost else 0


def _cuts(bench: Bench, name: str, at: list[int], luck: random.Random) -> tuple[int, int]:
    """(disks looked at, of them bad); a bad one ends the operation's cuts, for the rest would say the same."""
    done = 0
    try:
        for _disk in bench.cuts(name, at, luck):
            done += 1
    except Exception as wrong:
        print(f"  {name} cut after {done} disks: {type(wrong).__name__} {wrong}", flush=True)
        return done + 1, 1
    return done, 0


def _holds(bench: Bench, name: str, kind: str, at: int) -> bool:
    try:
        bench.strike(name, kind, at)
    except Exception as wrong:
        print("  ", name, kind, at, type(wrong).__name__, wrong, flush=True)
        return False
    return True


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if not one.isdigit()]
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()]
    sys.exit(main(arguments, sizes[0] if sizes else 200))
