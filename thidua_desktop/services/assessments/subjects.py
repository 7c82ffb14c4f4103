"""Who may be assessed in this office: areas, organizations in scope, groups, the commune itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.assessments.sets import ORGANIZATION_KINDS, AssessmentSpec
from thidua_desktop.domain.assessments.subjects import SUBJECT_LINKS, excluded_by, subject_id
from thidua_desktop.domain.assessments.windows import window
from thidua_desktop.formdef.model import Condition, Value, Values
from thidua_desktop.services import titles
from thidua_desktop.services.session import Entry, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import sort_key

COMMUNE, MEMBER = "commune", "cluster_member"


@dataclass(frozen=True, slots=True)
class Subject:
    """One that may be assessed: ``key`` is a record's id, a name typed by hand, or "" for the commune."""

    kind: str
    key: str
    name: str


def subject_of(session: Session, values: Values) -> Subject:
    """The subject that a registration or an assessment is about."""
    kind, key = str(values.get("subject_kind") or ""), subject_id(values)
    return Subject(kind, key, name_of(session, kind, key))


def name_of(session: Session, kind: str, key: str) -> str:
    """The subject's name as lists show it."""
    if kind == COMMUNE:
        return session.file.identity.name
    if kind not in SUBJECT_LINKS or not key:
        return key
    entry = titles.entries_for(session, SUBJECT_LINKS[kind][1], [key]).get(key)
    return _named(entry, kind) if entry else titles.title(session, SUBJECT_LINKS[kind][1], key)


def _named(entry: Entry, kind: str) -> str:
    """A group has only a number of its own: its area tells it from the others."""
    return f"{entry.label}, {entry.detail}" if kind == "self_managed_group" and entry.detail else entry.label


def fields_of(subject: Subject) -> dict[str, Value]:
    """The fields that name a subject in a record."""
    link = SUBJECT_LINKS[subject.kind][0] if subject.kind in SUBJECT_LINKS else "member_name"
    return {"subject_kind": subject.kind, **({link: subject.key} if subject.key else {})}


def subjects_in_scope(session: Session, spec: AssessmentSpec, kind: str, year: int) -> list[Subject]:
    """Every subject of a kind that the set applies to in a year, by name; units of other places are not known."""
    day = min(session.today, window(spec, year).end)
    if kind == COMMUNE:
        return [Subject(COMMUNE, "", session.file.identity.name)]
    if kind not in SUBJECT_LINKS:
        return []
    found = _organizations(session, spec, kind, day) if kind in ORGANIZATION_KINDS else _standing(session, kind, day)
    return sorted(found, key=lambda one: sort_key(one.name))


def _standing(session: Session, kind: str, day: date) -> list[Subject]:
    entries = titles.entries_of(session, SUBJECT_LINKS[kind][1])
    return [Subject(kind, key, _named(entry, kind)) for key, entry in entries.items() if entry.valid_on(day)]


def _organizations(session: Session, spec: AssessmentSpec, kind: str, day: date) -> list[Subject]:
    conditions = (Condition("kind", (ORGANIZATION_KINDS[kind],)),)
    records = session.file.records.every(ListQuery("organization", conditions=conditions, valid_on=day))
    return [
        Subject(kind, record.id, str(record.values.get("name") or ""))
        for record in records
        if not excluded_by(spec, record.values)
    ]
