"""Standing records that are one thing written twice, told by the fields that a register declares (``known_by``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import Condition, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import show_field
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import match_key, without_kind

Key = tuple[Value, ...]
_WORDS = {FieldType.TEXT, FieldType.NAME}
_LOOKED_AT = 20
_EMPTY = "(trống)"


def key_of(spec: RegisterSpec, values: Values) -> Key | None:
    """What a record is known by, spelling aside; None while something of it is missing, or nothing is declared."""
    parts = [values.get(name) for name in spec.known_by]
    if not parts or any(part is None or part == "" for part in parts):
        return None
    return tuple(match_key(part) if isinstance(part, str) else part for part in parts)


def twins(session: Session, spec: RegisterSpec, values: Values, record_id: str | None = None) -> list[Record]:
    """Other living records, not ended, that are known by the same: the same thing, written twice."""
    if key_of(spec, values) is None or not session.opens(spec.name):
        return []
    said = [(name, str(values[name])) for name in spec.known_by]
    alike = tuple(one for one in said if spec.field(one[0]).type in _WORDS)
    conditions = tuple(Condition(name, (value,)) for name, value in said if (name, value) not in alike)
    keys = session.file.records.ids(ListQuery(spec.name, conditions=conditions, alike=alike))
    found = session.file.records.window(spec.name, keys[:_LOOKED_AT])
    begins = values.get(spec.valid_from) if spec.valid_from else None
    day = max(session.today, begins) if isinstance(begins, date) else session.today
    return [one for one in found if one.id != record_id and _stands(spec, one.values, day)]


def twin_problems(session: Session, spec: RegisterSpec, values: Values, record_id: str | None) -> list[Problem]:
    """A warning where the register holds this thing already; people may share a name, so a reason lets it through."""
    for other in twins(session, spec, values, record_id):
        told = {"singular": spec.singular, "title": title_with_links(session, spec, other.values)}
        return [finding("TD-DATA-590", spec.known_by[-1], Severity.WARNING, **told)]
    return []


def with_own_name(session: Session, spec: RegisterSpec, values: Mapping[str, Value]) -> dict[str, Value]:
    """``values`` of a table, where people write the kind before the name: "Thôn 1" of kind Thôn becomes "1"."""
    for kind, name in zip(spec.title_fields, spec.title_fields[1:], strict=False):
        if spec.field(kind).type is FieldType.CHOICE and spec.field(name).type in _WORDS and values.get(name):
            shown = show_field(session.definitions, spec.field(kind), values)
            return {**values, name: without_kind(str(values[name]), shown)}
    return dict(values)


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """The records that lines of a table may mean, by what they are known by; none where two lines mean the same."""

    spec: RegisterSpec
    by_key: Mapping[Key, Record]

    def of(self, values: Values) -> Record | None:
        """The record that a line means, if it is here."""
        key = key_of(self.spec, values)
        return self.by_key.get(key) if key is not None else None


def known_records(session: Session, spec: RegisterSpec, lines: Iterable[Values]) -> KnownRecords:
    """Those of this office that a table's lines mean. What two records or two lines share names none of them."""
    asked = Counter(key for values in lines if (key := key_of(spec, values)) is not None)
    if not asked or not session.file.records.count(spec.name):
        return KnownRecords(spec, {})
    met: dict[Key, list[Record]] = {}
    for record in session.file.records.every(ListQuery(spec.name)):
        key = key_of(spec, record.values)
        own = record.office == session.file.identity.code
        if key is not None and asked[key] == 1 and own and _stands(spec, record.values, session.today):
            met.setdefault(key, []).append(record)
    return KnownRecords(spec, {key: records[0] for key, records in met.items() if len(records) == 1})


def changes_of(session: Session, spec: RegisterSpec, record: Record, values: Values) -> str:
    """What a line would change of a record: "Số nhân khẩu (trống) thành 741"; empty when nothing."""
    changed = []
    for field in spec.living_fields:
        if field.name not in spec.computed_fields and record.values.get(field.name) != values.get(field.name):
            old, new = (show_field(session.definitions, field, one) for one in (record.values, values))
            changed.append(f"{field.label} {old or _EMPTY} thành {new or _EMPTY}")
    return "; ".join(changed)


def _stands(spec: RegisterSpec, values: Values, day: date) -> bool:
    until = values.get(spec.valid_to) if spec.valid_to else None
    return not isinstance(until, date) or until >= day
