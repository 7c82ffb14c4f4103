"""Titles of records that links point at, remembered for the session and fetched in batches.

The memory hangs on the session (``entries``); every write takes out what it may have changed (``Session.announce``), so
nothing stale is ever shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Values
from thidua_desktop.formdef.records import joined_title
from thidua_desktop.services import access
from thidua_desktop.services.session import Entry, Session
from thidua_desktop.store.cells import from_cell
from thidua_desktop.store.queries import ListQuery

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
            _read(session, spec, keys[start : start + _BATCH])
        session.whole_registers.add(register)
    unread = session.unread.pop(register, None)
    if unread:
        _read(session, spec, sorted(unread))
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
        _read(session, spec, sorted(missing))
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


def words_of(session: Session, field: FieldSpec) -> Callable[[Any], str]:
    """What is said of a field's values (not of none), links by their titles: made once for the many of a column."""
    if field.type is FieldType.LINK:
        return lambda value: title(session, field.register, value)
    show, catalogs = field_type(field).show, session.definitions.catalogs
    return lambda value: show(field, value, catalogs)


def title_with_links(session: Session, spec: RegisterSpec, values: Values) -> str:
    """The record's title fields joined by ", ", links shown by the titles of what they point at.

    A kind before a name belongs to the name: "Thôn Tân Lập".
    """
    return _Naming(session, spec).title(values)


def namer(session: Session, spec: RegisterSpec) -> Callable[[Values], str]:
    """``title_with_links`` of the many records of one register."""
    return _Naming(session, spec).title


class _Naming:
    """Makes the entries of a register: what its definition says is looked up once for all of them."""

    def __init__(self, session: Session, spec: RegisterSpec) -> None:
        self._session, self._spec = session, spec
        self._title = [(field, words_of(session, field)) for field in map(spec.field, spec.title_fields)]
        names = dict.fromkeys((*_OWN_NAMES, *spec.title_fields))
        self._names = [name for name in names if name in spec.by_name and spec.by_name[name].type in _NAMING]
        self._area = spec.by_name.get(spec.area_field)

    def title(self, values: Values) -> str:
        """What a record with ``values`` is called."""
        shown = [
            (field, "" if (value := values.get(field.name)) is None else words(value)) for field, words in self._title
        ]
        return joined_title(shown) or self._spec.singular

    def entry(self, record_id: str, values: Values) -> Entry:
        """What a link to the record shows."""
        label = self.title(values)
        area = values.get(self._area.name) if self._area is not None else None
        detail = ""
        if self._area is not None and isinstance(area, str):
            known = _entry_of(self._session, self._area.register, area)
            detail = known.label if known and known.label not in label else ""
        return Entry(
            record_id,
            label,
            detail,
            self._called(values, label),
            area if isinstance(area, str) else "",
            _day(values, self._spec.valid_from),
            _day(values, self._spec.valid_to),
        )

    def _called(self, values: Values, label: str) -> tuple[str, ...]:
        """Its title, its name, its number (bare, and as "tổ 5"), other texts of its title."""
        names = [label]
        for name in self._names:
            value = values.get(name)
            if value is not None:
                names.append(str(value))
                if name == "number":
                    names.append(f"{self._spec.singular.split()[0]} {value}")
        return tuple(dict.fromkeys(filter(None, names)))


def _read(session: Session, spec: RegisterSpec, keys: Sequence[int] | Sequence[str]) -> None:
    """Read and remember the entries of these records; those that are deleted or not there are left out."""
    wanted = {*spec.title_fields, spec.area_field, spec.valid_from, spec.valid_to, *_OWN_NAMES}
    fields = [field for field in spec.fields if field.name in wanted]
    lines = session.file.records.lines(spec.name, keys, [field.name for field in fields])
    found = {
        record_id: {field.name: from_cell(field, cell) for field, cell in zip(fields, cells, strict=True)}
        for _, record_id, deleted, *cells in lines
        if not deleted
    }
    _read_linked(session, spec, found.values())
    known, naming = session.entries.setdefault(spec.name, {}), _Naming(session, spec)
    for record_id, values in found.items():
        known[record_id] = naming.entry(record_id, values)


def _read_linked(session: Session, spec: RegisterSpec, records: Iterable[Values]) -> None:
    """Titles of what these records point at, one batch per register instead of one read per record."""
    shown = {*spec.title_fields, spec.area_field}
    for field in link_fields(spec):
        if field.name in shown and field.register != spec.name:
            entries_for(session, field.register, {str(value) for r in records if (value := r.get(field.name))})


def _day(values: Values, name: str) -> date | None:
    value = values.get(name) if name else None
    return value if isinstance(value, date) else None
