"""The province records what was decided on proposals of its communes; the next receipt of each commune says it.

A commune's record is changed by its owner alone: what is kept here is the decision, which the commune takes over
(``services.awards.results``). Of one proposal the decision written last counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.services import history
from thidua_desktop.services.acts import Act
from thidua_desktop.services.awards import own_copies
from thidua_desktop.services.awards.award_fields import (
    AWARD,
    AWARDED,
    CERTIFICATE,
    DAY,
    NUMBER,
    REASON,
    REGISTER,
    RESULT,
    RESULTS,
    ROUNDS,
)
from thidua_desktop.services.awards.succeeding import Taker, takers
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.packages import MADE
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.store.record_decisions import KeptDecision
from thidua_desktop.text import format_date, format_number

_COMMUNE_CHAIR = "commune_chair"
_FOR = "for"


@dataclass(frozen=True, slots=True)
class AwardDecision:
    """What was decided; ``award`` "" leaves what was proposed, number and day belong to an award alone."""

    result: str = AWARDED
    number: str = ""
    day: date | None = None
    award: str = ""
    certificate: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal before it is decided. ``money`` by law for the award and day asked for, in đồng, None where no law
    table knows it; ``before``: what was decided on it earlier; ``barred``: why the province does not decide on it."""

    record_id: str
    office: str
    office_name: str
    name: str
    award: str
    money: int | None
    before: str = ""
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision in words, and how far it has come on its way into the commune's book."""

    words: str
    way: str
    taken_over: bool


def proposals(session: Session, ids: Sequence[str], decision: AwardDecision) -> list[Proposal]:
    """These records as proposals, with what the decision would mean for each; nothing is written."""
    session.require(Permission.RECEIVE)
    names = dict(by_name(session))
    found = session.file.records.window(REGISTER, list(ids))
    return [_proposal(session, one, decision, names) for one in found if not one.deleted]


def barred(session: Session, record: Record, award: str = "", day: date | None = None) -> str:
    """Why the province records no decision on a proposal, "" where it does; ``award`` where it gives another one."""
    from thidua_desktop.domain import awards

    if record.office == session.file.identity.code:
        return "của tỉnh"
    taker = next(iter(takers(session, REGISTER, record.id, record.office)), None)
    if taker is not None and taker.record is not None:
        return f"đã sang sổ của {taker.name}"
    if own_copies.own_copy(session, record) is not None:
        return "đã ở đợt xét của tỉnh, kết quả ghi ở đó"
    decider = awards.decided_by(award or str(record.values.get(AWARD, "")), day or session.today)
    return "xã tự quyết định" if decider == _COMMUNE_CHAIR else ""


def decide(session: Session, ids: Sequence[str], decision: AwardDecision) -> int:
    """Record the decision for every proposal that the province decides on; how many.

    Raises TD-SYNC-242 for an award without number or day, 243 for a day that cannot be, 244 for another result without
    its reason, 245 when none of the records is the province's to decide, TD-STORE-220.
    """
    session.require(Permission.RECEIVE)
    _require_whole(session, decision)
    open_ones = [one for one in proposals(session, ids, decision) if not one.barred]
    if not open_ones:
        raise UserError("TD-SYNC-245")
    _require_possible_day(session, decision, [one.record_id for one in open_ones])
    values = _values(decision)
    made: dict[str, KeptDecision | None] = {
        one.record_id: KeptDecision(
            register=REGISTER, record_id=one.record_id, office=one.office, values=values, at=session.now(),
            actor=session.user.name,
        )
        for one in open_ones
    }  # fmt: skip
    _done(session, made, f"ghi kết quả khen thưởng của {format_number(len(made))} đề nghị")
    return len(open_ones)


def take_back(session: Session, record_id: str) -> None:
    """The decision was recorded by mistake: the next receipt no longer says it. What a commune took over stays there
    until it is told otherwise. Nothing happens where none was recorded."""
    session.require(Permission.RECEIVE)
    if session.file.decisions.get(REGISTER, record_id) is not None:
        _done(session, {record_id: None}, "bỏ kết quả khen thưởng của một đề nghị")


def _done(session: Session, now: Mapping[str, KeptDecision | None], words: str) -> None:
    """Keeps decisions (None: none any more), so that an undo brings back what stood before."""
    before = {record_id: session.file.decisions.get(REGISTER, record_id) for record_id in now}
    session.announce(_kept_so(session, now))
    act = Act(words, back=lambda own: _kept_so(own, before), again=lambda own: _kept_so(own, now))
    session.acts.note(session, act)


def _kept_so(session: Session, decisions: Mapping[str, KeptDecision | None]) -> Changes:
    with session.file.atomic():
        for record_id, kept in decisions.items():
            if kept is None:
                session.file.decisions.drop(REGISTER, record_id)
            else:
                session.file.decisions.put(kept)
    return Changes(frozenset({REGISTER}), tuple(decisions))


def standing_of(session: Session, record_id: str) -> Standing | None:
    """What was decided on a proposal here, in a round of the province or beside one, or None."""
    record = session.file.records.get(REGISTER, record_id)
    kept = own_copies.decided_on(session, record) if record is not None else None
    kept = kept or session.file.decisions.get(REGISTER, record_id)
    if kept is None:
        return None
    going_on = takers(session, REGISTER, record_id, kept.office)
    written = [one for one in (record, *(taker.record for taker in going_on)) if one is not None]
    if any(_stands_in(session, kept, one) for one in written):
        return Standing(decision_words(session, kept), "Xã đã ghi vào sổ", True)
    return Standing(decision_words(session, kept), _way(session, kept, going_on), False)


