"""The commune takes a directive in: looked at first, applied as one, taken back as one, acknowledged upwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.services import own_unit
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.handoff import cards, incoming, own_definitions
from thidua_desktop.services.handoff.applied import APPLIED
from thidua_desktop.services.handoff.directive_settings import SETTINGS, check_settings
from thidua_desktop.services.handoff.own_definitions import DefinitionView
from thidua_desktop.services.handoff.sticks import packages_in
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store import merge as store_merge
from thidua_desktop.store.open_file import FOREIGN_RECORDS
from thidua_desktop.store.packages import RECEIVED, PackageEntry
from thidua_desktop.sync.directive import DefinitionKind, Directive, RevokedCard, UnitChange
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.merge_plan import Outcome, PlanSummary
from thidua_desktop.sync.refusals import Code
from thidua_desktop.sync.verify import VerifiedPackage
from thidua_desktop.text import format_date

REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class SettingView:
    """A setting that changes; ``known`` is False for one that this program does not let a directive set."""

    name: str
    title: str
    before: str
    after: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """A verified directive before it is applied: everything that would change, in words."""

    path: Path
    sha256: str
    sender: str
    number: int
    created: str
    about: str
    order: str
    records: tuple[tuple[str, int], ...]  # register title, records that change
    definitions: tuple[DefinitionView, ...]
    settings: tuple[SettingView, ...]
    revoked: tuple[str, ...]
    units: tuple[str, ...]
    communes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """A directive on a stick: what it says, or why it is not taken in."""

    path: Path
    number: int
    view: DirectiveView | None
    refusal: UserError | None = None


@dataclass(frozen=True, slots=True)
class TakenDirective:
    """A directive that was taken in; ``state``: applied or reversed."""

    number: int
    at: datetime
    about: str
    state: str
    units: tuple[str, ...]


def look_at_directive(session: Session, path: Path) -> DirectiveView:
    """Verify a directive and say what it changes; nothing is written. Raises TD-SYNC-…, 120, faults of definitions."""
    session.require(Permission.MANAGE)
    with incoming.verified(session, path, PackageKind.DIRECTIVE) as package:
        incoming.position_of(session, package)
        return _view(session, package, path)


def find_directives(session: Session, folder: Path) -> list[FoundDirective]:
    """The directives on the folder's top level, in the order in which they are to be applied. Raises TD-SYNC-050."""
    senders = {office.code for office in cards.known_offices(session)}
    try:
        names = packages_in(folder)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=folder.name or str(folder)) from fault
    found = [one for name in names if (one := _found(session, folder / name, senders)) is not None]
    return sorted(found, key=lambda one: one.number)


def take_directive(session: Session, view: DirectiveView) -> Changes:
    """Apply a directive in one transaction; what it changed. TD-SYNC-055 when the file changed since it was looked at.

    When a step fails, the file, what the office knows and those who listen are as they were.
    """
    session.require(Permission.MANAGE)
    copy_before(session, Step.DIRECTIVE)
    with incoming.verified(session, view.path, PackageKind.DIRECTIVE) as package:
        if package.sha256 != view.sha256:
            raise UserError("TD-SYNC-055")
        incoming.position_of(session, package)
        directive, office = package.directive, package.header.facts.office_code
        with session.file.atomic():
            before = _before(session, directive)
            registers = _take_records(session, package)
            for sent in directive.definitions:
                own_definitions.take_in(session, sent)
            _set(session, directive, package.header.facts.number)
            for card in directive.revoked:
                _revoke(session, card, office)
            for change in directive.communes:
                session.file.commune_changes.put(own_unit.received_change(session, change, package.header.facts.number))
            session.file.packages.put(_entry(session, package, directive, before))
    own_unit.learn(session, directive.communes)
    changes = Changes(frozenset(registers))
    session.announce(changes)
    return changes


def taken_directives(session: Session) -> list[TakenDirective]:
    """The directives taken in, the newest first."""
    return [
        TakenDirective(
            entry.number, entry.at, str(entry.details["about"]), entry.state, tuple(entry.details.get("units", ()))
        )
        for entry in _directives(session)
    ]


def reverse_directive(session: Session, number: int) -> None:
    """Put settings back and withdraw definitions of a directive; its records stay as the province's, marked so.

    Definitions go at the next opening; surveys stay, as they may have been answered. Raises TD-SYNC-202 when it is not
    applied.
    """
    session.require(Permission.MANAGE)
    applied = (one for one in _directives(session) if one.state == APPLIED)
    entry = next((one for one in applied if one.number == number), None)
    if entry is None:
        raise UserError("TD-SYNC-202", number=number)
    with session.file.atomic():
        session.file.packages.put(entry._replace(state=REVERSED))
        for name in entry.details["settings"]:
            session.file.settings.put(name, _standing_value(session, name))
        for kind, name, text in entry.details["before"]["definitions"]:
            own_definitions.put_back(session, DefinitionKind(kind), name, text)
        session.file.commune_changes.forget(number, own_unit.come_by(session))
    session.announce(Changes(frozenset()))


def _standing_value(session: Session, name: str) -> Any:
    """What a setting is by the directives that still stand: the newest that sets it, else as it was before them all."""
    setting = [one for one in _directives(session) if name in one.details["settings"]]
    standing = [one for one in setting if one.state == APPLIED]
    if standing:
        return max(standing, key=lambda one: one.number).details["settings"][name]
    return min(setting, key=lambda one: one.at).details["before"]["settings"][name]


def _directives(session: Session) -> list[PackageEntry]:
    return [one for one in session.file.packages.all(RECEIVED) if one.kind == PackageKind.DIRECTIVE]


