"""Folders that this PC remembers: where files of each sort were last chosen or written."""

from __future__ import annotations

import contextlib
import json
from enum import StrEnum
from pathlib import Path

from thidua_desktop.services.own_places import found_place, settings_folder, written_place

_NOTE = "folders.json"


class Files(StrEnum):
    """What files of a folder are. Each sort has a folder of its own: papers do not go where tables come from."""

    SCANNER = "scanner"  # the scanner writes there
    ATTACHING = "attaching"
    ATTACHED = "attached"  # copies of attached files
    PAPERS = "papers"
    TABLES = "tables"
    PACKAGES = "packages"  # and cards, receipts, directives: what goes from office to office
    DEFINITIONS = "definitions"  # calendars, surveys, forms, new versions of the program
    OFFICES = "offices"  # and copies of them
    RECOVERY = "recovery"
    SIGNING = "signing"  # keys and certificates
    SUPPORT = "support"


def known_folder(files: Files) -> Path | None:
    """The folder that this PC remembers; None for none. It may be gone meanwhile."""
    text = _remembered().get(files)
    return found_place(text) if isinstance(text, str) and text else None


def remember_folder(files: Files, folder: Path) -> None:
    """Keep a folder for the next time; a folder of settings that cannot be written disturbs nobody."""
    if known_folder(files) == folder:
        return
    kept = {**_remembered(), str(files): written_place(folder)}
    path = settings_folder() / _NOTE
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(path)


def _remembered() -> dict[str, object]:
    try:
        kept = json.loads((settings_folder() / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
