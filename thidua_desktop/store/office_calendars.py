"""Reporting calendars kept in the office file as the bytes that they came in; read again at every opening."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import add_calendar
from thidua_desktop.formdef.model import Calendar, Definitions
from thidua_desktop.store.open_database import OpenDatabase

if TYPE_CHECKING:
    from sqlite3 import Connection


def learn_calendars(connection: Connection, definitions: Definitions) -> None:
    """Add the file's own calendars to its definitions.

    One that this program cannot read stays in the file unseen; of one that the program has in the same version or a
    newer one, the program's stands.
    """
    found = connection.execute("SELECT name, content FROM office_calendar ORDER BY at, name").fetchall()
    if not found:
        return
    from thidua_desktop.formdef.calendar_files import read_calendar_file

    for name, content in found:
        try:
            calendar = read_calendar_file(bytes(content), definitions, name).calendar
        except UserError:
            continue
        known = definitions.calendars.get(calendar.name)
        if known is None or known.version < calendar.version:
            add_calendar(definitions, calendar)


def keep_calendar(database: OpenDatabase, calendar: Calendar, content: bytes, actor: str, now: datetime) -> None:
    """Take a calendar in: its bytes, and then what the office knows."""
    database.run(
        "INSERT OR REPLACE INTO office_calendar (name, version, content, at, actor) VALUES (?, ?, ?, ?, ?)",
        (calendar.name, calendar.version, content, now.isoformat(timespec="seconds"), actor),
    )
    add_calendar(database.definitions, calendar)


def put_calendar_back(database: OpenDatabase, name: str, content: bytes | None) -> None:
    """Keep the bytes that were here before, or with None forget them; what is known changes at the next opening."""
    if content is None:
        database.run("DELETE FROM office_calendar WHERE name = ?", (name,))
        return
    from thidua_desktop.formdef.calendar_files import read_calendar_file

    version = read_calendar_file(content, database.definitions, name).calendar.version
    sql = "UPDATE office_calendar SET version = ?, content = ? WHERE name = ?"
    database.run(sql, (version, content, name))


def calendar_content(database: OpenDatabase, name: str) -> bytes | None:
    """The bytes that a calendar came in; None of one that did not come as a file."""
    row = database.one("SELECT content FROM office_calendar WHERE name = ?", (name,))
    return bytes(row[0]) if row else None


def calendar_names(database: OpenDatabase) -> list[str]:
    """The calendars that came as files, also such that this program cannot read."""
    return [str(row[0]) for row in database.all("SELECT name FROM office_calendar ORDER BY name")]
