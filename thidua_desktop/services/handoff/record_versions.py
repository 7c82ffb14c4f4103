"""How a record stands among the installations of this office: its last exchanged version and the log since then."""

from __future__ import annotations

from typing import Any

from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Change, PlainRecord
from thidua_desktop.store.unmerge import effective
from thidua_desktop.sync.versions import EMPTY, Version, Write, merged, parse_version, unknown_origin, written

_DELETED = ("delete", "decide_deleted")


def version_of(session: Session, register: str, record: PlainRecord) -> Version:
    """The version of a record that is here; its revision is the record's."""
    stored = session.file.versions.get(register, record.id)
    version, since = (parse_version(stored.content), stored.seq) if stored is not None else (EMPTY, 0)
    for change in effective(session.file.changes.history(register, record.id)):
        if change.seq > since:
            version = _after(version, change)
    if version is EMPTY or version.revision != record.revision:
        # A log that does not tell the whole life of the record: only its state is known, as on every other desk.
        return unknown_origin(record.revision, record.plain, not record.deleted, Write("", ""))
    return version


def _after(version: Version, change: Change) -> Version:
    values: dict[str, Any] = {name: new for name, (_, new) in change.fields.items()}
    write = Write(change.at.isoformat(timespec="seconds"), change.actor, change.reason)
    if change.operation == "merge":  # of another office, one way: the same on every installation that takes it in
        whole = {name: value for name, value in {**version.values, **values}.items() if value is not None}
        return merged(EMPTY, unknown_origin(change.revision, whole, bool(whole), write))
    return written(version, change.installation, values, change.operation not in _DELETED, write)
