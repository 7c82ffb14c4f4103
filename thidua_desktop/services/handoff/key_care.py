"""Keys over the years: changed, carried to another installation, revoked, put into two persons' hands.

What other offices must hear of is a file signed by the key that they know (``sync.key_change``); it can be written
again as long as the old key is kept here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.services import access
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.handoff.acknowledged import keep_for_restored
from thidua_desktop.services.handoff.own_keys import OwnBefore, earlier_keys, office_keys, remember
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.sync import key_parts
from thidua_desktop.sync.card import OfficeKind
from thidua_desktop.sync.deliver import deliver_bytes
from thidua_desktop.sync.key_change import MAX_CHANGE_SIZE, KeyChange, change_from_bytes, own_change
from thidua_desktop.sync.keys import OfficeKeys

LONGEST_REASON = 500


def change_keys(session: Session, folder: Path) -> Path:
    """Make new keys for this installation and write the file that tells the other offices; gives its path.

    What was encrypted to the old keys can still be read. Raises TD-STORE-220, TD-ENV-….
    """
    session.require(Permission.MANAGE)
    before = OwnBefore(session.file.installation_id, office_keys(session))
    with session.file.atomic():
        remember(session, before)
        session.file.office_keys = OfficeKeys.generate().to_bytes()
    access.note_act(session, access.Act.KEYS, "Khóa mới")
    session.announce(Changes(frozenset()))
    return write_change(session, folder)


def write_change(session: Session, folder: Path) -> Path:
    """Write the file of the last change of keys or installation again; TD-SYNC-087 when there was none."""
    session.require(Permission.MANAGE)
    earlier = earlier_keys(session)
    if not earlier:
        raise UserError("TD-SYNC-087")
    before, identity = earlier[-1], session.file.identity
    kind = OfficeKind.PROVINCE if session.is_province else OfficeKind.COMMUNE
    office = (identity.code, identity.name, session.file.installation_id, kind)
    name, content = own_change(office_keys(session), office, (before.installation, before.keys))
    return deliver_bytes(content, folder, name)


def give_new_installation(session: Session) -> None:
    """This file is a restored or copied one: from the next opening on it is another installation of its office.

    Its packages begin at number 1 and carry everything; other offices take it for the same office once they have the
    file of ``write_change``. What the province has said of records and reports up to here still stands, until its next
    receipt. Raises TD-STORE-220.
    """
    session.require(Permission.MANAGE)
    with session.file.atomic():
        remember(session, OwnBefore(session.file.installation_id, office_keys(session)))
        keep_for_restored(session)
        session.file.settings.put("office.installation", str(uuid.uuid4()))


def read_change(path: Path) -> KeyChange:
    """A key change in a file, both signatures verified; raises TD-SYNC-020…022, TD-SYNC-050."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_CHANGE_SIZE + 1)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault
    return change_from_bytes(data)


def take_change(session: Session, change: KeyChange) -> None:
    """From now on the other office has the keys and installation of ``change``; packages under the old key stay good.

    Raises TD-SYNC-088 when this office does not know the old key as an accepted one (a new card is needed then).
    """
    session.require(Permission.HAND_OVER)
    card = change.card
    known = session.file.partners.get(card.office_code, change.installation)
    if known is None or known.status != cards.ACCEPTED or change.verify_key.line != known.keys["verify"]:
        raise UserError("TD-SYNC-088", name=card.office_name, office=card.office_code)
    earlier = [*known.keys.get("earlier", ()), known.keys["verify"]]
    fresh = {
        "kind": known.keys["kind"], "verify": card.verify_key.line, "age": card.age_recipient,
        "fingerprint": card.fingerprint, "earlier": earlier if card.installation == change.installation else [],
    }  # fmt: skip
    with session.file.atomic():
        if card.installation != change.installation:
            _put(session, known, cards.REPLACED, known.keys)
        partner = Partner(
            office=card.office_code, installation=card.installation, name=card.office_name, keys=fresh,
            status=cards.ACCEPTED, at=known.at,
        )  # fmt: skip
        session.file.partners.put(partner)
    session.announce(Changes(frozenset()))


def revoke(session: Session, office: str, installation: str, reason: str) -> None:
    """Take nothing more in from an installation, and send nothing more to it: a lost PC, a stolen stick of keys.

    Raises TD-SYNC-089 when there is no such card or no reason.
    """
    session.require(Permission.MANAGE)
    known = session.file.partners.get(office, installation)
    said = " ".join(reason.split())
    if known is None or not said or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-089", most=LONGEST_REASON)
    _put(session, known, cards.REVOKED, {**known.keys, "reason": said, "revoked": session.now().isoformat()})
    access.note_act(session, access.Act.KEYS, f"Thu hồi thẻ {office}, máy {installation[-4:]}")
    session.announce(Changes(frozenset()))


def export_parts(session: Session, folder: Path, passphrases: tuple[str, str]) -> list[Path]:
    """Write the keys of this office in two files, each under one person's passphrase.

    Raises TD-SYNC-026 for passphrases that are too short or the same, TD-ENV-….
    """
    session.require(Permission.MANAGE)
    identity = session.file.identity
    try:
        files = key_parts.split_keys(office_keys(session), identity.code, session.file.installation_id, passphrases)
    except ValueError as fault:
        raise UserError("TD-SYNC-026", least=key_parts.SHORTEST_PASSPHRASE) from fault
    access.note_act(session, access.Act.KEYS, "Ghi khóa thành hai phần")
    return [
        deliver_bytes(content, folder, key_parts.part_name(identity.code, number))
        for number, content in enumerate(files, start=1)
    ]


def import_parts(session: Session, paths: tuple[Path, Path], passphrases: tuple[str, str]) -> None:
    """Put the keys of two parts into this file: the office lost its PC and begins again.

    The other offices then need the file of ``write_change``. Raises TD-SYNC-023…025, 027 for another office, 050.
    """
    session.require(Permission.MANAGE)
    parts = [key_parts.open_part(_read(path), phrase) for path, phrase in zip(paths, passphrases, strict=True)]
    keys = key_parts.joined_keys(parts[0], parts[1])
    if parts[0].office != session.file.identity.code:
        raise UserError("TD-SYNC-027", office=parts[0].office)
    with session.file.atomic():
        if parts[0].installation != session.file.installation_id:
            remember(session, OwnBefore(parts[0].installation, keys))
        session.file.office_keys = keys.to_bytes()
    access.note_act(session, access.Act.KEYS, "Lấy lại khóa từ hai phần")
    session.announce(Changes(frozenset()))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(key_parts.MAX_PART_SIZE + 1)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault


def _put(session: Session, known: Partner, status: str, keys: Mapping[str, Any]) -> None:
    session.file.partners.put(known._replace(status=status, keys=keys))
