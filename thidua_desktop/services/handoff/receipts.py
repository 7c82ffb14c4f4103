"""The commune takes the province's receipt in: what has arrived, what was not merged, what comes back to be mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services.awards import results
from thidua_desktop.services.handoff import cards, incoming
from thidua_desktop.services.handoff.acknowledged import (
    ACKNOWLEDGED,
    ANSWERS_FROM,
    BEFORE_RESTORE,
    REPORTS_ANSWERED,
    confirmed_before,
    figures_digest,
    received,
)
from thidua_desktop.services.handoff.exchange_state import RECEIPT, SIDEWAYS
from thidua_desktop.services.handoff.sticks import packages_in
from thidua_desktop.services.periods import parse_in
from thidua_desktop.services.report_checks.told import answer_words, kept_answers
from thidua_desktop.services.report_periods import report_label
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.answers import KeptAnswer
from thidua_desktop.store.packages import MADE, RECEIVED, PackageEntry
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.receipt import Receipt, RecordState, ReportState
from thidua_desktop.sync.refusals import Code
from thidua_desktop.sync.verify import VerifiedPackage


@dataclass(frozen=True, slots=True)
class RecordWords:
    """One record that the province does not simply have, as a work item; ``title`` is what it is called here."""

    register: str
    record_id: str
    title: str
    field: str
    reason: str
    state: RecordState
    at: datetime | None = None

    @property
    def words(self) -> str:
        """What became of it."""
        return "Trả lại" if self.state is RecordState.RETURNED else "Chưa nhập được"


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A verified receipt before it is taken in: what it changes in what this office believes of its packages.

    ``newly``: numbers of packages that it confirms; ``reports``: words for each closed report that it names;
    ``awards``: how many proposals for awards were decided otherwise than they stand here.
    """

    path: Path
    sha256: str
    sender: str
    number: int
    created: str
    acknowledged: int
    newly: tuple[int, ...]
    records: tuple[RecordWords, ...]
    reports: tuple[str, ...]
    awards: int = 0


