"""A paper that is ready: where to keep it, and opening it in the machine's PDF reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.text import fold
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_output import save_file
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl


def file_name(title: str, ending: str) -> str:
    """A plain file name for a title: "Sổ họp dân" gives ``so-hop-dan.pdf``."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(title)).split()
    return f"{'-'.join(words)[:80] or 'so'}.{ending}"


def ask_where(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """The file that the person chose to write; None when they thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def make_and_keep(
    work: LongWork, look: Look, parent: QWidget, title: str, make: Callable[[TaskControl], bytes]
) -> bool:
    """Makes a PDF off the window's thread, then ``keep_and_open``; False while ``work`` is busy with something else."""
    return work.start("Đang dựng bản in", make, lambda pdf: keep_and_open(look, parent, title, pdf), stoppable=True)


def keep_and_open(look: Look, parent: QWidget, title: str, content: bytes) -> Path | None:
    """Asks where to keep a PDF, writes and opens it. Full disks are told."""
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
