"""Quản trị: everything about the office file that is not a record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QDialog, QMessageBox, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import (
    access,
    access_reading,
    backups,
    calendars,
    erasure,
    offices,
    people,
    recovery,
    updates,
)
from thidua_desktop.services.backups import Backup
from thidua_desktop.services.offices import KeyCost, OfficeInfo
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Changes, Permission, Session, User
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.file_choice import folder_to_use
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.showing import ANY_WIDTH
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.auto_backup_card import AutoBackupCard
from thidua_desktop.ui.pages.admin.calendars_card import CalendarsCard, DueDialog, TakeCalendarDialog
from thidua_desktop.ui.pages.admin.colleague_dialogs import GivenPasswordDialog, RoleDialog, TrySheetDialog
from thidua_desktop.ui.pages.admin.copies_dialog import CopiesDialog
from thidua_desktop.ui.pages.admin.deleted_card import DeletedCard
from thidua_desktop.ui.pages.admin.doctor_page import DoctorPage
from thidua_desktop.ui.pages.admin.escrow_card import EscrowCard
from thidua_desktop.ui.pages.admin.files_card import FilesCard
from thidua_desktop.ui.pages.admin.licences_dialog import LicencesDialog
from thidua_desktop.ui.pages.admin.lock_card import LockCard
from thidua_desktop.ui.pages.admin.look_cards import AboutCard, LookCard
from thidua_desktop.ui.pages.admin.office_cards import FactsCard, PapersCard
from thidua_desktop.ui.pages.admin.people_card import PeopleCard
from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog, FormDialog, OwnPasswordDialog, RecoveryDialog
from thidua_desktop.ui.pages.admin.printer_card import PrinterCard
from thidua_desktop.ui.pages.admin.private_card import EraseDialog, LogCard, PrivateCard, has_private_books
from thidua_desktop.ui.pages.admin.program_card import ProgramCard
from thidua_desktop.ui.pages.admin.safety_cards import BackupCard, CheckCard, RecoveryCard
from thidua_desktop.ui.pages.admin.samples_card import SamplesCard
from thidua_desktop.ui.pages.admin.signers_card import SignersCard
from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog
from thidua_desktop.ui.pages.admin.unit_card import UnitCard
from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog
from thidua_desktop.ui.shell.in_sight import bring_into_sight
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task


class AdminPage(Page):
    """``look_changed`` carries theme and text size; the program applies and remembers them.

    ``restore_ready`` carries a restore of which only the swap is left, ``setup_ready`` a call that gives the set-up to
    start when the office is closed. ``open_with`` takes the name of a part or the path of an update file.
    """

    look_changed = Signal(str, float)
    guide_asked = Signal()
    restore_ready = Signal(object)
    setup_ready = Signal(object)

    def __init__(self, session: Session, look: Look, navigate: Navigate, cost: KeyCost | None = None) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self._cost = cost
        self.work = LongWork(look, self)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._task: Task | None = None
        self._wanted: Card | None = None
        self._copying: Task | None = None
        self.dialog: QDialog | None = None
        self._right_width = 404
        self._build()
        self._connect()
        self._show_all()

    def _build(self) -> None:
        look, session = self.look, self.session
        self.head = PageHead(look, "Quản trị")
        self.unit = UnitCard(look, session)
        self.facts = FactsCard(look)
        self.papers = PapersCard(look, session)
        self.signers = SignersCard(look, session)
        self.samples = SamplesCard(look, session)
        self.people = PeopleCard(look, session)
        self.automatic = AutoBackupCard(look, session)
        self.backup = BackupCard(look, session)
        self.check = CheckCard(look, session)
        self.recovery = RecoveryCard(look, session)
        self.escrow = EscrowCard(look, session)
        self.calendars = CalendarsCard(look, session)
        self.files = FilesCard(look, session)
        self.deleted = DeletedCard(look)
        self.private = PrivateCard(look)
        self.log = LogCard(look)
        self.lock = LockCard(look, session)
        self.printer = PrinterCard(look)
        self.look_card = LookCard(look)
        self.program = ProgramCard(look, session)
        self.about = AboutCard(look)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        look.margins(self._columns, 0, 0, 0, 0, 12)
        left = self._column(
            self.unit,
            self.facts,
            self.papers,
            self.signers,
            self.samples,
            self.people,
            self.log,
            self.private,
            self.calendars,
            self.files,
            self.deleted,
        )
        self._right = self._column(
            self.automatic, self.backup, self.check, self.recovery, self.escrow, self.program, self.lock, self.printer,
            self.look_card, self.about,
        )  # fmt: skip
        self._columns.addWidget(left, 1)
        self._columns.addWidget(self._right)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addLayout(self._columns)
        outer.addStretch(1)
        self.private.setVisible(has_private_books(session))
        self.log.setVisible(session.may(Permission.MANAGE))
        look.follow(self, self._set_widths)

    def _column(self, *cards: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        self.look.margins(column, 0, 0, 0, 0, 12)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        return holder

    def _connect(self) -> None:
        self.papers.saved.connect(self._on_papers_saved)
        self.unit.renamed.connect(self._on_renamed)
        self.unit.take_over_asked.connect(self.take_over)
        self.signers.saved.connect(lambda: self.navigate.show_message("Đã lưu người ký."))
        self.people.add_asked.connect(lambda: self._show(AddUserDialog(self.look, self.session, self, self._cost)))
        self.people.own_password_asked.connect(
            lambda: self._show(OwnPasswordDialog(self.look, self.session, self, self._cost))
        )
        self.people.remove_asked.connect(self._ask_remove)
        self.people.role_asked.connect(
            lambda login: self._show(RoleDialog(self.look, self.session, self._user(login), self))
        )
        self.people.reset_asked.connect(self._ask_reset)
        self.automatic.copies_asked.connect(self.show_copies)
        self.backup.backup_asked.connect(self._backup)
        self.backup.folder_asked.connect(self._set_folder)
        self.check.check_asked.connect(self.start_check)
        self.check.support_asked.connect(self._ask_support)
        self.recovery.sheet_asked.connect(self._ask_sheet)
        self.recovery.try_asked.connect(self._ask_try)
        self.escrow.told.connect(self.navigate.show_message)
        self.look_card.chosen.connect(self.look_changed)
        self.calendars.take_asked.connect(self.look_at_calendar)
        self.calendars.due_asked.connect(lambda: self._show(DueDialog(self.look, self.session, self)))
        self.program.update_chosen.connect(self.show_update)
        self.program.back_asked.connect(lambda: self.setup_ready.emit(updates.go_back))
        self.program.doctor_asked.connect(self.show_doctor)
        self.about.licences_asked.connect(self._show_licences)
        self.log.log_asked.connect(self.show_log)
        self.deleted.open_asked.connect(self.show_deleted)
        self.samples.guide_asked.connect(self.guide_asked)
        self.private.erase_asked.connect(self._ask_erase)

    def _show_all(self) -> None:
        self.unit.show_news()
        self.people.show_people(offices.active_users(self.session))
        self.calendars.show_calendars()
        self.files.show_files()
        self.program.show_state()
        self._show_backup()
        self.check.show_check(backups.last_check(self.session))
        self.recovery.show_state(recovery.state(self.session))
        self.escrow.show_state()
        self._show_log()
        self._count()

    def _count(self) -> None:
        """Counts every register, off the window's thread."""
        private = has_private_books(self.session)

        def count(reading: Session) -> tuple[OfficeInfo, int]:
            return offices.office_info(reading), erasure.count_outdated(reading) if private else 0

        self._asker.ask(count, self._show_counts)

    def _show_counts(self, found: tuple[OfficeInfo, int]) -> None:
        info, outdated = found
        self.facts.show_info(info)
        if has_private_books(self.session):
            self.private.show_state(outdated)

    def _show_log(self) -> None:
        if self.session.may(Permission.MANAGE):
            last = next(iter(access.newest(self.session, 1)), None)
            self.log.show_last(last, access_reading.words_of(self.session, last) if last else "")

    def _show_backup(self) -> None:
        session = self.session
        self.automatic.show_state()
        self.backup.show_backup(backups.last_backup(session), backups.backup_folder(session), session.now())

    # The access log, books that not everybody may see

    def show_log(self) -> None:
        """The access log."""
        from thidua_desktop.ui.pages.admin.access_page import AccessPage

        self.navigate.push(AccessPage(self.session, self.look, self.navigate))

    def show_deleted(self) -> None:
        """What was deleted, in every register."""
        from thidua_desktop.ui.pages.deleted.page import DeletedPage

        self.navigate.push(DeletedPage(self.session, self.look, self.navigate))

    def _ask_erase(self) -> None:
        dialog = EraseDialog(self.look, self.session, self, erasure.outdated(self.session))
        self.dialog = dialog
        dialog.accepted.connect(lambda: self._told_erased(dialog.erased))
        dialog.open()

    def _told_erased(self, count: int) -> None:
        self._count()
        self.navigate.show_message(f"Đã xóa vĩnh viễn {count} hồ sơ.", "trash-2", "text-2")

    # Reporting calendars

    def look_at_calendar(self, path: Path) -> None:
        """Shows the calendar of a file with its periods; it is taken in from there."""
        try:
            content = calendars.content_of(path)
            self._show(TakeCalendarDialog(self.look, self.session, content, path.name, self))
        except UserError as error:
            show_error(self.look, error, self)

    # People

    def _show(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.accepted.connect(self._on_person_done)
        dialog.open()

    def _on_person_done(self) -> None:
        self._show_all()
        self.navigate.show_message("Đã ghi.")

    def _user(self, login: str) -> User:
        return next(user for user in offices.active_users(self.session) if user.login == login)

    def _ask_reset(self, login: str) -> None:
        asked = QMessageBox(self)
        asked.setWindowTitle("Đặt lại mật khẩu")
        asked.setText(f"Đặt cho {self._user(login).name} một mật khẩu dùng một lần? Mật khẩu cũ hết hiệu lực ngay.")
        asked.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.buttonClicked.connect(
            lambda button: self.reset(login) if asked.standardButton(button) == QMessageBox.StandardButton.Yes else None
        )
        asked.open()

    def reset(self, login: str) -> None:
        """Gives a colleague a temporary password and shows it once."""
        cost = self._cost

        def show(given: people.Given) -> None:
            self.session.announce(Changes(frozenset()))
            self.dialog = GivenPasswordDialog(self.look, given, self)
            self.dialog.open()

        reset = in_office(self.session, lambda own: people.reset_password(own, login, cost))
        self.work.start("Đang đặt lại mật khẩu", reset, show)

    def _ask_remove(self, login: str) -> None:
        name = self._user(login).name
        asked = QMessageBox(self)
        asked.setWindowTitle("Bỏ quyền mở sổ")
        asked.setText(f"{name} sẽ không mở được sổ này nữa. Những gì người đó đã ghi vẫn giữ nguyên.")
        asked.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.buttonClicked.connect(
            lambda button: (
                self.remove(login) if asked.standardButton(button) == QMessageBox.StandardButton.Yes else None
            )
        )
        asked.open()

    def remove(self, login: str) -> None:
        """Takes a person's password away."""
        try:
            people.remove_user(self.session, login)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self._show_all()

    def take_over(self) -> None:
        """The page that takes over from an old unit."""
        from thidua_desktop.ui.pages.admin.take_over_page import TakeOverPage

        self.navigate.push(TakeOverPage(self.session, self.look, self.navigate))

    def _on_renamed(self, name: str) -> None:
        self._count()
        self.papers.load()
        self.navigate.show_message(f"Giấy tờ và gói từ nay mang tên {name}.")

    def _on_papers_saved(self) -> None:
        self._count()
        self.navigate.show_message("Đã lưu đầu giấy tờ.")

    # The program itself

    def show_update(self, path: Path) -> None:
        """What an update file brings; from there it is installed."""
        dialog = UpdateDialog(self.look, path, self.session, self)
        self.dialog = dialog
        dialog.ready.connect(lambda prepared: self.setup_ready.emit(lambda: prepared))
        dialog.open()

    def show_doctor(self) -> None:
        """Everything about this machine that the program depends on."""
        self.navigate.push(DoctorPage(self.session, self.look, self.navigate))

    def _show_licences(self) -> None:
        self.dialog = LicencesDialog(self.look, self)
        self.dialog.open()

    # Copies, checks, recovery sheet

    def show_copies(self, damaged: bool = False) -> None:
        """The copies there are; one is taken back from there."""
        dialog = CopiesDialog(self.look, self.session, self, damaged)
        self.dialog = dialog
        dialog.ready.connect(self.restore_ready)
        dialog.open()

    def _ask_folder(self) -> Path | None:
        return folder_to_use(self, "Thư mục sao lưu", Files.OFFICES, backups.backup_folder(self.session))

    def _set_folder(self) -> None:
        chosen = self._ask_folder()
        if chosen is not None:
            self.session.file.settings.put(backups.BACKUP_FOLDER, str(chosen))
            self._show_backup()

    def _backup(self) -> None:
        chosen = backups.backup_folder(self.session) or self._ask_folder()
        if chosen is not None:  # remembered once the copy is there: the disk of the office may be full
            self.backup_to(chosen)

    def backup_to(self, folder: Path) -> None:
        """Makes and checks a copy on another thread; work in the window goes on."""
        if self._copying is not None:
            return
        session = self.session

        def work(control: TaskControl) -> object:
            with session.worker(lambda: control.cancelled) as working:
                return backups.backup_now(working, folder)

        self.backup.button.set_reason("Đang sao lưu")
        self.backup.progress.start("Đang chép và kiểm tra bản sao")
        self._copying = run_task(self, work)
        self._copying.succeeded.connect(self._on_copied)
        self._copying.failed.connect(lambda error: show_error(self.look, error, self))
        self._copying.finished.connect(self._on_copy_ended)

    def _on_copied(self, made: Backup) -> None:
        self.session.announce(Changes(frozenset()))
        self._show_backup()
        if made.noted:
            self.navigate.show_message(f"Đã sao lưu: {made.path.name}")
        else:
            words = f"Đã sao lưu: {made.path.name}. Ổ chứa sổ đã đầy nên không nhớ được lần này; dọn ổ rồi sao lưu lại."
            self.navigate.show_message(words, "triangle-alert", "warn")

    def _on_copy_ended(self) -> None:
        self._copying = None
        self.backup.progress.finish()
        self.backup.button.set_reason("")

    def can_leave(self) -> bool:
        if self._copying is not None:
            self.navigate.show_message("Đang sao lưu, chờ xong rồi hãy đi", "clock", "warn")
            return False
        return True

    def start_check(self) -> None:
        """Looks through the whole file on another thread."""
        if self._task is not None:
            return
        session = self.session

        def work(control: TaskControl) -> list[str]:
            reader = session.reader()
            try:
                return reader.file.check()
            finally:
                reader.close()

        self.check.button.set_reason("Đang kiểm tra")
        self.check.progress.start("Đang đọc cả tệp sổ")
        self._task = run_task(self, work)
        self._task.succeeded.connect(self._on_checked)
        self._task.failed.connect(lambda error: show_error(self.look, error, self))
        self._task.finished.connect(self._on_check_finished)

    def _on_checked(self, findings: list[str]) -> None:
        self.check.show_check(backups.remember_check(self.session, len(findings)), findings)

    def _on_check_finished(self) -> None:
        self._task = None
        self.check.progress.finish()
        self.check.button.set_reason("")

    def _ask_support(self) -> None:
        dialog = SupportDialog(self.look, self.session, self)
        self.dialog = dialog
        dialog.accepted.connect(lambda: self.navigate.show_message("Đã ghi gói hỗ trợ."))
        dialog.open()

    def _ask_sheet(self) -> None:
        asked = QMessageBox(self)
        asked.setWindowTitle("Phiếu khôi phục mới")
        asked.setText("Lập phiếu mới thì phiếu đang cất hết hiệu lực ngay, kể cả với các bản sao lưu làm sau này.")
        asked.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.buttonClicked.connect(
            lambda button: self.new_sheet() if asked.standardButton(button) == QMessageBox.StandardButton.Ok else None
        )
        asked.open()

    def new_sheet(self) -> None:
        """Makes a new recovery sheet and shows it until it was put away."""
        made = in_office(self.session, recovery.new_recovery_sheet)
        self.work.start("Đang lập phiếu khôi phục", made, self._show_sheet)

    def _show_sheet(self, sheet: recovery.RecoverySheet) -> None:
        dialog = RecoveryDialog(self.look, sheet, self)
        self.dialog = dialog
        dialog.accepted.connect(lambda: recovery.sheet_kept(self.session))
        dialog.finished.connect(lambda _how: self._show_all())
        dialog.open()

    def _ask_try(self) -> None:
        dialog = TrySheetDialog(self.look, self.session, self)
        self.dialog = dialog
        dialog.accepted.connect(self._told_tried)
        dialog.open()

    def _told_tried(self) -> None:
        self._show_all()
        self.navigate.show_message("Phiếu này mở được sổ.")

    # Page protocol

    def title(self) -> str:
        return "Quản trị"

    def refresh(self, changes: object = None) -> None:
        self._show_all()

    def open_with(self, argument: object) -> None:
        """The name of a part ("backup", "look_card" …): in sight, the focus in it; the path of an update file."""
        if isinstance(argument, Path):
            self.show_update(argument)
            return
        card = getattr(self, argument, None) if isinstance(argument, str) else None
        if isinstance(card, Card):
            self._wanted = card

    def focus_first(self) -> None:
        if self._wanted is not None:
            card, self._wanted = self._wanted, None
            self._show_all()
            wanted = self.backup.button if card is self.backup else None  # who comes by its name wants a copy made
            bring_into_sight(card, wanted)
            return
        if self._columns.direction() == QBoxLayout.Direction.LeftToRight:
            self.backup.button.setFocus()
        else:  # one column: the copies stand far below the head
            super().focus_first()
        self._show_all()

    def regions(self) -> list[QWidget]:
        return [self.papers, self.people, self._right]

    def set_layout_class(self, kind: LayoutClass) -> None:
        one = kind is LayoutClass.COMPACT
        self._right_width = 404 if kind is LayoutClass.WIDE else 380
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if one else QBoxLayout.Direction.LeftToRight)
        self._set_widths()

    def _set_widths(self) -> None:
        if self._columns.direction() == QBoxLayout.Direction.LeftToRight:
            self._right.setFixedWidth(self.look.px(self._right_width))
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(ANY_WIDTH)
