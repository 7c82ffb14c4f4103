"""The licence texts of everything that the program carries: Python, Qt, OpenSSL, wheels, fonts, icons, units, set-up.

An installed program reads the one file that its build has written (``LICENCES.txt`` beside the packages); a checkout
collects the same texts from what is installed there. Standard library only: builds import it.
"""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from thidua_desktop.paths import is_there, program_root, resource_path

FILE = "LICENCES.txt"
OWN = "thidua-desktop"
_BAR = "=" * 20
_HEAD = re.compile(rf"^{_BAR} (.+?)(?: \[([^\]]*)\])? {_BAR}$", re.MULTILINE)
_LICENCE_FILE = re.compile(r"(?i)^(licen[cs]es?|copying|notice|copyright|authors)\b.*")
_CODE = frozenset({".py", ".pyc", ".pyi", ".h", ".c"})
_GPL = "LICENSE"
_NAMED = {
    "pyside6-essentials": ("Qt.txt", "LGPL-3.0.txt", _GPL),
    "shiboken6": ("Qt.txt", "LGPL-3.0.txt", _GPL),
    "vietnam-provinces": (_GPL,),
    "sqlcipher3": ("SQLCipher.txt",),
    "psycopg": (_GPL,),  # its LGPL text adds to that
    "psycopg-binary": ("PostgreSQL.txt", _GPL),
}
"""Texts that a wheel does not bring itself: files of resources/licences, or the program's own licence."""


@dataclass(frozen=True, slots=True)
class LicenceText:
    """A part of the program, its licence in short ("" where the part names none), and the whole text."""

    name: str
    short: str
    text: str


def licences() -> list[LicenceText]:
    """The program's own first, then everything that others wrote, by name."""
    written = program_root() / FILE
    if is_there(written, Path.is_file):
        return parse(written.read_text(encoding="utf-8"))
    return list(collect(None, Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"))


def collect(packages: Path | None, python_licence: Path | None) -> Iterator[LicenceText]:
    """From the wheels in ``packages`` (None: what this Python has installed).

    ``python_licence`` is Python's own file where Python goes along (Windows, with the set-up's own parts), None where
    the system has it.
    """
    own = program_root() if packages is None else packages
    yield LicenceText("thidua_desktop", "GPL-3.0-or-later", _read(own / _GPL))
    if python_licence is not None:
        yield LicenceText("Python", "PSF-2.0", _read(python_licence))
        yield LicenceText("Microsoft Visual C++ runtime", "", _read(resource_path("licences", "Microsoft.txt")))
        yield LicenceText("NSIS", "Zlib, CPL-1.0", _read(resource_path("licences", "NSIS.txt")))
        yield LicenceText("MinGW-w64", "ZPL-2.1", _read(resource_path("licences", "MinGW-w64.txt")))
    yield LicenceText("OpenSSL", "Apache-2.0", _read(resource_path("licences", "OpenSSL.txt")))
    yield LicenceText("Lucide", "ISC", _read(resource_path("icons", "LICENSE")))
    yield LicenceText("Noto Sans", "OFL-1.1", _read(resource_path("fonts", "OFL-NotoSans.txt")))
    yield LicenceText("Liberation Serif", "OFL-1.1", _read(resource_path("fonts", "OFL-Liberation.txt")))
    found = distributions() if packages is None else distributions(path=[str(packages)])
    unique = {normal(one.metadata["Name"]): one for one in found}
    for name in sorted(unique.keys() - {OWN}):
        yield of_distribution(unique[name])


def of_distribution(one: Distribution) -> LicenceText:
    """A wheel's licence files, and those that stand for it here; the text is "" when there is none."""
    name = normal(one.metadata["Name"])
    texts = [text for path in _licence_files(one) if (text := _read(path))]
    texts += [
        _read(program_root() / part if part == _GPL else resource_path("licences", part))
        for part in _NAMED.get(name, ())
    ]
    return LicenceText(f"{one.metadata['Name']} {one.version}", _short(one), "\n\n".join(texts))


def compose(texts: Iterable[LicenceText]) -> str:
    """One file of many texts, read again by ``parse``."""
    parts = (f"{_BAR} {one.name} [{one.short}] {_BAR}\n\n{one.text.strip()}\n\n" for one in texts)
    return "".join(parts)


def parse(content: str) -> list[LicenceText]:
    """The texts of a file that ``compose`` made."""
    heads = list(_HEAD.finditer(content))
    ends = [*(head.start() for head in heads[1:]), len(content)]
    return [
        LicenceText(head[1], head[2] or "", content[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence_files(one: Distribution) -> list[Path]:
    """By their names or by lying in a folder of licences; wheels list their files unless a build took the list away."""
    root = Path(str(one.locate_file("")))
    folder = next(iter(root.glob(f"{_glob_name(one)}-{one.version}.dist-info")), None)
    if folder is None:
        return []
    inside = [path for path in folder.rglob("*") if is_there(path, Path.is_file) and path.suffix not in _CODE]
    return sorted(
        path for path in inside if _LICENCE_FILE.match(path.name) or "icenses" in str(path.relative_to(folder))
    )


def _glob_name(one: Distribution) -> str:
    """The folder of a wheel spells its name in its own way: letters of either case, any separator."""
    return "".join(
        "[-_.]" if sign in "-_." else f"[{sign.lower()}{sign.upper()}]" if sign.isalpha() else sign
        for sign in one.metadata["Name"]
    )


def _short(one: Distribution) -> str:
    metadata = one.metadata
    named = metadata.json.get("license_expression") or metadata.json.get("license") or ""
    line = next(iter(str(named).strip().splitlines()), "")
    if line and len(line) <= 60:
        return line.replace("[", "(").replace("]", ")")
    classes = [
        row.rpartition(" :: ")[2] for row in metadata.get_all("Classifier") or [] if row.startswith("License ::")
    ]
    return ", ".join(classes)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").strip()
    except OSError:
        return ""
