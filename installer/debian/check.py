"""``make check-deb``: the package on a minimal Debian 12 in a folder (debootstrap): install, doctor, demo, remove.

Needs root and Debian's archive. The folder is kept in build/debian/bookworm and used again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from installer import bundle
from installer.bundle import BuildError, program_version, run, say
from installer.debian.build import ROOT, WORK

SYSTEM = WORK / "bookworm"
ARCHIVE = "http://deb.debian.org/debian"


def inside(*words: str) -> str:
    """A command in the folder, as root of it, without a display."""
    plain = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root",
             "QT_QPA_PLATFORM=offscreen", "DEBIAN_FRONTEND=noninteractive"]  # fmt: skip
    return run("chroot", SYSTEM, *plain, *words)


def steps(package: Path) -> list[tuple[str, str]]:
    """(step, what was seen)."""
    seen = []
    began = time.monotonic()
    if not (SYSTEM / "usr" / "bin" / "apt-get").exists():
        run("debootstrap", "--variant=minbase", "bookworm", SYSTEM, ARCHIVE)
    shutil.copy2(package, SYSTEM / "tmp" / package.name)
    inside("apt-get", "update", "-q")
    inside("apt-get", "install", "-y", "-q", "--no-install-recommends", f"/tmp/{package.name}")
    seen.append(("cài", f"{time.monotonic() - began:.0f} s cùng các gói cần có"))
    seen.append(("thidua doctor", inside("thidua", "doctor").strip().splitlines()[0]))
    began = time.monotonic()
    made = inside("thidua", "demo", "/tmp/mau", "--today", "2026-11-16").strip().splitlines()[-1]
    seen.append(("thidua demo", f"{made}; {time.monotonic() - began:.0f} s"))
    for path in ("applications/thidua.desktop", "mime/packages/thidua.xml", "man/man1/thidua.1.gz",
                 "icons/hicolor/48x48/apps/thidua.png"):  # fmt: skip
        if not (SYSTEM / "usr" / "share" / path).is_file():
            raise BuildError(f"thiếu {path}")
    inside("apt-get", "remove", "-y", "-q", "thidua-desktop")
    if (SYSTEM / "usr" / "bin" / "thidua").exists() or not list((SYSTEM / "tmp" / "mau").rglob("*.thidua")):
        raise BuildError("gỡ không hết, hoặc gỡ mất sổ")
    seen.append(("gỡ", "chương trình đi, sổ còn"))
    return seen


def main() -> int:
    """All steps; exit status 1 at the first that fails."""
    try:
        bundle.need({"debootstrap": "debootstrap"})
        for name, text in steps(ROOT / "dist" / f"thidua-desktop_{program_version()}_amd64.deb"):
            say(f"{name}: {text}")
    except (BuildError, OSError, subprocess.SubprocessError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
