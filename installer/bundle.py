"""What an installed program is made of: pinned wheels, our own files, less what is never imported, all compiled.

Used by the Windows set-up, the portable folder and the Debian package alike. Standard library only.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ROOT / "installer" / "parts_left_out.toml"
OWN_FOLDERS = ("thidua_desktop", "forms", "resources")
OWN_FILES = ("LICENSE", "CHANGELOG.md")
MEGABYTE = 1024 * 1024


class BuildError(Exception):
    """Why the build cannot go on, for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One line of a wheels lock: what to fetch, and the only bytes that are accepted."""

    name: str
    version: str
    sha256: str


def program_version() -> str:
    """The version, from the one place where it stands."""
    text = (ROOT / "thidua_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([0-9.]+)"$', text, re.MULTILINE)
    if found is None:
        raise BuildError("thidua_desktop/__init__.py không nêu __version__")
    return found[1]


def read_wheels_lock(path: Path) -> list[Wheel]:
    """The wheels of a lock, in its order; BuildError for a line without a version or a hash."""
    wheels = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        found = re.fullmatch(r"([A-Za-z0-9_.-]+)==(\S+) --hash=sha256:([0-9a-f]{64})", line)
        if found is None:
            raise BuildError(f"{path.name}: dòng không đủ phiên bản và mã băm: {line}")
        wheels.append(Wheel(*found.groups()))
    return wheels


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def sha256(path: Path) -> str:
    """Digest of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def run(*words: object, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """Run a program and give what it says; BuildError with its last lines when it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        last = "\n".join(said.strip().splitlines()[-15:])
        raise BuildError(f"{' '.join(map(str, words[:4]))} … trả về {done.returncode}:\n{last}")
    return said


def need(programs: dict[str, str]) -> None:
    """BuildError naming the Debian packages of the programs that are not on this machine."""
    missing = sorted({package for program, package in programs.items() if shutil.which(program) is None})
    if missing:
        raise BuildError(
            "Thiếu công cụ. Cài bằng:\n    sudo apt-get install -y --no-install-recommends " + " ".join(missing)
        )


def say(text: str) -> None:
    """One line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def own_files() -> list[str]:
    """Paths of the program's own files, as git has them: nothing that merely lies in a folder goes along."""
    listed = run("git", "ls-files", "-z", "--", *OWN_FOLDERS, *OWN_FILES)
    return sorted(path for path in listed.split("\0") if path)


def copy_own_files(target: Path, commit: str = "") -> None:
    """The program, its definitions and its resources, into the folder of packages; of ``commit`` when one is named."""
    if commit:
        target.mkdir(parents=True, exist_ok=True)
        archive = target / "own.tar"
        run("git", "archive", "-o", archive, commit, "--", *OWN_FOLDERS, *OWN_FILES)
        shutil.unpack_archive(archive, target, "tar", filter="data")
        archive.unlink()
        return
    for path in own_files():
        goal = target / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, goal)


