"""Is everything in the office file as it should be?"""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldType
from thidua_desktop.store import access_log, change_content, change_log
from thidua_desktop.store.environment import told_to_the_person
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.search import rowid_range


def check(database: OpenDatabase) -> list[str]:
    """Findings in words, each with its code: pages, structure, chain, links, search index."""
    pages = page_faults(database)
    if pages:
        return pages
    return [str(UserError(code, **values)) for code, values in _findings(database)]


def page_faults(database: OpenDatabase) -> list[str]:
    """One finding when pages were changed from outside or cannot be read.

    The check reads the file itself. A page that a kill or a power cut tore while it was carried over from the
    write-ahead log is still whole there: what waits in the log is carried over first. UserError TD-ENV-….
    """
    with told_to_the_person(database.path):
        database.connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
        faults = database.connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return [str(UserError("TD-STORE-030", count=len(faults)))] if faults else []


def _findings(database: OpenDatabase) -> Iterator[tuple[str, dict[str, object]]]:
    for row in database.all("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield "TD-STORE-031", {"detail": row[0]}
    broken = change_log.verify_chain(database)
    if broken is not None:
        yield "TD-STORE-032", {"seq": broken}
    opened = access_log.verify_chain(database)
    if opened is not None:
        yield "TD-STORE-331", {"seq": opened}
    lost = change_content.missing(database)
    if lost:
        yield "TD-STORE-243", {"seq": lost[0], "count": len(lost)}
    for table in database.tables():
        yield from _register_findings(database, table)


def _register_findings(database: OpenDatabase, table: RegisterTable) -> Iterator[tuple[str, dict[str, object]]]:
    name, first_last = quoted(table.name), rowid_range(table)
    for spec in table.spec.fields:
        if spec.type is FieldType.LINK and spec.register in database.definitions.registers:
            sql = (
                f"SELECT count(*) FROM {name} WHERE deleted = 0 AND {quoted(spec.name)} IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM {quoted(spec.register)} AS o WHERE o.id = {name}.{quoted(spec.name)})"
            )
            lost = database.one(sql)[0]
            if lost:
                yield "TD-STORE-033", {"register": table.spec.title, "field": spec.label, "count": lost}
    living = database.one(f"SELECT count(*) FROM {name} WHERE deleted = 0")[0]
    indexed = database.one("SELECT count(*) FROM search WHERE rowid BETWEEN ? AND ?", first_last)[0]
    if living != indexed:
        yield "TD-STORE-034", {"register": table.spec.title, "living": living, "indexed": indexed}
    unlogged = database.one(
        f"SELECT count(*) FROM {name} AS t LEFT JOIN change AS c ON c.seq = t.changed_seq "
        "WHERE c.record_id IS NOT t.id OR c.register IS NOT ?", (table.name,),
    )[0]  # fmt: skip
    if unlogged:
        yield "TD-STORE-035", {"register": table.spec.title, "count": unlogged}
