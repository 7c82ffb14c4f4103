"""What lies on a stick or in a folder: packages of many offices, each with what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services import units
from thidua_desktop.services.handoff import cards, incoming
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.handoff.incoming import ClaimedPackage, ReceivePlan, ReportNews
from thidua_desktop.services.handoff.sticks import packages_in
from thidua_desktop.services.report_periods import report_label
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import PackageEntry
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.refusals import Code
from thidua_desktop.text import format_number

Progress = Callable[[int, int], None]

_OTHER_MACHINE = "TD-SYNC-247"
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
    "TD-SYNC-240": "Xã của tỉnh khác",
    _OTHER_MACHINE: "Máy khác của xã, chưa có thẻ",
}
_NEWS = {
    ReportNews.RENEWED: "xã chốt lại, đứng thay bản đang có",
    ReportNews.SAME: "như bản đang có",
    ReportNews.OVERTAKEN: "đã có bản chốt sau",
}
_CARD = ".tdcard"
MENDED_BY_A_CARD = frozenset({str(Code.UNKNOWN_SENDER), _OTHER_MACHINE})
"""Refusals that end when the sender's card is taken in."""
MENDED_BY_AN_UPDATE = frozenset({str(Code.NEWER_FORMAT), str(Code.NEWER_DEFINITION)})


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
    follows: bool = False  # what is missing before it lies beside it

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be taken in now."""
        return self.standing in (Standing.READY, Standing.GAP)


def look_into(session: Session, folder: Path, on_progress: Progress | None = None) -> list[InboxPackage]:
    """Every package on the folder's top level, verified, by sender and number; raises TD-SYNC-050 for the folder.

    Receipts and directives of this office are left out: they lie on the stick for the communes.
    """
    try:
        names = packages_in(folder)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=folder.name or str(folder)) from fault
    found = []
    for done, name in enumerate(names):
        if on_progress is not None:
            on_progress(done, len(names))
        package = look_at(session, folder / name)
        if not _written_here(session, package):
            found.append(package)
    return _beside_each_other(sorted(found, key=_order))


def _written_here(session: Session, package: InboxPackage) -> bool:
    claimed = package.claimed
    if claimed is None or claimed.office_code != session.file.identity.code:
        return False
    return claimed.kind in (PackageKind.RECEIPT, PackageKind.DIRECTIVE)


def cards_waiting(session: Session, folder: Path) -> list[Path]:
    """The cards on the folder's top level whose machine is not known here in any standing, by file name.

    What is no card is left out: it is said when somebody opens it. Raises TD-SYNC-050 for the folder.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == _CARD)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=folder.name or str(folder)) from fault
    known = {(one.code, one.installation) for one in cards.known_offices(session)}
    waiting = []
    for path in files:
        try:
            card = cards.read_card(path)
        except UserError:
            continue
        machine = (card.office_code, card.installation)
        if machine not in known and card.office_code != session.file.identity.code:
            known.add(machine)
            waiting.append(path)
    return waiting


def _beside_each_other(packages: list[InboxPackage]) -> list[InboxPackage]:
    """What only the neighbours in the folder tell: the same file twice, and that what is missing lies here too."""
    told: list[InboxPackage] = []
    first: dict[str, str] = {}
    here = {_machine(one, one.plan.number) for one in packages if one.plan is not None}
    for one in packages:
        plan = one.plan
        if plan is None:
            told.append(one)
        elif plan.sha256 in first:
            told.append(InboxPackage(one.path, Standing.TAKEN, f"Trùng tệp {first[plan.sha256]}", one.claimed))
        else:
            first[plan.sha256] = one.path.name
            runs = plan.missing_numbers if one.standing is Standing.GAP else ()
            lacking = {_machine(one, at) for begin, end in runs for at in range(begin, end + 1)}
            follows = bool(lacking) and lacking <= here
            told.append(replace(one, words=f"Hợp lệ, nối sau gói {plan.missing}", follows=True) if follows else one)
    return told


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
    return InboxPackage(path, Standing.READY, f"Hợp lệ, {format_number(plan.changes)} thay đổi{ended}", claimed, plan)


def _refused(
    path: Path, refusal: UserError, claimed: ClaimedPackage | None, session: Session | None = None
) -> InboxPackage:
    if refusal.code == Code.ALREADY_IMPORTED and session is not None and claimed is not None:
        return InboxPackage(path, Standing.TAKEN, _taken_words(session, claimed), claimed, None, refusal)
    if refusal.code == Code.UNKNOWN_SENDER and session is not None and claimed is not None:
        refusal = _of_another_province(session, claimed) or _of_another_machine(session, claimed) or refusal
    if refusal.code == Code.CUT:
        words = f"Tệp bị cắt ở {refusal.values['percent']}%, xin chép lại"
    else:
        words = _SHORT.get(refusal.code, refusal.sentence)
    return InboxPackage(path, Standing.REFUSED, words, claimed, None, refusal)


def _machine(package: InboxPackage, number: int) -> tuple[str, int]:
    return (package.claimed.installation if package.claimed is not None else "", number)


def _of_another_province(session: Session, claimed: ClaimedPackage) -> UserError | None:
    """TD-SYNC-240 for a commune that the list of units has elsewhere: taking its card in would be the wrong advice."""
    try:
        unit = units.unit(claimed.office_code)
    except UserError:
        return None
    if unit.is_province or unit.province_code == session.file.identity.province_code:
        return None
    return UserError("TD-SYNC-240", office=claimed.office_name, unit=unit.code, province=unit.province_name)


def _of_another_machine(session: Session, claimed: ClaimedPackage) -> UserError | None:
    """TD-SYNC-247 for a commune of which another machine is known: a second one, or the same set up anew."""
    known = [
        one.installation[-4:] for one in cards.known_offices(session)
        if one.code == claimed.office_code and one.status == cards.ACCEPTED
    ]  # fmt: skip
    if not known:
        return None
    machine = claimed.installation[-4:]
    return UserError(_OTHER_MACHINE, office=claimed.office_name, installation=machine, known=", ".join(known))


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


def closed_reports(session: Session, plan: ReceivePlan) -> list[str]:
    """What the closed reports that come along are called, and what each is to the one that is here."""
    names = report_names(session, plan.reports)
    news = (_NEWS.get(plan.report_news.get(one, ReportNews.FIRST), "") for one in plan.reports)
    return [f"{name} ({words})" if words else name for name, words in zip(names, news, strict=True)]


def report_names(session: Session, members: Sequence[str]) -> list[str]:
    """What closed reports are called; one that no definition here knows by its own name."""
    named = []
    for member in members:
        name, _, period = member.partition("-")
        spec = session.definitions.reports.get(name)
        named.append(report_label(session.definitions, spec, period) if spec is not None else member)
    return named


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
