"""The commune takes over what the province decided on its proposals: looked at first, then an ordinary change.

The newest receipt says every decision that stands. A field that the commune filled in itself with something else is a
conflict, which a person decides; what was taken over or kept once is not asked again until the province says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import Value, Values
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services import history
from thidua_desktop.services.awards.award_fields import AWARD, AWARDED, DAY, FIELDS, NUMBER, REGISTER, RESULT, STANDS_IN
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.queries import Record
from thidua_desktop.store.record_decisions import KeptDecision
from thidua_desktop.sync.receipt import Receipt
from thidua_desktop.text import format_date

_OPEN = frozenset({"pending", "proposed_up", "postponed"})
"""Results that wait for a decision: a result of the province contradicts none of them."""
_MONEY = "money"


@dataclass(frozen=True, slots=True)
class FieldResult:
    """One field that would change; a conflict when the commune filled in ``here`` itself."""

    name: str
    label: str
    here: str
    there: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class AwardResult:
    """One proposal with what the province decided. ``money``: before and after, by law, in đồng; ``barred``: why it
    cannot be taken over as it is; ``revision``: the state that was looked at."""

    record_id: str
    revision: int
    title: str
    words: str
    fields: tuple[FieldResult, ...]
    money: tuple[int | None, int | None]
    warnings: tuple[str, ...] = ()
    barred: str = ""

    @property
    def conflicts(self) -> tuple[FieldResult, ...]:
        """Fields that a person must decide."""
        return tuple(field for field in self.fields if field.conflict)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many records were changed, how many stay as the commune has them, and which were left out, with why."""

    changed: int
    kept: int
    left_out: tuple[tuple[str, str], ...]


def keep_decisions(session: Session, receipt: Receipt) -> None:
    """Inside the transaction that takes a receipt in: exactly what it says stands; what was settled stays settled."""
    own = session.file.identity.code
    new = {one.record_id: one for one in _of_receipt(session, receipt)}
    for kept in session.file.decisions.of(own):
        if kept.record_id not in new:
            session.file.decisions.drop(REGISTER, kept.record_id)
    for one in new.values():
        session.file.decisions.put(one)


def said_by(session: Session, receipt: Receipt) -> int:
    """How many proposals a receipt that was not taken in yet would put up to be taken over."""
    return sum(1 for kept in _of_receipt(session, receipt) if _differs(session, kept))


def waiting_count(session: Session) -> int:
    """How many proposals wait to be taken over."""
    if not session.opens(REGISTER):
        return 0
    return sum(1 for kept in session.file.decisions.of(session.file.identity.code) if _differs(session, kept))


def waiting(session: Session) -> list[AwardResult]:
    """Every proposal of which the province says something else than stands here, by title; nothing is written."""
    own = session.file.identity.code
    found = [_look(session, kept) for kept in session.file.decisions.of(own) if _differs(session, kept)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.title, one.record_id))


def declined(session: Session) -> int:
    """Of how many proposals the commune keeps something else than the province decided."""
    return sum(1 for kept in session.file.decisions.of(session.file.identity.code) if kept.declined)


def ask_again(session: Session) -> None:
    """Put up again what the commune chose to keep."""
    session.require(Permission.RECORD)
    for kept in session.file.decisions.of(session.file.identity.code):
        if kept.declined:
            session.file.decisions.put(replace(kept, declined={}))
    session.announce(Changes(frozenset({REGISTER})))


def take_over(
    session: Session, results: Iterable[AwardResult], keep: Mapping[str, Collection[str]] | None = None
) -> TakenOver:
    """Write what was decided into the proposals, as one action that one undo takes back; ``keep``: record -> fields in
    which the commune's own value stays. TD-STORE-220 without the permission to record.

    A record that was changed since it was looked at, or that its checks refuse, is left out.
    """
    session.require(Permission.RECORD)
    left_out: list[tuple[str, str]] = []
    changed: list[str] = []
    kept_own = 0
    with session.file.atomic():
        for one in results:
            own = frozenset((keep or {}).get(one.record_id, ()))
            why = _write(session, one, own)
            if why is None:
                kept_own += 1
            elif why:
                left_out.append((one.title, why))
            else:
                changed.append(one.record_id)
    session.announce(Changes(frozenset({REGISTER}), tuple(changed)))
    return TakenOver(len(changed), kept_own, tuple(left_out))


def _write(session: Session, one: AwardResult, own: frozenset[str]) -> str | None:
    """Take one decision over; "" when written, None when only the commune's own values stay, else why not."""
    from thidua_desktop.services import records
    from thidua_desktop.services.following import follow

    kept, record = session.file.decisions.get(REGISTER, one.record_id), _record(session, one.record_id)
    if kept is None or record is None or record.revision != one.revision:
        return "vừa được sửa ở nơi khác, xem lại"
    wanted = _wanted(kept)
    taken = {name: wanted[name] for name in _different(session, kept, record) if name not in own}
    values, barred, _ = _completed(session, record, taken)
    if barred:
        return barred
    agreed = {name: text for name, text in wanted.items() if name not in own}
    stay = {name: text for name, text in wanted.items() if name in own}
    session.file.decisions.put(replace(kept, applied={**kept.applied, **agreed}, declined=stay))
    filled = {name: value for name, value in values.items() if value is not None}
    if filled == {name: value for name, value in record.values.items() if value is not None}:
        return None
    session.file.records.save(
        REGISTER, filled, id=record.id, expected_revision=record.revision, actor=session.user.name, now=session.now(),
        reason=_reason(kept),
    )  # fmt: skip
    session.forget(Changes(frozenset({REGISTER}), (record.id,)))
    follow(session, REGISTER, record.id, records.completed)
    return ""


