"""What goes to the province, and the package that carries it: everything changed since the last acknowledged one.

A lost stick loses nothing, because the next package covers it. Fields that do not travel are left out here.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.formdef.records import plain_values
from thidua_desktop.formdef.travel import package_row, private_fields
from thidua_desktop.services import access
from thidua_desktop.services.handoff import cards, exchange_state
from thidua_desktop.services.handoff.acknowledged import acknowledged, figures_digest, received_figures, unmerged
from thidua_desktop.services.handoff.applied import DIRECTIVES_APPLIED, acknowledgements
from thidua_desktop.services.handoff.next_header import next_facts, noted
from thidua_desktop.services.handoff.slip import handover_slip
from thidua_desktop.services.report_periods import report_label
from thidua_desktop.services.reports.private_counts import MEMBER, own_counts
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.packages import MADE, PackageEntry
from thidua_desktop.store.queries import PlainRecord
from thidua_desktop.sync.deliver import deliver
from thidua_desktop.sync.header import HeaderFacts, PackageKind, package_name
from thidua_desktop.sync.members import (
    Member,
    RecordLine,
    figures_member,
    file_member,
    office_member,
    records_member,
    report_member,
)
from thidua_desktop.sync.office_part import OfficePart
from thidua_desktop.sync.pack import PackedPackage, write_package
from thidua_desktop.text import format_number, lower_first

_BYTES_A_RECORD = 160  # after compression, from the made-up office; only told as "khoảng"
_BYTES_A_PACKAGE = 2_000  # header, keys of the receivers, the list of members

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OutgoingRegister:
    """One register in the package: its title, its short name, and how many records go."""

    name: str
    title: str
    short: str
    records: int


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """The content of an attached file."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the next package would carry, before anything is written.

    ``stays`` names what never leaves: registers that travel only as counts, and private fields.
    """

    registers: tuple[OutgoingRegister, ...]
    reports: tuple[str, ...]
    stays: tuple[str, ...]
    first_seq: int
    last_seq: int
    about_bytes: int
    file_name: str
    files: tuple[OutgoingFile, ...] = ()
    """Contents of attached files that may go along when the officer asks for it; their lines go in any case."""

    @property
    def files_bytes(self) -> int:
        """All contents together."""
        return sum(file.size for file in self.files)

    @property
    def records(self) -> int:
        """All records together."""
        return sum(register.records for register in self.registers)


@dataclass(frozen=True, slots=True)
class MadePackage:
    """A package on its stick or in its folder, read back and found whole."""

    path: Path
    number: int
    sha256: str
    size: int
    records: int
    slip_pdf: bytes


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """What a copy must be when it is read back."""

    sha256: str
    size: int


def what_would_go(session: Session) -> Outgoing:
    """Counts per register since the last acknowledged change, closed reports, and what stays."""
    since = acknowledged(session)
    registers = tuple(
        OutgoingRegister(name, spec.title, spec.short or spec.title, _count_since(session, name, since))
        for name, spec in session.definitions.registers.items()
        if spec.travels == "full"
    )
    closed = _own_closed(session)
    last_seq = session.file.changes.head()[0]
    facts = _facts(session, last_seq)
    return Outgoing(
        registers=tuple(register for register in registers if register.records),
        reports=tuple(_label(session, report, period) for report, period in closed),
        stays=tuple(_stays(session)),
        first_seq=since + 1,
        last_seq=last_seq,
        about_bytes=_BYTES_A_PACKAGE
        + sum(register.records for register in registers) * _BYTES_A_RECORD
        + sum(_size_of_report(session, report, period) for report, period in closed),
        file_name=package_name(facts),
        files=_files_since(session, since),
    )


def make_package(
    session: Session, folder: Path, on_progress: Progress | None = None, with_files: bool = False
) -> MadePackage:
    """Write the next package into ``folder``: temporary name, read back, renamed. Raises TD-SYNC-054, TD-ENV-….

    ``with_files``: the contents of attached files go along.
    The number is used up only when the file stands whole under its final name.
    """
    session.require(Permission.HAND_OVER)
    receivers = cards.recipients(session)
    keys = cards.office_keys(session)
    outgoing = what_would_go(session)
    facts = _facts(session, outgoing.last_seq)
    packed: list[PackedPackage] = []
    expected = outgoing.about_bytes + (outgoing.files_bytes if with_files else 0)
    spool = session.file.path.parent  # ciphertext only, and not on the stick

    def produce(stream: BinaryIO) -> PackedPackage:
        packed.append(
            write_package(
                stream, facts, _members(session, outgoing, on_progress, with_files), keys, receivers, spool_folder=spool
            )
        )
        return packed[-1]

    path = deliver(produce, folder, package_name(facts), expected_size=expected)
    made = packed[-1]
    with noted(session, path):
        session.file.packages.put(
            PackageEntry(
                direction=MADE, office=facts.office_code, installation=facts.installation, number=facts.number,
                header_hash=made.header_hash, sha256=made.sha256, state="copied", at=session.now(),
                actor=session.user.name, first_seq=facts.changes_from,
                last_seq=facts.changes_to, file_name=path.name,
                details={
                    "records": outgoing.records, "size": made.size, "reports": list(outgoing.reports),
                    "files": len(outgoing.files) if with_files else 0,
                },
            )
        )  # fmt: skip
    slip = handover_slip(session, outgoing, facts.number, made.sha256, made.size)
    access.note_act(session, access.Act.PACKAGE, f"Gói số liệu số {facts.number}")
    session.announce(Changes(frozenset()))
    return MadePackage(path, facts.number, made.sha256, made.size, outgoing.records, slip)


def copy_package(made: Path, folder: Path) -> Path:
    """The same package on a second stick: copied, read back, renamed; raises TD-SYNC-050 when the first one is gone."""
    try:
        size, fingerprint = made.stat().st_size, _sha256(made)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=made.name) from fault

    def produce(stream: BinaryIO) -> CopiedFile:
        with made.open("rb") as source:
            shutil.copyfileobj(source, stream)
        return CopiedFile(fingerprint, size)

    return deliver(produce, folder, made.name, expected_size=size)


def packages(session: Session) -> list[PackageEntry]:
    """Every package made here, the newest first."""
    return session.file.packages.all(MADE)


def slip_of(session: Session, entry: PackageEntry) -> bytes:
    """The handover slip of a package made earlier; PDF."""
    outgoing = what_would_go(session)
    return handover_slip(session, outgoing, entry.number, entry.sha256, int(entry.details.get("size", 0)), entry)


def record_line(spec: RegisterSpec, record: PlainRecord) -> RecordLine:
    """A record as it travels: only fields that may leave; a deleted one as its tombstone."""
    values: dict[str, Any] = {} if record.deleted else package_row(spec, record.plain)
    return RecordLine(record.id, record.office, record.revision, record.deleted, values)


def travelling(spec: RegisterSpec, values: Values) -> dict[str, Any]:
    """The plain values of the fields that may leave the office, child fields included."""
    return package_row(spec, plain_values(spec, values))


def _facts(session: Session, last_seq: int) -> HeaderFacts:
    whole = [name for name, spec in session.definitions.registers.items() if spec.travels == "full"]
    return next_facts(session, PackageKind.REPORT, whole, min(acknowledged(session), last_seq), last_seq)


def _own_closed(session: Session) -> list[tuple[str, str]]:
    """(report, period) that this office has closed itself and the province has not got as last closed.

    Those that came with packages go no further.
    """
    frozen = session.file.reports.all_frozen()
    own = [(report, period) for report, period, _ in frozen if report in session.definitions.reports]
    there = received_figures(session)
    return [pair for pair in own if there.get(pair) is None or there[pair] != _digest_of(session, *pair)]


def waiting_reports(session: Session) -> list[tuple[str, datetime]]:
    """Name and closing of each report no receipt tells as closed last; none that came back and stays open."""
    waiting, reports = [], session.file.reports
    for report, period in _own_closed(session):
        closings = reports.moments(report, period)
        last = max(closings)
        if last not in reports.returns(report, period):
            waiting.append((_label(session, report, period), closings[last]))
    return waiting


def carries_all(session: Session, number: int) -> bool:
    """Whether the package made under this number still holds all that would go now."""
    own = session.file.installation_id
    entry = next(one for one in packages(session) if (one.installation, one.number) == (own, number))
    said = entry.details.get("reports", ())
    closed = (label in said and at <= entry.at for label, at in waiting_reports(session))
    return entry.last_seq >= session.file.changes.head()[0] and all(closed)


def _size_of_report(session: Session, report: str, period: str) -> int:
    """What a closed report adds: its paper is nearly all of it, and a PDF grows no smaller by compression."""
    frozen = session.file.reports.frozen(report, period)
    return len(frozen.pdf) if frozen is not None and frozen.pdf is not None else 0


def _digest_of(session: Session, report: str, period: str) -> str:
    return figures_digest(session.file.reports.last_figures(report, period))


def _label(session: Session, report: str, period: str) -> str:
    return report_label(session.definitions, session.definitions.reports[report], period)


def _members(session: Session, outgoing: Outgoing, on_progress: Progress | None, with_files: bool) -> Iterator[Member]:
    told = _Counter(outgoing.records, on_progress)
    for register in outgoing.registers:
        spec = session.definitions.registers[register.name]
        records = _leaving(session, register.name, outgoing.first_seq - 1)
        yield records_member(register.name, (told.passing(record_line(spec, record)) for record in records))
    for report, period in _own_closed(session):
        frozen = session.file.reports.frozen(report, period)
        if frozen is not None:
            yield figures_member(f"{report}-{period}", frozen.figures)
            if frozen.pdf is not None:
                yield report_member(f"{report}-{period}", frozen.pdf)
    gone = exchange_state.elsewhere(session, sideways=False)
    if gone and exchange_state.peers(session):
        yield office_member(OfficePart(gone))
    counts = own_counts(session)
    if counts is not None:
        yield figures_member(MEMBER, counts)
    applied = acknowledgements(session)
    if applied:
        yield figures_member(DIRECTIVES_APPLIED, applied)
    for file in outgoing.files if with_files else ():
        content = session.file.attached_files.get(file.sha256)
        if content is not None:
            yield file_member(content)


def _leaving(session: Session, register: str, since: int) -> Iterator[PlainRecord]:
    """Records changed since, as they leave: lines of files attached to what stays here stay here too."""
    records = session.file.records.plain_changed_since(register, since, unmerged(session, register), _own(session))
    if register != ATTACHMENT:
        return records
    going = {name for name, spec in session.definitions.registers.items() if spec.travels == "full"}
    return (record for record in records if record.plain.get("of_register") in going)


def _own(session: Session) -> str:
    """What a province has sent down does not go up again."""
    return session.file.identity.code


def _count_since(session: Session, register: str, since: int) -> int:
    if register == ATTACHMENT:
        return sum(1 for _ in _leaving(session, register, since))
    return session.file.records.count_changed_since(register, since, unmerged(session, register), _own(session))


def _files_since(session: Session, since: int) -> tuple[OutgoingFile, ...]:
    """The contents behind the attachment lines that go, each once."""
    found: dict[str, OutgoingFile] = {}
    for record in _leaving(session, ATTACHMENT, since) if ATTACHMENT in session.definitions.registers else ():
        digest = str(record.plain.get("sha256"))
        size = session.file.attached_files.size(digest)
        if not record.deleted and size is not None:
            found.setdefault(digest, OutgoingFile(str(record.plain.get("file_name")), digest, size))
    return tuple(found.values())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Counter:
    """Counts lines as they pass and tells how far the work is, at every hundredth line."""

    def __init__(self, total: int, on_progress: Progress | None) -> None:
        self._total = total
        self._on_progress = on_progress
        self._done = 0

    def passing(self, line: RecordLine) -> RecordLine:
        """The line itself."""
        self._done += 1
        if self._on_progress is not None and (self._done % 100 == 0 or self._done == self._total):
            self._on_progress(self._done, self._total)
        return line


def _stays(session: Session) -> Iterator[str]:
    for spec in session.definitions.registers.values():
        if spec.travels != "full":
            count = session.file.records.count(spec.name)
            yield f"{spec.title}: {format_number(count)} bản ghi"
            continue
        private = [field.label for field in private_fields(spec)]
        if private:
            yield f"{spec.title}: {', '.join(lower_first(label) for label in private)}"