def _found(session: Session, path: Path, senders: set[str]) -> FoundDirective | None:
    try:
        claimed = incoming.inspect(path)
    except UserError:
        return None
    if claimed.kind != PackageKind.DIRECTIVE or claimed.office_code not in senders:
        return None
    try:
        return FoundDirective(path, claimed.number, look_at_directive(session, path))
    except UserError as refusal:
        if refusal.code == Code.ALREADY_IMPORTED:
            return None
        return FoundDirective(path, claimed.number, None, refusal)


def _view(session: Session, package: VerifiedPackage, path: Path) -> DirectiveView:
    facts, directive = package.header.facts, package.directive
    check_settings(directive.settings)
    return DirectiveView(
        path, package.sha256, facts.office_name, facts.number, facts.created, directive.about, directive.order,
        tuple(_record_counts(session, package)),
        tuple(own_definitions.look(session, sent) for sent in directive.definitions),
        tuple(_setting_views(session, directive)),
        tuple(f"{card.office}: {card.reason}" for card in directive.revoked),
        tuple(map(unit_words, directive.units)),
        tuple(own_unit.change_line(session, one) for one in directive.communes),
    )  # fmt: skip


def unit_words(change: UnitChange) -> str:
    """ "Từ 01/01/2027: Xã Đông Hạ, Xã Tây Hạ thành Xã Hạ"."""
    words = f"Từ {format_date(change.on)}: {', '.join(change.before)} thành {', '.join(change.after)}"
    return f"{words}. {change.note}" if change.note else words


def view_lines(view: DirectiveView) -> list[str]:
    """Everything that a directive would change, a line each."""
    lines = [f"{title}: {count} bản ghi mới hoặc sửa" for title, count in view.records]
    lines += [f"{one.title}: {one.words}" if one.words else one.title for one in view.definitions]
    for setting in view.settings:
        if setting.known:
            before = f", trước đây {setting.before}" if setting.before else ""
            lines.append(f"{setting.title}: {setting.after}{before}")
        else:
            lines.append(f"Thiết đặt {setting.title} không nhận theo chỉ đạo, bỏ qua")
    lines += [f"Thu hồi thẻ {words}" for words in view.revoked]
    return [*lines, *view.communes, *view.units]


def _record_counts(session: Session, package: VerifiedPackage) -> Iterator[tuple[str, int]]:
    summary = PlanSummary.of(incoming.plan_of(session, package))
    for name, counter in summary.counts.items():
        spec = session.definitions.registers.get(name)
        yield spec.title if spec else name, counter[Outcome.NEW] + counter[Outcome.CHANGED] + counter[Outcome.DELETED]


def _setting_views(session: Session, directive: Directive) -> Iterator[SettingView]:
    for name, value in directive.settings.items():
        before = session.file.settings.get(name)
        known = name in SETTINGS
        yield SettingView(name, SETTINGS.get(name, name), "" if before is None else str(before), str(value), known)


def _take_records(session: Session, package: VerifiedPackage) -> set[str]:
    office = package.header.facts.office_code
    lines = (
        store_merge.RecordLine(
            register=entry.register, id=entry.record.id, office=entry.record.office, revision=entry.record.revision,
            values=entry.record.values, deleted=entry.record.deleted,
        )
        for entry in incoming.plan_of(session, package)
        if entry.record is not None and entry.outcome in incoming.TAKEN
    )  # fmt: skip
    reason = f"chỉ đạo {package.header.facts.number} của {office}"
    result = session.file.merge(lines, office, reason, actor=session.user.name, now=session.now())
    if package.registers:
        session.file.settings.put(FOREIGN_RECORDS, True)
    return result.registers


def _before(session: Session, directive: Directive) -> dict[str, Any]:
    """What a reversal puts back: settings, and texts of definitions as they were (None: was not here)."""
    definitions = []
    for sent in directive.definitions:
        view = own_definitions.look(session, sent)
        definitions.append([str(sent.kind), view.name, own_definitions.text_here(session, sent.kind, view.name)])
    settings = {name: session.file.settings.get(name) for name in directive.settings if name in SETTINGS}
    return {"settings": settings, "definitions": definitions}


def _set(session: Session, directive: Directive, number: int) -> None:
    """Settings of a directive that comes after a newer one give way to it."""
    newer = {
        name
        for entry in _directives(session)
        if entry.number > number and entry.state == APPLIED
        for name in entry.details["settings"]
    }
    for name, value in directive.settings.items():
        if name in SETTINGS and name not in newer:
            session.file.settings.put(name, value)


def _revoke(session: Session, card: RevokedCard, sender: str) -> None:
    """A revoked card of another office; the sender cannot revoke the card that it signs with here."""
    from thidua_desktop.services.handoff import key_care

    if card.office != sender and session.file.partners.get(card.office, card.installation) is not None:
        key_care.revoke(session, card.office, card.installation, card.reason)


def _entry(session: Session, package: VerifiedPackage, directive: Directive, before: Mapping[str, Any]) -> PackageEntry:
    facts = package.header.facts
    return PackageEntry(
        direction=RECEIVED, office=facts.office_code, installation=facts.installation, number=facts.number,
        kind=PackageKind.DIRECTIVE, header_hash=package.header_hash, sha256=package.sha256, state=APPLIED,
        at=session.now(), actor=session.user.name, first_seq=facts.changes_from, last_seq=facts.changes_to,
        details={
            "previous": facts.previous, "created": facts.created, "name": facts.office_name,
            "about": directive.about, "order": directive.order, "before": before,
            "settings": {name: value for name, value in directive.settings.items() if name in SETTINGS},
            "units": [
                *(own_unit.change_line(session, one) for one in directive.communes), *map(unit_words, directive.units)
            ],
        },
    )  # fmt: skip
