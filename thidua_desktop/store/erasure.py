"""Erasing records for good: afterwards nothing of what was written about them can be read out of the file.

The row and its index entries, its words in the search index, drafts, attached files, and the content of its changes
go. The change log keeps that there was a record, when it changed and who changed it, without a word of it; its chain
still holds, and the erasure is a change of its own.

Outside of this: copies of the file made earlier (they have the same key; destroy them as papers are destroyed), papers
printed, packages handed over, and what a disk keeps of overwritten sectors, which is encrypted like the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from thidua_desktop.store import change_content, change_log, search
from thidua_desktop.store.change_log import NewChange
from thidua_desktop.store.environment import told_to_the_person
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Record
from thidua_desktop.store.record_writer import current
from thidua_desktop.store.register_table import RegisterTable, quoted

ERASED = "erase"


def erase(
    database: OpenDatabase, register: str, ids: Sequence[str], actor: str, now: datetime, reason: str
) -> list[Record]:
    """Erase records, deleted ones too, in one transaction; those that were there. Then the file itself is wiped."""
    table = database.table(register)
    with database.atomic():
        gone = [record for one in ids if (record := current(database, table, one)) is not None]
        last = NewChange(ERASED, actor, now, {}, reason)
        for record in gone:
            _erase_attachments(database, record.id, last)
            _erase_record(database, table, record, last)
        if gone:
            database.run("INSERT INTO search (search) VALUES ('optimize')")  # tombstones and words leave the index
    if gone:
        wipe(database)
    return gone


def erase_told(
    database: OpenDatabase, register: str, record_id: str, office: str, actor: str, now: datetime, reason: str
) -> bool:
    """Erase inside the running transaction what another installation has erased; whether there was anything.

    A record that is not here is noted as erased, so that nothing of it is taken in later; files that came to hang on it
    meanwhile go as well. The caller calls ``wipe`` once the transaction stands.
    """
    table, last = database.table(register), NewChange(ERASED, actor, now, {}, reason)
    record, before = current(database, table, record_id), database.connection.total_changes
    _erase_attachments(database, record_id, last)
    found = record is not None or database.connection.total_changes != before
    if record is not None:
        _erase_record(database, table, record, last)
    elif not _is_noted(database, register, record_id):
        change_log.append(database, register, record_id, 1, office, last)
    if found:
        database.run("INSERT INTO search (search) VALUES ('optimize')")
    return found


def _is_noted(database: OpenDatabase, register: str, record_id: str) -> bool:
    sql = "SELECT 1 FROM change WHERE register = ? AND record_id = ? AND operation = ?"
    return database.one(sql, (register, record_id, ERASED)) is not None


def _erase_record(database: OpenDatabase, table: RegisterTable, record: Record, last: NewChange) -> None:
    search.remove(database, table, record.row)
    database.run(f"DELETE FROM {quoted(table.name)} WHERE row = ?", (record.row,))
    for beside in ("draft", "aside_line", "record_version"):
        database.run(f"DELETE FROM {beside} WHERE register = ? AND record_id = ?", (table.name, record.id))
    rows = database.all("SELECT seq FROM change WHERE register = ? AND record_id = ?", (table.name, record.id))
    change_content.erase(database, (row[0] for row in rows))
    change_log.append(database, table.name, record.id, record.revision + 1, record.office, last)


def _erase_attachments(database: OpenDatabase, record_id: str, last: NewChange) -> None:
    """Files that hang on the record, where the office keeps such files."""
    if change_content.ATTACHMENTS not in database.definitions.registers:
        return
    table = database.table(change_content.ATTACHMENTS)
    rows = database.all(f"SELECT id, sha256 FROM {quoted(table.name)} WHERE of_record = ?", (record_id,))
    for attachment_id, _ in rows:
        attachment = current(database, table, attachment_id)
        if attachment is not None:
            _erase_record(database, table, attachment, last)
    for (digest,) in {(row[1],) for row in rows}:
        database.run(
            f"DELETE FROM attached_file WHERE sha256 = ?1 AND NOT EXISTS "
            f"(SELECT 1 FROM {quoted(table.name)} WHERE sha256 = ?1)", (digest,),
        )  # fmt: skip


def wipe(database: OpenDatabase) -> None:
    """Write the file anew without its free places; samples that the planner keeps of indexes are taken anew as well."""
    with told_to_the_person(database.path):
        connection = database.connection
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat4'").fetchone():
            connection.execute("DELETE FROM sqlite_stat4")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
