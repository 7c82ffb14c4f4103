"""Importing a spreadsheet, against reading the file alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.benchmarks.made_offices import HOUSEHOLD, area_ids, commune, households
from tests.benchmarks.measure import Measurement
from thidua_desktop.services import transfer
from thidua_desktop.services.child_tables import child_tables, heading_of, main_sheet
from thidua_desktop.services.session import Changes, Session

SIZES = (1_000, 10_000, 50_000)
TEAM = "fire_team"
ROWS_OF_A_TEAM = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """An office without records of a register, and a spreadsheet of them."""

    session: Session
    path: Path
    register: str = HOUSEHOLD


class TakenBackError(Exception):
    """Ends a trial import, so that the next one finds the register empty."""


def sheet(size: int, folder: Path) -> Sheet:
    """A spreadsheet of ``size`` households under the register's own headings, numbered in each residential area."""
    from xlsxwriter import Workbook

    session = commune(folder)
    path = session.file.path.with_name("ho.xlsx")
    spec = session.register(HOUSEHOLD)
    names = ("residential_area", "number", "representative", "members", "valid_from")
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, [spec.field(name).label for name in names])
    titles = [f"Tân Lập {number}" for number in range(1, 16)]
    for line, values in enumerate(islice(households(area_ids(session)), size), start=1):
        area, number = titles[line % len(titles)], (line - 1) // len(titles) + 1
        page.write_row(line, 0, [area, number, values["representative"], values["members"], "01/07/2025"])
    book.close()
    return Sheet(session, path)


def child_sheets(size: int, folder: Path) -> Sheet:
    """Fire teams and, on a sheet of their own, ``size`` child rows of them: five pieces of equipment each."""
    from xlsxwriter import Workbook

    session = commune(folder)
    path, spec = session.file.path.with_name("doi.xlsx"), session.register(TEAM)
    [table] = child_tables(spec)
    kinds = [item.label for item in session.definitions.catalogs["force_equipment"].items[:ROWS_OF_A_TEAM]]
    names = ("name", "residential_area", "head", "members", "founded_on")
    book = Workbook(str(path))
    teams, rows = book.add_worksheet(main_sheet(spec)), book.add_worksheet(table.sheet)
    teams.write_row(0, 0, [spec.field(name).label for name in names])
    rows.write_row(0, 0, [table.owner.label, *(heading_of(child) for child in table.children)])
    for line, values in enumerate(islice(households(area_ids(session)), size // ROWS_OF_A_TEAM), start=1):
        area = line % 15 + 1
        team = f"Đội dân phòng Tân Lập {area} số {line}"
        teams.write_row(line, 0, [team, f"Tân Lập {area}", values["representative"], 10 + line % 5, "01/07/2025"])
        first = (line - 1) * ROWS_OF_A_TEAM + 1
        for place, kind in enumerate(kinds):
            rows.write_row(first + place, 0, [team, kind, 1 + (line + place) % 40, f"{1 + line % 28:02d}/03/2026"])
    book.close()
    return Sheet(session, path, TEAM)


def import_all(state: Sheet) -> int:
    """Read, check, find links, write; then taken back."""
    written = 0
    try:
        with state.session.file.atomic():
            plan = transfer.preview_import(state.session, state.register, state.path)
            written = len(transfer.apply_import(state.session, plan).ids)
            raise TakenBackError
    except TakenBackError:
        state.session.announce(Changes(frozenset({state.register})))
    return written


def preview(state: Sheet) -> int:
    """Read and check, as the dialog shows it."""
    return len(transfer.preview_import(state.session, state.register, state.path).rows)


def read(state: Sheet) -> int:
    """The cells alone, of every sheet."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(state.path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def close(state: Sheet) -> None:
    """Close the office."""
    state.session.close()


def child_sheets_known(size: int, folder: Path) -> Sheet:
    """The same where the register has all of it already: the file is brought in a second time."""
    state = child_sheets(size, folder)
    transfer.apply_import(state.session, transfer.preview_import(state.session, TEAM, state.path))
    return state


def _of_file(name: str, prepare: Callable[[int, Path], Sheet], work: Callable[[Sheet], int]) -> Measurement:
    return Measurement(name, 2.0, prepare, work, read, "reading the file", SIZES, 1, close)


MEASUREMENTS = (
    _of_file("preview an Excel import", sheet, preview),
    _of_file("import Excel, written", sheet, import_all),
    _of_file("preview an import of child rows", child_sheets, preview),
    _of_file("import child rows, written", child_sheets, import_all),
    _of_file("preview an import of rows that are here", child_sheets_known, preview),
)
