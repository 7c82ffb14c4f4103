"""Standing records that are one thing written twice, told by the fields that a register declares (``known_by``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TypeVar, cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import Condition, FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import show_field
from thidua_desktop.services.kind_in_name import kinds_and_names, taken_apart
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.services.transfer_table import ValueTable
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import match_key, without_kind

Part = TypeVar("Part")
Key = tuple[Value, ...]
_WORDS = {FieldType.TEXT, FieldType.NAME}
_LOOKED_AT = 20
_EMPTY = "(trống)"
_AT_ONCE = 500  # records read whole
_TIMES = 8
STEPS = 3 * _TIMES
"""How often ``known_records`` tells that it goes on: it looks at all lines, and at all records of the register."""


def key_of(spec: RegisterSpec, values: Values) -> Key | None:
    """What a record is known by, spelling aside; None while something of it is missing, or nothing is declared."""
    return _key([values.get(name) for name in spec.known_by], match_key)


def _key(parts: Sequence[Value], alike: Callable[[str], str]) -> Key | None:
    if not parts or any(part is None or part == "" for part in parts):
        return None
    return tuple(alike(part) if isinstance(part, str) else part for part in parts)


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


def own_names(session: Session, spec: RegisterSpec, table: ValueTable) -> None:
    """Changes a table, where people write the kind before the name: "Thôn 1" of kind Thôn becomes "1".

    A line that says no kind beside it has the one before its name.
    """
    for place in kinds_and_names(spec):
        _kinds_before_names(session, spec, *place, table)
    for kind, name in zip(spec.title_fields, spec.title_fields[1:], strict=False):
        before_name = spec.field(kind).type is FieldType.CHOICE and spec.field(name).type in _WORDS
        if before_name and kind in table.columns and name in table.columns:
            own = partial(_own_name, session, spec.field(kind), name)
            table.columns[name] = table.ask(own, (kind, name)).of_lines()


def _kinds_before_names(
    session: Session, spec: RegisterSpec, kind: FieldSpec, name: FieldSpec, table: ValueTable
) -> None:
    if name.name not in table.columns:
        return

    def said(values: Mapping[str, object]) -> Value:
        told, named = cast(Value, values.get(kind.name)), values.get(name.name)
        before = taken_apart(session, spec, name.name, {name.name: named}) if isinstance(named, str) else {}
        return told if told is not None else before.get(kind.name)

    kinds = table.ask(said, (kind.name, name.name)).of_lines()
    if any(value is not None for value in kinds):
        table.columns[kind.name] = kinds


def _own_name(session: Session, kind: FieldSpec, name: str, values: Mapping[str, object]) -> Value:
    """The name of a line without its kind."""
    named = values.get(name)
    shown = show_field(session.definitions, kind, cast(Values, values))
    return without_kind(named, shown) if isinstance(named, str) else None


def known_records(
    session: Session, spec: RegisterSpec, table: ValueTable, tell: Callable[[], object]
) -> dict[int, Record]:
    """By place of the line the record of this office that it means. What two records or two lines share means none.

    ``tell`` is called ``STEPS`` times, whatever there is to do, and may end it by an exception.
    """
    there = session.file.records.count(spec.name) if spec.known_by else 0
    if not there:
        for _ in range(STEPS):
            tell()
        return {}
    alike = cache(match_key)  # lines and records say the same names, and one area thousands of times
    nothing: list[Value] = [None] * table.size
    columns = zip(*(table.columns.get(name, nothing) for name in spec.known_by), strict=True)
    keys = [_key(parts, alike) for parts in _told(columns, table.size, tell)]
    asked = Counter(key for key in keys if key is not None)
    met: dict[Key, list[int]] = {}
    looked_at = (*spec.known_by, *filter(None, (spec.valid_to,)))
    today, office = session.today, session.file.identity.code
    every = session.file.records.every(ListQuery(spec.name), looked_at) if asked else ()
    for record in _told(every, there, tell):
        key = _key([record.values.get(name) for name in spec.known_by], alike)
        if key is not None and asked[key] == 1 and record.office == office and _stands(spec, record.values, today):
            met.setdefault(key, []).append(record.row)
    rows = sorted(found[0] for found in met.values() if len(found) == 1)
    starts = range(0, len(rows), _AT_ONCE)
    parts = (session.file.records.window(spec.name, rows[start : start + _AT_ONCE]) for start in starts)
    whole = {record.row: record for part in _told(parts, len(starts), tell) for record in part}
    found = ((place, met.get(key, ())) for place, key in enumerate(keys) if key is not None and met)
    return {place: whole[rows[0]] for place, rows in found if len(rows) == 1 and rows[0] in whole}


def changes_of(session: Session, spec: RegisterSpec, record: Record, values: Values) -> str:
    """What a line would change of a record, its child rows aside: "Số nhân khẩu (trống) thành 741"; "" when nothing."""
    changed = []
    for field in spec.living_fields:
        aside = field.name in spec.computed_fields or field.type is FieldType.ROWS
        if not aside and record.values.get(field.name) != values.get(field.name):
            if not session.sees(field):
                continue
            old, new = (show_field(session.definitions, field, one) for one in (record.values, values))
            changed.append(f"{field.label} {old or _EMPTY} thành {new or _EMPTY}")
    return "; ".join(changed)


def _told(parts: Iterable[Part], count: int, tell: Callable[[], object]) -> Iterator[Part]:
    """``parts``, of which there are about ``count``; tells ``_TIMES`` times on the way."""
    done = 0
    for number, part in enumerate(parts, 1):
        yield part
        if done < _TIMES and number * _TIMES >= (done + 1) * count:
            done += 1
            tell()
    for _ in range(done, _TIMES):
        tell()


def _stands(spec: RegisterSpec, values: Values, day: date) -> bool:
    until = values.get(spec.valid_to) if spec.valid_to else None
    return not isinstance(until, date) or until >= day
