"""What is written down: who came in, failed to, locked; looks at what not everybody may see; what left the program.

And what was changed in people, ways in and copies.

Who may not see a register is stopped by the session (``Session.closed``), whatever service asks. The log holds no names
of the people that records are about. A look that cannot be written down does not happen: a full disk is told of with
what that means here (TD-ENV-006), any other refusal is passed on. What a person did to the office as a whole stands
first and is written down where the disk lets it.
"""

from __future__ import annotations

import contextlib
from enum import StrEnum

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.access_log import Access

__all__ = [
    "ERASE", "EXPORT", "FAILED", "LIST", "LOCK", "LOGIN", "OPEN", "PRINT", "RECOVERY", "UNLOCK", "WORDS", "Access",
    "Act", "came_back", "came_in", "failed_before", "left", "newest", "note", "note_act", "note_look", "note_paper",
]  # fmt: skip

OPEN, LIST, EXPORT, PRINT, ERASE = "open", "list", "export", "print", "erase"
LOGIN, FAILED, LOCK, UNLOCK, RECOVERY = "login", "failed", "lock", "unlock", "recovery"


class Act(StrEnum):
    """What somebody did to the office as a whole."""

    BACKUP = "backup"
    RESTORE = "restore"
    PACKAGE = "package"
    USER_ADDED = "user_added"
    USER_REMOVED = "user_removed"
    ROLE = "role"
    PASSWORD = "password"
    RESET = "reset"
    SHEET = "sheet"
    SHEET_TRIED = "sheet_tried"
    ESCROW_ON = "escrow_on"
    ESCROW_OFF = "escrow_off"
    ESCROW_TAKEN = "escrow_taken"
    RESCUE = "rescue"
    KEYS = "keys"
    LETTERHEAD = "letterhead"


WORDS: dict[str, str] = {
    LOGIN: "Mở sổ", RECOVERY: "Mở sổ bằng phiếu khôi phục", FAILED: "Gõ sai mật khẩu", LOCK: "Khóa máy",
    UNLOCK: "Mở khóa máy", OPEN: "Xem một bản ghi", LIST: "Xem danh sách", PRINT: "In", EXPORT: "Xuất ra tệp",
    Act.PACKAGE: "Lập gói", Act.BACKUP: "Sao lưu", Act.RESTORE: "Khôi phục bản sao lưu", ERASE: "Xóa vĩnh viễn",
    Act.USER_ADDED: "Thêm người dùng", Act.USER_REMOVED: "Bỏ quyền mở sổ", Act.ROLE: "Đổi vai trò",
    Act.PASSWORD: "Đổi mật khẩu", Act.RESET: "Đặt lại mật khẩu", Act.SHEET: "Lập phiếu khôi phục",
    Act.SHEET_TRIED: "Thử phiếu khôi phục", Act.ESCROW_ON: "Gửi khóa giữ hộ ở tỉnh",
    Act.ESCROW_OFF: "Thôi gửi khóa ở tỉnh", Act.ESCROW_TAKEN: "Nhận giữ hộ khóa", Act.RESCUE: "Cứu bằng khóa gửi tỉnh",
    Act.KEYS: "Đổi, thu hồi khóa đơn vị", Act.LETTERHEAD: "Đổi đầu giấy tờ",
}  # fmt: skip
SHOWN = 200
_LOOKS = (OPEN, LIST)  # repeated at once by the window itself
_FULL = "TD-ENV-001"


def note(session: Session, spec: RegisterSpec, what: str, record_id: str = "", records: int = 1) -> None:
    """Write down a look at a restricted register, or an export or print of any; other looks are not written.

    What a reading connection lists for the window (another thread) is written down by the window.
    """
    quiet = what in _LOOKS if not spec.restricted else what == LIST and not session.file.writes
    if quiet or (not spec.restricted and not session.file.writes):
        return
    _add(session, what, spec.name, record_id, records, always=what not in _LOOKS)


def note_look(session: Session, spec: RegisterSpec, record_id: str, values: Values) -> None:
    """Write down that a record was opened whose sensitive fields hold something that the person may see; raises
    TD-ENV-006 where a full disk does not take it.
    """
    try:
        _note_look(session, spec, record_id, values)
    except UserError as refused:
        if refused.code != _FULL:
            raise
        raise UserError("TD-ENV-006", singular=spec.singular, path=session.file.path) from refused


def _note_look(session: Session, spec: RegisterSpec, record_id: str, values: Values) -> None:
    if spec.restricted:
        note(session, spec, OPEN, record_id)
    elif session.file.writes and any(
        field.sensitive and session.sees(field) and values.get(field.name) not in (None, "", ())
        for field in spec.fields
    ):
        _add(session, OPEN, spec.name, record_id, 1, always=False)


def note_paper(session: Session, what: str, title: str) -> None:
    """Write down that a paper or table of no single register was printed or exported (``what``), by its title.

    A reading connection only makes it ready; whoever lets it out of the program writes it down.
    """
    if session.file.writes:
        _tried(session, what, title, always=False)


def note_act(session: Session, act: Act, about: str = "", count: int = 1) -> None:
    """Write down what was done to the office: ``about`` a login, a number, a file's kind; never a name of a record."""
    _tried(session, act, about, count)


def came_in(session: Session, failures: int = 0, way: str = LOGIN) -> None:
    """Write down that the person at the desk opened the office, after so many wrong passwords or sheets."""
    failed_before(session, failures)
    _tried(session, way)


def came_back(session: Session, failures: int = 0) -> None:
    """Write down that the person at the locked desk is back."""
    came_in(session, failures, UNLOCK)


def failed_before(session: Session, failures: int) -> None:
    """Write down how often somebody, who is not known, typed what opens nothing before the person at the desk."""
    if failures:
        _tried(session, FAILED, count=failures)


def left(session: Session) -> None:
    """Write down that the desk was locked."""
    _tried(session, LOCK)


def newest(session: Session, limit: int = SHOWN) -> list[Access]:
    """The newest accesses, for the administrator; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    return session.file.accesses.newest(limit)


def _tried(session: Session, what: str, about: str = "", count: int = 1, *, always: bool = True) -> None:
    """What keeps a full disk from being written must not keep the person out: it is tried, not insisted on."""
    with contextlib.suppress(UserError):
        _add(session, what, "", about, count, always=always)


def _add(session: Session, what: str, register: str, record_id: str, records: int, *, always: bool) -> None:
    user = session.user
    session.file.accesses.add(
        what, register, record_id, records, login=user.login, actor=user.name, now=session.now(), always=always
    )
