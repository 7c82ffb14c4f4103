"""Pick lists: entries of catalogs and records that a link may point at, found by any part of a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import Condition, FieldSpec, FieldType, Value
from thidua_desktop.services import titles
from thidua_desktop.services.session import Entry, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import fold, fold_joined

HELD_IN_MEMORY = 30_000
_COMMUNES = r"(?:(?:xa|phuong|dac khu|thi tran|x\.|p\.)\s*)?"
_JOINTS = re.compile(r"[(),;–-]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a pick list: ``value`` is stored, ``label`` shown, ``detail`` tells equal labels apart."""

    value: str
    label: str
    detail: str = ""


def choices(
    session: Session, spec: FieldSpec, text: str = "", limit: int = 50, on: date | None = None, area: str | None = None
) -> list[Choice]:
    """What the pick list of ``spec`` offers for the typed ``text``, at most ``limit`` lines.

    Every word must occur in the label (or its detail), whatever its diacritics; labels that begin with the text come
    first. Only what is valid on ``on`` (the record's date; today when None); ``area`` keeps records of one residential
    area. A field that is neither catalog nor link offers nothing.
    """
    day = on or session.today
    if spec.type in {FieldType.CHOICE, FieldType.CHOICES}:
        return _from_catalog(session, spec, text, limit, day)
    if spec.type is FieldType.LINK:
        return _from_register(session, spec, text, limit, day, area)
    return []


def nothing_to_point_at(session: Session, register: str) -> FieldSpec | None:
    """The first required link of a register whose list has nothing to choose from: no record can be written yet."""
    spec = session.register(register)
    needed = [one for one in spec.living_fields if one.type is FieldType.LINK and one.required]
    return next((one for one in needed if one.register != register and not choices(session, one, limit=1)), None)


def label(session: Session, spec: FieldSpec, value: Value) -> str:
    """The Vietnamese display of any field's value, links by their titles."""
    if spec.type is FieldType.LINK:
        return titles.title(session, spec.register, value) if isinstance(value, str) and value else ""
    return field_type(spec).show(spec, value, session.definitions.catalogs)


def matching(session: Session, register: str, text: str, area: str = "", on: date | None = None) -> list[Entry]:
    """The records that ``text`` names exactly (title, name or number, without diacritics), narrowed by area and day.

    A narrowing that would leave nothing is not applied, so that a moved household is found. An id names its record.
    """
    return names_of(session, register).matching(text, area, on)


@dataclass(frozen=True)
class Names:
    """What names the records of a register: ids, and folded texts; for one table, which asks for many. ``commune``: the
    name that addresses have behind that of an area.
    """

    entries: Mapping[str, Entry]
    commune: str = ""

    def matching(self, text: str, area: str = "", on: date | None = None) -> list[Entry]:
        """As ``matching`` of this module."""
        if text in self.entries:
            return [self.entries[text]]
        found = self._named(text) or self._named(self._without_commune(text))
        return narrowed(found, area, on)

    def _named(self, text: str) -> list[Entry]:
        return self._by_name.get(_name_key(text)) or self._by_whole_name.get(_whole_key(text), [])

    def _without_commune(self, text: str) -> str:
        """ "thon tan lap" of "Thôn Tân Lập, xã Phú Hòa, tỉnh Hòa Giang", where that is the commune of this office."""
        own, key = re.escape(_name_key(self.commune)), _name_key(text)
        return re.sub(rf"\s*[,–-]\s*{_COMMUNES}{own}\b.*", "", key) if own else key

    def told_apart(self, record_id: str, area: str = "", on: date | None = None) -> str:
        """A text that ``matching`` takes for this record where its title alone would not do: with where it belongs."""
        entry = self.entries.get(record_id)
        if entry is None or [one.id for one in self.matching(entry.label, area, on)] == [record_id]:
            return ""
        return f"{entry.label} ({entry.detail})" if entry.detail else ""

    @cached_property
    def _by_name(self) -> Mapping[str, list[Entry]]:
        return _grouped(self.entries.values(), lambda entry: map(_name_key, entry.names))

    @cached_property
    def _by_whole_name(self) -> Mapping[str, list[Entry]]:
        """By names with the place behind them; made only where a text is no name."""
        placed = (entry for entry in self.entries.values() if entry.detail)
        return _grouped(placed, lambda entry: (_whole_key(f"{name} {entry.detail}") for name in entry.names))


def _grouped(entries: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            groups.setdefault(key, []).append(entry)
    return groups


def _name_key(name: str) -> str:
    return " ".join(fold(name).split())


def _whole_key(name: str) -> str:
    """A name and its place, however they are put together: "Tổ 2 (Thôn Tân Lập)", "tổ 2, thôn Tân Lập"."""
    return " ".join(_JOINTS.sub(" ", fold(name)).split())


def names_of(session: Session, register: str) -> Names:
    """The names of all records of a register, looked up once."""
    return Names(titles.entries_of(session, register), session.file.identity.place)


def narrowed(found: Iterable[Entry], area: str, on: date | None) -> list[Entry]:
    """``found`` kept to one area, then to a day, wherever that leaves something."""
    best = list(found)
    if area:
        best = [entry for entry in best if entry.area == area] or best
    if on:
        best = [entry for entry in best if entry.valid_on(on)] or best
    return best


def _from_catalog(session: Session, spec: FieldSpec, text: str, limit: int, day: date) -> list[Choice]:
    catalog = session.definitions.catalogs[spec.catalog]
    words = fold(text).split()
    found = []
    for place, item in enumerate(catalog.items):
        valid = (item.since is None or item.since <= day) and (item.until is None or day <= item.until)
        key = fold(" ".join((item.label, item.code, *item.called)))
        if valid and all(word in key for word in words):
            found.append((_rank(fold(item.label), words), place, Choice(item.code, item.label)))
    return [choice for _, _, choice in sorted(found, key=lambda entry: entry[:2])[:limit]]


def _from_register(
    session: Session, spec: FieldSpec, text: str, limit: int, day: date, area: str | None
) -> list[Choice]:
    words = fold_joined(text).split()
    found = []
    for entry in _candidates(session, spec, text, limit, day, area):
        if not entry.valid_on(day) or (area and entry.area and entry.area != area):
            continue
        if all(word in entry.search_key for word in words):
            found.append((_rank(entry.called, words), entry.order, entry))
    first = nsmallest(limit, found, key=lambda ranked: ranked[:2])
    return [Choice(entry.id, entry.label, entry.detail) for _, _, entry in first]


def _candidates(
    session: Session, spec: FieldSpec, text: str, limit: int, day: date, area: str | None
) -> Iterable[Entry]:
    """All records of the register where that is quick; of a province's hundred thousands, those that search finds."""
    if not session.opens(spec.register):
        return ()
    if session.file.records.count(spec.register) <= HELD_IN_MEMORY:
        return titles.entries_of(session, spec.register).values()
    target = session.register(spec.register)
    within = (Condition(target.area_field, (area,)),) if area and target.area_field not in {"", "id"} else ()
    keys = session.file.records.ids(ListQuery(spec.register, conditions=within, text=text, valid_on=day))[:limit]
    ids = [record.id for record in session.file.records.window(spec.register, keys)]
    return titles.entries_for(session, spec.register, ids).values()


def _rank(key: str, words: list[str]) -> int:
    start = " ".join(words)
    return 0 if not words or key == start else 1 if key.startswith(start) else 2 if f" {start}" in key else 3
