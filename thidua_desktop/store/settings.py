"""Small settings of the office file, and secrets of other layers kept inside its encryption."""

from __future__ import annotations

import json
from typing import Any

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase


class Settings:
    """Name -> JSON value."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or ``default``."""
        row = self._database.one("SELECT value FROM setting WHERE name = ?", (name,))
        return json.loads(row[0]) if row else default

    def put(self, name: str, value: Any) -> None:
        """Store a JSON-able value; None removes it."""
        if value is None:
            self._database.run("DELETE FROM setting WHERE name = ?", (name,))
        else:
            self._database.run(
                "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, compact_json(value))
            )

    def all(self, prefix: str = "") -> dict[str, Any]:
        """All settings whose name begins with ``prefix``."""
        rows = self._database.all("SELECT name, value FROM setting ORDER BY name")
        return {name: json.loads(value) for name, value in rows if name.startswith(prefix)}


def read_secret(database: OpenDatabase, name: str) -> bytes:
    """Bytes kept by another layer; b"" when there are none."""
    row = database.one("SELECT content FROM secret WHERE name = ?", (name,))
    return bytes(row[0]) if row else b""


def write_secret(database: OpenDatabase, name: str, content: bytes) -> None:
    """Keep bytes for another layer."""
    database.run("INSERT OR REPLACE INTO secret (name, content) VALUES (?, ?)", (name, content))
