"""Windows programs under Debian's Wine: a person of their own, whose name has diacritics and blanks, and a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from installer.bundle import ROOT, BuildError, run

WORK = ROOT / "build" / "smoke"
PREFIX = WORK / "prefix"
DRIVE = PREFIX / "drive_c"
PERSON = "Nguyễn Văn Đức"
LEAST_PICTURE, LONGEST_WAIT = 40_000, 100  # bytes of a screen that shows the desk; looks at it, five seconds apart
_LAST_LINES = 30
_LAST_WORDS = 5  # seconds for the last of what an ended program said


def environment(**more: str) -> dict[str, str]:
    """For Wine: a prefix of its own, no questions about Mono or Gecko, no display unless asked for."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "PYTHONPATH")}
    wine = {"WINEPREFIX": str(PREFIX), "WINEARCH": "win64", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "HOME": str(WORK / "home"), "USER": PERSON}  # Wine links Documents and Desktop to HOME  # fmt: skip
    return {**kept, **wine, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", **more}


def wine(*words: object, status: int = 0, timeout: int = 1800, **more: str) -> str:
    """Run a Windows program; its output. BuildError with its last lines unless it ends in time with ``status``."""
    started = subprocess.Popen(["wine", *map(str, words)], env=environment(**more), cwd=WORK, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)  # fmt: skip
    said: list[bytes] = []
    listening = threading.Thread(target=_listen, args=(started, said), daemon=True)
    listening.start()
    try:
        ended = started.wait(timeout)
        fault = f"trả về {ended}, chờ {status}" if ended != status else ""
    except subprocess.TimeoutExpired:
        end_windows()
        fault = f"chưa xong sau {timeout} giây"
    listening.join(_LAST_WORDS)
    text = b"".join(said).decode("utf-8", "replace").replace("\r\n", "\n")
    if fault:
        last = "\n".join(text.strip().splitlines()[-_LAST_LINES:])
        raise BuildError(f"{spelt(words)} {fault}:\n{last or '(không nói gì)'}")
    return text


def _listen(started: subprocess.Popen[bytes], said: list[bytes]) -> None:
    """Take in what a program says; a program that it starts and leaves behind holds the pipe open, so nobody waits."""
    assert started.stdout is not None
    pipe = started.stdout.fileno()
    said.extend(iter(lambda: os.read(pipe, 65536), b""))


def spelt(words: tuple[object, ...]) -> str:
    """A command as a message names it: the program's own name, then the first of its words."""
    return " ".join([Path(str(words[0])).name, *map(str, words[1:4])])


def home() -> Path:
    """The person's folder on drive C."""
    return DRIVE / "users" / PERSON


def program() -> Path:
    """Where the set-up puts the program."""
    return home() / "AppData" / "Local" / "Programs" / "thidua_desktop"


def windows_path(path: Path) -> str:
    """The Windows spelling of a path on drive C."""
    return "C:\\" + str(path.relative_to(DRIVE)).replace("/", "\\")


def pretend(version: str) -> None:
    """Which Windows Wine says that it is; Debian's begins as Windows 7."""
    wine("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", version, "/f")


def classes() -> str:
    """What this person's kinds of files open with, as the registry has it."""
    return wine("reg", "query", r"HKCU\Software\Classes", "/s")


def lay_stubs(folder: Path) -> None:
    """The colour stub beside a program and no WMI, as Wine 8 needs them."""
    shutil.copy2(WORK / "mscms.dll", folder)
    (folder / "Python" / "_wmi.pyd").unlink(missing_ok=True)


def end_windows() -> None:
    """End every Windows program of this prefix, and wait until they are gone."""
    for word in ("-k", "-w"):
        subprocess.run(["wineserver", word], env=environment(), check=False, timeout=120)


@contextmanager
def running(*words: object, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Windows program that goes on while the block runs; all are ended after it."""
    started = subprocess.Popen(
        ["wine", *map(str, words)], env=environment(**more), cwd=WORK, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield started
    finally:
        started.terminate()
        end_windows()
        with suppress(subprocess.TimeoutExpired):
            started.wait(30)


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen; its number."""
    number = ":97"
    words = ["Xvfb", number, "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    shown = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        yield number
    finally:
        shown.terminate()
        shown.wait(30)


def photograph(number: str, target: Path, least: int = LEAST_PICTURE) -> None:
    """Wait until the screen shows a window, then keep its picture; BuildError when none comes."""
    for _ in range(LONGEST_WAIT):
        time.sleep(5)
        run("import", "-display", number, "-window", "root", target)
        if target.stat().st_size > least:
            time.sleep(10)  # until every part of the page has been filled
            run("import", "-display", number, "-window", "root", target)
            return
    raise BuildError(f"{target.name}: không thấy cửa sổ sau {LONGEST_WAIT * 5} giây")
