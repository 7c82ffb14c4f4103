"""Copies that the program makes by itself: while somebody works, at closing, before what is hard to take back.

They lie in a folder beside the office file and are thinned out (``domain.backup_keeping``) after each good new one,
never before. A failure is written down and told on Hôm nay; it never stops the work that was asked for.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from thidua_desktop.domain.backup_keeping import Copy, superfluous
from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there
from thidua_desktop.services import access
from thidua_desktop.services.session import VIETNAM_TIME, Changes, Permission, Session
from thidua_desktop.store import backup
from thidua_desktop.store.environment import told_to_the_person

EVERY, LIMIT = "backup.every_minutes", "backup.limit_mb"
LAST, FAILED = "backup.automatic", "backup.failed"
USUAL_MINUTES, LEAST_MINUTES, MOST_MINUTES = 30, 5, 480
LEAST_MB, MOST_MB = 50, 1_000_000
SHARE_OF_DISK = 10
"""Usual limit: one part in so many of what is free, but always room for a few copies."""

COPIES_AT_LEAST = 4
MANY_ROWS = 50
"""A table of so many rows is not taken in without a copy before."""

RECENT = timedelta(minutes=10)
"""A copy as new as this stands for one before a risky step: a province takes in a hundred packages in a row."""

_STAMP = "%Y%m%d-%H%M%S"


class Step(StrEnum):
    """Why a copy was made; the value stands in the file's name."""

    WORK = "tu-dong"
    CLOSING = "khi-dong"
    PACKAGE = "truoc-nhan-goi"
    DIRECTIVE = "truoc-chi-dao"
    IMPORT = "truoc-nhap-bang"
    SUCCESSION = "truoc-sap-nhap"
    RESTORE = "truoc-khoi-phuc"


WORDS: dict[str, str] = {
    Step.WORK: "trong lúc làm việc",
    Step.CLOSING: "khi đóng sổ",
    Step.PACKAGE: "trước khi nhận hoặc gỡ gói",
    Step.DIRECTIVE: "trước khi nhận gói của tỉnh",
    Step.IMPORT: "trước khi nhập bảng",
    Step.SUCCESSION: "trước khi sáp nhập, chia tách",
    Step.RESTORE: "trước khi khôi phục",
    "": "sao lưu bằng tay",
}
_ALWAYS = frozenset({Step.RESTORE, Step.SUCCESSION, Step.DIRECTIVE})


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that lies in a folder. ``why``: in words; ``size`` in bytes."""

    path: Path
    at: datetime
    why: str
    size: int


@dataclass(frozen=True, slots=True)
class Settings:
    """How often and how much: ``limit_mb`` None for the usual share of the free disk."""

    minutes: int
    limit_mb: int | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the last attempt gave no copy."""

    at: datetime
    text: str


def folder_of(session: Session) -> Path:
    """Where automatic copies lie; made with the first one."""
    return automatic_folder(session.file.path)


def automatic_folder(office: Path) -> Path:
    """Where automatic copies of the office file ``office`` lie."""
    return office.parent / f"{office.stem}-sao-luu"


def kept_in(folder: Path, office: Path) -> list[Kept]:
    """The copies of the office file ``office`` in a folder, the newest first; none when there is no such folder."""
    named = re.compile(rf"{re.escape(office.stem)}-(\d{{8}}-\d{{6}})(?:-([a-z-]+))?{re.escape(office.suffix)}")
    found = []
    with contextlib.suppress(OSError):  # a stick that was pulled holds nothing now
        for path in folder.iterdir():
            match = named.fullmatch(path.name)
            if match is not None and path.is_file():
                with contextlib.suppress(ValueError):
                    at = datetime.strptime(match[1], _STAMP).replace(tzinfo=VIETNAM_TIME)
                    found.append(Kept(path, at, WORDS.get(match[2] or "", WORDS[Step.WORK]), _size(path)))
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def is_due(session: Session, looked: datetime | None = None) -> bool:
    """Whether so much time went by since the last copy that it should be looked whether there is something new.

    ``looked``: when it was looked for last and nothing was; the office file is not written for that.
    """
    last = max(filter(None, (last_automatic(session), looked)), default=None)
    age = session.now() - last if last is not None else None
    return age is None or age >= timedelta(minutes=settings(session).minutes) or age < -RECENT


