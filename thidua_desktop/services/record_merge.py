"""Two records that are one: links are moved to the one that stays, empty fields filled, the other one deleted.

Generic over the definitions, and one action of the change log: one undo gives back both records and every link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from thidua_desktop.domain.problems import blocking
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, FieldSpec, FieldType, Value, Values
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services import records
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.queries import ListQuery, Record, RecordKey


@dataclass(frozen=True, slots=True)
class Merged:
    """What one merge did."""

    kept: Record
    relinked: tuple[RecordKey, ...]
    changes: Changes

    @property
    def sentence(self) -> str:
        """For the status bar."""
        return f"Đã gộp làm một; {len(self.relinked)} bản ghi liên quan trỏ sang bản giữ lại. Ctrl+Z để tách lại."


def merged_values(keep: Record, gone: Record, chosen: Mapping[str, str]) -> Values:
    """The values of the record that stays: its own, the other's where it has none or where a person chose so.

    ``chosen``: field name → id of the record whose value stays.
    """
    values: dict[str, Value] = dict(keep.values)
    for name, value in gone.values.items():
        if value in (None, "", ()):
            continue
        if chosen.get(name) == gone.id or (chosen.get(name) is None and values.get(name) in (None, "", ())):
            values[name] = value
    return values


def merge_records(
    session: Session, register: str, keep_id: str, gone_id: str, chosen: Mapping[str, str] | None = None
) -> Merged:
    """Make two records one. Raises TD-STORE-256 (one of another office), 257 (the result would not be right).

    ``chosen``: field name → id of the record whose value stays, where both have one.
    """
    session.require(Permission.RECORD)
    spec = session.register(register)
    keep, gone = records.whole(session, register, keep_id), records.whole(session, register, gone_id)
    touched = _linking(session, register, gone_id)
    own = session.file.identity.code
    if keep_id == gone_id or any(record.office != own for record in (keep, gone, *touched)):
        raise UserError("TD-STORE-256", singular=spec.singular)
    values = merged_values(keep, gone, chosen or {})
    found = blocking(records.check(session, register, values, keep_id))
    if found:
        raise UserError("TD-STORE-257", reason=sentence_of(spec, found[0]))
    reason = f"Gộp với {title_with_links(session, spec, gone.values)}"[:300]
    actor, now = session.user.name, session.now()
    with session.file.atomic():
        for record in touched:
            linked = _relinked(session, record, register, gone_id, keep_id)
            session.file.records.save(record.register, linked, id=record.id, actor=actor, now=now, reason=reason)
        kept = session.file.records.save(register, values, id=keep_id, actor=actor, now=now, reason=reason)
        session.file.records.delete(register, gone_id, actor=actor, now=now, reason=reason)
    keys = tuple(RecordKey(record.register, record.id) for record in touched)
    ids = (keep_id, gone_id, *(key.id for key in keys))
    changes = Changes(frozenset({register, *(key.register for key in keys)}), ids)
    session.announce(changes)
    return Merged(kept, keys, changes)


def _linking(session: Session, register: str, record_id: str) -> list[Record]:
    """Every living record that points at this one, the files attached to it among them."""
    found = [
        record
        for key in session.file.records.backlinks(register, record_id)
        if (record := session.file.records.get(key.register, key.id)) is not None
    ]
    attached = session.file.records.every(ListQuery(ATTACHMENT, conditions=(Condition("of_record", (record_id,)),)))
    return found + [line for line in attached if line.values.get("of_register") == register]


def _relinked(session: Session, record: Record, register: str, old: str, new: str) -> Values:
    values: dict[str, Value] = dict(record.values)
    if record.register == ATTACHMENT:
        values["of_record"] = new
        return values
    for field in session.register(record.register).fields:
        value = values.get(field.name)
        if _points(field, register) and value == old:
            values[field.name] = new
        elif field.type is FieldType.ROWS and isinstance(value, tuple):
            links = {child.name for child in field.fields if _points(child, register)}
            rows = cast("tuple[Mapping[str, Any], ...]", value)
            values[field.name] = cast(
                "Value",
                tuple({name: new if name in links and cell == old else cell for name, cell in row.items()}
                      for row in rows),
            )  # fmt: skip
    return values


def _points(field: FieldSpec, register: str) -> bool:
    return field.type is FieldType.LINK and field.register == register
