"""The change log of one record as people read it: labels instead of names, displays instead of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.services import access, links
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Change

_OPERATIONS = {
    "create": "Ghi mới",
    "update": "Sửa",
    "delete": "Xóa",
    "restore": "Khôi phục",
    "merge": "Nhận từ gói",
    "unmerge": "Gỡ gói",
    "decide": "Quyết định xung đột",
    "decide_deleted": "Quyết định xóa",
}
CELLS_SHOWN = 12
HIDDEN = "(không được xem)"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record. ``fields`` are (label, old, new) as shown; ``device`` is the installation's id."""

    at: datetime
    who: str
    device: str
    what: str
    fields: tuple[tuple[str, str, str], ...]
    reason: str
    undoable: bool
    revision: int = 0


def history(session: Session, register: str, record_id: str) -> list[HistoryEntry]:
    """The changes of one record, newest first. Sensitive fields are named without their values where not permitted."""
    spec = session.register(register)
    access.note(session, spec, access.OPEN, record_id)
    changes = session.file.changes.history(register, record_id)
    next_undo = session.file.changes.can_undo(session.user.name)
    return [_entry(session, spec, change, next_undo) for change in reversed(changes)]


def _entry(session: Session, spec: RegisterSpec, change: Change, next_undo: int | None) -> HistoryEntry:
    what = _OPERATIONS.get(change.operation, change.operation)
    if change.undoes is not None:
        what = f"{what} (hoàn tác)"
    return HistoryEntry(
        change.at,
        change.actor,
        change.installation,
        what,
        shown_fields(session, spec, change.fields),
        change.reason,
        change.action == next_undo,
        change.revision,
    )


def shown_fields(
    session: Session, spec: RegisterSpec, fields: Mapping[str, tuple[Any, Any]]
) -> tuple[tuple[str, str, str], ...]:
    """(label, old, new) of changed plain values, in the order of the definition."""
    shown: list[tuple[str, str, str]] = []
    for field in spec.fields:
        if field.name in fields:
            old, new = fields[field.name]
            if field.type is FieldType.ROWS and session.sees(field):
                shown.extend(_shown_rows(session, field, old or [], new or []))
                continue
            shown.append((field.label, shown_value(session, field, old), shown_value(session, field, new)))
    return tuple(shown)


def _shown_rows(session: Session, field: FieldSpec, old: Any, new: Any) -> list[tuple[str, str, str]]:
    """What changed inside child rows, cell by cell; only the number of rows where many changed."""
    cells = []
    for place in range(max(len(old), len(new))):
        before = old[place] if place < len(old) else {}
        after = new[place] if place < len(new) else {}
        for child in field.fields:
            if before.get(child.name) != after.get(child.name):
                label = f"{field.label}, dòng {place + 1}: {child.label}"
                texts = (
                    shown_value(session, child, before.get(child.name)),
                    shown_value(session, child, after.get(child.name)),
                )
                cells.append((label, *texts))
    if len(cells) <= CELLS_SHOWN:
        return cells
    return [(f"{field.label} ({len(cells)} ô)", f"{len(old)} dòng", f"{len(new)} dòng")]


def shown_value(session: Session, field: FieldSpec, plain: Any) -> str:
    """One plain value for the eye; child rows only as how many there are."""
    if plain is None or plain == "":
        return ""
    if not session.sees(field):
        return HIDDEN
    if field.type is FieldType.ROWS:
        return f"{len(plain)} dòng"
    try:
        return links.label(session, field, field_type(field).from_plain(field, plain))
    except ValueError:
        return str(plain)
