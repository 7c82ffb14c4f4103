"""The province keeps a way into a commune's office, when the commune agrees: off until then, taken back at any time.

The commune makes a random secret, wraps its key in a slot beside its file and seals the secret to the province. The
province holds the sealed secret, which opens nothing without the commune's own files. On request the province prints
it as a rescue sheet; the commune opens with it, sets a password, and the slot is gone. Each step is written down.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services import access
from thidua_desktop.services.access import Act
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.handoff.own_keys import identities, office_keys
from thidua_desktop.services.offices import ESCROW_GIVEN
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.store.recovery_sheet import sheet_text
from thidua_desktop.sync import escrow as sealing
from thidua_desktop.sync.card import OfficeKind
from thidua_desktop.sync.deliver import deliver_bytes
from thidua_desktop.sync.escrow import BadDepositError, Deposit, deposit_name
from thidua_desktop.text import format_date

GIVEN = ESCROW_GIVEN
"""Setting of a commune: {"province": name, "at": ISO time}, or {"used": ISO time} once the way in was used."""
_KEPT = "escrow.kept."
"""Settings of a province, one for each installation: {"name", "file": base64, "at", "opened": [{"at", "by"}]}."""
PURPOSE = (
    "Khi đơn vị mất cả mật khẩu lẫn phiếu khôi phục, tỉnh in được một phiếu cứu sổ dùng một lần. Tỉnh không đọc được "
    "sổ: phiếu chỉ mở được cùng với tệp sổ, tệp khóa đang ở đơn vị. Thôi gửi lúc nào cũng được."
)


@dataclass(frozen=True, slots=True)
class EscrowState:
    """What a commune knows: ``province`` "" while it keeps nothing; ``used`` once the way in was used and is gone."""

    province: str = ""
    at: datetime | None = None
    used: datetime | None = None

    @property
    def words(self) -> str:
        """ "Tỉnh Đắk Lắk giữ hộ từ ngày 16/11/2026"."""
        if self.province and self.at is not None:
            return f"{self.province} giữ hộ từ ngày {format_date(self.at.date())}"
        if self.used is not None:
            return f"Đã dùng ngày {format_date(self.used.date())}, hết hiệu lực; muốn giữ đường này thì gửi lại"
        return "Không gửi tỉnh giữ hộ"


@dataclass(frozen=True, slots=True)
class KeptDeposit:
    """A way in that this province keeps. ``opened``: (when, by whom) a rescue sheet was printed."""

    office: str
    installation: str
    name: str
    day: date
    opened: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True)
class Rescue:
    """A rescue sheet: the text on it and the page to print."""

    text: str
    pdf: bytes


def state(session: Session) -> EscrowState:
    """Whether the province keeps a way in; what the key slots say counts."""
    known = session.file.settings.get(GIVEN) or {}
    used = datetime.fromisoformat(known["used"]) if known.get("used") else None
    if not session.file.has_escrow:
        return EscrowState(used=used)
    return EscrowState(
        known.get("province") or "Tỉnh", datetime.fromisoformat(known["at"]) if known.get("at") else None
    )


def give(session: Session, folder: Path, *, agreed: bool) -> Path:
    """At the commune: make the way in and write the file for the province into ``folder``; one before is void.

    ``agreed``: the office said yes, in plain words, to ``PURPOSE``. Raises TD-STORE-220, 380 without consent, 381
    without an accepted card of the province, 384 at a province, TD-ENV-….
    """
    session.require(Permission.MANAGE)
    if session.is_province:
        raise UserError("TD-STORE-384")
    if not agreed:
        raise UserError("TD-STORE-380")
    provinces = _provinces(session)
    card, secret = cards.own_card(session), secrets.token_bytes(sealing.SECRET_BYTES)
    sealed = sealing.seal(secret, card, [str(one.keys["age"]) for one in provinces])
    content = sealing.deposit_to_bytes(Deposit(card, sealed, session.today), office_keys(session))
    written = deliver_bytes(content, folder, deposit_name(card))
    session.file.put_escrow(secret)
    session.file.settings.put(GIVEN, {"province": provinces[0].name, "at": session.now().isoformat()})
    access.note_act(session, Act.ESCROW_ON, provinces[0].name)
    session.announce(Changes(frozenset()))
    return written


def stop(session: Session) -> None:
    """At the commune: what the province holds opens nothing from now on. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    session.file.remove_escrow()
    session.file.settings.put(GIVEN, None)
    access.note_act(session, Act.ESCROW_OFF)
    session.announce(Changes(frozenset()))


