"""An office whose disk takes nothing more, for as long as one looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Session


@contextmanager
def full_disk(session: Session) -> Iterator[None]:
    """SQLite itself refuses what this session writes down, as on a disk without room; afterwards there is room again.

    The last free place of the access log is filled with short lines, whose deed is "x".
    """
    database = session.file.records._database
    pages = database.one("PRAGMA page_count")[0]
    database.run(f"PRAGMA max_page_count = {pages}")
    try:
        while True:
            session.file.accesses.add("x", "", "", 1, login="", actor="", now=session.now(), always=True)
    except UserError as refused:
        assert refused.code == "TD-ENV-001"
    yield
    database.run("PRAGMA max_page_count = 1000000")
