"""Two installations of one office: what one hands to the other, and what taking it in does here.

A package carries everything of the office, also what never goes to the province; it is encrypted to the office's own
installations alone. Both sides may have written: versions are merged field by field, see ``sync.versions``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from thidua_desktop.errors import UserError
from thidua_desktop.services import access
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.handoff import cards, exchange_state, incoming, office_facts
from thidua_desktop.services.handoff.exchange_state import SIDEWAYS
from thidua_desktop.services.handoff.next_header import next_facts, noted
from thidua_desktop.services.handoff.record_versions import version_of
from thidua_desktop.services.handoff.told_erasures import take_erasures
from thidua_desktop.services.handoff.undoing import traced
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.merge import RecordLine as StoreLine
from thidua_desktop.store.packages import MADE, RECEIVED, PackageEntry
from thidua_desktop.store.record_versions import VersionLine
from thidua_desktop.sync.chain import ChainPosition
from thidua_desktop.sync.deliver import deliver
from thidua_desktop.sync.header import PackageKind, package_name
from thidua_desktop.sync.members import Member, RecordLine, file_member, office_member, records_member, report_member
from thidua_desktop.sync.office_part import OfficePart
from thidua_desktop.sync.pack import PackedPackage, write_package
from thidua_desktop.sync.verify import VerifiedPackage
from thidua_desktop.sync.version_plan import Meeting, VersionEntry, plan_versions
from thidua_desktop.sync.versions import EMPTY, Version, version_json

__all__ = [
    "DELETIONS_WITHOUT_ASKING", "ExchangePlan", "Exchanged", "MadeExchange", "Meeting", "MetRegister", "begin",
    "can_begin", "look_at_exchange", "make_exchange", "take_exchange",
]  # fmt: skip

DELETIONS_WITHOUT_ASKING = incoming.DELETIONS_WITHOUT_ASKING
_ABOUT_BYTES = 100_000
_WRITTEN = (Meeting.NEW, Meeting.TAKEN, Meeting.DELETED, Meeting.MERGED, Meeting.CONFLICT)
_REASONS_KEPT = 200

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class MadeExchange:
    """A package for the other installations, on its stick, read back and found whole."""

    path: Path
    number: int
    sha256: str
    size: int
    records: int


@dataclass(frozen=True, slots=True)
class MetRegister:
    """What a package does to one register, in records."""

    name: str
    title: str
    new: int
    taken: int
    deleted: int
    merged: int
    conflicts: int
    unchanged: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """A verified package of another installation and what it would do here. ``gap``: a sentence, "" when none."""

    path: Path
    sha256: str
    installation: str
    number: int
    created: str
    registers: tuple[MetRegister, ...]
    set_aside: tuple[str, ...]
    gap: str

    def total(self, meeting: Meeting) -> int:
        """Records of all registers with this fate."""
        name = {Meeting.CONFLICT: "conflicts"}.get(meeting, str(meeting))
        return sum(int(getattr(register, name)) for register in self.registers)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What was taken in. ``lost``: names of office-wide facts changed on both sides, of which one now stands."""

    number: int
    new: int
    taken: int
    deleted: int
    merged: int
    conflicts: int
    set_aside: int
    lost: tuple[str, ...]


def begin(session: Session) -> None:
    """This installation is a further one of an office that works elsewhere already: its facts stand below theirs.

    Raises TD-SYNC-109 once packages were exchanged, TD-STORE-220.
    """
    session.require(Permission.HAND_OVER)
    if not can_begin(session):
        raise UserError("TD-SYNC-109")
    with session.file.atomic():
        office_facts.begin_below_all(session)


def can_begin(session: Session) -> bool:
    """Whether this installation may still be marked as a further one of its office."""
    return not session.is_province and all(entry.kind != SIDEWAYS for entry in session.file.packages.all())


