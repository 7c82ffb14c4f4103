"""Code lists and sets of criteria kept in the office file as the text that they came in; read at every opening."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import add_assessment, replace_catalog
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.store.open_database import OpenDatabase

if TYPE_CHECKING:
    from sqlite3 import Connection

CATALOG, ASSESSMENT = "catalog", "assessment"


def learn_definitions(connection: Connection, definitions: Definitions) -> None:
    """Add the file's own to its definitions; what this program cannot read stays in the file unseen."""
    sql = "SELECT kind, name, content FROM office_definition ORDER BY at, kind, name"
    for kind, name, text in connection.execute(sql).fetchall():
        try:
            learn(definitions, kind, text, name)
        except UserError:
            continue


def learn(definitions: Definitions, kind: str, text: str, source: str) -> str:
    """Let the office know a definition; its name. Raises what reading the text raises."""
    from thidua_desktop.formdef.added_definitions import read_added_set, read_more_codes

    if kind == CATALOG:
        catalog = read_more_codes(text, definitions, source)
        replace_catalog(definitions, catalog)
        return catalog.name
    added = read_added_set(text, definitions, source)
    add_assessment(definitions, added)
    return added.name


class OfficeDefinitions:
    """The definitions that came to one office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def keep(self, kind: str, text: str, actor: str, now: datetime) -> str:
        """Take a definition in: what the office knows, and its text; its name. Raises what reading raises."""
        name = learn(self._database.definitions, kind, text, kind)
        self.put(kind, name, text, actor, now)
        return name

    def put(self, kind: str, name: str, text: str | None, actor: str, now: datetime) -> None:
        """Keep a text, or with None forget it; what is known changes at the next opening."""
        if text is None:
            self._database.run("DELETE FROM office_definition WHERE kind = ? AND name = ?", (kind, name))
        else:
            self._database.run(
                "INSERT OR REPLACE INTO office_definition (kind, name, content, at, actor) VALUES (?, ?, ?, ?, ?)",
                (kind, name, text, now.isoformat(timespec="seconds"), actor),
            )

    def text(self, kind: str, name: str) -> str | None:
        """The text that a definition came in, or None."""
        sql = "SELECT content FROM office_definition WHERE kind = ? AND name = ?"
        row = self._database.one(sql, (kind, name))
        return str(row[0]) if row else None