def call_it(packages: Path, version: str) -> None:
    """Give the copied program a version: its own, or that of a rehearsal."""
    path = packages / "thidua_desktop" / "__init__.py"
    text = re.sub(r'^(__version__ = )"[^"]+"$', rf'\1"{version}"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def write_licences(packages: Path, python_licence: Path | None) -> None:
    """The licence texts of everything in the folder of packages, in one file; BuildError for a part without one."""
    from thidua_desktop.services import licences

    found = list(licences.collect(packages, python_licence))
    without = [one.name for one in found if not one.text]
    if without:
        raise BuildError(f"không có lời giấy phép của: {', '.join(without)}")
    (packages / licences.FILE).write_text(licences.compose(found), encoding="utf-8")


def size_of(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def trim(packages: Path) -> dict[str, int]:
    """Take out what is never imported; bytes that went, by pattern ("PySide6" for what nothing of Qt asks for)."""
    rules = tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))
    gone: dict[str, int] = {}
    kept = _kept_of_pyside(packages / "PySide6", rules["pyside"])
    for path in [path for path in packages.rglob("*") if path.is_file()]:
        name = path.relative_to(packages).as_posix()
        if name.startswith("PySide6/"):
            pattern = None if path in kept else "PySide6"
        else:
            pattern = left_out_by(name, rules["left_out"]["patterns"])
        if pattern is not None:
            gone[pattern] = gone.get(pattern, 0) + path.stat().st_size
            path.unlink()
    for folder in sorted((path for path in packages.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return gone


def left_out_by(name: str, patterns: Iterable[str]) -> str | None:
    """The first pattern that takes this file out, None when it stays. Files of our own always stay."""
    if name.split("/", maxsplit=1)[0] in (*OWN_FOLDERS, *OWN_FILES):
        return None
    return next((pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)), None)


def _kept_of_pyside(folder: Path, rules: dict[str, list[str]]) -> set[Path]:
    """The named modules and plugins, and every library that they need, directly or not."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    wanted = {
        path
        for name, path in files.items()
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in rules["files"])
        or any(
            fnmatch.fnmatchcase(name, f"{place}plugins/{plugin}")
            for plugin in rules["plugins"]
            for place in ("", "Qt/")
        )
        or re.split(r"\.", name)[0] in rules["modules"]
    }
    libraries = {path.name.lower(): path for path in files.values()}
    todo = list(wanted)
    while todo:
        for name in needed_libraries(todo.pop()):
            path = libraries.get(name.lower())
            if path is not None and path not in wanted:
                wanted.add(path)
                todo.append(path)
    return {path for path in wanted if path.suffix != ".pyi"}


def needed_libraries(path: Path) -> list[str]:
    """Names of the shared libraries that a Windows or Linux binary asks for; nothing for any other file."""
    start = path.read_bytes()[:4]
    if start[:2] == b"MZ":
        said = run("x86_64-w64-mingw32-objdump", "-p", path)
        return re.findall(r"DLL Name: (\S+)", said)
    if start == b"\x7fELF":
        return re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-d", path))
    return []


def compile_all(packages: Path, python: str) -> None:
    """Compile every module for ``python``'s version; the compiled files are taken without looking at the sources."""
    run(python, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", packages, packages)


def python_of(version: str) -> str:
    """An interpreter of the minor version ("3.13") on this machine; BuildError when there is none."""
    from installer import setup_dev

    wanted = tuple(map(int, version.split(".")))
    for candidate in setup_dev.candidate_pythons():
        if setup_dev.version_of(candidate) == wanted:
            return str(candidate)
    raise BuildError(f"Cần Python {version} trên máy này để biên dịch trước; cài bằng pyenv install {version}")


def made_at() -> int:
    """The time that every file of a build carries, in seconds of Unix time: that of the commit it is made of."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or run("git", "log", "-1", "--format=%ct"))


def date_all(folder: Path, moment: int) -> None:
    """Give every file and folder the one time, so that a second build from the same commit gives the same bytes."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (moment, moment))


def files_of(part: Path) -> list[tuple[str, list[str]]]:
    """The folders under a part that hold files, and their names, sorted: a folder itself lists them in any order."""
    folders = sorted({path.parent for path in part.rglob("*") if path.is_file()})
    return [
        (folder.relative_to(part.parent).as_posix(), sorted(path.name for path in folder.iterdir() if path.is_file()))
        for folder in folders
    ]


def trimming_told(gone: dict[str, int]) -> str:
    """What was taken out, largest first, as lines."""
    rows = sorted(gone.items(), key=lambda row: -row[1])
    return "\n".join(f"{size / MEGABYTE:8.2f} MB  {pattern}" for pattern, size in rows)


def left_out_of_runtime() -> list[str]:
    """Files of python.org's embeddable folder that do not go along."""
    names: list[str] = tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))["left_out"]["runtime"]
    return names
