"""The first office file: log, search, users, settings, drafts, reports, packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations import m0001_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE secret (name TEXT PRIMARY KEY, content BLOB NOT NULL)",
    "CREATE TABLE user (login TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, active INTEGER NOT NULL)",
    "CREATE TABLE register_number (register TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE)",
    """CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  operation TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  installation TEXT NOT NULL,
  office TEXT NOT NULL,
  fields TEXT NOT NULL,
  reason TEXT NOT NULL,
  action INTEGER NOT NULL,
  undoes INTEGER,
  hash BLOB NOT NULL
)""",
    "CREATE INDEX change__by_record ON change (record_id, register)",
    "CREATE TRIGGER change__kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the change log is kept'); END",
    "CREATE TRIGGER change__fixed BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the change log is kept'); END",
    """CREATE VIRTUAL TABLE search USING fts5(
  body, content='', contentless_delete=1, detail='none', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
)""",
    """CREATE TABLE draft (
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  fields TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (register, record_id, owner)
)""",
    """CREATE TABLE period_lock (
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (kind, code)
)""",
    """CREATE TABLE report_text (
  report TEXT NOT NULL,
  period TEXT NOT NULL,
  paragraph TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (report, period, paragraph)
)""",
    """CREATE TABLE report_frozen (
  report TEXT NOT NULL,
  period TEXT NOT NULL,
  edition INTEGER NOT NULL,
  figures TEXT NOT NULL,
  pdf BLOB,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (report, period, edition)
)""",
    """CREATE TABLE package (
  direction TEXT NOT NULL,
  office TEXT NOT NULL,
  installation TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  header_hash TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (direction, office, installation, number)
)""",
    "CREATE INDEX package__by_header ON package (header_hash)",
    """CREATE TABLE partner (
  office TEXT NOT NULL,
  installation TEXT NOT NULL,
  name TEXT NOT NULL,
  keys TEXT NOT NULL,
  status TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (office, installation)
)""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    for statement in (*_STATEMENTS, *m0001_registers.STATEMENTS):
        database.execute(statement)
    for number, register in enumerate(m0001_registers.REGISTERS, start=1):
        database.execute("INSERT INTO register_number (register, number) VALUES (?, ?)", (register, number))
