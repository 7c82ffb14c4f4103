"""The province answers: what became of each commune's records and reports, and the receipt that carries it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services import access
from thidua_desktop.services.acts import Act
from thidua_desktop.services.awards.own_copies import decided_by_office
from thidua_desktop.services.awards.succeeding import told_to
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.handoff.acknowledged import NOT_MERGED, figures_digest, received_report
from thidua_desktop.services.handoff.aside_keeper import CONFLICT
from thidua_desktop.services.handoff.next_header import next_facts, noted
from thidua_desktop.services.report_checks.decisions import Standings, note_return, reasoned
from thidua_desktop.services.report_checks.told import check_to_tell
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.answers import KeptAnswer
from thidua_desktop.store.packages import MADE, RECEIVED, PackageEntry
from thidua_desktop.store.record_decisions import KeptDecision
from thidua_desktop.sync.chain import ChainLink, KnownChain, changes_without_gap
from thidua_desktop.sync.deliver import deliver
from thidua_desktop.sync.header import PackageKind, package_name
from thidua_desktop.sync.members import receipt_member
from thidua_desktop.sync.merge_plan import Outcome, PlanEntry
from thidua_desktop.sync.pack import PackedPackage, write_package
from thidua_desktop.sync.receipt import (
    LONGEST_REASON,
    MOST_PACKAGES,
    MergedPackage,
    Receipt,
    RecordAnswer,
    RecordDecision,
    RecordState,
    ReportAnswer,
    ReportState,
)

_STATES = {Outcome.SET_ASIDE: RecordState.SET_ASIDE, Outcome.CONFLICT: RecordState.CONFLICT}
_ABOUT_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class MadeReceipt:
    """A receipt on its stick, read back and found whole."""

    path: Path
    office: str
    office_name: str
    number: int
    acknowledged: int
    returned: int


Progress = Callable[[Sequence[MadeReceipt], int], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What this office says of a commune's record; not ``returned``: its last revision could not be merged."""

    returned: bool
    reason: str


class AnswerKeeper:
    """Keeps the answers that a package brings about while its lines are taken in, inside the running transaction."""

    def __init__(self, session: Session, office: str) -> None:
        self._session, self._office = session, office
        self._kept = {(one.register, one.record_id): one for one in session.file.answers.of(office)}

    def note(self, entry: PlanEntry) -> None:
        """One line's fate: not merged is kept with its reason, merged ends an earlier answer."""
        if entry.record is None:
            return
        key, state = (entry.register, entry.record.id), _STATES.get(entry.outcome)
        if state is None:
            self._end(key, entry.record.revision)
        elif entry.known is None or entry.known.office == self._office:
            self._keep(key, entry.record.revision, state, str(entry.reason or CONFLICT))

    def note_unwritten(self, register: str, record_id: str, revision: int, reason: str) -> None:
        """A line that the store could not write after all."""
        self._keep((register, record_id), revision, RecordState.SET_ASIDE, reason)

    def _end(self, key: tuple[str, str], revision: int) -> None:
        kept = self._kept.get(key)
        if kept is not None and (kept.state in NOT_MERGED or revision > kept.revision):
            self._session.file.answers.drop(*key)
            del self._kept[key]

    def _keep(self, key: tuple[str, str], revision: int, state: RecordState, reason: str) -> None:
        session, kept = self._session, self._kept.get(key)
        if kept is not None and kept.state == RecordState.RETURNED and kept.revision >= revision:
            return  # a person has said more about this very state
        self._kept[key] = KeptAnswer(
            register=key[0], record_id=key[1], office=self._office, revision=revision, state=state,
            reason=reason[:LONGEST_REASON].strip(), at=session.now(), actor=session.user.name,
        )  # fmt: skip
        session.file.answers.put(self._kept[key])


def answer_to(session: Session, register: str, record_id: str) -> Answer | None:
    """What this office says of a record, or None when it simply has it."""
    kept = session.file.answers.get(register, record_id)
    return None if kept is None else Answer(kept.state == RecordState.RETURNED, kept.reason)


def return_record(session: Session, register: str, record_id: str, reason: str, field: str = "") -> None:
    """Send a commune's record back to be mended, with the reason and, where it is one, the field to look at.

    Raises TD-SYNC-080 for a record of this office or none, TD-SYNC-081 without a reason, TD-STORE-220, TD-STORE-225.
    """
    session.require(Permission.RECEIVE)
    spec = session.register(register)
    record = session.file.records.get(register, record_id)
    if record is None or record.deleted or record.office == session.file.identity.code:
        raise UserError("TD-SYNC-080", register=spec.title)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-081", most=LONGEST_REASON)
    if field and not any(one.name == field for one in spec.fields):
        raise KeyError(field)
    session.file.answers.put(
        KeptAnswer(
            register=register, record_id=record_id, office=record.office, revision=record.revision,
            state=RecordState.RETURNED, field=field, reason=said, at=session.now(), actor=session.user.name,
        )
    )  # fmt: skip
    session.announce(Changes(frozenset({register}), (record_id,)))


