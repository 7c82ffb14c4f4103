"""What is unsafe about the office's data now: no copy, nothing sent, a clock that cannot be right, a damaged file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from thidua_desktop.services import people, recovery
from thidua_desktop.services.backups import last_backup, last_check, remind_after
from thidua_desktop.services.file_places import cloud_of
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.packages import MADE
from thidua_desktop.text import format_date, format_moment, format_number

_CLOCK_SLACK = timedelta(hours=1)
_LONG_PAUSE = timedelta(days=365)
"""No office lies untouched for so long without a reason; a clock that jumped ahead looks just like it."""


class Danger(StrEnum):
    """What a line is about; decides its icon."""

    BACKUP = "backup"
    UNSENT = "unsent"
    CLOCK = "clock"
    FILE = "file"
    PEOPLE = "people"
    SHEET = "sheet"


class SafetyLine(NamedTuple):
    """One thing to mend: what, its state in two or three words, since when, and the room where it is mended."""

    danger: Danger
    title: str
    state: str
    detail: str
    verb: str
    room: str


class Safety(NamedTuple):
    """What is unsafe, worst first, and the calm words about what was looked at and is well."""

    lines: tuple[SafetyLine, ...]
    calm: tuple[str, ...]


def safety(session: Session) -> Safety:
    """Look at the last check, the clock, the last copy and what the province has not confirmed."""
    found = [line for line in _lines(session) if line]
    return Safety(tuple(found), tuple(_calm(session, {line.danger for line in found})))


def _lines(session: Session) -> Iterator[SafetyLine | None]:
    yield from (_file(session), _place(session), _clock(session))
    yield from (_automatic(session), _backup(session), _unsent(session))
    if session.may(Permission.MANAGE):
        yield from (_sheet(session), _managers(session))


def _sheet(session: Session) -> SafetyLine | None:
    """Nobody said to have put the recovery sheet away, and nobody tried it."""
    if recovery.state(session).is_safe:
        return None
    title, detail = "Chưa rõ phiếu khôi phục đã in, cất hay chưa", "quên hết mật khẩu thì chỉ phiếu này mở được sổ"
    return SafetyLine(Danger.SHEET, title, "Nên gõ thử", detail, "Thử hoặc lập phiếu", "admin")


def _managers(session: Session) -> SafetyLine | None:
    """One person alone can let others in: illness or a move would leave the office without an administrator."""
    if len(people.managers(session)) > 1:
        return None
    detail = "người ấy nghỉ, chuyển công tác thì không ai thêm người, đặt lại mật khẩu được"
    return SafetyLine(Danger.PEOPLE, "Chỉ có một người quản trị sổ", "Nên thêm người", detail, "Xem Quản trị", "admin")


def _automatic(session: Session) -> SafetyLine | None:
    """The last copy that should have been made by itself was refused."""
    from thidua_desktop.services.automatic_backups import failure

    failed = failure(session)
    if failed is None:
        return None
    when = format_moment(failed.at)
    return SafetyLine(
        Danger.BACKUP, "Chưa tự sao lưu được", "Xem lý do", f"lúc {when}: {failed.text}", "Xem Quản trị", "admin"
    )


def _file(session: Session) -> SafetyLine | None:
    check = last_check(session)
    if check is None or not check.findings:
        return None
    return SafetyLine(
        Danger.FILE,
        f"Tệp sổ có {check.findings} điều không đúng",
        "Cần khôi phục",
        f"kiểm tra {format_moment(check.at)}",
        "Xem và khôi phục",
        "admin",
    )


def _place(session: Session) -> SafetyLine | None:
    """An office that was made before such places were refused, or copied there."""
    cloud = cloud_of(session.file.path)
    if not cloud:
        return None
    detail = f"đóng sổ rồi chép tệp sổ và tệp .keys ra ngoài thư mục {cloud}"
    return SafetyLine(
        Danger.FILE, f"Tệp sổ bị {cloud} đồng bộ", "Chuyển sang chỗ khác", detail, "Xem Quản trị", "admin"
    )


def _clock(session: Session) -> SafetyLine | None:
    """A change that was written later than now: the clock was put back, or stood wrong then. One that was written more
    than a year ago: perhaps it stands ahead, and every new date and deadline would be wrong."""
    seq = session.file.changes.head()[0]
    last = next(iter(session.file.changes.since(seq - 1)), None) if seq else None
    if last is not None and last.at <= session.now() + _CLOCK_SLACK:
        return _clock_ahead(session)
    if last is None:
        return None
    return SafetyLine(
        Danger.CLOCK,
        "Đồng hồ máy chậm hơn lần ghi trước",
        "Chỉnh lại giờ",
        f"lần ghi trước {format_moment(last.at)}",
        "Xem Quản trị",
        "admin",
    )


def _clock_ahead(session: Session) -> SafetyLine | None:
    """Asked for the whole day: what is written on it already carries the date that is asked about."""
    before = session.file.changes.last_before(session.now().replace(hour=0, minute=0, second=0, microsecond=0))
    if before is None or session.now() - before <= _LONG_PAUSE:
        return None
    title = f"Hôm nay là {format_date(session.today)} đúng không?"
    detail = f"lần ghi trước {format_moment(before)}, hơn một năm; đúng ngày thì làm tiếp"
    return SafetyLine(Danger.CLOCK, title, "Xem lại giờ máy", detail, "Xem Quản trị", "admin")


def _backup(session: Session) -> SafetyLine | None:
    last, most = last_backup(session), remind_after(session)
    if last is None:
        title, detail = "Chưa sao lưu ra USB lần nào", "bản tự động nằm cùng máy: máy hỏng thì mất cả sổ"
        return SafetyLine(Danger.BACKUP, title, "Chưa sao lưu", detail, "Sao lưu ngay", "admin")
    days = last.days_old(session.now())
    if days < most:
        return None
    title = f"Lần sao lưu ra USB, ổ khác cách đây {days} ngày"
    detail = format_moment(last.at)
    return SafetyLine(Danger.BACKUP, title, "Sao lưu đã cũ", detail, "Sao lưu ngay", "admin")


def _unsent(session: Session) -> SafetyLine | None:
    from thidua_desktop.services.handoff.acknowledged import received

    waiting = session.file.changes.head()[0] - received(session)
    if session.is_province or waiting <= 0:
        return None
    made = [entry for entry in session.file.packages.all(MADE) if entry.kind == "report"]
    if not made:
        detail = "chưa gửi gói nào lên tỉnh"
    else:
        detail = f"gói gần nhất số {made[0].number}, ngày {format_date(made[0].at.date())}"
    title = f"{format_number(waiting)} thay đổi chưa được tỉnh xác nhận"
    state = "Chờ phiếu" if made else "Chưa gửi"
    return SafetyLine(Danger.UNSENT, title, state, detail, "Mở Gửi – nhận", "handoff")


def _calm(session: Session, dangers: set[Danger]) -> list[str]:
    words = []
    if Danger.CLOCK not in dangers:
        words.append("Đồng hồ máy đúng")
    check = last_check(session)
    if check is not None and Danger.FILE not in dangers:
        day = "" if check.at.date() == session.today else f", {format_date(check.at.date())}"
        words.append(f"Tệp sổ đã kiểm tra {check.at:%H:%M}{day}")
    backup = last_backup(session)
    if backup is not None and Danger.BACKUP not in dangers:
        words.append(f"Sao lưu {format_moment(backup.at)}")
    return words
