"""Many records of one register, written block by block: new ones all at once, others one change at a time."""

from __future__ import annotations

from collections.abc import Mapping

from thidua_desktop.formdef.model import Values
from thidua_desktop.store import change_content, record_writer
from thidua_desktop.store.new_records import Columns, NewRecords, columns_of
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.register_table import RegisterTable
from thidua_desktop.store.titles import Titles


class RecordBlocks:
    """Writes records of ``table`` in the running transaction."""

    def __init__(self, database: OpenDatabase, table: RegisterTable, by: Writing) -> None:
        self._database, self._table, self._by = database, table, by
        self._titles = Titles(database)
        aside = change_content.kept_aside(database, table.name)
        self._new = None if aside else NewRecords(database, table, self._titles)

    def write(self, block: Mapping[str, tuple[bool, Values]]) -> None:
        """Write at most ``record_writer.BLOCK`` records: id -> (whether a record may have it already, values)."""
        database, table, by = self._database, self._table, self._by
        asked = [record_id for record_id, (may_be_here, _) in block.items() if may_be_here]
        here = record_writer.current_all(database, table, asked) if asked else {}
        if self._new is not None and not here:
            self._new.write(list(block), columns_of([values for _, values in block.values()]), by)
            return
        writes = (
            record_writer.change(table, here[record_id], values, by)
            if record_id in here
            else record_writer.creation(database, table, values, record_id, by)
            for record_id, (_, values) in block.items()
        )
        record_writer.write_all(database, [one for one in writes if one is not None], by, self._titles)

    def create(self, columns: Columns) -> list[str]:
        """Write new records that are there by column, at most ``record_writer.BLOCK``; their ids."""
        size = max(map(len, columns.values()), default=0)
        ids = [record_writer.new_id() for _ in range(size)]
        if self._new is not None:
            self._new.write(ids, columns, self._by)
        else:
            rows = ({name: column[place] for name, column in columns.items()} for place in range(size))
            self.write({record_id: (False, values) for record_id, values in zip(ids, rows, strict=True)})
        return ids
