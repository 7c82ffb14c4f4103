"""``make deb``: ``dist/thidua-desktop_<version>_amd64.deb`` for Debian 12, 13 and Ubuntu 22.04 to 24.10.

The wheels of requirements.lock for Python 3.11, 3.12 and 3.13 lie together in one folder (their binaries carry the
version in their names), so that the package works with the system's own Python and asks for no network.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from installer import bundle
from installer.bundle import MEGABYTE, ROOT, BuildError, program_version, run, say, sha256, size_of
from installer.windows import lock
from thidua_desktop.app import OPENED

HERE = ROOT / "installer" / "debian"
WORK = ROOT / "build" / "debian"
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_28_x86_64", "manylinux_2_34_x86_64")
LINUX = {**lock.WINDOWS, "sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
LIBRARIES = (
    "libglib2.0-0 | libglib2.0-0t64", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0",
)  # fmt: skip
KINDS = {ending.lstrip("."): title for ending, title in OPENED.items()}


def fetch_wheels() -> list[Path]:
    """All wheels of hashes.lock that the program needs, for every Python; no bytes but those of its hashes."""
    known = lock.locked()
    names = [name for name in lock.closure(LINUX) if name != "colorama"]
    folder = WORK / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = WORK / "wanted.txt"
    wanted.write_text("".join(f"{known[name]}\n" for name in names), encoding="utf-8")
    for version in PYTHONS:
        platforms = [word for one in PLATFORMS for word in ("--platform", one)]
        abis = ["--abi", f"cp{version.replace('.', '')}", "--abi", "abi3", "--abi", "none"]
        run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--require-hashes",
            *platforms, *abis, "--python-version", version, "--implementation", "cp",
            "-r", wanted, "-d", folder)  # fmt: skip
    return [path for path in sorted(folder.glob("*.whl")) if _is_locked(path, known)]


def _is_locked(wheel: Path, known: dict[str, str]) -> bool:
    """Whether a wheel in the folder is one of the lock; those of earlier locks may lie there, too."""
    line = known.get(bundle.normal(wheel.name.partition("-")[0]), "")
    return f"--hash=sha256:{sha256(wheel)}" in line


def control(version: str, kilobytes: int) -> str:
    """The package's facts."""
    return (
        f"Package: thidua-desktop\nVersion: {version}\nArchitecture: amd64\nSection: misc\nPriority: optional\n"
        "Maintainer: thidua_desktop <thidua@example.invalid>\n"
        f"Installed-Size: {kilobytes}\nDepends: python3 (>= 3.11), python3 (<< 3.14), {', '.join(LIBRARIES)}\n"
        "Description: Sổ sách phong trào toàn dân bảo vệ an ninh Tổ quốc\n"
        " Ghi sổ, in giấy tờ và gửi tỉnh phong trào toàn dân bảo vệ an ninh Tổ quốc\n"
        " cho xã, phường, đặc khu. Không cần mạng.\n"
    )


def mime_types() -> str:
    """The kinds of files, for the desktop's table."""
    kinds = "".join(
        f'  <mime-type type="application/x-{ending}">\n    <comment>{title}</comment>\n'
        f'    <glob pattern="*.{ending}"/>\n  </mime-type>\n'
        for ending, title in KINDS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{kinds}</mime-info>\n'
    )


def desktop_entry() -> str:
    """The entry in the menu."""
    kinds = "".join(f"application/x-{ending};" for ending in KINDS)
    return (
        "[Desktop Entry]\nType=Application\nName=Thi đua\nComment=Phong trào toàn dân bảo vệ an ninh Tổ quốc\n"
        f"Exec=thidua window %F\nIcon=thidua\nTerminal=false\nCategories=Office;\nMimeType={kinds}\n"
    )


LAUNCHER = """#!/bin/sh
exec /usr/bin/python3 -I -X utf8 -c 'import sys; sys.path.insert(0, "/usr/lib/thidua-desktop"); \
from thidua_desktop.__main__ import main; main()' "$@"
"""


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """One file of the package."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def strip(packages: Path) -> None:
    """Take out what only a debugger of the libraries reads: some wheels are mostly that."""
    for path in packages.rglob("*.so"):
        if ".debug_info" in run("readelf", "-S", "-W", path):
            run("strip", "--strip-debug", path)


def lay_out(tree: Path, version: str) -> None:
    """All files of the package under ``tree``."""
    packages = tree / "usr" / "lib" / "thidua-desktop"
    for wheel in fetch_wheels():
        shutil.unpack_archive(wheel, packages, "zip")
    bundle.trim(packages)
    strip(packages)
    bundle.copy_own_files(packages)
    bundle.write_licences(packages, None)
    bundle.call_it(packages, version)
    for python in PYTHONS:
        bundle.compile_all(packages, bundle.python_of(python))
    share = tree / "usr" / "share"
    write(tree / "usr" / "bin" / "thidua", LAUNCHER, 0o755)
    write(share / "applications" / "thidua.desktop", desktop_entry())
    write(share / "mime" / "packages" / "thidua.xml", mime_types())
    write(share / "man" / "man1" / "thidua.1", (HERE / "thidua.1").read_text(encoding="utf-8"))
    run("gzip", "-9n", share / "man" / "man1" / "thidua.1")
    icons = WORK / "icons"
    run(sys.executable, "-m", "installer.app_icon", icons, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    for picture in icons.glob("thidua_*.png"):
        size = picture.stem.split("_")[1]
        target = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "thidua.png"
        target.parent.mkdir(parents=True)
        shutil.copy2(picture, target)
    write(share / "doc" / "thidua-desktop" / "copyright", (ROOT / "LICENSE").read_text(encoding="utf-8"))
    write(tree / "DEBIAN" / "control", control(version, size_of(tree) // 1024))


def build(version: str) -> Path:
    """The package file."""
    bundle.need({"dpkg-deb": "dpkg-dev", "readelf": "binutils"})
    tree = WORK / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(tree, version)
    run("chmod", "-R", "u=rwX,go=rX", tree)
    target = ROOT / "dist" / f"thidua-desktop_{version}_amd64.deb"
    target.parent.mkdir(exist_ok=True)
    moment = bundle.made_at()
    bundle.date_all(tree, moment)
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)})  # fmt: skip
    return target


def main() -> int:
    """Build and say how large it is."""
    try:
        target = build(program_version())
    except BuildError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    installed = size_of(WORK / "tree") / MEGABYTE
    say(f"dist/{target.name}: {target.stat().st_size / MEGABYTE:.1f} MB, cài xong {installed:.1f} MB, {sha256(target)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
