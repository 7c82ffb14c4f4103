"""Bản ghi đã xóa: what was deleted and is still in the file, whoever deleted it, and the way back.

What comes back is looked at first (``plan``): what it points at comes with it, what was deleted together with it and
points at it too; what stands in its way is said. Records whose time of keeping is over are erased and are not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from thidua_desktop.domain.problems import Problem, Severity, blocking
from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Values
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services import access, records
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.deleted_records import DeletedKey, Standing
from thidua_desktop.store.queries import Record, RecordKey

__all__ = [
    "MOST", "PAGE", "REASON", "TITLE", "DeletedKey", "DeletedLine", "RecordKey", "ReturnPlan", "Returning", "Staying",
    "bring_back", "deleted_together", "find", "lines", "note_listed", "plan", "registers",
]  # fmt: skip

TITLE = "Bản ghi đã xóa"
PAGE = 200
MOST = 2_000
"""So many records come back at once."""
REASON = "Lấy lại bản ghi đã xóa"
_ATTACHMENT, _OWNER_REGISTER, _OWNER = "attachment", "of_register", "of_record"
_LINK_GONE = "TD-DATA-203"
_TAKEN_BACK = "Hoàn tác việc ghi"


@dataclass(frozen=True, slots=True)
class DeletedLine:
    """One deleted record as it is listed."""

    key: RecordKey
    register_title: str
    title: str
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Returning:
    """One record that comes back; ``because`` says why, where it was not chosen itself."""

    key: RecordKey
    title: str
    because: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Staying:
    """A chosen record that cannot come back, and why."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What would come back, in the order in which it is written; nothing is written yet."""

    returning: tuple[Returning, ...]
    staying: tuple[Staying, ...]

    @property
    def needs_reason(self) -> bool:
        """Whether something is to be said to a warning."""
        return any(one.warnings for one in self.returning)


@dataclass(slots=True)
class _Asked:
    """What is being planned: records in the order of writing, and those that stay."""

    returning: dict[RecordKey, Returning] = field(default_factory=dict)
    staying: dict[RecordKey, Staying] = field(default_factory=dict)
    walked: set[RecordKey] = field(default_factory=set)
    chosen: frozenset[RecordKey] = frozenset()
    children: dict[int, dict[RecordKey, list[RecordKey]]] = field(default_factory=dict)  # by action, by what they need


def registers(session: Session) -> list[tuple[str, str]]:
    """(name, title) of the registers whose deleted records the person may see."""
    known = session.definitions.registers.values()
    return [(spec.name, spec.title) for spec in known if session.opens(spec.name)]


def find(session: Session, register: str = "", text: str = "") -> list[DeletedKey]:
    """Deleted records, the last deleted first; of one register, and those that hold some words."""
    wanted = [register] if register else [name for name, _ in registers(session)]
    if register:
        session.register(register)
    return session.file.deleted.keys([name for name in wanted if session.opens(name)], text)


def lines(session: Session, keys: Sequence[DeletedKey]) -> list[DeletedLine]:
    """Some of them in words."""
    found = []
    for key, record, change in session.file.deleted.records(keys):
        if record.register == _ATTACHMENT and not session.opens(str(record.values.get(_OWNER_REGISTER, ""))):
            continue
        spec = session.register(key.register)
        reason = change.reason or (_TAKEN_BACK if change.undoes is not None else "")
        title = title_with_links(session, spec, record.values)
        found.append(
            DeletedLine(
                RecordKey(key.register, key.id), spec.short or spec.title, title, change.at, change.actor, reason,
            )
        )  # fmt: skip
    return found


def note_listed(session: Session, shown: Iterable[DeletedLine]) -> None:
    """Write down that records of restricted registers were listed; the window does, not the reading connection."""
    counted: dict[str, int] = {}
    for line in shown:
        counted[line.key.register] = counted.get(line.key.register, 0) + 1
    for name, count in counted.items():
        access.note(session, session.register(name), access.LIST, records=count)


def deleted_together(session: Session, key: RecordKey) -> list[RecordKey]:
    """What went in the same action, the record among them: a whole list, an import taken back."""
    return session.file.deleted.of_action(session.file.deleted.action_of(key))


def plan(session: Session, keys: Sequence[RecordKey]) -> ReturnPlan:
    """What bringing these back would do. Raises TD-STORE-350 for more than ``MOST``."""
    if len(keys) > MOST:
        raise UserError("TD-STORE-350", count=len(keys), most=MOST)
    asked = _Asked(chosen=frozenset(keys))
    for key in keys:
        _walk(session, asked, key, "")
    return ReturnPlan(tuple(asked.returning.values()), tuple(asked.staying.values()))


def bring_back(session: Session, planned: ReturnPlan, reason: str = "") -> Changes:
    """Bring back what was planned, all or nothing, as one action that one undo takes back.

    Raises TD-STORE-220 (permission), TD-DATA-610 (not deleted any more), 612 (a warning without a reason), 613 (what
    stands in the way since it was planned).
    """
    session.require(Permission.RECORD)
    said = told_reason(reason)
    done: list[RecordKey] = []
    with session.file.atomic():
        for one in planned.returning:
            spec = session.register(one.key.register)
            before = _deleted(session, one.key)
            if before is None:
                raise UserError("TD-DATA-610", singular=spec.singular)
            _refuse(session, spec, before, one, said)
            values = records.completed(session, spec.name, before.values, before.id)
            session.file.deleted.bring_back(
                one.key, values, actor=session.user.name, now=session.now(),
                reason=f"{REASON}: {said}" if said else REASON,
            )  # fmt: skip
            session.forget(Changes(frozenset({spec.name}), (one.key.id,)))
            done.append(one.key)
    changes = Changes(frozenset(key.register for key in done), tuple(key.id for key in done))
    session.announce(changes)
    return changes