def last_automatic(session: Session) -> datetime | None:
    """When the newest automatic copy was made."""
    stored = session.file.settings.get(LAST)
    return datetime.fromisoformat(stored["at"]) if stored else None


def take(session: Session, step: Step = Step.WORK) -> Path | None:
    """Make a copy if something was written since the last one; its path, or None.

    Works on the session's own connection: hand it a worker's session to keep the window free. Raises TD-STORE-019, 300,
    TD-ENV-…; the failure is written down, and nothing older was removed.
    """
    state, now = session.file.content_state(), session.now()
    last = session.file.settings.get(LAST) or {}
    if last.get("state") == state and is_there(Path(last["path"]), Path.is_file):
        return None
    try:
        target = _copy(session, step, now)
    except UserError as refused:
        with contextlib.suppress(UserError):  # a full disk takes not even this
            session.file.settings.put(FAILED, {"at": now.isoformat(), "text": str(refused)})
        raise
    session.file.settings.put(LAST, {"at": now.isoformat(), "path": str(target), "state": state})
    session.file.settings.put(FAILED, None)
    access.note_act(session, access.Act.BACKUP, "Tự động")
    thin(session)
    return target


def copy_before(session: Session, step: Step) -> None:
    """A copy before a step that is hard to take back; what it refuses is written down and stops nothing.

    Inside a transaction nothing is done: whoever began it took the copy.
    """
    last = last_automatic(session)
    lately = last is not None and timedelta() <= session.now() - last < RECENT
    if session.file.in_transaction or not session.file.writes or (lately and step not in _ALWAYS):
        return
    with contextlib.suppress(UserError):
        take(session, step)


def at_closing(session: Session) -> None:
    """A copy as the office is closed, if something is new; refusals are written down and told next time."""
    with contextlib.suppress(UserError):
        take(session, Step.CLOSING)


def thin(session: Session) -> list[Path]:
    """Remove the copies that need not be kept any longer; their paths. One that cannot be removed stays."""
    copies = {one.path.name: one for one in kept_in(folder_of(session), session.file.path)}
    known = [Copy(name, one.at, one.size) for name, one in copies.items()]
    gone = []
    for copy in superfluous(known, session.now(), limit_bytes(session)):
        with contextlib.suppress(UserError):
            backup.remove_copy(copies[copy.name].path)
            gone.append(copies[copy.name].path)
    return gone


def limit_bytes(session: Session) -> int:
    """How much automatic copies may take together."""
    chosen = settings(session).limit_mb
    if chosen is not None:
        return chosen * 1_000_000
    folder = folder_of(session)
    taken = sum(one.size for one in kept_in(folder, session.file.path))
    free = shutil.disk_usage(folder if is_there(folder, Path.is_dir) else folder.parent).free
    return max(COPIES_AT_LEAST * _size(session.file.path), (free + taken) // SHARE_OF_DISK)


def settings(session: Session) -> Settings:
    """What the office has chosen, or the usual."""
    get = session.file.settings.get
    return Settings(int(get(EVERY, USUAL_MINUTES)), get(LIMIT))


def set_settings(session: Session, minutes: int, limit_mb: int | None) -> None:
    """Choose how often and how much; raises TD-STORE-220, TD-STORE-301 outside of what makes sense."""
    session.require(Permission.MANAGE)
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise UserError("TD-STORE-301", value=minutes, what="số phút", least=LEAST_MINUTES, most=MOST_MINUTES)
    if limit_mb is not None and not LEAST_MB <= limit_mb <= MOST_MB:
        raise UserError("TD-STORE-301", value=limit_mb, what="số MB", least=LEAST_MB, most=MOST_MB)
    session.file.settings.put(EVERY, minutes)
    session.file.settings.put(LIMIT, limit_mb)
    session.announce(Changes(frozenset()))


def failure(session: Session) -> Failure | None:
    """Why the last attempt gave no copy; None when it did."""
    stored = session.file.settings.get(FAILED)
    return Failure(datetime.fromisoformat(stored["at"]), stored["text"]) if stored else None


def _copy(session: Session, step: Step, now: datetime) -> Path:
    path, folder = session.file.path, folder_of(session)
    with told_to_the_person(folder):
        folder.mkdir(exist_ok=True)
    backup.remove_unfinished(folder, path.stem)
    target = folder / f"{path.stem}-{now.strftime(_STAMP)}-{step}{path.suffix}"
    session.file.backup_to(target)
    return target


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0
