"""Where the program's own read-only files lie, in a checkout and in an installed program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def is_there(path: Path, kind: Callable[[Path], bool] = Path.exists) -> bool:
    """Whether something of that kind is there and may be looked at: a folder that is closed to this person, a server
    that is not reached, a disk that fails are no reason to stop."""
    try:
        return kind(path)
    except OSError:
        return False


def program_root() -> Path:
    """The folder that holds ``forms/`` and ``resources/`` beside (or inside) the package."""
    package = Path(__file__).resolve().parent
    for candidate in (package.parent, package):
        if (candidate / "forms").is_dir() and (candidate / "resources").is_dir():
            return candidate
    return package.parent


def resource_path(*parts: str) -> Path:
    """Path of a file or folder under ``resources/``."""
    return program_root().joinpath("resources", *parts)


def forms_path(*parts: str) -> Path:
    """Path of a file or folder under ``forms/``."""
    return program_root().joinpath("forms", *parts)


PORTABLE_MARK = "portable.txt"
PORTABLE_DATA = "Du lieu"


def portable_folder() -> Path | None:
    """Where a portable program keeps everything: ``Du lieu`` beside it, if ``portable.txt`` lies there, else None.

    The mark is looked for beside the folder of packages, where the installed layout has the program's own file.
    """
    beside = program_root().parent
    return beside / PORTABLE_DATA if (beside / PORTABLE_MARK).is_file() else None
