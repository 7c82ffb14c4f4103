"""Lines of a table that are no records: taken out, and told of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from thidua_desktop.domain.problems import Severity
from thidua_desktop.services.raw_lines import RawLines, own_texts
from thidua_desktop.services.transfer_reading import without_totals
from thidua_desktop.services.transfer_rows import RowProblem, row_problem

WARNINGS_KEPT = 5_000
_NOTHING, _SUM = "TD-XFER-020", "TD-XFER-030"
_TOLD_LETTERS = 60
Told = tuple[RawLines, tuple[RowProblem, ...]]


def with_something(lines: RawLines, mapped: Collection[int]) -> Told:
    """The lines that say something to the register; what is told of others: heads of groups, names under a table."""
    taken = [own_texts(column) for place, column in enumerate(lines.columns) if place in mapped]
    filled = list(map(any, zip(*taken, strict=True))) if taken else [False] * len(lines)
    places = [place for place, has in enumerate(filled) if not has]
    return (lines.without(places), told_of(_NOTHING, lines, places)) if places else (lines, ())


def without_sums(lines: RawLines, mapped: Collection[int]) -> Told:
    """The lines without those that add up others; what is told of these."""
    kept = without_totals(lines, mapped)
    if len(kept) == len(lines):
        return kept, ()
    left = set(kept.numbers)
    return kept, told_of(_SUM, lines, [at for at, number in enumerate(lines.numbers) if number not in left])


def told_of(code: str, lines: RawLines, places: Sequence[int]) -> tuple[RowProblem, ...]:
    """A hint with the first words of each line that is left out."""
    return tuple(
        row_problem(code, line.number, "", Severity.HINT, text=_beginning(line.cells))
        for line in map(lines.__getitem__, places[:WARNINGS_KEPT])
    )


def _beginning(cells: Sequence[str]) -> str:
    return " ".join(filter(None, own_texts(cells)))[:_TOLD_LETTERS]
