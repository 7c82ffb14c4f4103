"""What lies on a stick or in a folder: packages of many offices, each with what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import incoming
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.handoff.incoming import ClaimedPackage, ReceivePlan
from thidua_desktop.services.handoff.sticks import packages_in
from thidua_desktop.services.report_periods import report_label
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import PackageEntry
from thidua_desktop.sync.refusals import Code

Progress = Callable[[int, int], None]

_SHORT: dict[str, str] = {
    Code.NOT_A_PACKAGE: "Không phải gói số liệu",
    Code.DAMAGED: "Tệp bị hỏng, xin chép lại",
    Code.NEWER_FORMAT: "Phiên bản mới hơn, cần cập nhật",
    Code.UNKNOWN_SENDER: "Chưa nhận thẻ của đơn vị gửi",
    Code.REVOKED_SENDER: "Khóa đã bị thu hồi",
    Code.BAD_SIGNATURE: "Chữ ký không đúng, không dùng",
    Code.NOT_ADDRESSED: "Không gửi cho đơn vị này",
    Code.OLDER: "Gói cũ, không có gì mới",
    Code.CLONE: "Trùng máy khác, cần gọi hỏi",
    Code.NEWER_DEFINITION: "Mẫu sổ mới hơn, cần cập nhật",
    Code.BAD_CONTENT: "Nội dung sai quy cách",
    Code.TOO_LARGE: "Gói quá lớn",
    Code.CUT_AT_START: "Tệp trống hoặc bị cắt, xin chép lại",
}


class Standing(StrEnum):
    """What may be done with a package."""

    READY = "ready"
    GAP = "gap"  # packages before it are missing; it can be taken in all the same
    TAKEN = "taken"  # taken in earlier
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class InboxPackage:
    """One file. ``claimed`` is what it says of itself (None: unreadable); ``refusal`` why it cannot be taken in."""

    path: Path
    standing: Standing
    words: str
    claimed: ClaimedPackage | None = None
    plan: ReceivePlan | None = None
    refusal: UserError | None = None

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be taken in now."""
        return self.standing in (Standing.READY, Standing.GAP)


def look_into(session: Session, folder: Path, on_progress: Progress | None = None) -> list[InboxPackage]:
    """Every package on the folder's top level, verified, by sender and number; raises TD-SYNC-050 for the folder."""
    try:
        names = packages_in(folder)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=folder.name or str(folder)) from fault
    found = []
    for done, name in enumerate(names):
        if on_progress is not None:
            on_progress(done, len(names))
        found.append(look_at(session, folder / name))
    return sorted(found, key=_order)


def look_at(session: Session, path: Path) -> InboxPackage:
    """One file: what it claims, and its plan or the reason why it is refused. Nothing is written."""
    try:
        claimed = incoming.inspect(path)
    except UserError as refusal:
        return _refused(path, refusal, None)
    try:
        plan = incoming.plan_receive(session, path)
    except UserError as refusal:
        return _refused(path, refusal, claimed, session)
    if plan.gap:
        return InboxPackage(path, Standing.GAP, f"Thiếu gói {plan.missing}, vẫn nhập được", claimed, plan)
    ended = "; đơn vị đã kết thúc" if plan.ended else ""
    return InboxPackage(path, Standing.READY, f"Hợp lệ, {plan.changes} thay đổi{ended}", claimed, plan)


def _refused(
    path: Path, refusal: UserError, claimed: ClaimedPackage | None, session: Session | None = None
) -> InboxPackage:
    if refusal.code == Code.ALREADY_IMPORTED and session is not None and claimed is not None:
        return InboxPackage(path, Standing.TAKEN, _taken_words(session, claimed), claimed, None, refusal)
    if refusal.code == Code.CUT:
        words = f"Tệp bị cắt ở {refusal.values['percent']}%, xin chép lại"
    else:
        words = _SHORT.get(refusal.code, refusal.sentence)
    return InboxPackage(path, Standing.REFUSED, words, claimed, None, refusal)


def reports_to_check(session: Session, package: InboxPackage) -> dict[str, str]:
    """The closed reports that a package brought which was taken in ("movement_result-2026-11"), with their names."""
    entry = _entry(session, package.claimed) if package.standing is Standing.TAKEN and package.claimed else None
    found = {}
    for member in entry.details.get("reports", ()) if entry is not None else ():
        name, _, period = str(member).partition("-")
        spec = session.definitions.reports.get(name)
        if spec is None or entry is None:
            continue
        if session.file.reports.moments(received_report(entry.office, name), period):
            found[str(member)] = report_label(session.definitions, spec, period)
    return found


def _taken_words(session: Session, claimed: ClaimedPackage) -> str:
    entry = _entry(session, claimed)
    return f"Đã nhập ngày {entry.at:%d/%m/%Y}" if entry is not None else "Đã nhập"


def _entry(session: Session, claimed: ClaimedPackage) -> PackageEntry | None:
    wanted = (claimed.office_code, claimed.installation, claimed.number)
    there = incoming.received_packages(session)
    return next((one for one in there if (one.office, one.installation, one.number) == wanted), None)


def _order(package: InboxPackage) -> tuple[str, int, str]:
    claimed = package.claimed
    return (claimed.office_code, claimed.number, package.path.name) if claimed else ("~", 0, package.path.name)
