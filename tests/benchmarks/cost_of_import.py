"""Importing a spreadsheet, against reading the file alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.benchmarks.made_offices import HOUSEHOLD, area_ids, commune, households
from tests.benchmarks.measure import Measurement
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Changes, Session

SIZES = (1_000, 10_000, 50_000)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An office without households, and a spreadsheet of them."""

    session: Session
    path: Path


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


def import_all(state: Sheet) -> int:
    """Read, check, find links, write; then taken back."""
    written = 0
    try:
        with state.session.file.atomic():
            plan = transfer.preview_import(state.session, HOUSEHOLD, state.path)
            written = len(transfer.apply_import(state.session, plan).ids)
            raise TakenBackError
    except TakenBackError:
        state.session.announce(Changes(frozenset({HOUSEHOLD})))
    return written


def preview(state: Sheet) -> int:
    """Read and check, as the dialog shows it."""
    return len(transfer.preview_import(state.session, HOUSEHOLD, state.path).rows)


def read(state: Sheet) -> int:
    """The cells alone."""
    import python_calamine

    return len(python_calamine.CalamineWorkbook.from_path(state.path).get_sheet_by_index(0).to_python())


def close(state: Sheet) -> None:
    """Close the office."""
    state.session.close()


MEASUREMENTS = (
    Measurement("preview an Excel import", 2.0, sheet, preview, read, "reading the file", SIZES, 1, close),
    Measurement("import Excel, written", 2.0, sheet, import_all, read, "reading the file", SIZES, 1, close),
)
