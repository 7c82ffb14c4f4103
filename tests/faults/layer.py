"""The fault-injecting file layer from Python: build it, run an operation behind it, read what it wrote down."""

from __future__ import annotations

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


def run(library: Path, operation: str, folder: Path, kind: str = "", at: int = -1, log: Path | None = None) -> Ran:
    """Run an operation of ``operations.py`` over ``folder``; ``kind`` of fault at its ``at``-th call."""
    told = folder / TOLD
    told.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": str(library), "FAULT_FOLDER": str(folder)}
    if kind:
        environment |= {"FAULT_KIND": kind, "FAULT_AT": str(at)}
    if log is not None:
        environment["FAULT_LOG"] = str(log)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.operations", operation, str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    lines = told.read_text(encoding="utf-8").splitlines(keepends=True) if told.exists() else []
    whole = tuple(line.strip() for line in lines if line.endswith("\n"))
    return Ran(done.returncode, (done.stdout + done.stderr).strip(), whole)


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