def _look(session: Session, kept: KeptDecision) -> AwardResult | None:
    from thidua_desktop.services.awards.decisions import decision_words
    from thidua_desktop.services.titles import title_with_links

    record = _record(session, kept.record_id)
    if record is None:
        return None
    spec = session.register(REGISTER)
    fields = tuple(_fields(session, kept, record))
    values, barred, warnings = _completed(session, record, {field.name: kept.values[field.name] for field in fields})
    before, after = (_money(one) for one in (record.values, values))
    return AwardResult(
        record.id, record.revision, title_with_links(session, spec, record.values), decision_words(session, kept),
        fields, (before, after), warnings, barred,
    )  # fmt: skip


def _completed(session: Session, record: Record, taken: Mapping[str, str]) -> tuple[Values, str, tuple[str, ...]]:
    """The record's values with what is taken over, what forbids that ("" nothing), and the warnings."""
    from thidua_desktop.domain.problems import Severity
    from thidua_desktop.services import records

    spec = session.register(REGISTER)
    try:
        new = {name: field_type(spec.field(name)).from_plain(spec.field(name), text) for name, text in taken.items()}
    except (ValueError, TypeError) as fault:
        return record.values, str(fault), ()
    values = {**record.values, **new}
    problems = records.check(session, REGISTER, values, record.id)
    errors = [sentence_of(spec, one) for one in problems if one.severity is Severity.ERROR]
    warnings = tuple(sentence_of(spec, one) for one in problems if one.severity is Severity.WARNING)
    return records.completed(session, REGISTER, values, record.id), "; ".join(errors[:1]), warnings


def _fields(session: Session, kept: KeptDecision, record: Record) -> Iterator[FieldResult]:
    """The fields in which the decision and the record differ."""
    spec = session.register(REGISTER)
    for name in _different(session, kept, record):
        field = spec.field(name)
        here, there = _here(session, record, name), kept.values[name]
        shown = [history.shown_value(session, field, plain) for plain in (here, there)]
        yield FieldResult(name, field.label, shown[0], shown[1], _is_conflict(kept, record, name, here))


def _is_conflict(kept: KeptDecision, record: Record, name: str, here: Any) -> bool:
    """Whether the commune filled the field in itself: not what came from the province before, not what waits."""
    if here is None or here == kept.applied.get(name):
        return False
    if name == RESULT:
        return here not in _OPEN
    return record.values.get(RESULT) == AWARDED if name == AWARD else True


def _different(session: Session, kept: KeptDecision, record: Record) -> list[str]:
    wanted = _wanted(kept)
    return [
        name
        for name in FIELDS
        if name in wanted and kept.declined.get(name) != wanted[name] and _here(session, record, name) != wanted[name]
    ]


def _differs(session: Session, kept: KeptDecision) -> bool:
    record = _record(session, kept.record_id)
    return record is not None and bool(_different(session, kept, record))


def _here(session: Session, record: Record, name: str) -> Any:
    """The plain value that stands here; number and day also where they came from the commune's round."""
    spec = session.register(REGISTER)
    own = record.values.get(name)
    standing = own if own is not None else record.values.get(STANDS_IN.get(name, name))
    return None if standing is None else field_type(spec.field(name)).to_plain(spec.field(name), standing)


def _wanted(kept: KeptDecision) -> dict[str, str]:
    """What the decision says of the fields that the province may decide."""
    return {name: kept.values[name] for name in FIELDS if name in kept.values}


def _record(session: Session, record_id: str) -> Record | None:
    found = session.file.records.get(REGISTER, record_id)
    is_own = found is not None and not found.deleted and found.office == session.file.identity.code
    return found if is_own else None


def _of_receipt(session: Session, receipt: Receipt) -> Iterator[KeptDecision]:
    for one in receipt.decided:
        values = {name: text for name, text in one.values.items() if name in FIELDS}
        if one.register != REGISTER or not values:
            continue
        before = session.file.decisions.get(REGISTER, one.id)
        yield KeptDecision(
            register=REGISTER, record_id=one.id, office=receipt.office, values=values, at=session.now(),
            actor=session.user.name, applied=before.applied if before else {},
            declined=before.declined if before else {},
        )  # fmt: skip


def _money(values: Mapping[str, Value]) -> int | None:
    money = values.get(_MONEY)
    return money if isinstance(money, int) else None


def _reason(kept: KeptDecision) -> str:
    """ "theo quyết định của tỉnh số 1450/QĐ-UBND ngày 20/12/2026"."""
    number, day = kept.values.get(NUMBER, ""), kept.values.get(DAY, "")
    which = f" số {number}" if number else ""
    which += f" ngày {format_date(date.fromisoformat(day))}" if day else ""  # what is no day was refused before
    return f"theo quyết định của tỉnh{which}"
