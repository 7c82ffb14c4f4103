"""Registers that not everybody may see (``restricted``): every look at them is written down.

Who may not see them is stopped by the session (``Session.closed``), whatever service asks. The log holds no names of
the people concerned. A look that cannot be written down does not happen: the refusal of the disk is passed on.
"""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services.files import write_whole
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.access_log import Access

__all__ = [
    "ERASE", "EXPORT", "LIST", "OPEN", "PRINT", "SHOWN", "WORDS", "Access", "log_lines", "newest", "note", "words_of",
    "write_log",
]  # fmt: skip

OPEN, LIST, EXPORT, PRINT, ERASE = "open", "list", "export", "print", "erase"
WORDS = {OPEN: "Mở", LIST: "Xem danh sách", EXPORT: "Xuất ra tệp", PRINT: "In", ERASE: "Xóa vĩnh viễn"}
_LOOKS = (OPEN, LIST)  # repeated at once by the window itself
SHOWN = 200


def note(session: Session, spec: RegisterSpec, what: str, record_id: str = "", records: int = 1) -> None:
    """Write down a look at a restricted register; of others nothing is written.

    What a reading connection lists for the window (another thread) is written down by the window.
    """
    if not spec.restricted or (what == LIST and not session.file.writes):
        return
    session.file.accesses.add(
        what, spec.name, record_id, records, login=session.user.login, actor=session.user.name, now=session.now(),
        always=what not in _LOOKS,
    )  # fmt: skip


def newest(session: Session, limit: int = SHOWN) -> list[Access]:
    """The newest looks, for the administrator; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    return session.file.accesses.newest(limit)


def words_of(session: Session, access: Access) -> str:
    """What was done in one sentence: "In Sổ người được quản lý: 12 bản ghi"."""
    spec = session.definitions.registers.get(access.register)
    title = spec.title if spec else access.register
    what = WORDS.get(access.what, access.what)
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
    return f"'{plain}" if plain[:1] in "=+-@" else plain
