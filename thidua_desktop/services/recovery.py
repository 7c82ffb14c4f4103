"""The recovery sheet over the years: made, put away, tried; a new one voids the old one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.services import access, password_waits
from thidua_desktop.services.access import Act
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store import key_slots
from thidua_desktop.store.recovery_sheet import read_sheet
from thidua_desktop.text import format_date

SHEET = "recovery.sheet"
"""Setting: {"kept": ISO time when somebody said to have put the sheet away, "tried": … when it was typed back}."""

PICTURES = "Ảnh, bản quét (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.pdf)"


class RecoverySheet(NamedTuple):
    """A recovery sheet: the text on it and the page to print."""

    text: str
    pdf: bytes


class SheetState(NamedTuple):
    """When the valid sheet was put away, and when it was tried, as far as known."""

    kept: datetime | None = None
    tried: datetime | None = None

    @property
    def is_safe(self) -> bool:
        """Whether there is reason to believe that the office could be opened with it."""
        return self.kept is not None or self.tried is not None

    @property
    def words(self) -> str:
        """ "Đã gõ thử, đúng, ngày 16/11/2026"."""
        if self.tried is not None:
            return f"Đã gõ thử, đúng, ngày {format_date(self.tried.date())}"
        if self.kept is not None:
            return f"Đã in, cất ngày {format_date(self.kept.date())}; chưa gõ thử lần nào"
        return "Chưa rõ phiếu đã in, cất hay chưa"


def state(session: Session) -> SheetState:
    """What is known of the valid sheet; a restored copy or an older office knows nothing."""
    known = session.file.settings.get(SHEET) or {}
    return SheetState(_moment(known.get("kept")), _moment(known.get("tried")))


def new_recovery_sheet(session: Session) -> RecoverySheet:
    """A new recovery sheet; the one before opens the file no longer. Raises TD-STORE-220 without permission."""
    session.require(Permission.MANAGE)
    from thidua_desktop.services.recovery_papers import recovery_sheet

    text = session.file.new_recovery_sheet()
    session.file.settings.put(SHEET, None)
    access.note_act(session, Act.SHEET)
    return RecoverySheet(text, recovery_sheet(session, text))


def sheet_kept(session: Session) -> None:
    """Somebody said to have printed the valid sheet and put it away. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    session.file.settings.put(SHEET, {**(session.file.settings.get(SHEET) or {}), "kept": session.now().isoformat()})
    session.announce(Changes(frozenset()))


def try_sheet(session: Session, sheet: str) -> SheetState:
    """Whether a sheet, as typed or scanned, opens this office; it is written down that it was tried.

    Raises TD-STORE-220, 008, 009, 010 for a sheet that is misread, 021 for another office's or an old one, 370 while
    one has to wait after a wrong one.
    """
    session.require(Permission.MANAGE)
    secret = read_sheet(sheet)
    path = session.file.path
    with password_waits.one_guess(path) as failures:
        found = key_slots.unlock_with_secret(key_slots.read_slots(path), secret)
        if found is None or found[1].kind != key_slots.RECOVERY:
            raise UserError("TD-STORE-021", path=path.name)
    access.failed_before(session, failures)
    session.file.settings.put(SHEET, {**(session.file.settings.get(SHEET) or {}), "tried": session.now().isoformat()})
    access.note_act(session, Act.SHEET_TRIED)
    session.announce(Changes(frozenset()))
    return state(session)


def read_recovery(sheet: str) -> None:
    """Raise TD-STORE-008/009/010 while the typed words are not a whole recovery sheet; no file is needed."""
    read_sheet(sheet)


def sheet_in_picture(path: Path) -> str:
    """The code of the sheet in a scan or photograph (PNG, JPEG, TIFF, PDF); raises TD-SYNC-050, 075, TD-STORE-377."""
    from thidua_desktop.services.handoff.paper_figures import codes_in_file

    for text in codes_in_file(path):
        try:
            read_sheet(text)
        except UserError:
            continue
        return text
    raise UserError("TD-STORE-377", path=path.name)


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