def take_back_return(session: Session, register: str, record_id: str) -> None:
    """The record is right after all: it is no longer returned. Nothing happens when it was not.

    While a line about it waits (``services.handoff.aside``) the commune is told again that it was not taken in.
    """
    session.require(Permission.RECEIVE)
    kept = session.file.answers.get(register, record_id)
    if kept is not None and kept.state == RecordState.RETURNED:
        line = session.file.aside_lines.get(kept.office, register, record_id)
        if line is None or line.settled_with:
            session.file.answers.drop(register, record_id)
        else:
            state = _STATES[Outcome(line.state)]
            session.file.answers.put(
                replace(kept, state=state, field="", revision=line.revision, reason=line.reason[:LONGEST_REASON])
            )
        session.announce(Changes(frozenset({register}), (record_id,)))


def waiting_for_receipt(session: Session) -> list[str]:
    """Codes of communes whose receipt would say something that no earlier one has said."""
    told = _told(session)
    return sorted(office for office, facts in _facts_to_tell(session).items() if told.get(office) != facts)


def receipt_of(session: Session, office: str) -> Receipt:
    """What this office has to say to a commune now; nothing is written."""
    packages = _packages(session).get(office, [])
    links: dict[str, list[ChainLink]] = {}
    for entry in packages:
        link = ChainLink(entry.number, entry.header_hash, entry.details["previous"], entry.first_seq, entry.last_seq)
        links.setdefault(entry.installation, []).append(link)
    standings = Standings(session)
    newest = [MergedPackage(entry.installation, entry.number, entry.header_hash) for entry in packages]
    return Receipt(
        office,
        {installation: changes_without_gap(KnownChain.of(chain)) for installation, chain in links.items()},
        tuple(newest[:MOST_PACKAGES]),
        tuple(
            RecordAnswer(one.register, one.record_id, one.revision, RecordState(one.state), one.reason, one.field)
            for one in session.file.answers.of(office)
        ),
        tuple(_report_answer(session, standings, office, *row) for row in _closed_reports(session).get(office, [])),
        tuple(RecordDecision(one.register, one.record_id, one.values) for one in told_to(session, office)),
    )


def _report_answer(
    session: Session, standings: Standings, office: str, report: str, period: str, edition: int
) -> ReportAnswer:
    name = received_report(office, report)
    found = standings.of(office, report, period)
    assert found is not None  # it is one of the closed reports
    decision = found.decision
    if found.accepted:
        return ReportAnswer(report, period, found.digest, ReportState.ACCEPTED, "", check_to_tell(decision))
    returned = session.file.reports.returns(name, period).get(edition)
    if returned is not None:
        check = check_to_tell(decision)
        return ReportAnswer(report, period, found.digest, ReportState.RETURNED, returned.reason, check)
    reason = decision.reason if decision is not None else ""
    return ReportAnswer(report, period, found.digest, ReportState.RECEIVED, reason)


def return_closed_report(session: Session, office: str, report: str, period: Period, reason: str) -> None:
    """Send a commune's closed report back to be mended, with the reason and what its check sheet says of figures.

    The commune hears it with its next receipt. Raises TD-PRINT-061 when it is not here, TD-SYNC-133 without a reason,
    TD-SYNC-135 when it is accepted, TD-STORE-220.
    """
    from thidua_desktop.services.reports.editions import keep_return

    session.require(Permission.RECEIVE)
    said, name = reasoned(reason), received_report(office, report)
    with session.file.atomic():
        made = keep_return(session, name, period, session.file.identity.name, session.today, said)
        note_return(session, office, report, period, made.reason)
    session.announce(Changes(frozenset()))
    act = Act("trả lại báo cáo", elsewhere="mở kiểm tra báo cáo ấy, bấm Vẫn chấp nhận")
    session.acts.note(session, act)


