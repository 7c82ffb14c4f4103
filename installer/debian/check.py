"""``make check-deb``: the package on a minimal Debian 12 in a folder (debootstrap): install, doctor,
demo, window, menu, repair, remove and purge.

Needs root and Debian's archive. The folder is kept in build/debian/bookworm and used again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from installer import bundle
from installer.bundle import BuildError, program_version, run, say
from installer.debian.build import KINDS, ROOT, WORK

SYSTEM = WORK / "bookworm"
ARCHIVE = "http://deb.debian.org/debian"
DEMO, TODAY = "/tmp/mau", "2026-11-16"
LEAST_PAGES, LEAST_PICTURE = 20, 5_000
PROGRAMS = {
    "debootstrap": "debootstrap",
    "desktop-file-validate": "desktop-file-utils",
    "update-mime-database": "shared-mime-info",
    "man": "man-db",
}


def inside(*words: str) -> str:
    """A command in the folder, as root of it, without a display."""
    plain = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root",
             "QT_QPA_PLATFORM=offscreen", "DEBIAN_FRONTEND=noninteractive"]  # fmt: skip
    return run("chroot", SYSTEM, *plain, *words)


def steps(package: Path) -> Iterator[tuple[str, str]]:
    """(step, what was seen), as each is done."""
    if not (SYSTEM / "usr" / "bin" / "apt-get").exists():
        run("debootstrap", "--variant=minbase", "bookworm", SYSTEM, ARCHIVE)
    for folder in ("mau", "trang"):
        shutil.rmtree(SYSTEM / "tmp" / folder, ignore_errors=True)
    shutil.copy2(package, SYSTEM / "tmp" / package.name)
    inside("apt-get", "update", "-q")
    yield "cài", install(package)
    yield "thidua doctor", inside("thidua", "doctor").strip().splitlines()[0]
    yield "thidua demo", timed(lambda: inside("thidua", "demo", DEMO, "--today", TODAY).strip().splitlines()[-1])
    yield "cửa sổ", timed(pages)
    yield "thực đơn, loại tệp, biểu tượng, trang man", menu()
    yield "cài lại", timed(lambda: repair(package))
    yield "gỡ, xóa hết (purge)", remove()


def timed(step: Callable[[], str]) -> str:
    """What the step saw, and its seconds."""
    began = time.monotonic()
    seen = step()
    return f"{seen}; {time.monotonic() - began:.0f} s"


def install(package: Path) -> str:
    """Onto the minimal system, with what it asks for and nothing that is only recommended."""
    began, before = time.monotonic(), set(installed())
    inside("apt-get", "install", "-y", "-q", "--no-install-recommends", f"/tmp/{package.name}")
    new = set(installed()) - before
    return f"{time.monotonic() - began:.0f} s cùng {len(new)} gói hệ thống"


def installed() -> list[str]:
    """Names of the packages that the system has."""
    return inside("dpkg-query", "-W", "-f", "${Package}\\n").split()


def pages() -> str:
    """The window with the demo office, every page of it drawn, without a display."""
    office = next((SYSTEM / "tmp" / "mau").glob("commune*.thidua")).name
    words = ("thidua", "window", f"{DEMO}/{office}", "--password-file", f"{DEMO}/password.txt", "--today", TODAY)
    inside(*words, "--pictures", "/tmp/trang")
    drawn = list((SYSTEM / "tmp" / "trang").glob("*.png"))
    if len(drawn) < LEAST_PAGES or min(path.stat().st_size for path in drawn) < LEAST_PICTURE:
        raise BuildError(f"chỉ vẽ được {len(drawn)} trang")
    return f"vẽ {len(drawn)} trang"


def menu() -> str:
    """What the desktop reads, by the desktop's own tools."""
    share = SYSTEM / "usr" / "share"
    run("desktop-file-validate", share / "applications" / "thidua.desktop")
    run(
        "man",
        "--warnings",
        "-l",
        "-Tutf8",
        share / "man" / "man1" / "thidua.1.gz",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "packages").mkdir()
        shutil.copy2(share / "mime" / "packages" / "thidua.xml", Path(folder) / "packages")
        run("update-mime-database", folder)
        known = (Path(folder) / "globs2").read_text(encoding="utf-8")
    missing = [ending for ending in KINDS if f":*.{ending}\n" not in known]
    sizes = sorted(path.parent.parent.name for path in share.glob("icons/hicolor/*/apps/thidua.png"))
    if missing or "48x48" not in sizes:
        raise BuildError(f"thiếu loại tệp {missing} hoặc biểu tượng: {sizes}")
    return f"{len(KINDS)} loại tệp, {len(sizes)} cỡ biểu tượng"


def repair(package: Path) -> str:
    """A file that was spoilt is whole after the package is installed once more."""
    spoilt = SYSTEM / "usr" / "lib" / "thidua-desktop" / "thidua_desktop" / "app.py"
    spoilt.write_text("raise SystemExit(9)", encoding="utf-8")
    inside("apt-get", "install", "-y", "-q", "--reinstall", f"/tmp/{package.name}")
    return inside("thidua", "--version").strip()


def remove() -> str:
    """Removed and purged: the program goes, whole; the person's offices and settings stay."""
    settings = SYSTEM / "root" / ".config" / "thidua_desktop"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "preferences.json").touch()
    inside("apt-get", "remove", "-y", "-q", "thidua-desktop")
    inside("dpkg", "--purge", "thidua-desktop")  # apt no longer knows a package that left nothing behind
    left = [path for path in ("usr/bin/thidua", "usr/lib/thidua-desktop") if (SYSTEM / path).exists()]
    kept = list((SYSTEM / "tmp" / "mau").rglob("*.thidua"))
    if left or not kept or not (settings / "preferences.json").exists():
        raise BuildError(f"còn lại {left}, sổ {len(kept)}")
    return f"chương trình đi hết, {len(kept)} sổ và thiết lập còn"


def main() -> int:
    """All steps; exit status 1 at the first that fails."""
    lines: list[str] = []
    try:
        bundle.need(PROGRAMS)
        for name, text in steps(ROOT / "dist" / f"thidua-desktop_{program_version()}_amd64.deb"):
            lines.append(f"{name}: {text}")
            say(lines[-1])
    except (BuildError, OSError, subprocess.SubprocessError) as fault:
        lines.append(f"HỎNG sau bước trên: {fault}")
        sys.stderr.write(f"{lines[-1]}\n")
        return 1
    finally:
        WORK.mkdir(parents=True, exist_ok=True)
        (WORK / "check.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
