"""Titles of records that links point at, remembered for the session and fetched in batches.

The memory hangs on the session (``entries``); every write takes out what it may have changed (``Session.announce``), so
nothing stale is ever shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Values
from thidua_desktop.formdef.records import joined_title, show_field
from thidua_desktop.services import access
from thidua_desktop.services.session import Entry, Session
from thidua_desktop.store.queries import ListQuery, Record

AREA_REGISTER = "residential_area"
CLOSED_TITLE = "(không được xem)"
_BATCH = 2_000
_OWN_NAMES = ("name", "number")
_NAMING = {FieldType.TEXT, FieldType.NAME, FieldType.INTEGER}


def entries_of(session: Session, register: str) -> Mapping[str, Entry]:
    """Every record of ``register`` in this office by id; none of a register that is closed to the person."""
    if not session.opens(register):
        return {}
    spec = session.register(register)
    access.note(session, spec, access.LIST)
    if register not in session.whole_registers:
        query = ListQuery(register)
        keys = session.file.records.ids(query)
        for start in range(0, len(keys), _BATCH):
            _remember(session, spec, _read(session, spec, keys[start : start + _BATCH]))
        session.whole_registers.add(register)
    unread = session.unread.pop(register, None)
    if unread:
        _remember(session, spec, _read(session, spec, sorted(unread)))
    return session.entries.get(register, {})


def entries_for(session: Session, register: str, ids: Iterable[str]) -> Mapping[str, Entry]:
    """The entries of just these records, in one batch; ids that are not there (or deleted, or closed) are left out."""
    if not session.opens(register):
        return {}
    spec = session.register(register)
    wanted = set(ids)
    known = session.entries.setdefault(register, {})
    missing = wanted - known.keys()
    if register in session.whole_registers:
        missing &= session.unread.get(register, set())
    if missing:
        _remember(session, spec, _read(session, spec, sorted(missing)))
        session.missed.update(missing - known.keys())
    found = {key: known[key] for key in wanted if key in known}
    if found:
        access.note(session, spec, access.LIST, records=len(found))
    return found


def title(session: Session, register: str, record_id: str) -> str:
    """The title of one record; the id's first letters where the record is not here; a closed one has none."""
    if not session.opens(register):
        return CLOSED_TITLE
    entry = _entry_of(session, register, record_id)
    return entry.label if entry else f"({record_id[:8]}…)"


def _entry_of(session: Session, register: str, record_id: str) -> Entry | None:
    """One entry; lists ask so for every cell, and most are remembered and nobody's secret."""
    known = session.entries.get(register, {}).get(record_id)
    if known is None or record_id in session.unread.get(register, ()) or session.register(register).restricted:
        return entries_for(session, register, [record_id]).get(record_id)
    return known


def link_fields(spec: RegisterSpec) -> tuple[FieldSpec, ...]:
    """The living link fields of a register itself (not those of child rows)."""
    return tuple(field for field in spec.living_fields if field.type is FieldType.LINK)


def title_with_links(session: Session, spec: RegisterSpec, values: Values) -> str:
    """The record's title fields joined by ", ", links shown by the titles of what they point at.

    A kind before a name belongs to the name: "Thôn Tân Lập".
    """
    fields = [spec.field(name) for name in spec.title_fields]
    return joined_title((field, _shown(session, field, values)) for field in fields) or spec.singular


def _shown(session: Session, field: FieldSpec, values: Values) -> str:
    if field.type is not FieldType.LINK:
        return show_field(session.definitions, field, values)
    value = values.get(field.name)
    return title(session, field.register, str(value)) if value else ""


def _read(session: Session, spec: RegisterSpec, keys: Sequence[int] | Sequence[str]) -> list[Record]:
    """Records with the fields alone that an entry is made of."""
    wanted = {*spec.title_fields, spec.area_field, spec.valid_from, spec.valid_to, *_OWN_NAMES}
    return session.file.records.window(spec.name, keys, [field.name for field in spec.fields if field.name in wanted])


def _remember(session: Session, spec: RegisterSpec, records: Iterable[Record]) -> None:
    found = [record for record in records if not record.deleted]
    known = session.entries.setdefault(spec.name, {})
    _fetch_linked(session, spec, found)
    for record in found:
        known[record.id] = _entry(session, spec, record.id, record.values)


def _fetch_linked(session: Session, spec: RegisterSpec, records: Iterable[Record]) -> None:
    """Titles of what these records point at, one batch per register instead of one read per record."""
    for field in _shown_links(spec):
        if field.register != spec.name:
            entries_for(
                session, field.register, {str(r.values[field.name]) for r in records if r.values.get(field.name)}
            )


def _shown_links(spec: RegisterSpec) -> list[FieldSpec]:
    names = [*spec.title_fields, spec.area_field]
    return [field for field in link_fields(spec) if field.name in names]


def _entry(session: Session, spec: RegisterSpec, record_id: str, values: Values) -> Entry:
    label = title_with_links(session, spec, values)
    area = values.get(spec.area_field) if spec.area_field not in {"", "id"} else None
    detail = ""
    if isinstance(area, str) and area:
        known = _entry_of(session, spec.field(spec.area_field).register, area)
        detail = known.label if known and known.label not in label else ""
    return Entry(
        record_id,
        label,
        detail,
        _names(spec, values, label),
        area if isinstance(area, str) else "",
        _day(values, spec.valid_from),
        _day(values, spec.valid_to),
    )


def _names(spec: RegisterSpec, values: Values, label: str) -> tuple[str, ...]:
    """What the record is called: its title, its name, its number (bare, and as "tổ 5"), other texts of its title."""
    names = [label]
    for name in (*_OWN_NAMES, *spec.title_fields):
        value = values.get(name)
        if value is None or spec.by_name[name].type not in _NAMING:
            continue
        names.append(str(value))
        if name == "number":
            names.append(f"{spec.singular.split()[0]} {value}")
    return tuple(dict.fromkeys(filter(None, names)))


def _day(values: Values, name: str) -> date | None:
    value = values.get(name) if name else None
    return value if isinstance(value, date) else None
