"""Tables of the screen saved as Excel: all rows of their models, a sheet for each table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QWidget

from thidua_desktop.services import access
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Session
from thidua_desktop.services.spreadsheets import ScreenTable, excel_of_tables
from thidua_desktop.text import fold
from thidua_desktop.ui.components.buttons import Button, borderless
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, file_to_write
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_output import save_file
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import TaskControl

_RIGHT = int(Qt.AlignmentFlag.AlignRight)


def excel_button(
    look: Look,
    page: QWidget,
    session: Session,
    tables: Callable[[], Sequence[ScreenTable]],
    tell: Callable[[str], None],
    note: Callable[[], str] = str,
) -> Button:
    """A button that asks where to keep the page's ``tables`` and writes them, ``note`` on each sheet and page.

    ``tell`` hears that it is done.
    """
    button = borderless(look, "Lưu Excel", "file-spreadsheet")
    work = LongWork(look, page)
    button.clicked.connect(lambda: save_tables(work, page, session, tables(), tell, note()))
    return button


def save_tables(
    work: LongWork, page: QWidget, session: Session, tables: Sequence[ScreenTable], tell: Callable[[str], None],
    note: str = "",
) -> None:  # fmt: skip
    """Asks where to keep the tables and writes them off the window's thread; a full disk or a pulled stick is told."""
    title = page.windowTitle()
    name = "-".join("".join(letter if letter.isalnum() else " " for letter in fold(title)).split())
    path = file_to_write(page, "Lưu bảng ra Excel", f"{name or 'bang'}.xlsx", EXCEL_FILES, Files.TABLES)
    if path is None:
        return

    def write(control: TaskControl) -> None:
        content = excel_of_tables(title, tables, note)
        control.stop_if_cancelled()  # nothing was written so far
        save_file(content, path)

    def done(_written: None) -> None:
        access.note_paper(session, access.EXPORT, title)
        tell(f"Đã lưu {path.name}")

    work.start("Đang ghi bảng ra Excel", write, done, stoppable=True)


def shown_table(table: RecordTable, first_head: str = "") -> ScreenTable:
    """All rows of a table as its model shows them; ``first_head`` where the first column's head is no name for it."""
    model: QAbstractItemModel = table.model()
    columns = range(model.columnCount())
    heads = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
    heads[:1] = [first_head or heads[0]] if heads else []
    rows = [[str(model.index(row, at).data() or "") for at in columns] for row in range(model.rowCount())]
    numbers = {at for at in columns if _is_number(table, model, at)}
    return ScreenTable(table.accessibleName(), heads, rows, numbers)


def _is_number(table: RecordTable, model: QAbstractItemModel, column: int) -> bool:
    if table.column_kind(column) is ColumnKind.NUMBER:
        return True
    aligned = model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) if model.rowCount() else None
    return aligned is not None and bool(int(aligned) & _RIGHT)