def make_exchange(session: Session, folder: Path, on_progress: Progress | None = None) -> MadeExchange:
    """Write the next package for the other installations into ``folder``.

    Raises TD-SYNC-107 while no card of another installation was accepted (or at a province), TD-STORE-220, TD-ENV-….
    """
    _require(session)
    receivers = exchange_state.peers(session)
    if not receivers:
        raise UserError("TD-SYNC-107")
    with session.file.atomic():
        facts_of_office = office_facts.facts_here(session)
    since, last_seq = exchange_state.confirmed_by_all(session), session.file.changes.head()[0]
    everything = session.definitions.registers
    facts = next_facts(session, PackageKind.REPORT, everything, min(since, last_seq), last_seq)
    part = OfficePart(
        exchange_state.elsewhere(session, sideways=True), facts_of_office,
        {one.installation: exchange_state.taken_here(session, one.installation) for one in receivers},
        exchange_state.known_receipt(session),
    )  # fmt: skip
    counts: dict[str, int] = {}
    packed: list[PackedPackage] = []

    def produce(stream: BinaryIO) -> PackedPackage:
        members = _members(session, since, part, counts, on_progress)
        ages = [str(one.keys["age"]) for one in receivers]
        spool = session.file.path.parent
        packed.append(write_package(stream, facts, members, cards.office_keys(session), ages, spool_folder=spool))
        return packed[-1]

    path = deliver(produce, folder, package_name(facts), expected_size=_ABOUT_BYTES)
    made = packed[-1]
    with noted(session, path):
        session.file.packages.put(
            PackageEntry(
                direction=MADE, office=facts.office_code, installation=facts.installation, number=facts.number,
                kind=SIDEWAYS, header_hash=made.header_hash, sha256=made.sha256, state="copied", at=session.now(),
                actor=session.user.name, first_seq=facts.changes_from, last_seq=facts.changes_to, file_name=path.name,
                details={"records": sum(counts.values()), "size": made.size},
            )
        )  # fmt: skip
        for register, count in counts.items():
            access.note(session, session.definitions.registers[register], access.EXPORT, records=count)
    access.note_act(session, access.Act.PACKAGE, f"Gói trao đổi số {facts.number}")
    session.announce(Changes(frozenset()))
    return MadeExchange(path, facts.number, made.sha256, made.size, sum(counts.values()))


def look_at_exchange(session: Session, path: Path) -> ExchangePlan:
    """Verify a package of another installation and say what it would do; nothing is written.

    Raises TD-SYNC-001…015, TD-SYNC-108 for a package of another office, TD-STORE-220.
    """
    _require(session)
    with _verified(session, path) as package:
        position = incoming.position_of(session, package)
        met = _Met(session)
        for entry in _plan(session, package):
            met.add(entry)
        facts = package.header.facts
        return ExchangePlan(
            path, package.sha256, facts.installation, facts.number, facts.created, tuple(met.registers()),
            tuple(met.reasons), _gap_words(package, position),
        )  # fmt: skip


def take_exchange(session: Session, plan: ExchangePlan, *, deletions_confirmed: bool = False) -> Exchanged:
    """Take the planned package in, in one transaction; TD-SYNC-055 the file changed since, 056 many deletions."""
    _require(session)
    deletions = plan.total(Meeting.DELETED)
    if deletions > DELETIONS_WITHOUT_ASKING and not deletions_confirmed:
        raise UserError("TD-SYNC-056", sender="máy kia", count=deletions, limit=DELETIONS_WITHOUT_ASKING)
    copy_before(session, Step.PACKAGE)
    with _verified(session, plan.path) as package:
        if package.sha256 != plan.sha256:
            raise UserError("TD-SYNC-055")
        position, facts = incoming.position_of(session, package), package.header.facts
        with session.file.atomic(), traced(session, package.header_hash, facts.office_code) as trace:
            part = package.office_part
            exchange_state.remember(session, facts.installation, facts.number, part)
            told = office_facts.take_facts(session, part.facts, _papers(package))
            trace["facts"] = {name: list(pair) for name, pair in told.before.items()}
            met = _Met(session)
            result = session.file.merge_versions(
                _to_write(session, package, met), f"gói {facts.number} của máy {facts.installation[-4:]}",
                actor=session.user.name, now=session.now(),
            )  # fmt: skip
            incoming.keep_files(session, package)
            gone = take_erasures(session, part.facts)
            aside = len(met.reasons) + len(result.set_aside)
            session.file.packages.put(_entry(session, package, position, met, aside))
    if gone:
        session.file.records.wipe()
    session.announce(Changes(frozenset(result.registers) | {key.register for key in gone}))
    return Exchanged(
        facts.number, met.count(Meeting.NEW), met.count(Meeting.TAKEN), met.count(Meeting.DELETED),
        met.count(Meeting.MERGED), met.count(Meeting.CONFLICT), aside, told.lost,
    )  # fmt: skip


