"""Records that point at others, in the order of their own register."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.formdef.model import Condition, RegisterSpec
from thidua_desktop.services import lists
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, Record


def linked_records(
    session: Session, register: RegisterSpec, link: str, ids: Sequence[str], where: Sequence[Condition] = ()
) -> list[Record]:
    """The living records of ``register`` whose field ``link`` is one of ``ids`` and that meet ``where``.

    They are sorted as the register's list is.
    """
    if not ids:
        return []
    query = ListQuery(register.name, conditions=(Condition(link, tuple(ids)), *where))
    found = list(session.file.records.every(query))
    lists.prefetch_links(session, register.fields, found)
    return found
