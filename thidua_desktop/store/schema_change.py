"""Rebuilding a table without losing its triggers: sqlite-utils' ``transform`` drops them without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database


def transform_keeping_triggers(database: Database, table: str, **changes: Any) -> None:
    """``transform`` of a table with its triggers made again in the same transaction.

    A trigger that names a column which the change removes fails here, and with it the whole migration.
    """
    with database.atomic():
        triggers = triggers_of(database, table)
        database.table(table).transform(**changes)
        present = triggers_of(database, table)
        for name, sql in triggers.items():
            if name not in present:
                database.execute(sql)


def triggers_of(database: Database, table: str) -> dict[str, str]:
    """Name -> SQL of the table's triggers."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
    return dict(rows.fetchall())
