"""Copies of the file, the look through it, and the recovery sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal

from thidua_desktop.paths import is_there
from thidua_desktop.services import backups
from thidua_desktop.services.backups import Backup, FileCheck
from thidua_desktop.services.recovery import SheetState
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_moment
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED

_MOST_FINDINGS = 5
_DAYS = (1, 3, 7, 14, 30)


class BackupCard(Card):
    """When the last copy was made and where it goes next."""

    backup_asked = Signal()
    folder_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Sao lưu ra USB, ổ khác")
        self._session = session
        self.state = StateLabel(look, State.MISSING, "", role=TextRole.BASE)
        self.where = caption("", wrap=True)
        self.progress = ProgressStrip(look, cancellable=False)
        self.button = bordered(look, "Sao lưu ngay", "database-backup")
        self.folder_button = bordered(look, "Chọn thư mục", "folder-open")
        self.button.clicked.connect(self.backup_asked)
        self.folder_button.clicked.connect(self.folder_asked)
        self.add_padded(self.state, top=12, bottom=4)
        now = backups.remind_after(session)
        days = sorted({*_DAYS, now})
        self.days = ChoiceBox(look, "Nhắc sao lưu", [(one, f"Nhắc sau {one} ngày") for one in days], now)
        self.days.setEnabled(session.may(Permission.MANAGE))
        self.days.activated.connect(lambda _at: backups.set_remind_after(session, int(str(self.days.chosen()))))
        self.add_padded(self.where, top=0, bottom=8)
        self.add_padded(self.days, top=0, bottom=12)
        self.add_padded(self.progress, top=0, bottom=0)
        self.add_foot(self.button, self.folder_button)

    def show_backup(self, last: Backup | None, folder: Path | None, now: datetime) -> None:
        """The last copy and the chosen folder."""
        if last is None:
            self.state.set_state(State.SOON, "Chưa sao lưu lần nào", "database-backup")
        else:
            when = format_moment(last.at)
            old = last.days_old(now) >= backups.remind_after(self._session)
            self.state.set_state(State.SOON if old else State.OK, f"Lần gần nhất {when}", "database-backup")
        self.where.setText(self._place(folder))

    def _place(self, folder: Path | None) -> str:
        if folder is None:
            return "Chọn thư mục trên ổ khác hoặc USB; bản sao cũng được mã hóa."
        if not is_there(folder, Path.is_dir):
            return f"Chưa thấy {folder}: cắm USB rồi bấm Sao lưu ngay, hoặc chọn thư mục khác."
        if backups.is_on_the_same_disk(self._session, folder):
            return f"Sao lưu vào {folder}, cùng ổ đĩa với sổ: ổ hỏng thì mất cả hai. Nên chọn USB hoặc ổ khác."
        return f"Sao lưu vào {folder}"


class CheckCard(Card):
    """The look through the whole file and what it found."""

    check_asked = Signal()
    stop_asked = Signal()
    support_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Kiểm tra tệp sổ")
        self.state = StateLabel(look, State.MISSING, "", role=TextRole.BASE)
        self.findings = label("", ink="text-2", wrap=True, selectable=True)
        self.progress = ProgressStrip(look, cancellable=False)
        self.button = bordered(look, "Kiểm tra ngay", "shield-check")
        self.button.clicked.connect(self.check_asked)
        self.support_button = bordered(look, "Gói hỗ trợ…", "package")
        self.support_button.clicked.connect(self.support_asked)
        if not session.may(Permission.HAND_OVER):
            self.support_button.set_reason(NOT_ALLOWED)
        self.add_padded(self.state, top=12, bottom=4)
        self.add_padded(self.findings, top=0, bottom=0)
        self.add_padded(self.progress, top=0, bottom=8)
        self.add_foot(self.button, self.support_button)

    def show_check(self, check: FileCheck | None, findings: Sequence[str] = ()) -> None:
        """The last look; ``findings`` are its sentences when they are still known."""
        if check is None:
            self.state.set_state(State.MISSING, "Chưa kiểm tra lần nào")
        else:
            when = format_moment(check.at)
            state = State.BAD if check.findings else State.OK
            words = f"{check.findings} điều không đúng" if check.findings else "Không có gì sai"
            self.state.set_state(state, f"{words}, {when}")
        more = f"\nCòn {len(findings) - _MOST_FINDINGS} điều khác." if len(findings) > _MOST_FINDINGS else ""
        self.findings.setText("\n".join(findings[:_MOST_FINDINGS]) + more)
        self.findings.setVisible(bool(findings))


class RecoveryCard(Card):
    """What is known of the recovery sheet; trying it, and a new one in place of a lost one."""

    sheet_asked = Signal()
    try_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Phiếu khôi phục")
        self.state = StateLabel(look, State.MISSING, "", role=TextRole.BASE)
        self.try_button = bordered(look, "Gõ thử phiếu…", "shield-check")
        self.button = bordered(look, "Lập phiếu mới", "file-plus")
        self.try_button.clicked.connect(self.try_asked)
        self.button.clicked.connect(self.sheet_asked)
        if not session.may(Permission.MANAGE):
            self.button.set_reason(NOT_ALLOWED)
            self.try_button.set_reason(NOT_ALLOWED)
        words = "Mất phiếu, hoặc nghi có người đã chép: lập phiếu mới, phiếu cũ hết hiệu lực ngay."
        self.add_padded(self.state, top=12, bottom=4)
        self.add_padded(label(words, ink="text-2", wrap=True), top=0, bottom=12)
        buttons = WrapRow(look)
        buttons.add(self.try_button)
        buttons.add(self.button)
        self.add_foot(buttons)

    def show_state(self, known: SheetState) -> None:
        """When it was put away and tried."""
        self.state.set_state(State.OK if known.is_safe else State.SOON, known.words)
