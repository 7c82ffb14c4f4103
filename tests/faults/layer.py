"""The fault-injecting file layer from Python: build it, run an operation behind it, read what it wrote down."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("fault_layer.c")
TOLD = "told.log"
BEGIN = "FAULT_BEGIN"
_HEAD = struct.Struct("<cI")
_TAIL = struct.Struct("<QI")


def missing() -> str:
    """Why the layer cannot be used on this machine; "" when it can."""
    if sys.platform != "linux":
        return "the layer is preloaded, which only Linux does"
    return "" if shutil.which("cc") else "no C compiler (sudo apt-get install gcc libc6-dev)"


def built(folder: Path) -> Path:
    """The layer, compiled into ``folder``."""
    library = folder / "fault_layer.so"
    if not library.exists():
        command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
        subprocess.run(command, check=True, capture_output=True)
    return library


@dataclass(frozen=True, slots=True)
class Ran:
    """How an operation ended: exit status (−9: killed), what it said last, and its finished pieces."""

    status: int
    said: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changed a file. ``kind``: W write, T truncate, S sync, R rename (``data``: new path), U unlink."""

    kind: str
    path: str
    place: int
    data: bytes


class Runner:
    """A process behind the layer that has loaded the program, and forks a process of its own for each operation.

    Starting Python and loading the program would be nine tenths of the time of a fault.
    """

    def __init__(self, library: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": str(library)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forked"], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def run(self, operation: str, folder: Path, kind: str = "", at: int = -1, log: Path | None = None) -> Ran:
        """Run an operation of ``operations.py`` over ``folder``; ``kind`` of fault at its ``at``-th call."""
        told = folder / TOLD
        told.unlink(missing_ok=True)
        asked = [operation, str(folder), kind, str(at), str(log or "")]
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status, said = json.loads(self._process.stdout.readline())
        lines = told.read_text(encoding="utf-8").splitlines(keepends=True) if told.exists() else []
        return Ran(status, said.strip(), tuple(line.strip() for line in lines if line.endswith("\n")))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def calls_in(log: Path) -> list[Call]:
    """The calls of one run, in order."""
    return list(_calls(log.read_bytes()))


def _calls(content: bytes) -> Iterator[Call]:
    at = 0
    while at < len(content):
        kind, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        path = content[at : at + length].decode()
        at += length
        place, size = _TAIL.unpack_from(content, at)
        at += _TAIL.size
        yield Call(kind.decode(), path, place, content[at : at + size])
        at += size
