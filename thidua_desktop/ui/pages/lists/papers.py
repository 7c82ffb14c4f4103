"""A paper that is ready: where to keep it, and opening it in the machine's PDF reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.text import fold
from thidua_desktop.ui.components.paper_output import save_file
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error


def file_name(title: str, ending: str) -> str:
    """A plain file name for a title: "Sổ họp dân" gives ``so-hop-dan.pdf``."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(title)).split()
    return f"{'-'.join(words)[:80] or 'so'}.{ending}"


def ask_where(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """The file that the person chose to write; None when they thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def keep_and_open(look: Look, parent: QWidget, title: str, make: Callable[[], bytes]) -> Path | None:
    """Makes a PDF, asks where to keep it, writes and opens it. Refusals and full disks are told."""
    try:
        content = make()
    except UserError as error:
        show_error(look, error, parent)
        return None
    path = ask_where(parent, f"Lưu bản in: {title}", file_name(title, "pdf"), "PDF (*.pdf)")
    if path is None:
        return None
    try:
        save_file(content, path)
    except UserError as error:
        show_error(look, error, parent)
        return None
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    return path
