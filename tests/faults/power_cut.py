"""What a disk may hold after a power cut: what was synced for certain, of the rest nothing, all, or some."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.layer import TOLD, Call

LOST, KEPT, SOME = "lost", "kept", "some"
"""What became of writes that no sync had brought to the disk."""


@dataclass
class _File:
    """Bytes on the disk, and calls since the last sync."""

    bytes: bytearray = field(default_factory=bytearray)
    waiting: list[Call] = field(default_factory=list)

    def settle(self, calls: Sequence[Call]) -> None:
        """Apply calls to what is on the disk."""
        for call in calls:
            if call.kind == "T":
                self.bytes[call.place :] = b"" if call.place < len(self.bytes) else bytes(call.place - len(self.bytes))
            else:
                self.bytes.extend(bytes(max(0, call.place - len(self.bytes))))
                self.bytes[call.place : call.place + len(call.data)] = call.data

    def sync(self) -> None:
        """Everything that waits is on the disk."""
        self.settle(self.waiting)
        self.waiting.clear()


class Disk:
    """A folder as it was, and what calls make of it."""

    def __init__(self, start: Path) -> None:
        self.start = start
        self.files: dict[str, _File] = {
            str(path.relative_to(start)): _File(bytearray(path.read_bytes()))
            for path in sorted(start.rglob("*"))
            if path.is_file()
        }

    def take(self, call: Call, folder: Path) -> None:
        """One call of a run over ``folder``. Names change at once: a journal keeps them in order, not contents."""
        name = str(Path(call.path).relative_to(folder)) if call.path != str(folder) else ""
        if call.kind == "R":
            self.files[str(Path(call.data.decode()).relative_to(folder))] = self.files.pop(name, _File())
        elif call.kind == "U":
            self.files.pop(name, None)
        elif call.kind == "S":
            if name in self.files:
                self.files[name].sync()
        else:
            file = self.files.setdefault(name, _File())
            file.waiting.append(call)
            if name == TOLD:
                file.sync()  # what the officer saw is no file of ours

    def write_out(self, target: Path, unsynced: str, luck: random.Random) -> None:
        """The folder as it may be found after the power came back."""
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for folder in sorted(path for path in self.start.rglob("*") if path.is_dir()):
            (target / folder.relative_to(self.start)).mkdir(parents=True)
        for name, file in self.files.items():
            if unsynced == KEPT:
                kept = file.waiting
            else:
                kept = [call for call in file.waiting if unsynced == SOME and luck.random() < 0.5]
            found = _File(bytearray(file.bytes))
            found.settle(kept)
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found.bytes)

    def told(self) -> tuple[str, ...]:
        """The pieces that had been told as finished."""
        file = self.files.get(TOLD)
        return tuple(file.bytes.decode().splitlines()) if file else ()
