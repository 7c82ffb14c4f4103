"""Survey forms kept in the office file as the text that they came in; read again at every opening."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import add_survey
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.formdef.surveys import SurveyForm
from thidua_desktop.store.added_registers import add_register
from thidua_desktop.store.open_database import OpenDatabase

if TYPE_CHECKING:
    from sqlite3 import Connection


def learn_surveys(connection: Connection, definitions: Definitions) -> None:
    """Add the file's own surveys to its definitions; one that this program cannot read stays in the file unseen."""
    found = connection.execute("SELECT register, content FROM survey_form ORDER BY at, register").fetchall()
    if not found:
        return
    from thidua_desktop.formdef.reading_surveys import read_survey

    for name, text in found:
        try:
            add_survey(definitions, read_survey(text, definitions, name))
        except UserError:
            continue  # its answers stay where they are, for a program that reads the form


def keep_survey(database: OpenDatabase, form: SurveyForm, actor: str, now: datetime) -> None:
    """Take a survey in: its table, its text, and what the office knows; all of it or nothing."""
    with database.atomic():
        add_register(database.connection, form.spec)
        database.run(
            "INSERT OR REPLACE INTO survey_form (register, content, at, actor) VALUES (?, ?, ?, ?)",
            (form.spec.name, form.text, now.isoformat(timespec="seconds"), actor),
        )
        add_survey(database.definitions, form)


def survey_text(database: OpenDatabase, register: str) -> str | None:
    """The text that a survey came in, or None."""
    row = database.one("SELECT content FROM survey_form WHERE register = ?", (register,))
    return str(row[0]) if row else None