class _Met:
    """Counts of a plan as it is walked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counts: dict[str, dict[Meeting, int]] = {}
        self.reasons: list[str] = []

    def add(self, entry: VersionEntry) -> None:
        counts = self._counts.setdefault(entry.register, dict.fromkeys(Meeting, 0))
        counts[entry.meeting] += 1
        if entry.reason is not None and len(self.reasons) < _REASONS_KEPT:
            self.reasons.append(str(entry.reason))

    def count(self, meeting: Meeting) -> int:
        return sum(counts[meeting] for counts in self._counts.values())

    def registers(self) -> Iterator[MetRegister]:
        for name, counts in self._counts.items():
            spec = self._session.definitions.registers.get(name)
            yield MetRegister(
                name, spec.title if spec else name, counts[Meeting.NEW], counts[Meeting.TAKEN],
                counts[Meeting.DELETED], counts[Meeting.MERGED], counts[Meeting.CONFLICT], counts[Meeting.UNCHANGED],
                counts[Meeting.SET_ASIDE],
            )  # fmt: skip


def _require(session: Session) -> None:
    session.require(Permission.HAND_OVER)
    if session.is_province:
        raise UserError("TD-SYNC-107")
    session.require(Permission.SEES_SENSITIVE)  # such a package holds everything of the office


def _verified(session: Session, path: Path) -> VerifiedPackage:
    package = incoming.verified(session, path, PackageKind.REPORT)
    if package.header.facts.office_code != session.file.identity.code:
        package.close()
        raise UserError("TD-SYNC-108", sender=package.header.facts.office_name)
    return package


def _members(
    session: Session, since: int, part: OfficePart, counts: dict[str, int], on_progress: Progress | None
) -> Iterator[Member]:
    registers = session.definitions.registers
    total = sum(session.file.records.count_changed_since(name, since) for name in registers)
    for name in registers:
        if session.file.records.count_changed_since(name, since):
            yield records_member(name, _lines(session, name, since, counts, total, on_progress))
    yield office_member(part)
    for name, pdf in office_facts.papers_of(session):
        yield report_member(name, pdf)
    if ATTACHMENT in registers:
        yield from _files(session, since)


def _lines(
    session: Session, register: str, since: int, counts: dict[str, int], total: int, on_progress: Progress | None
) -> Iterator[RecordLine]:
    for record in session.file.records.plain_changed_since(register, since):
        version = version_of(session, register, record)
        counts[register] = counts.get(register, 0) + 1
        if on_progress is not None:
            on_progress(sum(counts.values()), total)
        values = version.values if version.living else {}
        yield RecordLine(record.id, record.office, version.revision, not version.living, values, version)


def _files(session: Session, since: int) -> Iterator[Member]:
    digests = {
        str(record.plain.get("sha256"))
        for record in session.file.records.plain_changed_since(ATTACHMENT, since)
        if not record.deleted
    }
    for digest in sorted(digests):
        content = session.file.attached_files.get(digest)
        if content is not None:
            yield file_member(content)


def _plan(session: Session, package: VerifiedPackage) -> Iterator[VersionEntry]:
    registers = session.definitions.registers

    def here(register: str, ids: Sequence[str]) -> Mapping[str, Version | None]:
        found: dict[str, Version | None] = {}
        for record in session.file.records.plain_window(register, list(ids)):
            found[record.id] = version_of(session, register, record)
        for missing in set(ids) - found.keys():
            found[missing] = None if session.file.versions.erased(register, missing) else EMPTY
        return found

    def fit(register: str, record: RecordLine) -> str | None:
        return incoming.misfit(session, registers[register], record, registers[register].fields)

    settled = {name: spec.computed_fields for name, spec in registers.items()}
    return plan_versions(package.all_records(), here, registers, fit, settled)


def _to_write(session: Session, package: VerifiedPackage, met: _Met) -> Iterator[VersionLine]:
    settled = {name: spec.computed_fields for name, spec in session.definitions.registers.items()}
    for entry in _plan(session, package):
        met.add(entry)
        if entry.meeting not in _WRITTEN or entry.record is None or entry.version is None:
            continue
        line = StoreLine(
            register=entry.register, id=entry.record.id, office=entry.record.office, revision=entry.version.revision,
            values=entry.version.values, deleted=not entry.version.living, changed_by=_last_writer(entry.version),
        )  # fmt: skip
        is_open = bool(entry.version.conflicts(settled[entry.register]))
        yield VersionLine(line, version_json(entry.version), is_open)


def _last_writer(version: Version) -> str:
    newest = max(version.fields[""], key=lambda dot: (dot[1], dot[0]))
    return version.writes[newest].by


def _papers(package: VerifiedPackage) -> dict[str, bytes]:
    names = [entry.name for entry in package.entries if entry.name.startswith("reports/")]
    return {name.removeprefix("reports/").removesuffix(".pdf"): package.member(name) for name in names}


def _gap_words(package: VerifiedPackage, position: ChainPosition) -> str:
    if not position.missing_numbers:
        return ""
    return str(UserError("TD-SYNC-010", sender=package.header.sender, missing=position.missing_text))


def _entry(session: Session, package: VerifiedPackage, position: ChainPosition, met: _Met, aside: int) -> PackageEntry:
    facts = package.header.facts
    details: dict[str, Any] = {str(meeting): met.count(meeting) for meeting in Meeting}
    details |= {
        "previous": facts.previous, "created": facts.created, "name": facts.office_name, "set_aside": aside,
        "missing": position.missing_text,
    }  # fmt: skip
    return PackageEntry(
        direction=RECEIVED, office=facts.office_code, installation=facts.installation, number=facts.number,
        kind=SIDEWAYS, header_hash=package.header_hash, sha256=package.sha256, state="merged", at=session.now(),
        actor=session.user.name, first_seq=facts.changes_from, last_seq=facts.changes_to, details=details,
    )  # fmt: skip
