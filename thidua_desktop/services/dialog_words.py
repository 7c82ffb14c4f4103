"""What was typed where no draft is kept, and the lock of the desk or the end of the program took away: kept for whoever
typed.

A form keeps drafts as one types. A dialog or a field on another page keeps nothing, so its words are laid among the
drafts of the person when the desk is left, under the title that stood above them, and shown at the person's next
coming. They go nowhere by themselves: what is opened next under the same title may be of another record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from thidua_desktop.services import drafts
from thidua_desktop.services.session import Session, Unwritten

_DIALOG = "(dialog)"  # among drafts in the place of a register, none of which is named so


class KeptWords(NamedTuple):
    """``words``: name of a field -> what was typed there."""

    title: str
    words: Mapping[str, str]
    kept_at: datetime


def keep(session: Session, title: str, words: Mapping[str, str]) -> None:
    """Keep them for this person in place of those before; raises what a disk refuses, and waits in memory then."""
    session.unwritten[_DIALOG, title] = Unwritten({"words": dict(words)}, session.now())
    drafts.write_waiting(session)


def kept(session: Session) -> list[KeptWords]:
    """Of this person, newest first."""
    found = [
        KeptWords(one.record_id or "", words, one.at)
        for one in drafts.standing(session)
        if one.register == _DIALOG and isinstance(words := one.values.get("words"), Mapping)
    ]
    return sorted(found, key=lambda one: one.kept_at, reverse=True)


def drop(session: Session, title: str) -> None:
    """They are in their dialog again, or not wanted any more."""
    session.unwritten[_DIALOG, title] = Unwritten(None, session.now())
    drafts.write_waiting(session)
