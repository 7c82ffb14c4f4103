"""Writes ``wheels.lock``: the closure of what the program needs on Windows, each wheel at the pin of
requirements.lock and with its SHA-256. Run it after ``make lock``:  .venv/bin/python -m installer.windows.lock

Needs the network once; the build itself accepts nothing but these bytes.
"""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from installer.bundle import ROOT, normal, run, say, sha256

HASHES = ROOT / "installer" / "hashes.lock"
LOCK = ROOT / "installer" / "windows" / "wheels.lock"
PYTHON = "3.13"
# What the environment markers of requirements are asked for
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.2",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}
EXTRAS = ("signing", "province")
# sqlite-utils names pip, which it only uses for its command to install plugins
NEVER = {"pip"}
PLATFORM = ("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp")
ABIS = ("--abi", "cp313", "--abi", "abi3", "--abi", "none")


def pins() -> dict[str, str]:
    """Normalised name -> version, of every package that is pinned."""
    return {name: line.partition("==")[2].split(" ")[0] for name, line in locked().items()}


def locked() -> dict[str, str]:
    """Normalised name -> its requirement in hashes.lock, without a marker but with the hashes of all its files."""
    content = HASHES.read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in filter(None, map(str.strip, content.splitlines())):
        requirement, *hashes = re.split(r"\s+--hash=", line)
        name, version = requirement.partition(";")[0].strip().split("==")
        found[normal(name)] = " ".join([f"{name}=={version}", *(f"--hash={one}" for one in hashes)])
    return found


def closure(environment: dict[str, str]) -> list[str]:
    """Names of all packages that an installed program needs, from what is installed here."""
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in EXTRAS for line in project["optional-dependencies"][extra])]
    todo = [Requirement(line) for line in asked]
    found: set[tuple[str, frozenset[str]]] = set()
    while todo:
        wanted = todo.pop()
        key = (normal(wanted.name), frozenset(wanted.extras))
        if key in found or key[0] in NEVER:
            continue
        found.add(key)
        if key[0] == "colorama":  # not installed here, asks for nothing
            continue
        for line in distribution(wanted.name).requires or []:
            further = Requirement(line)
            extras = wanted.extras or {""}
            if further.marker is None or any(further.marker.evaluate({**environment, "extra": one}) for one in extras):
                todo.append(further)
    return sorted({name for name, _ in found})


def fetch(lines: list[str], folder: Path, *, hashed: bool) -> None:
    """Download wheels for Windows into ``folder``; with ``hashed``, only the bytes of the lock."""
    wanted = folder / "wanted.txt"
    folder.mkdir(parents=True, exist_ok=True)
    wanted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    strict = ["--require-hashes"] if hashed else []
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", *PLATFORM, *ABIS,
        *strict, "-r", wanted, "-d", folder)  # fmt: skip
    wanted.unlink()


def main() -> int:
    """Resolve, download, hash, write."""
    known = pins()
    lines = [f"{name}=={known[name]}" for name in closure(WINDOWS)]
    with tempfile.TemporaryDirectory() as folder:
        fetch(lines, Path(folder), hashed=False)
        wheels = sorted(Path(folder).glob("*.whl"))
        rows = [(*wheel.name.split("-")[:2], sha256(wheel)) for wheel in wheels]
    text = "".join(f"{normal(name)}=={version} --hash=sha256:{digest}\n" for name, version, digest in sorted(rows))
    LOCK.write_text(
        "# Written by installer/windows/lock.py: wheels of CPython 3.13 for 64 bit Windows, nothing else is accepted.\n"
        + text,
        encoding="utf-8",
    )
    say(f"{len(rows)} gói trong {LOCK.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
