"""Every package that was made here, with its whole life in one word group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.acknowledged import received
from thidua_desktop.services.handoff.outgoing import packages, slip_of, waiting_reports
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import PackageEntry
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.text import format_number


class PackageLife(StrEnum):
    """What became of a package."""

    WAITING = "waiting"  # copied out, no receipt yet
    COVERED = "covered"  # a later package carries all of it
    RECEIVED = "received"  # the province's receipt covers it


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package for lists; ``size`` in bytes, ``words`` say its life."""

    number: int
    at: datetime
    content: str
    size: int
    life: PackageLife
    words: str


def made_rows(session: Session) -> list[PackageRow]:
    """Every package made here, the newest first."""
    made = [entry for entry in packages(session) if entry.kind == PackageKind.REPORT]
    confirmed, waiting = received(session), waiting_reports(session)
    rows = []
    for entry in made:
        life, words = PackageLife.WAITING, "Đã chép ra, chờ tỉnh nhận"
        said = entry.details.get("reports", ())
        tells = any(label in said and at <= entry.at for label, at in waiting)  # which no receipt names yet
        if entry.last_seq <= confirmed and not tells:
            life, words = PackageLife.RECEIVED, "Tỉnh đã nhận"
        elif entry is not made[0] and entry.last_seq <= made[0].last_seq:
            life, words = PackageLife.COVERED, f"Gói {made[0].number} đã gồm đủ"
            if _files(entry) > _files(made[0]):
                words += ", trừ nội dung tệp"
        records, reports = int(entry.details.get("records", 0)), len(said)
        content = f"{format_number(records)} bản ghi"
        if reports:
            content = f"{reports} báo cáo đã chốt, {content}"
        if _files(entry):
            content += f", {format_number(_files(entry))} tệp"
        if entry.installation != session.file.installation_id:
            content += ", gửi trước khi khôi phục sổ"
        rows.append(PackageRow(entry.number, entry.at, content, int(entry.details.get("size", 0)), life, words))
    return rows


def _files(entry: PackageEntry) -> int:
    """How many attached files went with their contents; packages of earlier programs do not say."""
    return int(entry.details.get("files", 0))


def slip_of_number(session: Session, number: int) -> bytes:
    """The handover slip of a package made here, as PDF; raises TD-SYNC-058 when there is none of that number."""
    for entry in packages(session):
        if entry.number == number:
            return slip_of(session, entry)
    raise UserError("TD-SYNC-058", number=number)
