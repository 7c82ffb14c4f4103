"""Everything on a stick that is for this commune, found in one look: receipts, directives, updates, cards, packages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services import updates
from thidua_desktop.services.handoff import accepted, cards, incoming, key_care, orders, receipts
from thidua_desktop.services.handoff.kinds import CARDS
from thidua_desktop.services.handoff.orders import FoundDirective
from thidua_desktop.services.handoff.receipts import FoundReceipt
from thidua_desktop.services.handoff.sticks import folders_with_packages, packages_in
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.updates import FoundUpdate
from thidua_desktop.sync.card import OfficeKind
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.refusals import Code


@dataclass(frozen=True, slots=True)
class Found:
    """What lies on the folder's top level. ``cards`` are of offices not known here, ``answers`` the own card come back,
    ``key_changes`` of offices known here, ``exchanges`` packages of other machines of this office.

    ``directives_barred``: so many that an administrator has to apply; ``others``: so many packages for somebody else;
    ``below``: folders just below that hold packages.
    """

    folder: Path
    receipts: tuple[FoundReceipt, ...] = ()
    directives: tuple[FoundDirective, ...] = ()
    updates: tuple[FoundUpdate, ...] = ()
    cards: tuple[Path, ...] = ()
    answers: tuple[Path, ...] = ()
    key_changes: tuple[Path, ...] = ()
    exchanges: tuple[Path, ...] = ()
    directives_barred: int = 0
    others: int = 0
    below: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether something is for this office."""
        return bool(
            self.receipts or self.directives or self.updates or self.cards or self.answers or self.key_changes
            or self.exchanges or self.directives_barred
        )  # fmt: skip


def look_for_all(session: Session, folder: Path) -> Found:
    """Look at a folder once; nothing is written. Raises TD-SYNC-050 for a folder that cannot be read, TD-STORE-220."""
    session.require(Permission.HAND_OVER)
    try:
        names, below = packages_in(folder), folders_with_packages(folder)
        loose = sorted(path for path in folder.iterdir() if path.suffix.lower() in CARDS)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=folder.name or str(folder)) from fault
    directives, may = orders.find_directives(session, folder), session.may(Permission.MANAGE)
    received = receipts.find_receipts(session, folder)
    news = tuple(one for one in received if one.refusal is None or one.refusal.code != Code.ALREADY_IMPORTED)
    exchanges, settled = _by_kind(session, folder, names)
    settled |= {path.name for path in exchanges} | {one.path.name for one in directives}
    settled |= {one.path.name for one in received}
    return Found(
        folder, news, tuple(directives) if may else (), tuple(updates.find_updates(folder)),
        tuple(_new_cards(session, loose)), tuple(_own_answers(session, loose)), tuple(_known_changes(session, loose)),
        exchanges, 0 if may else len(directives), len(set(names) - settled), tuple(below),
    )  # fmt: skip


def _by_kind(session: Session, folder: Path, names: list[str]) -> tuple[tuple[Path, ...], set[str]]:
    """Packages of other machines of this office, and the names of those that this machine has made or applied."""
    own, exchanges, settled = session.file.identity.code, [], set()
    senders = {office.code for office in cards.known_offices(session)}
    for name in names:
        try:
            claimed = incoming.inspect(folder / name)
        except UserError:
            continue
        if claimed.office_code == own and claimed.installation != session.file.installation_id:
            exchanges.append(folder / name)
        elif claimed.office_code == own or (claimed.kind == PackageKind.DIRECTIVE and claimed.office_code in senders):
            settled.add(name)
    return tuple(exchanges), settled


def _new_cards(session: Session, paths: list[Path]) -> Iterator[Path]:
    """Cards that a commune may have to accept: of a province, or of another machine of its own office."""
    known = {(one.code, one.installation) for one in cards.known_offices(session)}
    own = (session.file.identity.code, session.file.installation_id)
    for path in paths:
        if path.suffix.lower() != ".tdcard":
            continue
        try:
            card = cards.read_card(path)
        except UserError:
            continue
        machine = (card.office_code, card.installation)
        wanted = card.kind is OfficeKind.PROVINCE or card.office_code == own[0]
        if wanted and machine != own and machine not in known:
            known.add(machine)
            yield path


def _own_answers(session: Session, paths: list[Path]) -> Iterator[Path]:
    """The own card signed by the province, where that is news; a stick carries those of many communes."""
    told = accepted.accepted_by(session)
    for path in paths:
        if path.suffix.lower() != ".tdaccept":
            continue
        try:
            answer = accepted.read_acceptance(path)
        except UserError:
            continue
        mine = (answer.card.office_code, answer.card.installation)
        if mine == (session.file.identity.code, session.file.installation_id) and told is None:
            yield path


def _known_changes(session: Session, paths: list[Path]) -> Iterator[Path]:
    """Changes of keys of offices that are accepted here."""
    accepted_ones = [one for one in cards.known_offices(session) if one.status == cards.ACCEPTED]
    known = {(one.code, one.installation): one.fingerprint for one in accepted_ones}
    for path in paths:
        if path.suffix.lower() != ".tdkey":
            continue
        try:
            change = key_care.read_change(path)
        except UserError:
            continue
        if (
            known.get((change.card.office_code, change.installation), change.card.fingerprint)
            != change.card.fingerprint
        ):
            yield path


def found_words(found: Found) -> str:
    """ "1 biên nhận, 2 gói chỉ đạo, 1 thẻ đơn vị"; "" when nothing is for this office."""
    counts = [(len(getattr(found, part)), words) for part, words in _WORDS]
    return ", ".join(f"{count} {words}" for count, words in counts if count)


def missing_words(found: Found) -> str:
    """What was looked for and is not there: "gói chỉ đạo, bản cập nhật"."""
    return ", ".join(words for part, words in _WORDS if not getattr(found, part) and part in _TOLD_MISSING)


_WORDS = (
    ("receipts", "biên nhận"),
    ("directives", "gói chỉ đạo"),
    ("updates", "bản cập nhật chương trình"),
    ("cards", "thẻ đơn vị"),
    ("answers", "thẻ trả lại"),
    ("key_changes", "tệp đổi khóa"),
    ("exchanges", "gói của máy khác trong cơ quan"),
)
_TOLD_MISSING = frozenset({"receipts", "directives", "updates", "cards", "exchanges"})