class Whereabouts(StrEnum):
    """How far a record's last change has come."""

    HERE = "here"
    COPIED = "copied"
    RECEIVED = "received"
    NOT_MERGED = "not_merged"
    RETURNED = "returned"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """Where a record's last change is, in words; ``field`` and ``reason`` only where the province gave them."""

    whereabouts: Whereabouts
    words: str
    reason: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A receipt on a stick: what it says, or the refusal that keeps it out; ``number`` as the file claims it."""

    path: Path
    number: int
    view: ReceiptView | None
    refusal: UserError | None = None


def find_receipts(session: Session, folder: Path) -> list[FoundReceipt]:
    """The receipts on the folder's top level that a province of this office may have written, the newest first.

    Those that went to other communes are left out: a stick may carry the receipts of many. Raises TD-SYNC-050.
    """
    senders = {office.code for office in cards.known_offices(session)}
    found = []
    try:
        names = packages_in(folder)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=folder.name or str(folder)) from fault
    for name in names:
        one = _found(session, folder / name, senders)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: -one.number)


def _found(session: Session, path: Path, senders: set[str]) -> FoundReceipt | None:
    try:
        claimed = incoming.inspect(path)
    except UserError:
        return None  # no receipt that could be named; packages of records are looked at elsewhere
    if claimed.kind != PackageKind.RECEIPT or claimed.office_code not in senders:
        return None
    try:
        return FoundReceipt(path, claimed.number, look_at_receipt(session, path))
    except UserError as refusal:
        if refusal.code == Code.NOT_ADDRESSED:
            return None
        return FoundReceipt(path, claimed.number, None, refusal)


def last_receipt(session: Session) -> PackageEntry | None:
    """The receipt taken in last, or None."""
    taken = session.file.packages.all(RECEIVED)
    return next((entry for entry in taken if entry.kind == PackageKind.RECEIPT), None)


def look_at_receipt(session: Session, path: Path) -> ReceiptView:
    """Verify a receipt and say what it means; nothing is written. Raises TD-SYNC-…, 084 another kind, 085, 086."""
    session.require(Permission.HAND_OVER)
    with incoming.verified(session, path, PackageKind.RECEIPT) as package:
        incoming.position_of(session, package)
        receipt = _for_this_office(session, package)
        facts = package.header.facts
        return ReceiptView(
            path,
            package.sha256,
            facts.office_name,
            facts.number,
            facts.created,
            _confirmed(session, receipt),
            _newly_confirmed(session, receipt),
            tuple(_record_words(session, answer) for answer in _answers(session, receipt)),
            tuple(_report_words(session, receipt)),
            results.said_by(session, receipt),
        )


def take_receipt(session: Session, view: ReceiptView) -> None:
    """Take the receipt in, in one transaction; TD-SYNC-055 when the file changed since it was looked at."""
    session.require(Permission.HAND_OVER)
    with incoming.verified(session, view.path, PackageKind.RECEIPT) as package:
        if package.sha256 != view.sha256:
            raise UserError("TD-SYNC-055")
        incoming.position_of(session, package)
        receipt = _for_this_office(session, package)
        answers = _answers(session, receipt)
        with session.file.atomic():
            # Exactly what the newest receipt says, be it less than before: a province that has gone back to a backup
            # needs the rest again, and packages that carry too much do no harm.
            session.file.settings.put(ACKNOWLEDGED, _confirmed(session, receipt))
            session.file.settings.put(BEFORE_RESTORE, confirmed_before(session, receipt.acknowledged) or None)
            session.file.settings.put(RECEIPT, [package.header.facts.number, dict(receipt.acknowledged)])
            session.file.settings.put(REPORTS_ANSWERED, kept_answers(receipt))
            session.file.settings.put(ANSWERS_FROM, package.header.facts.number)
            _lock_accepted(session, receipt)
            _open_returned(session, receipt, package.header.facts.office_name)
            session.file.answers.drop_all(session.file.identity.code)
            for answer in answers:
                session.file.answers.put(answer)
            results.keep_decisions(session, receipt)
            session.file.packages.put(_entry(session, package))
    session.announce(Changes(frozenset(answer.register for answer in answers)))


def _open_returned(session: Session, receipt: Receipt, sender: str) -> None:
    """Reports that come back and still stand as they were sent: their days open, the reason stays with the closing."""
    from thidua_desktop.services.reports.editions import keep_return

    for one in receipt.reports:
        if one.state is not ReportState.RETURNED or one.report not in session.definitions.reports:
            continue
        frozen = session.file.reports.frozen(one.report, one.period)
        if frozen is None or figures_digest(frozen.figures) != one.figures:
            continue  # closed again since
        if frozen.edition not in session.file.reports.returns(one.report, one.period):
            period = parse_in(session.definitions, one.period)
            keep_return(session, one.report, period, sender, session.today, one.reason)
            session.file.periods.unlock(one.report, one.period)


def _lock_accepted(session: Session, receipt: Receipt) -> None:
    """Reports that the province accepted as they stand here: days that were opened meanwhile are closed again."""
    from thidua_desktop.services.report_periods import closed_days

    locked = {(lock.kind, lock.code) for lock in session.file.periods.all()}
    for one in receipt.reports:
        frozen = session.file.reports.frozen(one.report, one.period)
        if one.state is not ReportState.ACCEPTED or frozen is None or figures_digest(frozen.figures) != one.figures:
            continue
        session.file.reports.drop_return(one.report, one.period, frozen.edition)
        days = closed_days(session, one.report, one.period)
        if (one.report, one.period) not in locked and days is not None:
            session.file.periods.lock(one.report, one.period, *days, session.user.name, session.now())


def returned_records(session: Session) -> list[RecordWords]:
    """Records that the province returned or could not merge, and that have not been changed since."""
    found = []
    for answer in session.file.answers.of(session.file.identity.code):
        if session.opens(answer.register) and _still_open(session, answer):
            found.append(_record_words(session, answer))
    return found


def standing_of(session: Session, register: str, record_id: str) -> RecordStanding:
    """How far the last change of a record has come: made, copied, received, returned; only receipts say received."""
    if session.register(register).travels != "full":
        return RecordStanding(Whereabouts.STAYS, "Ở lại xã, chỉ số lượng được gửi")
    answer = session.file.answers.get(register, record_id)
    if answer is not None and _still_open(session, answer):
        if answer.state == RecordState.RETURNED:
            return RecordStanding(Whereabouts.RETURNED, "Tỉnh trả lại để sửa", answer.reason, answer.field)
        return RecordStanding(Whereabouts.NOT_MERGED, "Tỉnh chưa nhập được", answer.reason)
    history = session.file.changes.history(register, record_id)
    last = history[-1].seq if history else 0
    if last <= received(session):
        return RecordStanding(Whereabouts.RECEIVED, "Tỉnh đã nhận")
    made = [entry for entry in _sent(session) if entry.first_seq <= last <= entry.last_seq]
    if made:
        return RecordStanding(Whereabouts.COPIED, f"Đã chép ra ở gói {made[-1].number}, chờ tỉnh nhận")
    return RecordStanding(Whereabouts.HERE, "Chưa gửi")


def _for_this_office(session: Session, package: VerifiedPackage) -> Receipt:
    """The receipt; TD-SYNC-085 for another office, 086 when it knows changes that this file does not have."""
    receipt = package.receipt
    if receipt.office != session.file.identity.code:
        raise UserError("TD-SYNC-085", office=receipt.office)
    if _confirmed(session, receipt) > session.file.changes.head()[0]:
        raise UserError("TD-SYNC-086", number=package.header.facts.number)
    return receipt


def _confirmed(session: Session, receipt: Receipt) -> int:
    return receipt.acknowledged.get(session.file.installation_id, 0)


def _sent(session: Session) -> list[PackageEntry]:
    """The packages for the province, without those for other installations of this office."""
    return [entry for entry in session.file.packages.all(MADE) if entry.kind != SIDEWAYS]


def _newly_confirmed(session: Session, receipt: Receipt) -> tuple[int, ...]:
    earlier = (int(row[2]) for row in confirmed_before(session, receipt.acknowledged))
    before, now = received(session), max(_confirmed(session, receipt), *earlier, 0)
    numbers = [entry.number for entry in _sent(session) if before < entry.last_seq <= now]
    return tuple(sorted(numbers))


def _answers(session: Session, receipt: Receipt) -> list[KeptAnswer]:
    """The answers to records that are here; of one that is not (a register of a newer program) nothing can be shown."""
    return [
        KeptAnswer(
            register=one.register, record_id=one.id, office=receipt.office, revision=one.revision,
            state=one.state, field=one.field, reason=one.reason, at=session.now(), actor=session.user.name,
        )
        for one in receipt.records
        if one.register in session.definitions.registers
    ]  # fmt: skip


def _still_open(session: Session, answer: KeptAnswer) -> bool:
    """Whether the record still stands as the province saw it."""
    record = session.file.records.get(answer.register, answer.record_id)
    return record is not None and record.revision <= answer.revision


def _record_words(session: Session, answer: KeptAnswer) -> RecordWords:
    spec = session.definitions.registers[answer.register]
    record = session.file.records.get(answer.register, answer.record_id) if session.opens(answer.register) else None
    title = session.file.records.title(record) if record is not None else ""
    return RecordWords(
        answer.register, answer.record_id, title or spec.title, answer.field, answer.reason,
        RecordState(answer.state), answer.at,
    )  # fmt: skip


def _report_words(session: Session, receipt: Receipt) -> list[str]:
    words = []
    for one in receipt.reports:
        spec = session.definitions.reports.get(one.report)
        name = report_label(session.definitions, spec, one.period) if spec is not None else f"{one.report} {one.period}"
        words.append(f"{name}: {answer_words(one)}")
    return words


def _entry(session: Session, package: VerifiedPackage) -> PackageEntry:
    facts = package.header.facts
    return PackageEntry(
        direction=RECEIVED, office=facts.office_code, installation=facts.installation, number=facts.number,
        kind=PackageKind.RECEIPT, header_hash=package.header_hash, sha256=package.sha256, state="taken",
        at=session.now(), actor=session.user.name, first_seq=facts.changes_from, last_seq=facts.changes_to,
        file_name="", details={"previous": facts.previous, "created": facts.created, "name": facts.office_name},
    )  # fmt: skip
