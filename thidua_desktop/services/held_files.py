"""Files added to a form before its record's first save: contents lie in the office file, the draft names them.

They survive a power cut with the draft, become lines of the register ``attachment`` in the one action that writes the
record, and go with a draft that is dropped (at the next sweep).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from thidua_desktop.formdef.model import Values
from thidua_desktop.services import attachments, records
from thidua_desktop.services.attached import Attached
from thidua_desktop.services.file_kinds import CheckedFile, renamed
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import clean

MISSING = "TD-DATA-585"


def hold(
    session: Session, register: str, checked: CheckedFile, among: Sequence[Attached], taken_on: date | None = None
) -> Attached:
    """Keep a content for a record that is not saved yet; raises TD-DATA-580 when it is ``among`` the held ones."""
    session.require(Permission.RECORD)
    session.register(register)
    attachments.refuse_twin(checked, among)
    name = attachments.distinct_name(checked.name, among)
    digest = session.file.attached_files.put(checked.content, session.now(), checked.sha256)
    return Attached(
        id=digest, register=register, record="", name=name, media_type=checked.kind.media_type,
        size=len(checked.content), sha256=digest, taken_on=taken_on, description="", added_by=session.user.name,
        is_here=True,
    )  # fmt: skip


def described(one: Attached, name: str, description: str, taken_on: date | None) -> Attached:
    """A held file with other words."""
    return replace(one, name=renamed(one.name, name), description=clean(description)[:300], taken_on=taken_on)


def for_draft(held: Sequence[Attached]) -> list[dict[str, object]]:
    """What the draft keeps of them (under "files")."""
    return [
        {
            "sha256": one.sha256, "name": one.name, "media_type": one.media_type, "size": one.size,
            "taken_on": one.taken_on.isoformat() if one.taken_on else None, "description": one.description,
        }
        for one in held
    ]  # fmt: skip


def of_draft(session: Session, register: str, kept: object) -> list[Attached]:
    """The held files of a draft; what cannot be understood is left out, a content that went says so by ``is_here``."""
    found = []
    for entry in kept if isinstance(kept, list) else ():
        try:
            found.append(_held(session, register, entry))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _held(session: Session, register: str, entry: Mapping[str, object]) -> Attached:
    digest, day = str(entry["sha256"]), entry.get("taken_on")
    return Attached(
        id=digest, register=register, record="", name=str(entry["name"]), media_type=str(entry["media_type"]),
        size=int(str(entry["size"])), sha256=digest, taken_on=date.fromisoformat(str(day)) if day else None,
        description=str(entry.get("description") or ""), added_by=session.user.name,
        is_here=session.file.attached_files.size(digest) is not None,
    )  # fmt: skip


def content_of(session: Session, one: Attached) -> bytes:
    """The content of a held file; raises TD-DATA-585 when it is not here."""
    return attachments.content_named(session, one.sha256, one.name, MISSING)


def save_with(
    session: Session, register: str, values: Values, held: Sequence[Attached], *, record_id: str | None = None,
    revision: int | None = None, reasons: Mapping[str, str] | None = None,
) -> Saved | Refused:  # fmt: skip
    """``records.save`` and the held files as one action, which one undo takes back; raises what either raises."""
    with session.file.atomic():
        outcome = records.save(session, register, values, record_id=record_id, revision=revision, reasons=reasons)
        if isinstance(outcome, Refused):
            return outcome
        for one in held:
            content_of(session, one)  # nothing is written for a content that is not here
            attachments.write_line(session, _line(register, outcome.record.id, one))
    return outcome


def _line(register: str, record_id: str, one: Attached) -> Values:
    return {
        "of_register": register, "of_record": record_id, "file_name": one.name, "media_type": one.media_type,
        "size": one.size, "sha256": one.sha256, "taken_on": one.taken_on, "description": one.description or None,
    }  # fmt: skip
