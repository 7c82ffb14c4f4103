"""The portable folder on a stick under Wine: data beside the program, another letter, a clean profile, read-only.

The stick is a folder that Wine sees as a drive of its own. Read-only it becomes by a mount, which only root may make.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from installer.bundle import ROOT, BuildError, run
from installer.windows.under_wine import (
    PREFIX,
    WORK,
    end_windows,
    home,
    lay_stubs,
    photograph,
    program,
    running,
    screen,
    wine,
)

STICK = WORK / "stick"
SMALL = WORK / "small"
SMALL_MB = 100
UNIT, PASSWORD = "24412", "Mang di tren que nho 2026"
OFFICE = "Du lieu\\sổ của xã\\Xã đi.thidua"  # not where new offices are looked for: it must be remembered
LEAST_MESSAGE = 5_000  # bytes of a screen that shows a message and nothing else


def trial(archive: Path) -> str:
    """Unpack, work under letter E, again under letter F, then read-only; the profile stays as it was."""
    shutil.rmtree(STICK, ignore_errors=True)
    shutil.unpack_archive(archive, STICK, "zip")
    folder = STICK / "Thi dua"
    lay_stubs(folder)
    with plugged("e:") as root:
        before = profile(), registry()
        office, words = made(folder, root)
        begin(folder, office, words)
        with screen() as number, running(folder / "thidua_desktop.exe", "window", office, "--password-file", words,
                                         DISPLAY=number, QT_QPA_PLATFORM="windows"):  # fmt: skip
            photograph(number, ROOT / "build" / "smoke" / "portable.png")
        remembered = (folder / "Du lieu" / "cau hinh" / "preferences.json").read_text(encoding="utf-8")
        if "sổ của xã/Xã đi.thidua" not in remembered or "E:" in remembered:
            raise BuildError(f"không nhớ sổ theo chỗ trên USB: {remembered}")
    with plugged("f:") as root:
        wine(folder / "thidua.exe", "where", "--out", f"{root}\\where.txt")
        told = (STICK / "where.txt").read_text(encoding="utf-16")
        if f"F:\\Thi dua\\{OFFICE}" not in told:
            raise BuildError(f"đổi chữ ổ đĩa thì không thấy sổ: {told}")
        begin(folder, f"{root}\\Thi dua\\{OFFICE}", f"{root}\\mk.txt")
    changed = sorted(before[0] ^ profile())
    if changed or registry() != before[1]:
        raise BuildError(f"bản mang đi để lại trong hồ sơ người dùng: {[name for name, _ in changed][:9]}")
    return f"E: rồi F:, sổ mở lại; hồ sơ người dùng không đổi một tệp nào ({len(before[0])} tệp); " + read_only(folder)


@contextmanager
def plugged(letter: str, disk: Path = STICK) -> Iterator[str]:
    """The stick, or another disk, under a drive letter; the letter's root."""
    link = PREFIX / "dosdevices" / letter
    link.symlink_to(disk)
    try:
        yield letter.upper()
    finally:
        end_windows()
        link.unlink()


def made(folder: Path, root: str) -> tuple[str, str]:
    """An office in the stick's data, and the file of its password."""
    (STICK / "mk.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    place = folder / "Du lieu" / "sổ của xã"
    place.mkdir(parents=True)
    office, words = f"{root}\\Thi dua\\{OFFICE}", f"{root}\\mk.txt"
    wine(folder / "thidua.exe", "office", "new", office, "--unit", UNIT, "--user", "Nguyễn Thị Đi",
         "--password-file", words)  # fmt: skip
    return office, words


def begin(folder: Path, office: str, words: str) -> None:
    """The machine is good for it, and the office opens whole."""
    wine(folder / "thidua.exe", "doctor")
    wine(folder / "thidua.exe", "office", "check", office, "--password-file", words)


def read_only(folder: Path) -> str:
    """On a stick that cannot be written, the command line, the doctor and the window say so, and nothing breaks."""
    with written_by_nobody(), plugged("e:") as root:
        told = wine(folder / "thidua.exe", "doctor", status=1)
        if "không ghi được vào E:" not in told:
            raise BuildError(f"kiểm tra máy không nói USB chỉ đọc: {told}")
        office = f"{root}\\Thi dua\\{OFFICE}"
        told = wine(folder / "thidua.exe", "office", "info", office, "--password-file", f"{root}\\mk.txt", status=1)
        if "TD-ENV-" not in told and "TD-STORE-" not in told:
            raise BuildError(f"mở sổ trên USB chỉ đọc không báo bằng lời: {told}")
        code = told.strip().splitlines()[0]
        with screen() as number, running(folder / "thidua_desktop.exe", DISPLAY=number, QT_QPA_PLATFORM="windows"):
            photograph(number, ROOT / "build" / "smoke" / "read-only.png", LEAST_MESSAGE)
    return f"chỉ đọc: {code}"


@contextmanager
def written_by_nobody() -> Iterator[None]:
    """The stick mounted over itself, read-only, as a stick with its lock pushed is."""
    for words in (("--bind", str(STICK), str(STICK)), ("-o", "remount,bind,ro", str(STICK))):
        run("mount", *words)
    try:
        yield
    finally:
        end_windows()
        run("umount", STICK)


@contextmanager
def small_disk() -> Iterator[str]:
    """A disk of its own on which the program finds no room; its letter's root."""
    SMALL.mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={SMALL_MB}m", "tmpfs", SMALL)
    try:
        with plugged("g:", SMALL) as root:
            yield root
    finally:
        subprocess.run(["umount", str(SMALL)], check=False)


def profile() -> set[tuple[str, str]]:
    """Every file of the person's folder with the digest of what it holds, but for the installed program's own."""
    found = set()
    documents = WORK / "home"  # Documents and Desktop are links to it
    for path in (*home().rglob("*"), *documents.rglob("*")):
        if path.is_file() and not path.is_symlink() and program() not in path.parents:
            with suppress(OSError):
                found.add((str(path.relative_to(WORK)), hashlib.sha256(path.read_bytes()).hexdigest()))
    return found


def registry() -> str:
    """This person's settings of all programs."""
    return wine("reg", "query", r"HKCU\Software", "/s")


def eject() -> None:
    """Take the mounts and the stick's files away, also those of a run that broke off."""
    for disk in (STICK, SMALL):
        subprocess.run(["umount", str(disk)], capture_output=True, check=False)
    shutil.rmtree(STICK, ignore_errors=True)
