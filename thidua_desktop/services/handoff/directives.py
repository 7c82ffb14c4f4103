"""The province directs: plans of its own, definitions, settings, revoked cards, changes of units, for every commune.

One file serves all communes: it is encrypted to each whose card was accepted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.travel import package_row
from thidua_desktop.paths import is_there
from thidua_desktop.services import access
from thidua_desktop.services.handoff import cards, own_definitions
from thidua_desktop.services.handoff.applied import applied_by
from thidua_desktop.services.handoff.directive_settings import PROGRAM, check_settings
from thidua_desktop.services.handoff.kinds import is_update
from thidua_desktop.services.handoff.next_header import next_facts, noted
from thidua_desktop.services.handoff.own_keys import office_keys
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.commune_changes import CommuneChange
from thidua_desktop.store.packages import MADE, PackageEntry
from thidua_desktop.sync.deliver import deliver
from thidua_desktop.sync.directive import (
    ChangeKind,
    Directive,
    DirectiveError,
    RevokedCard,
    SentChange,
    SentDefinition,
    SentUnit,
    UnitChange,
    directive_bytes,
)
from thidua_desktop.sync.header import PackageKind, package_name
from thidua_desktop.sync.members import Member, RecordLine, directive_member, records_member
from thidua_desktop.sync.pack import PackedPackage, write_package

SUCCESSION = "succession"
"""How ``not_sent`` names the changes of communes, beside registers."""
_ABOUT_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class DirectiveWish:
    """What the province wants to send. ``files`` are definition files, and update files of the program, which go beside
    the directive; ``registers`` of its own records go whole."""

    about: str
    order: str = ""
    files: tuple[Path, ...] = ()
    registers: tuple[str, ...] = ()
    settings: Mapping[str, int | str] = field(default_factory=dict)
    units: tuple[UnitChange, ...] = ()
    with_revoked: bool = True
    communes: bool = False  # the changes of communes written here, also those taken back


@dataclass(frozen=True, slots=True)
class MadeDirective:
    """A directive on its stick, read back and found whole."""

    path: Path
    number: int
    about: str
    communes: int
    records: int


@dataclass(frozen=True, slots=True)
class DirectiveRow:
    """A directive that was written, for lists; ``applied`` names the communes whose packages have acknowledged it.

    ``to``: the communes that can open it; of directives of earlier programs that was not kept, and None.
    """

    number: int
    at: datetime
    about: str
    communes: int
    applied: tuple[str, ...]
    to: tuple[str, ...] | None = None


def directed_registers(session: Session) -> list[str]:
    """Registers of which the province's own records can go with a directive."""
    return [name for name, spec in session.definitions.registers.items() if spec.directed]


def own_count(session: Session, register: str) -> int:
    """How many records of its own (deleted ones too) this office has in a register."""
    return session.file.records.count_changed_since(register, 0, office=session.file.identity.code)


def not_sent(session: Session) -> frozenset[str]:
    """Registers whose own records, and ``SUCCESSION`` where changes of communes, no directive has carried as they are
    now: what somebody who writes a directive most likely wants to send."""
    made = [one for one in session.file.packages.all(MADE) if one.kind == PackageKind.DIRECTIVE]
    own, found = session.file.identity.code, set()
    for register in directed_registers(session):
        carried = [int(one.details.get("through", 0)) for one in made if register in one.details.get("registers", ())]
        if session.file.records.count_changed_since(register, max(carried, default=0), office=own):
            found.add(register)
    state = _state_of_changes(session)
    if state and all(one.details.get(SUCCESSION) != state for one in made):
        found.add(SUCCESSION)
    return frozenset(found)


def _state_of_changes(session: Session) -> str:
    """A digest of the changes of communes as they would go; empty without any."""
    changes = [sent_change(one) for one in own_changes(session)]
    return hashlib.sha256(repr(changes).encode()).hexdigest() if changes else ""


def says_nothing(session: Session, wish: DirectiveWish) -> bool:
    """Whether a directive would carry nothing but its name."""
    revoked = wish.with_revoked and any(True for _ in _revoked(session))
    return not (wish.files or wish.registers or wish.settings or wish.units or wish.communes or revoked)


