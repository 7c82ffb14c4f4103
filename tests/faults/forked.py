"""The process behind the layer: reads what to run, forks, says how the child ended. One line of JSON each.

Asked: operation, folder, kind of fault, at which call, file for the log of calls ("" for none). Answered: exit status
(negative: the signal that ended it) and what it printed. After a run that no fault struck the parent loads what that
run had loaded, so that the next ones need not.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path

from tests.faults import operations

LONGEST = 120
"""Seconds after which an operation counts as hanging, and is ended."""


def _child(operation: str, folder: str, fault: dict[str, str], out: int) -> int:
    os.dup2(out, 1)
    os.dup2(out, 2)
    signal.alarm(LONGEST)
    os.environ.update({"FAULT_FOLDER": folder, **fault})
    ctypes.CDLL(None).fault_plan()
    return operations.main(operation, folder)


def _run(operation: str, folder: str, fault: dict[str, str], loaded: Path) -> tuple[int, str]:
    gc.freeze()  # what is shared with the child is not touched, and so not copied
    with tempfile.TemporaryFile() as out:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = _child(operation, folder, fault, out.fileno())
                loaded.write_text("\n".join(sys.modules), encoding="utf-8")
            except BaseException:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, ended = os.waitpid(child, 0)
        out.seek(0)
        return os.waitstatus_to_exitcode(ended), out.read().decode(errors="replace")


def _load(names: list[str]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):  # parts of compiled modules have no file of their own
            importlib.import_module(name)


def main() -> None:
    """Serve until there is no more to read."""
    with tempfile.TemporaryDirectory() as place:
        loaded = Path(place) / "loaded"
        for line in sys.stdin:
            operation, folder, kind, at, log = json.loads(line)
            fault = {"FAULT_KIND": kind, "FAULT_AT": at} if kind else {}
            if log:
                fault["FAULT_LOG"] = log
            answer = _run(operation, folder, fault, loaded)
            if not kind and answer[0] == 0:
                _load(loaded.read_text(encoding="utf-8").splitlines())
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
