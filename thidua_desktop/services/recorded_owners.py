"""Child rows of records that have no line on their own sheet, but are in the register already."""

from __future__ import annotations

from collections.abc import Iterable

from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services import links
from thidua_desktop.services.raw_lines import RawLines
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_table import ValueTable
from thidua_desktop.store.queries import Record


def recorded_owners(session: Session, register: RegisterSpec, texts: Iterable[str]) -> dict[str, Record]:
    """By text the one record of this office that it names, as a cell of a link column would."""
    wanted = set(texts)
    names = links.names_of(session, register.name) if wanted else None
    found = {text: names.matching(text, on=session.today) for text in wanted} if names else {}
    ids = {text: entries[0].id for text, entries in found.items() if len(entries) == 1}
    own = session.file.identity.code
    records = {one.id: one for one in session.file.records.window(register.name, sorted(set(ids.values())))}
    known = {text: records[key] for text, key in ids.items() if key in records}
    return {text: one for text, one in known.items() if one.office == own and not one.deleted}


def with_lines_of(records: Iterable[Record], lines: RawLines, table: ValueTable, here: dict[int, Record]) -> RawLines:
    """``lines`` with an empty one behind them for each record, numbered from -1 down; ``table`` and ``here`` have the
    record at its place.
    """
    added = list(records)
    first = table.size
    table.size += len(added)
    for column in table.columns.values():
        column.extend([None] * len(added))
    for place, record in enumerate(added, start=first):
        here[place] = record
        for name, value in record.values.items():
            table.put(name, place, value)
    numbers = [*lines.numbers, *(-1 - at for at in range(len(added)))]
    return RawLines(numbers, [[*column, *[""] * len(added)] for column in lines.columns])