def make_directive(session: Session, wish: DirectiveWish, folder: Path) -> MadeDirective:
    """Write a directive for every accepted commune into ``folder``.

    Raises TD-SYNC-200 for a wish that says nothing or is not well put, 201 for a register that is not the province's
    to direct, 120 for a setting's value, 054 without any commune, the faults of definition files (TD-FORM-…) and of
    update files (TD-ENV-06x), TD-ENV-….
    """
    session.require(Permission.MANAGE)
    wish, updates = _split_updates(wish)
    last_seq = session.file.changes.head()[0]
    receivers, keys = cards.recipients(session), office_keys(session)
    facts = next_facts(session, PackageKind.DIRECTIVE, wish.registers, last_seq, last_seq)
    directive = _directive(session, wish)
    records = sum(1 for register in wish.registers for _ in _own_records(session, register))
    said = (directive.definitions, directive.settings, directive.revoked, directive.units, directive.communes)
    if not (records or any(said)):
        raise UserError("TD-SYNC-200")
    packed: list[PackedPackage] = []

    def produce(stream: BinaryIO) -> PackedPackage:
        members = _members(session, wish, directive)
        packed.append(write_package(stream, facts, members, keys, receivers, spool_folder=session.file.path.parent))
        return packed[-1]

    for update in updates:
        _lay_beside(update, folder)
    path = deliver(produce, folder, package_name(facts), expected_size=_ABOUT_BYTES)
    with noted(session, path):
        session.file.packages.put(
            PackageEntry(
                direction=MADE, office=facts.office_code, installation=facts.installation, number=facts.number,
                kind=PackageKind.DIRECTIVE, header_hash=packed[-1].header_hash, sha256=packed[-1].sha256,
                state="copied", at=session.now(), actor=session.user.name, file_name=path.name,
                details={
                    "about": wish.about, "communes": len(receivers), "size": packed[-1].size, "records": records,
                    "through": facts.changes_to, "registers": list(wish.registers), "to": cards.commune_codes(session),
                    SUCCESSION: _state_of_changes(session) if wish.communes else "",
                },
            )
        )  # fmt: skip
    access.note_act(session, access.Act.PACKAGE, f"Gói chỉ đạo số {facts.number}")
    session.announce(Changes(frozenset()))
    return MadeDirective(path, facts.number, wish.about, len(receivers), records)


def _split_updates(wish: DirectiveWish) -> tuple[DirectiveWish, list[Path]]:
    """The wish without its update files but with their newest version as a setting, and those files, checked."""
    from thidua_desktop.services.updates import brought_by, newest

    updates = [path for path in wish.files if is_update(path)]
    if not updates:
        return wish, []
    version = newest([brought_by(path).version for path in updates])
    others = tuple(path for path in wish.files if path not in updates)
    return replace(wish, files=others, settings={**wish.settings, PROGRAM: version}), updates


def _lay_beside(update: Path, folder: Path) -> None:
    import shutil

    from thidua_desktop.services.files import environment_problem

    target = folder / update.name
    if is_there(target) and target.samefile(update):
        return
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(update, part)
        part.replace(target)
    except OSError as fault:
        with suppress(OSError):  # of a stick that was pulled nothing can be taken away
            part.unlink(missing_ok=True)
        raise environment_problem(fault) from fault


def written(session: Session) -> list[DirectiveRow]:
    """Every directive that was written here, the newest first, and which communes have applied it."""
    applied = applied_by(session)
    return [
        DirectiveRow(
            entry.number, entry.at, str(entry.details["about"]), int(entry.details["communes"]),
            tuple(sorted(code for code, hashes in applied.items() if entry.header_hash in hashes)),
            tuple(entry.details["to"]) if "to" in entry.details else None,
        )
        for entry in session.file.packages.all(MADE)
        if entry.kind == PackageKind.DIRECTIVE
    ]  # fmt: skip


def _directive(session: Session, wish: DirectiveWish) -> Directive:
    for register in wish.registers:
        if not session.register(register).directed:
            raise UserError("TD-SYNC-201", register=session.register(register).title)
    check_settings(wish.settings)
    definitions = tuple(
        SentDefinition(kind, text) for kind, text in (own_definitions.read_file(session, path) for path in wish.files)
    )
    directive = Directive(
        " ".join(wish.about.split()), " ".join(wish.order.split()), definitions, dict(wish.settings),
        tuple(_revoked(session)) if wish.with_revoked else (), wish.units,
        tuple(map(sent_change, own_changes(session))) if wish.communes else (),
    )  # fmt: skip
    try:
        directive_bytes(directive)
    except DirectiveError as fault:
        raise UserError("TD-SYNC-200") from fault
    return directive


def _revoked(session: Session) -> Iterator[RevokedCard]:
    for partner in session.file.partners.all():
        if partner.status == cards.REVOKED:
            yield RevokedCard(partner.office, partner.installation, str(partner.keys.get("reason", "thu hồi")))


def own_changes(session: Session) -> list[CommuneChange]:
    """The changes of communes that this office wrote, also those taken back: who heard of one must hear that too."""
    return [one for one in reversed(session.file.commune_changes.all()) if one.number == 0]


def sent_change(change: CommuneChange) -> SentChange:
    """A change as it travels."""
    before, after = (
        tuple(SentUnit(unit.code, unit.name, unit.begins) for unit in units) for units in (change.before, change.after)
    )
    return SentChange(
        id=change.id, at=change.at.isoformat(timespec="seconds"), kind=ChangeKind(change.kind), on=change.effective_on,
        before=before, after=after, decision=change.decision, decided_on=change.decided_on,
        decided_by=change.decided_by, note=change.note, stands=change.stands,
    )  # fmt: skip


def _own_records(session: Session, register: str) -> Iterator[RecordLine]:
    spec = session.register(register)
    for record in session.file.records.plain_changed_since(register, 0, office=session.file.identity.code):
        values = {} if record.deleted else package_row(spec, record.plain)
        yield RecordLine(record.id, record.office, record.revision, record.deleted, values)


def _members(session: Session, wish: DirectiveWish, directive: Directive) -> Iterator[Member]:
    yield directive_member(directive)
    for register in wish.registers:
        yield records_member(register, _own_records(session, register))