def make_receipt(session: Session, office: str, folder: Path) -> MadeReceipt:
    """Write the receipt for one commune into ``folder``; the number is used up only when the file stands whole.

    Raises TD-SYNC-082 when nothing has come from that commune, TD-SYNC-083 without a card of it, TD-ENV-….
    """
    session.require(Permission.HAND_OVER)
    receipt = receipt_of(session, office)
    if not receipt.packages:
        raise UserError("TD-SYNC-082", office=office)
    partners = [one for one in session.file.partners.all() if one.office == office and one.status == cards.ACCEPTED]
    if not partners:
        raise UserError("TD-SYNC-083", office=office)
    last_seq = session.file.changes.head()[0]
    keys, facts = cards.office_keys(session), next_facts(session, PackageKind.RECEIPT, (), last_seq, last_seq)
    packed: list[PackedPackage] = []

    def produce(stream: BinaryIO) -> PackedPackage:
        members = (receipt_member(receipt),)
        recipients = [str(one.keys["age"]) for one in partners]
        packed.append(write_package(stream, facts, members, keys, recipients, spool_folder=session.file.path.parent))
        return packed[-1]

    path = deliver(produce, folder, package_name(facts), expected_size=_ABOUT_BYTES)
    with noted(session, path):
        session.file.packages.put(
            PackageEntry(
                direction=MADE, office=facts.office_code, installation=facts.installation, number=facts.number,
                kind=PackageKind.RECEIPT, header_hash=packed[-1].header_hash, sha256=packed[-1].sha256, state="copied",
                at=session.now(), actor=session.user.name, file_name=path.name,
                details={"for": office, "facts": _facts_to_tell(session, office)[office], "size": packed[-1].size},
            )
        )  # fmt: skip
    access.note_act(session, access.Act.PACKAGE, f"Biên nhận số {facts.number}")
    session.announce(Changes(frozenset()))
    returned = sum(one.state is RecordState.RETURNED for one in receipt.records)
    return MadeReceipt(
        path, office, partners[0].name, facts.number, max(receipt.acknowledged.values(), default=0), returned
    )


def make_receipts(
    session: Session, folder: Path, offices: Sequence[str] | None = None, on_progress: Progress | None = None
) -> list[MadeReceipt]:
    """A receipt for each of ``offices``, or for every commune that has something new to hear.

    ``on_progress(made, total)`` before each; what it raises leaves those that are written.
    """
    wanted = waiting_for_receipt(session) if offices is None else offices
    made: list[MadeReceipt] = []
    for office in wanted:
        if on_progress is not None:
            on_progress(made, len(wanted))
        made.append(make_receipt(session, office, folder))
    return made


def _packages(session: Session) -> dict[str, list[PackageEntry]]:
    """The packages of records by commune, each commune's newest first."""
    found: dict[str, list[PackageEntry]] = {}
    for entry in session.file.packages.all(RECEIVED):
        if entry.kind == PackageKind.REPORT:
            found.setdefault(entry.office, []).append(entry)
    return found


def _closed_reports(session: Session) -> dict[str, list[tuple[str, str, int]]]:
    """(report, period, edition here) of what each commune has closed and sent, in order."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for name, period, edition in session.file.reports.all_frozen():
        office, _, report = name.partition(":")
        if report:
            found.setdefault(office, []).append((report, period, edition))
    return {office: sorted(rows) for office, rows in found.items()}


def _facts_to_tell(session: Session, only: str = "") -> dict[str, str]:
    """By commune (of all, or one), a digest of what a receipt would rest on; it changes whenever the receipt would."""
    packages, closed = _packages(session), _closed_reports(session)
    of_rounds = decided_by_office(session)
    decided = {key: one.id for key, one in session.file.report_checks.newest().items()}
    return {
        office: figures_digest(
            {
                "packages": sorted(entry.header_hash for entry in entries),
                "records": [[one.register, one.record_id, one.revision, one.state, one.reason, one.field]
                            for one in session.file.answers.of(office)],
                "reports": [[*row, row[2] in session.file.reports.returns(received_report(office, row[0]), row[1]),
                             decided.get((received_report(office, row[0]), row[1]), 0)]
                            for row in closed.get(office, [])],
                **_decided(session, office, of_rounds),
            }
        )
        for office, entries in packages.items()
        if only in ("", office)
    }  # fmt: skip


def _decided(session: Session, office: str, of_rounds: Mapping[str, Sequence[KeptDecision]]) -> dict[str, Any]:
    """What was decided on proposals; nothing where nothing was, so that older receipts told everything."""
    rows = [[one.register, one.record_id, dict(one.values)] for one in told_to(session, office, of_rounds)]
    return {"decided": rows} if rows else {}


def _told(session: Session) -> dict[str, str]:
    """What the last receipt that was written for each commune rested on."""
    told: dict[str, str] = {}
    for entry in session.file.packages.all(MADE):
        if entry.kind == PackageKind.RECEIPT:
            told.setdefault(str(entry.details["for"]), str(entry.details["facts"]))
    return told
