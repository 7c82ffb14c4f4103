"""What is written down: every look at a register that not everybody may see (``restricted``), every export and print,
who came in, who failed to, and who locked.

Who may not see them is stopped by the session (``Session.closed``), whatever service asks. The log holds no names of
the people concerned. A look that cannot be written down does not happen: the refusal of the disk is passed on.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services.files import write_whole
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.access_log import Access

__all__ = [
    "ERASE", "EXPORT", "FAILED", "LIST", "LOCK", "LOGIN", "OPEN", "PRINT", "RECOVERY", "SHOWN", "UNLOCK", "WORDS",
    "Access", "came_back", "came_in", "failed_before", "left", "log_lines", "newest", "note", "words_of", "write_log",
]  # fmt: skip

OPEN, LIST, EXPORT, PRINT, ERASE = "open", "list", "export", "print", "erase"
LOGIN, FAILED, LOCK, UNLOCK, RECOVERY = "login", "failed", "lock", "unlock", "recovery"
WORDS = {
    OPEN: "Mở", LIST: "Xem danh sách", EXPORT: "Xuất ra tệp", PRINT: "In", ERASE: "Xóa vĩnh viễn", LOGIN: "Mở sổ",
    FAILED: "Gõ sai mật khẩu", LOCK: "Khóa máy", UNLOCK: "Mở khóa máy", RECOVERY: "Mở sổ bằng phiếu khôi phục",
}  # fmt: skip
_LOOKS = (OPEN, LIST)  # repeated at once by the window itself
SHOWN = 200


def note(session: Session, spec: RegisterSpec, what: str, record_id: str = "", records: int = 1) -> None:
    """Write down a look at a restricted register, or an export or print of any; other looks are not written.

    What a reading connection lists for the window (another thread) is written down by the window.
    """
    quiet = what in _LOOKS if not spec.restricted else what == LIST and not session.file.writes
    if quiet or (not spec.restricted and not session.file.writes):
        return
    session.file.accesses.add(
        what, spec.name, record_id, records, login=session.user.login, actor=session.user.name, now=session.now(),
        always=what not in _LOOKS,
    )  # fmt: skip


def came_in(session: Session, failures: int = 0, way: str = LOGIN) -> None:
    """Write down that the person at the desk opened the office, after so many wrong passwords or sheets."""
    failed_before(session, failures)
    _note_of_office(session, way)


def came_back(session: Session, failures: int = 0) -> None:
    """Write down that the person at the locked desk is back."""
    came_in(session, failures, UNLOCK)


def failed_before(session: Session, failures: int) -> None:
    """Write down how often somebody, who is not known, typed what opens nothing before the person at the desk."""
    if failures:
        _note_of_office(session, FAILED, failures)


def left(session: Session) -> None:
    """Write down that the desk was locked."""
    _note_of_office(session, LOCK)


def _note_of_office(session: Session, what: str, count: int = 1) -> None:
    """What keeps a full disk from being written must not keep the person out: it is tried, not insisted on."""
    user = session.user
    with contextlib.suppress(UserError):
        session.file.accesses.add(
            what, "", "", count, login=user.login, actor=user.name, now=session.now(), always=True
        )


def newest(session: Session, limit: int = SHOWN) -> list[Access]:
    """The newest looks, for the administrator; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    return session.file.accesses.newest(limit)


def words_of(session: Session, access: Access) -> str:
    """What was done in one sentence: "In Sổ người được quản lý: 12 bản ghi"."""
    spec = session.definitions.registers.get(access.register)
    title = spec.title if spec else access.register
    what = WORDS.get(access.what, access.what)
    if not access.register:
        return f"{what} {access.records} lần" if access.what == FAILED else what
    return f"{what} {title}: {access.records} bản ghi" if not access.record_id else f"{what} một bản ghi của {title}"


def log_lines(session: Session) -> list[str]:
    """The whole log, a line each, cells with ";" between; the first line is the heading. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    lines = ["Lúc;Người;Tên đăng nhập;Máy;Việc;Sổ;Bản ghi;Số bản ghi"]
    for one in session.file.accesses.all():
        spec = session.definitions.registers.get(one.register)
        title = spec.title if spec else one.register
        lines.append(
            f"{one.at:%d/%m/%Y %H:%M:%S};{_cell(one.actor)};{_cell(one.login)};{one.installation[-4:]};"
            f"{WORDS.get(one.what, one.what)};{_cell(title)};{one.record_id};{one.records}"
        )
    return lines


def write_log(session: Session, path: Path) -> int:
    """The whole log as a table for the office's own supervision (.csv); how many lines. Raises TD-STORE-220."""
    lines = log_lines(session)
    write_whole(path, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8"))
    return len(lines) - 1


def _cell(text: str) -> str:
    """A text that neither breaks the table nor is taken for a formula."""
    plain = text.replace(";", ",").replace('"', "'")
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain
