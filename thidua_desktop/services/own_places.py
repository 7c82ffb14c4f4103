"""Where this person's settings and offices lie: in the profile, or beside a portable program."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there, portable_folder
from thidua_desktop.services import file_places

MOVED = "THIDUA_CONFIG_DIR"
OFFICES = "Thi dua"


def settings_folder() -> Path:
    """Folder of preferences and logs; THIDUA_CONFIG_DIR moves it (portable use, tests)."""
    moved = os.environ.get(MOVED)
    if moved:
        return Path(moved)
    import platformdirs

    return platformdirs.user_config_path("thidua_desktop", appauthor=False)


def documents_folder() -> Path:
    """Where new offices are offered to be kept: the person's documents, or the data of a portable program.

    Documents that a cloud service copies away (as Windows often has them) give way to the home folder.
    """
    beside = portable_folder()
    if beside is not None:
        return beside
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if file_places.place_of(documents / OFFICES) is file_places.Place.OWN else Path.home()


def use_portable_places() -> None:
    """At the start of a portable program: settings, logs, kept definitions and passing copies go beside it, too."""
    beside = portable_folder()
    if beside is None:
        return
    os.environ.setdefault(MOVED, str(beside / "cau hinh"))
    passing = beside / "tam"
    with contextlib.suppress(OSError):  # read-only: require_writable_stick tells it
        passing.mkdir(parents=True, exist_ok=True)
        os.environ["TMPDIR"] = str(passing)  # Python's own; a viewer that is started keeps to its system's folder


def require_writable_stick() -> None:
    """UserError TD-ENV-100 when a portable program cannot write beside itself; nothing for an installed one."""
    beside = portable_folder()
    if beside is None:
        return
    try:
        beside.mkdir(parents=True, exist_ok=True)
        file_places.require_writing(beside)
    except OSError as fault:
        raise UserError("TD-ENV-100", path=beside) from fault


def written_place(path: Path) -> str:
    """How a path is remembered: relative inside a portable program's data, since a stick changes its letter."""
    beside = portable_folder()
    if beside is not None and path.absolute().is_relative_to(beside):
        return path.absolute().relative_to(beside).as_posix()
    return str(path.absolute())


def found_place(text: str) -> Path:
    """The path that ``written_place`` wrote down."""
    beside = portable_folder()
    return beside / text if beside is not None else Path(text)


def kept_offices() -> list[Path]:
    """The office files of this person that are known: opened before, or lying where new ones are made."""
    try:
        recent = json.loads((settings_folder() / "preferences.json").read_text(encoding="utf-8"))["recent"]
        found = [found_place(str(text)) for text in recent]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        found = []
    with contextlib.suppress(OSError):  # a folder of documents on a server that is not reached
        found += sorted((documents_folder() / OFFICES).glob("*.thidua"))
    return list(dict.fromkeys(path for path in found if is_there(path, Path.is_file)))
