"""Proposals of communes come into a round of the province: a record of the province's own stands for each from then on,
and what comes of it is the decision on the commune's proposal (``own_copies``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Value, Values
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services.awards.award_fields import CERTIFICATE, DAY, NUMBER, REASON, REGISTER, RESULT, ROUNDS
from thidua_desktop.services.awards.decisions import barred
from thidua_desktop.services.awards.own_copies import original
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.own_copies import copy_id
from thidua_desktop.store.queries import ListQuery, Record

_ROUND, _PENDING = "round", "pending"
_ANEW = frozenset(
    {
        _ROUND, RESULT, REASON, NUMBER, DAY, CERTIFICATE, "votes_for", "book_number", "presented_on", "withdrawn_on",
        "withdrawn_basis", "note",
    }
)  # fmt: skip
"""What the commune's council or chair said is not what the province says."""
_ADDRESS = "address"
_WHY = "đưa đề nghị của xã vào đợt xét của tỉnh"


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many proposals came into the round, and which were left out, with why."""

    count: int
    left_out: tuple[tuple[str, str], ...]
    changes: Changes


def open_rounds(session: Session) -> list[tuple[str, str]]:
    """(id, title) of the province's own rounds that have no decision yet, the newest first."""
    spec, own = session.register(ROUNDS), session.file.identity.code
    return [
        (record.id, title_with_links(session, spec, record.values))
        for record in session.file.records.every(ListQuery(ROUNDS, office=own))
        if record.values.get("decision_on") is None
    ]


def gather(session: Session, ids: Sequence[str], round_id: str) -> Gathered:
    """Put proposals of communes into a round of the province, as one action that one undo takes back.

    Raises TD-STORE-220, TD-SYNC-248 when none of them can come.
    """
    session.require(Permission.RECEIVE)
    session.require(Permission.RECORD)
    names = dict(by_name(session))
    made: list[str] = []
    left_out: list[tuple[str, str]] = []
    with session.file.atomic():
        for record in session.file.records.window(REGISTER, list(ids)):
            why = _put(session, record, round_id, names.get(record.office, ""))
            if why:
                left_out.append((title_with_links(session, session.register(REGISTER), record.values), why))
            else:
                made.append(copy_id(record.id))
        if not made:
            raise UserError("TD-SYNC-248", why=left_out[0][1] if left_out else "không có dòng nào")
    changes = Changes(frozenset({REGISTER}), tuple(made))
    session.announce(changes)
    return Gathered(len(made), tuple(left_out), changes)


def round_title(session: Session, own: Record) -> str:
    """In which round a record of the province stands."""
    found = session.file.records.get(ROUNDS, str(own.values.get(_ROUND, "")))
    return "chưa chọn đợt" if found is None else title_with_links(session, session.register(ROUNDS), found.values)


def proposer(session: Session, own: Record) -> str:
    """The name of the commune for whose proposal a record of the province stands."""
    proposal = original(session, own)
    return dict(by_name(session)).get(proposal.office, proposal.office) if proposal is not None else ""


def corrected_since(session: Session, proposal: Record, own: Record) -> tuple[str, ...]:
    """Labels of what the commune changed of its proposal after it came into a round, and the record there still has as
    it was: that one is the province's own, and follows by hand alone."""
    spec = session.register(REGISTER)
    begun = session.file.changes.history(REGISTER, own.id)[0].seq
    later = (one.fields for one in session.file.changes.history(REGISTER, proposal.id) if one.seq > begun)
    changed = {name for fields in later for name in fields} - _ANEW - spec.computed_fields
    return tuple(
        field.label
        for field in spec.living_fields
        if field.name in changed and proposal.values.get(field.name) != own.values.get(field.name)
    )


def _put(session: Session, record: Record, round_id: str, office_name: str) -> str:
    """Write the province's own record for one proposal; "" when written, else why not."""
    from thidua_desktop.domain.problems import blocking
    from thidua_desktop.services import records

    if record.deleted:
        return "đã xóa"
    why = barred(session, record)
    if why:
        return why
    if session.file.decisions.get(REGISTER, record.id) is not None:
        return "đã ghi kết quả, bỏ kết quả rồi mới đưa vào đợt được"
    values = _begun(session.register(REGISTER), record, round_id, office_name)
    problems = records.check(session, REGISTER, values, copy_id(record.id))
    if blocking(problems):
        return next(sentence_of(session.register(REGISTER), one) for one in problems if one in blocking(problems))
    session.file.records.save(
        REGISTER, records.completed(session, REGISTER, values, copy_id(record.id)), id=copy_id(record.id),
        actor=session.user.name, now=session.now(), reason=_WHY,
    )  # fmt: skip
    return ""


def _begun(spec: RegisterSpec, record: Record, round_id: str, office_name: str) -> Values:
    """What the province's record starts with: who, for what, on which grounds; the round and the result are its own."""
    computed = spec.computed_fields
    values: dict[str, Value] = {
        field.name: value
        for field in spec.living_fields
        if field.name not in _ANEW and field.name not in computed
        if (value := record.values.get(field.name)) is not None
    }
    at = str(values.get(_ADDRESS, ""))
    if office_name and office_name not in at:
        values[_ADDRESS] = ", ".join(one for one in (at, office_name) if one)
    return {**values, _ROUND: round_id, RESULT: _PENDING}
