"""Tables of registers that come as data (survey forms of a directive); the program's own come by migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.store.register_table import creation_statements

if TYPE_CHECKING:
    from sqlite3 import Connection

FIRST_NUMBER = 1000
"""Search numbers below are for the registers of migrations."""


def has_table(connection: Connection, register: str) -> bool:
    """Whether the file keeps the register."""
    return connection.execute("SELECT 1 FROM register_number WHERE register = ?", (register,)).fetchone() is not None


def add_register(connection: Connection, spec: RegisterSpec) -> None:
    """Make the register's table inside the running transaction, unless it is there."""
    if has_table(connection, spec.name):
        return
    for statement in creation_statements(spec):
        connection.execute(statement)
    sql = "SELECT max(?, coalesce(max(number), 0) + 1) FROM register_number"
    number = connection.execute(sql, (FIRST_NUMBER,)).fetchone()[0]
    connection.execute("INSERT INTO register_number (register, number) VALUES (?, ?)", (spec.name, number))