def take(session: Session, path: Path) -> KeptDeposit:
    """At the province: keep a commune's way in, in the place of one that it sent before.

    Raises TD-STORE-220, 378 for a file that is none or is damaged, 379 when its sender's card is not accepted here, 383
    when it was sealed to another province, 386 when a newer one is kept, 384 at a commune, TD-SYNC-050 when it cannot
    be read.
    """
    session.require(Permission.RECEIVE)
    if not session.is_province:
        raise UserError("TD-STORE-384")
    deposit, content = _read(path)
    card = deposit.card
    known = session.file.partners.get(card.office_code, card.installation)
    if known is None or known.status != cards.ACCEPTED or known.keys["verify"] != card.verify_key.line:
        raise UserError("TD-STORE-379", name=card.office_name)
    if sealing.unseal(deposit, identities(session)) is None:
        raise UserError("TD-STORE-383", name=card.office_name)
    _refuse_older(session, deposit)
    session.file.settings.put(
        _name(card.office_code, card.installation),
        {"name": known.name, "file": base64.b64encode(content).decode("ascii"), "at": session.now().isoformat(),
         "opened": []},
    )  # fmt: skip
    access.note_act(session, Act.ESCROW_TAKEN, f"{card.office_code}, máy {card.installation[-4:]}")
    session.announce(Changes(frozenset()))
    return _kept(session, card.office_code, card.installation)


def kept(session: Session) -> list[KeptDeposit]:
    """Every way in that this province keeps, by name of the office."""
    found = []
    for name in session.file.settings.all(_KEPT):
        office, _, installation = name.removeprefix(_KEPT).partition(".")
        found.append(_kept(session, office, installation))
    return sorted(found, key=lambda one: (one.name, one.installation))


def rescue(session: Session, office: str, installation: str, reason: str) -> Rescue:
    """At the province: the rescue sheet for an office that asked for it; who printed it and when stays here.

    Raises TD-STORE-220, 382 when nothing of that office is kept (or the keys are gone), 385 without a reason.
    """
    session.require(Permission.MANAGE)
    if len(reason.split()) < 2:
        raise UserError("TD-STORE-385")
    stored = session.file.settings.get(_name(office, installation))
    if stored is None:
        raise UserError("TD-STORE-382", office=office)
    deposit = sealing.deposit_from_bytes(base64.b64decode(stored["file"]))
    secret = sealing.unseal(deposit, identities(session))
    if secret is None:
        raise UserError("TD-STORE-382", office=office)
    opened = [*stored["opened"], {"at": session.now().isoformat(), "by": session.user.name, "reason": reason.strip()}]
    session.file.settings.put(_name(office, installation), {**stored, "opened": opened})
    access.note_act(session, Act.RESCUE, f"{office}, máy {installation[-4:]}")
    session.announce(Changes(frozenset()))
    from thidua_desktop.services.recovery_papers import rescue_sheet

    text = sheet_text(secret)
    return Rescue(text, rescue_sheet(session, text, str(stored["name"]), installation))


def _provinces(session: Session) -> list[Partner]:
    found = [
        one
        for one in session.file.partners.all()
        if one.status == cards.ACCEPTED and one.keys["kind"] == str(OfficeKind.PROVINCE)
    ]
    if not found:
        raise UserError("TD-STORE-381")
    return found


def _read(path: Path) -> tuple[Deposit, bytes]:
    try:
        with path.open("rb") as stream:
            data = stream.read(sealing.MAX_DEPOSIT_SIZE + 1)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault
    try:
        return sealing.deposit_from_bytes(data), data
    except BadDepositError as fault:
        raise UserError("TD-STORE-378", path=path.name) from fault


def _refuse_older(session: Session, deposit: Deposit) -> None:
    """An older file opens nothing any more and would take the place of one that does.

    One from a clock that ran ahead stands in nobody's way.
    """
    card = deposit.card
    if session.file.settings.get(_name(card.office_code, card.installation)) is None:
        return
    kept = _kept(session, card.office_code, card.installation)
    if deposit.day < kept.day <= session.today:
        raise UserError("TD-STORE-386", name=card.office_name, day=format_date(kept.day))


def _name(office: str, installation: str) -> str:
    return f"{_KEPT}{office}.{installation}"


def _kept(session: Session, office: str, installation: str) -> KeptDeposit:
    stored = session.file.settings.get(_name(office, installation))
    deposit = sealing.deposit_from_bytes(base64.b64decode(stored["file"]))
    opened = tuple((datetime.fromisoformat(one["at"]), str(one["by"])) for one in stored["opened"])
    return KeptDeposit(office, installation, str(stored["name"]), deposit.day, opened)
