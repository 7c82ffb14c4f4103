"""Where the program's own read-only files lie, in a checkout and in an installed program."""

from __future__ import annotations

from pathlib import Path


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