def _way(session: Session, kept: KeptDecision, going_on: Sequence[Taker]) -> str:
    """How far a decision has come; of an ended commune, to those who go on with its proposals."""
    offices = {kept.office: "xã", **{one.office: one.name for one in going_on}}
    told = [
        (entry.number, offices[entry.details[_FOR]])
        for entry in session.file.packages.all(MADE)
        if entry.details.get(_FOR) in offices and entry.at >= kept.at
    ]
    if told:
        number, name = min(told)
        return f"Đã báo {name} bằng biên nhận số {number}"
    if not going_on:
        return "Xã được báo ở biên nhận sau"
    names = " hoặc ".join(one.name for one in going_on)
    return f"Đơn vị đã kết thúc; {names} được báo ở biên nhận sau, khi đã nhận bàn giao"


def earlier(session: Session) -> list[tuple[str, date]]:
    """Numbers and days of decisions known here, the newest first: of the province's own rounds, and recorded before."""
    found: dict[str, date] = {}
    own = session.file.identity.code
    for record in session.file.records.every(ListQuery(ROUNDS)):
        number, day = record.values.get("decision_number"), record.values.get("decision_on")
        if record.office == own and isinstance(number, str) and isinstance(day, date):
            found[number] = day
    for office, _ in by_name(session):
        for kept in session.file.decisions.of(office):
            if NUMBER in kept.values:
                found[kept.values[NUMBER]] = date.fromisoformat(kept.values[DAY])
    return sorted(found.items(), key=lambda one: one[1], reverse=True)


def decision_words(session: Session, kept: KeptDecision) -> str:
    """ "Được khen thưởng, Quyết định số 1450/QĐ-UBND ngày 20/12/2026"."""
    spec = session.register(REGISTER)
    shown = {name: history.shown_value(session, spec.field(name), text) for name, text in kept.values.items()}
    parts = [shown.get(RESULT, ""), shown.get(AWARD, "")]
    if NUMBER in shown:
        parts.append(f"Quyết định số {shown[NUMBER]} ngày {shown.get(DAY, '')}")
    if CERTIFICATE in shown:
        parts.append(f"số hiệu bằng {shown[CERTIFICATE]}")
    return ", ".join(part for part in (*parts, shown.get(REASON, "")) if part)


def _stands_in(session: Session, kept: KeptDecision, record: Record) -> bool:
    spec = session.register(REGISTER)
    plain = {
        name: None if (value := record.values.get(name)) is None else field_type(spec.field(name)).to_plain(
            spec.field(name), value
        )
        for name in kept.values
    }  # fmt: skip
    return plain == dict(kept.values)


def _proposal(session: Session, record: Record, decision: AwardDecision, names: dict[str, str]) -> Proposal:
    from thidua_desktop.domain import awards

    spec, values = session.register(REGISTER), record.values
    award, recipient = decision.award or str(values.get(AWARD, "")), str(values.get("recipient", ""))
    day = decision.day or session.today
    paid = awards.money(award, awards.Recipient(recipient), day) if decision.result == AWARDED else None
    kept = session.file.decisions.get(REGISTER, record.id)
    return Proposal(
        record.id, record.office, names.get(record.office, record.office),
        str(values.get("recipient_name", "")) or title_with_links(session, spec, values),
        history.shown_value(session, spec.field(AWARD), award), paid.paid if paid else None,
        decision_words(session, kept) if kept is not None else "", barred(session, record, award, day),
    )  # fmt: skip


def _require_whole(session: Session, decision: AwardDecision) -> None:
    if decision.result not in RESULTS:
        raise KeyError(decision.result)
    if decision.result == AWARDED and (not decision.number.strip() or decision.day is None):
        raise UserError("TD-SYNC-242")
    if decision.result != AWARDED and not told_reason(decision.reason):
        raise UserError("TD-SYNC-244")
    if decision.result == AWARDED and decision.day is not None and decision.day > session.today:
        raise UserError("TD-SYNC-243", day=format_date(decision.day), proposed="hôm nay")


def _require_possible_day(session: Session, decision: AwardDecision, ids: Sequence[str]) -> None:
    """A decision is not older than what it decides on."""
    if decision.result != AWARDED or decision.day is None:
        return
    for record in session.file.records.window(REGISTER, list(ids)):
        proposed = record.values.get("proposed_on")
        if isinstance(proposed, date) and decision.day < proposed:
            raise UserError("TD-SYNC-243", day=format_date(decision.day), proposed=format_date(proposed))


def _values(decision: AwardDecision) -> dict[str, str]:
    awarded = decision.result == AWARDED
    values = {
        RESULT: decision.result,
        AWARD: decision.award if awarded else "",
        NUMBER: " ".join(decision.number.split()) if awarded else "",
        DAY: decision.day.isoformat() if awarded and decision.day is not None else "",
        CERTIFICATE: " ".join(decision.certificate.split()) if awarded else "",
        REASON: " ".join(decision.reason.split()),
    }
    return {name: value for name, value in values.items() if value}