def _refuse(session: Session, spec: RegisterSpec, record: Record, one: Returning, reason: str) -> None:
    """Raise what stands in the way of a record now, the ones before it being back."""
    records.refuse_foreign(session, record)
    problems = records.check(session, spec.name, record.values, record.id)
    if blocking(problems):
        first = next(problem for problem in problems if problem.severity is Severity.ERROR)
        raise UserError("TD-DATA-613", title=one.title, why=first.text)
    if not reason and any(problem.severity is Severity.WARNING for problem in problems):
        first = next(problem for problem in problems if problem.severity is Severity.WARNING)
        raise UserError("TD-DATA-612", title=one.title, why=first.text)


def _walk(session: Session, asked: _Asked, key: RecordKey, because: str) -> bool:
    """Plan one record and what it needs before it, what went with it after it; whether it comes back."""
    if key in asked.walked:
        return key not in asked.staying
    asked.walked.add(key)
    spec = session.register(key.register)
    record = _deleted(session, key)
    if record is None:
        asked.staying[key] = Staying(spec.singular, "đã được lấy lại, hoặc đã xóa vĩnh viễn")
        return False
    title, before = title_with_links(session, spec, record.values), set(asked.returning)
    why = _barred(session, record) or _unlinked(session, asked, spec, record, title)
    alone = asked.returning.keys() == before
    problems = (
        _problems(session, spec, record) if alone and not why else []
    )  # else looked at when what it needs is back
    if blocking(problems):
        why = next(sentence_of(spec, problem) for problem in problems if problem.severity is Severity.ERROR)
    if why:
        _leave(asked, key, Staying(title, why), before)
        return False
    warnings = tuple(sentence_of(spec, problem) for problem in problems if problem.severity is Severity.WARNING)
    asked.returning[key] = Returning(key, title, because, warnings)
    for child in _children(session, asked, key):
        _walk(session, asked, child, f"xóa cùng lúc với {title}")
    return True


def _leave(asked: _Asked, key: RecordKey, staying: Staying, before: set[RecordKey]) -> None:
    """A record stays, and what would have come back for its sake alone."""
    asked.staying[key] = staying
    for other in [one for one in asked.returning if one not in before and one not in asked.chosen]:
        del asked.returning[other]
        asked.walked.discard(other)


def _children(session: Session, asked: _Asked, key: RecordKey) -> Sequence[RecordKey]:
    """What was deleted in the same action as a record and points at it."""
    action = session.file.deleted.action_of(key)
    if action not in asked.children:
        found: dict[RecordKey, list[RecordKey]] = {}
        for other in session.file.deleted.of_action(action):
            child = _deleted(session, other)
            for target in set(_pointed_at(session.register(other.register), child.values)) if child else ():
                found.setdefault(target, []).append(other)
        asked.children[action] = found
    return asked.children[action].get(key, ())


def _barred(session: Session, record: Record) -> str:
    """Why a record cannot come back by itself."""
    owner = records.owner_of(session, record)
    if owner:
        return f"của {owner}, chỉ nơi đó lấy lại được"
    if record.register == _ATTACHMENT and session.file.attached_files.size(str(record.values.get("sha256"))) is None:
        return "nội dung tệp không còn trong sổ"
    return ""


def _unlinked(session: Session, asked: _Asked, spec: RegisterSpec, record: Record, title: str) -> str:
    """Plan what a record points at; why it cannot stand, where that cannot come back."""
    for target in dict.fromkeys(_pointed_at(spec, record.values)):
        standing = session.file.deleted.standing(target)
        pointed = session.definitions.registers[target.register]
        if standing is Standing.GONE and target in set(_own_links(spec, record.values)):
            return f"{pointed.singular} mà nó nhắc tới đã xóa vĩnh viễn"
        if standing is not Standing.DELETED:
            continue
        if not session.opens(target.register):
            return f"cần {pointed.singular} đã xóa ở {pointed.title}, sổ mà bạn không được xem"
        if not _walk(session, asked, target, f"{title} nhắc tới"):
            return f"cần {pointed.singular} đã xóa: {asked.staying[target].why}"
    return ""


def _problems(session: Session, spec: RegisterSpec, record: Record) -> list[Problem]:
    """What saving the record would be told, but for links, which are planned."""
    found = records.check(session, spec.name, record.values, record.id)
    return [problem for problem in found if problem.code != _LINK_GONE]


def _deleted(session: Session, key: RecordKey) -> Record | None:
    """The record with all its values while it is deleted."""
    found = session.file.records.get(key.register, key.id)
    return found if found is not None and found.deleted else None


def _pointed_at(spec: RegisterSpec, values: Values) -> Iterator[RecordKey]:
    """The records that a record points at: by its own links, by those of its child rows, a file at what it hangs on."""
    yield from _own_links(spec, values)
    for rows in spec.fields:
        links = [child for child in rows.fields if child.type is FieldType.LINK]
        cell = values.get(rows.name)
        for row in cell if links and isinstance(cell, tuple) else ():
            if isinstance(row, Mapping):
                yield from _links(links, row)


def _own_links(spec: RegisterSpec, values: Values) -> Iterator[RecordKey]:
    yield from _links([one for one in spec.living_fields if one.type is FieldType.LINK], values)
    if spec.name == _ATTACHMENT:
        yield RecordKey(str(values[_OWNER_REGISTER]), str(values[_OWNER]))


def _links(fields: Sequence[FieldSpec], values: Mapping[str, object]) -> Iterator[RecordKey]:
    for one in fields:
        value = values.get(one.name)
        if isinstance(value, str) and value:
            yield RecordKey(one.register, value)
