"""What the program is made of: versions and licences, for Quản trị and for support."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

from thidua_desktop import __version__

LICENCE = "GPL-3.0-or-later"
_PARTS = (
    ("Qt, PySide6", "PySide6-Essentials", "LGPL-3.0"),
    ("SQLCipher, sqlcipher3", "sqlcipher3", "BSD-3-Clause, Zlib"),
    ("sqlite-utils", "sqlite-utils", "Apache-2.0"),
    ("ReportLab", "reportlab", "BSD-3-Clause"),
    ("PDFium, pypdfium2", "pypdfium2", "BSD-3-Clause, Apache-2.0"),
    ("cryptography", "cryptography", "Apache-2.0, BSD-3-Clause"),
    ("age, pyrage", "pyrage", "MIT"),
    ("Zstandard", "zstandard", "BSD-3-Clause"),
    ("Jinja2", "Jinja2", "BSD-3-Clause"),
    ("openpyxl", "openpyxl", "MIT"),
    ("XlsxWriter", "XlsxWriter", "BSD-2-Clause"),
    ("calamine", "python-calamine", "MIT"),
    ("vietnam-provinces", "vietnam-provinces", "GPL-3.0-or-later"),
)
_FILES = (
    ("Noto Sans", "", "SIL OFL 1.1"),
    ("Liberation Serif", "", "SIL OFL 1.1"),
    ("Lucide", "1.62.0", "ISC"),
)


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the program: its name, version ("" where it has none), licence."""

    name: str
    version: str
    licence: str


def program_version() -> str:
    """Version of the program and what it runs on."""
    return f"thidua {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"


def components() -> list[Component]:
    """Everything that others wrote and that the program carries with it."""
    found = [Component(name, _version(package), licence) for name, package, licence in _PARTS]
    return [*found, *(Component(*entry) for entry in _FILES)]


def _version(package: str) -> str:
    """Read from the first lines: taking the whole description apart as a letter takes ten times as long."""
    try:
        told = distribution(package).read_text("METADATA") or ""
    except PackageNotFoundError:
        return ""
    lines = told.partition("\n\n")[0].splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("Version:")), "")
