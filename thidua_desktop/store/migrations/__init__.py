"""The schema of office files, as numbered steps that are frozen once released.

``user_version`` holds major << 16 | minor; minor is the number of the last step. A file of a newer program is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.store.connection import APPLICATION_ID, sqlite_utils_over

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

_SET = "thidua"
SCHEMA_MAJOR = 1


class Step(NamedTuple):
    """One migration: its name, stable for ever, and what it does inside a transaction of its own."""

    name: str
    apply: Callable[[Database], None]


def _step(name: str) -> Step:
    """The step of the module of this name, which is loaded only for a file that has the step before it."""
    return Step(name, lambda database: import_module(f"{__name__}.{name}").apply(database))


STEPS: tuple[Step, ...] = (
    _step("m0001_first_office"),
    _step("m0002_people_and_incidents"),
    _step("m0003_assessments"),
    _step("m0004_plans_and_movement"),
    _step("m0005_community"),
    _step("m0006_security_and_forces"),
    _step("m0007_emulation_and_awards"),
    _step("m0008_files_and_surveys"),
    _step("m0009_restricted_registers"),
    _step("m0010_issued_documents"),
    _step("m0011_reporting_periods"),
    _step("m0012_report_progress"),
    _step("m0013_record_answers"),
    _step("m0014_conflicts"),
    _step("m0015_written_papers"),
    _step("m0016_office_definitions"),
    _step("m0017_report_checks"),
    _step("m0018_aside_lines"),
    _step("m0019_access_chain"),
    _step("m0020_commune_changes"),
    _step("m0021_seldom_rows"),
    _step("m0022_record_decisions"),
    _step("m0023_year_of_birth"),
)


def version_of(steps: tuple[Step, ...] = STEPS) -> int:
    """The ``user_version`` of a file after ``steps``."""
    return SCHEMA_MAJOR << 16 | len(steps)


def applied_steps(connection: Connection) -> list[str]:
    """Names of the steps that the file has behind it."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if known is None:
        return []
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id"
    return [row[0] for row in connection.execute(sql, (_SET,))]


def refuse_newer(connection: Connection, path: str, steps: tuple[Step, ...] = STEPS) -> None:
    """UserError TD-STORE-003 for a file that a newer program has written or changed."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    unknown = set(applied_steps(connection)) - {step.name for step in steps}
    if version > version_of(steps) or unknown:
        raise UserError("TD-STORE-003", path=path)


def pending_steps(connection: Connection, steps: tuple[Step, ...] = STEPS) -> list[Step]:
    """The steps that the file does not have behind it."""
    applied = set(applied_steps(connection))
    return [step for step in steps if step.name not in applied]


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Take every pending step, each in one transaction with its own record and the version number."""
    database = sqlite_utils_over(connection)
    from sqlite_utils import Migrations

    migrations = Migrations(_SET)
    for number, step in enumerate(steps, start=1):
        migrations(name=step.name)(_with_version(step, number))
    migrations.apply(database)


def _with_version(step: Step, number: int) -> Callable[[Database], None]:
    def apply(database: Database) -> None:
        step.apply(database)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {SCHEMA_MAJOR << 16 | number}")

    return apply
