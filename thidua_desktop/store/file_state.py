"""Whether anything worth a copy was written since: one short text that stands for the content of an office file."""

from __future__ import annotations

import hashlib

from thidua_desktop.store import change_log
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.register_table import quoted

_OF_NO_WEIGHT = frozenset({"draft", "access", "access_head", "_sqlite_migrations"})
_IN_THE_CHANGE_LOG = frozenset({"change", "change_content", "attached_file", "record_version", "package_trace"})
_OWN_SETTINGS = ("backup.", "check.")
"""Settings that a copy itself writes."""


def content_state(database: OpenDatabase) -> str:
    """The same text as long as nothing but drafts and the log of accesses was written; reads the small tables whole.

    What stands in registers, their attached files and the traces of merges is known by the head of the change log.
    """
    digest = hashlib.sha256(repr(change_log.head(database)).encode("utf-8"))
    for name in _small_tables(database):
        rows = sorted(repr(row) for row in database.run(f"SELECT * FROM {quoted(name)}") if not _is_own(name, row))
        digest.update(f"{name}\n{len(rows)}\n".encode())
        for row in rows:
            digest.update(row.encode("utf-8"))
    return digest.hexdigest()


def _small_tables(database: OpenDatabase) -> list[str]:
    known = {table.name for table in database.tables()} | _OF_NO_WEIGHT | _IN_THE_CHANGE_LOG
    rows = database.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in known and not name.startswith(("search", "sqlite_"))]


def _is_own(table: str, row: tuple[object, ...]) -> bool:
    return table == "setting" and str(row[0]).startswith(_OWN_SETTINGS)
