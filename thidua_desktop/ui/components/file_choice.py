"""The system's dialogs for files and folders, each opened where files of that sort were last chosen or written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from thidua_desktop.paths import is_there
from thidua_desktop.services.own_places import documents_folder
from thidua_desktop.services.remembered_folders import Files, known_folder, remember_folder

PDF_FILES, WORD_FILES, EXCEL_FILES = "Tệp PDF (*.pdf)", "Tệp Word (*.docx)", "Tệp Excel (*.xlsx)"
_ENDINGS = re.compile(r"\*(\.\w+)")


def file_to_open(parent: QWidget, title: str, kinds: str, files: Files, start: Path | None = None) -> Path | None:
    """One file that is there, of ``kinds`` as Qt writes them; None when the person thinks better of it.

    Opened at ``start``, a folder or a file, where that is there.
    """
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_place(files, start)), kinds)
    if not chosen:
        return None
    remember_folder(files, Path(chosen).parent)
    return Path(chosen)


def files_to_open(parent: QWidget, title: str, kinds: str, files: Files) -> list[Path]:
    """Files that are there; none when the person thinks better of it."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(_place(files)), kinds)
    paths = [Path(name) for name in chosen]
    if paths:
        remember_folder(files, paths[0].parent)
    return paths


def file_to_write(parent: QWidget, title: str, name: str, kinds: str, files: Files) -> Path | None:
    """Where to write a file that is offered as ``name``, with the ending of the kind that was chosen.

    None when the person thinks better of it. The system has asked before a file is written over.
    """
    offered = _place(files) / name
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(offered), kinds)
    if not chosen:
        return None
    path = with_ending(Path(chosen), offered.suffix, kinds, kind)
    remember_folder(files, path.parent)
    return path


def folder_to_use(parent: QWidget, title: str, files: Files, start: Path | None = None) -> Path | None:
    """A folder, a stick; None when the person thinks better of it. Opened at ``start`` where that is there."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(_place(files, start)))
    if not chosen:
        return None
    remember_folder(files, Path(chosen))
    return Path(chosen)


def with_ending(path: Path, offered: str, kinds: str, kind: str) -> Path:
    """The path as typed, with an ending of ``kind``, one of ``kinds``.

    An ending of another kind counts when it was typed; the ``offered`` one gives way; any other is part of the name. A
    path that gets its ending here is none that the system has asked about: a file that has it already is kept.
    """
    every = _ENDINGS.findall(kinds)
    own = _ENDINGS.findall(kind) or every
    ending = path.suffix.lower()
    if not own or ending in own or (ending in every and ending != offered):
        return path
    stem = path.with_suffix("") if ending == offered else path
    return next(free for free in _numbered(stem, own[0]) if not is_there(free))


def _numbered(stem: Path, ending: str) -> Iterator[Path]:
    yield stem.with_name(f"{stem.name}{ending}")
    for number in count(2):
        yield stem.with_name(f"{stem.name} ({number}){ending}")


def _place(files: Files, start: Path | None = None) -> Path:
    for place in (start, known_folder(files), documents_folder()):
        if place is not None and is_there(place):
            return place
    return Path.home()
