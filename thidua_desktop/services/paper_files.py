"""A paper as a file: PDF to print, Word because offices edit, Excel of its tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from thidua_desktop.services import access
from thidua_desktop.services.session import Permission, Session

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

Paper = Callable[[Session], "Document"]
"""What makes a paper of what a session reads."""
PDF, WORD, EXCEL = ".pdf", ".docx", ".xlsx"


def paper_file(session: Session, paper: Paper, ending: str = PDF, *, noted: bool = False) -> bytes:
    """The paper that ``paper`` makes of the session, as ``PDF``, ``WORD`` or ``EXCEL``; any other ending is a PDF.

    That it was made is written down by the paper's title, unless ``paper`` does so by its records (``noted``), or the
    session only reads and whoever lets the file out writes it down. Raises TD-STORE-220 (permission) before anything
    is read, TD-XFER-070 for Excel of a paper without a table, and what making and rendering the paper raise.
    """
    session.require(Permission.PRINT)
    document = paper(session)
    if not noted:
        access.note_paper(session, access.PRINT if ending == PDF else access.EXPORT, document.meta.title)
    if ending == WORD:
        from thidua_desktop.printing.word.render import render_word

        return render_word(document)
    if ending == EXCEL:
        from thidua_desktop.services.spreadsheets import excel_of

        return excel_of(document)
    from thidua_desktop.printing.render import render

    return render(document).pdf
