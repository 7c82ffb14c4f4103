"""The log-in window: offices at the left, password or recovery sheet at the right; each refusal in its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.kinds import OFFICE_ENDING as ENDING
from thidua_desktop.services.handoff.kinds import is_office
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.text import format_moment
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.dropping import known_files
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import IconLabel, caption, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import CancelledError, TaskControl
from thidua_desktop.ui.unlock.locked_desk import LockedDesk
from thidua_desktop.ui.unlock.office_list import OfficeList
from thidua_desktop.ui.unlock.password_form import PasswordForm

if TYPE_CHECKING:
    from thidua_desktop.services.automatic_backups import Kept
    from thidua_desktop.services.offices import KeyCost
    from thidua_desktop.ui.unlock.new_password_form import NewPasswordForm
    from thidua_desktop.ui.unlock.recovery_form import RecoveryForm

_DAMAGED, _TEMPORARY = "TD-STORE-004", "TD-STORE-376"
_OPENING = "Đang mở sổ"
_Found = TypeVar("_Found")


class UnlockWindow(QWidget):
    """``opened`` carries the session; ``create_asked`` wants a new office. The window closes nothing by itself.

    ``files_dropped``: packages, cards and tables, which wait until an office is open.
    Over a locked desk ``resumed`` says that its person is back; for anybody else the desk is left first.
    """

    opened = Signal(object)
    resumed = Signal()
    create_asked = Signal()
    files_dropped = Signal(list)

    def __init__(
        self, look: Look, recent: Sequence[Path] = (), clock: Clock | None = None, locked: LockedDesk | None = None
    ) -> None:
        super().__init__()
        self._look, self._clock, self._locked = look, clock or Clock(), locked
        look.dress(self)
        self._cost: KeyCost | None = None
        self.setWindowTitle("Mở sổ – Thi đua" if locked is None else "Máy đang khóa – Thi đua")
        self.list = OfficeList(look, recent)
        self.form = PasswordForm(look)
        self._recovery: RecoveryForm | None = None
        self._own: NewPasswordForm | None = None
        self._given: tuple[Path, str, str | None] | None = None
        self.stack = QStackedWidget()
        self._add_page(self.form)
        self._assemble()
        self._connect()
        self.resize(min(1280, look.px(880)), min(680, look.px(560)))
        self.setMinimumSize(720, 420)
        self.setAcceptDrops(True)
        if recent:
            self.list.choose_first()
        QTimer.singleShot(0, self.focus_first)

    @property
    def recovery(self) -> RecoveryForm:
        """The form for the recovery sheet, made when it is first asked for: few ever need it."""
        if self._recovery is None:
            from thidua_desktop.ui.unlock.recovery_form import RecoveryForm

            made = RecoveryForm(self._look)
            self._add_page(made)
            made.asked.connect(self._recover)
            made.left.connect(self._show_password)
            path = self.list.path()
            if path is not None:
                made.pace.follow(path, answers=self.list.knows(path) is True)
            self._recovery = made
        return self._recovery

    @property
    def own(self) -> NewPasswordForm:
        """The form for an own password in the place of a given one, made when it is first asked for."""
        if self._own is None:
            from thidua_desktop.ui.unlock.new_password_form import NewPasswordForm

            made = NewPasswordForm(self._look)
            self._add_page(made)
            made.asked.connect(self._set_own)
            made.left.connect(self._show_password)
            self._own = made
        return self._own

    def _clear(self) -> None:
        """Nothing typed stays, and the password is asked for."""
        for form in (self._recovery, self._own):
            if form is not None:
                form.clear()
        self._given = None
        self.stack.setCurrentIndex(0)

    def _turn_to(self, page: QWidget) -> None:
        for index in range(self.stack.count()):
            area = self.stack.widget(index)
            if area is not None and area.isAncestorOf(page):
                self.stack.setCurrentIndex(index)

    def _add_page(self, page: QWidget) -> None:
        holder = QWidget()
        inner = QVBoxLayout(holder)
        self._look.margins(inner, 24, 20, 24, 16, 0)
        inner.addWidget(page)
        area = scrolling(holder, "Mật khẩu")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack.addWidget(area)

    def _assemble(self) -> None:
        look = self._look
        self.browse_button = bordered(look, "Chọn tệp khác", "folder-open")
        self.create_button = borderless(look, "Lập sổ mới", "plus")
        left = QVBoxLayout()
        look.margins(left, 24, 20, 0, 16, 12)
        left.addWidget(IconLabel(look, "landmark", "Thi đua", "text-2", TextRole.PAGE_TITLE, 24, "text"))
        left.addWidget(caption("Phong trào toàn dân bảo vệ an ninh Tổ quốc"))
        card = Card(look, "Sổ trên máy này", flush=True)
        self.empty = label("Chưa mở sổ nào trên máy này. Chọn tệp sổ có sẵn, hoặc lập sổ mới.", ink="text-2", wrap=True)
        card.add(self.list, 1)
        if not self.list.count():
            card.add_padded(self.empty)
        self.empty.setVisible(not self.list.count())
        left.addWidget(card, 1)
        self.waiting = IconLabel(look, "package", "", "accent-ink", wrap=True, text_ink="text")
        self.waiting.hide()
        left.addWidget(self.waiting)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self.browse_button)
        row.addWidget(self.create_button)
        row.addStretch(1)
        left.addLayout(row)
        side = self._side = QWidget()
        side.setLayout(left)
        side.setMinimumWidth(300)
        look.follow(side, lambda: side.setMaximumWidth(look.px(384)))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(side, 2)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        strip = ProgressStrip(look)
        look.follow(strip, lambda: strip.setContentsMargins(look.px(24), 0, look.px(24), look.px(16)))
        right.addWidget(strip)
        self.opening = LongWork(look, self, strip)
        outer.addLayout(right, 3)

    def _connect(self) -> None:
        self.list.chosen.connect(self._follow)
        self.list.found.connect(self.focus_first)
        self.list.opened.connect(self.form.password.setFocus)
        self.browse_button.clicked.connect(self._ask_file)
        self.create_button.clicked.connect(lambda: self.create_asked.emit() if self._leave_locked() else None)
        self.form.asked.connect(self._open)
        self.form.recovery_asked.connect(self._show_recovery)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if known_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = known_files(event.mimeData())
        office = next(filter(is_office, files), None)
        event.acceptProposedAction()
        if office is not None:
            self.choose(office)
        if others := [path for path in files if not is_office(path)]:
            self.files_dropped.emit(others)

    def set_cost(self, cost: KeyCost) -> None:
        """What guessing a password set here costs; tests take a small one."""
        self._cost = cost

    def focus_first(self) -> None:
        """The password when a file is chosen, else the list or the buttons under it."""
        if self.list.path() is not None or self.list.waits():
            self.form.password.setFocus()
        else:
            (self.list if self.list.count() else self.browse_button).setFocus()

    def tell_waiting(self, names: Sequence[str]) -> None:
        """Files that are shown as soon as an office is open."""
        told = names[0] if len(names) == 1 else f"{len(names)} tệp"
        self.waiting.set_content("package", f"Mở sổ xong sẽ xem {told}.", "accent-ink")
        self.waiting.setVisible(bool(names))

    def choose(self, path: Path) -> None:
        """Takes a file, for example one given on the command line."""
        self.empty.hide()
        self.list.choose(path)
        self._follow(path)
        self.form.password.setFocus()

    def _follow(self, path: Path) -> None:
        answers = self.list.knows(path) is True
        self.form.set_file(path, answers=answers)
        locked = self._locked.session if self._locked is not None else None
        self.form.tell_locked(locked.user.name if locked is not None and path == locked.file.path else "")
        if self._recovery is not None:
            self._recovery.pace.follow(path, answers=answers)

    def _ask_file(self) -> None:
        path = file_to_open(self, "Chọn tệp sổ", f"Tệp sổ (*{ENDING});;Mọi tệp (*)", Files.OFFICES)
        if path is not None:
            self.choose(path)

    def _show_recovery(self) -> None:
        if self.list.path() is None:
            self.list.setFocus()
            return
        form = self.recovery
        self._turn_to(form)
        form.pace.look()
        form.sheet.setFocus()

    def _show_password(self) -> None:
        self._clear()
        self.form.pace.look()
        self.form.password.setFocus()

    def _open(self, login: str, password: str) -> None:
        path = self.list.path()
        if path is None:
            return
        if self._locked is not None and path == self._locked.session.file.path:
            self._resume(self._locked.session, login or None, password)
        else:
            self._open_file(path, login or None, password)

    def _open_file(self, path: Path, login: str | None, password: str) -> None:
        from thidua_desktop.services import offices

        self._try(
            lambda: offices.open_office(path, password, login, self._clock),
            lambda error: self._refused(error, path, login, password),
        )

    def _refused(self, error: UserError, path: Path, login: str | None, password: str) -> None:
        """Why it did not open; for a damaged file the newest good copy is offered."""
        if error.code == _TEMPORARY:
            self._given = (path, password, login)
            self.form.succeed()
            self._turn_to(self.own)
            self.own.password.setFocus()
            return
        self.form.tell(error)
        if error.code != _DAMAGED:
            return
        from thidua_desktop.services import restoring

        def restore(found: Kept) -> None:
            self._try(lambda: restoring.restore_damaged(path, found.path, password, login, self._clock), self.form.tell)

        def offer(found: Kept | None) -> None:
            if found is not None:
                when = format_moment(found.at)
                self.form.offer(f"Khôi phục bản lúc {when}", lambda: restore(found))

        self._begin(
            "Đang tìm bản sao lưu dùng được",
            lambda _control: restoring.newest_good(path, password, login),
            offer,
            lambda _refused: None,
        )

    def _resume(self, locked: Session, login: str | None, password: str) -> None:
        """The person is back, the password is wrong, or somebody else opens the file anew once the desk is left."""
        from thidua_desktop.services.desk_lock import is_same_person

        def back(same: bool) -> None:
            if same:
                self.form.succeed()
                self.resumed.emit()
            elif self._leave_locked():
                self._open_file(locked.file.path, login, password)

        self._begin(_OPENING, in_office(locked, lambda own: is_same_person(own, password, login)), back, self.form.tell)

    def _leave_locked(self) -> bool:
        if self._locked is None:
            return True
        if not self._locked.leave():
            self.form.tell(UserError("TD-UI-050"))
            return False
        self._locked = None
        return True

    def _set_own(self, password: str) -> None:
        """An own password in the place of the one that was given."""
        if self._given is not None:
            from thidua_desktop.services import people

            path, given, login = self._given
            self._try(
                lambda: people.open_with_temporary(path, given, password, login, self._clock, self._cost), self.own.tell
            )

    def _recover(self, sheet: str, password: str) -> None:
        path = self.list.path()
        if path is not None and self._leave_locked():
            self._try(lambda: self._opened_anew(path, sheet, password), self.recovery.tell)

    def _opened_anew(self, path: Path, sheet: str, password: str) -> Session:
        from thidua_desktop.services import offices

        session = offices.open_with_recovery(path, sheet, self._clock)
        try:
            offices.change_password(session, password, self._cost)
        except UserError:
            session.close()
            raise
        return session

    def _try(self, work: Callable[[], Session], tell: Callable[[UserError], None]) -> None:
        """Opens on another thread, which lets the file go for this one to take up."""

        def opened(control: TaskControl) -> Session:
            session = work()
            if control.cancelled:
                session.close()
                raise CancelledError
            session.let_go()
            return session

        self._begin(_OPENING, opened, self._take_up, tell)

    def _take_up(self, session: Session) -> None:
        session.take_up()
        if not self.isVisible() or not self._leave_locked():
            session.close()
            return
        self.form.succeed()
        self._clear()
        self.opened.emit(session)

    def _begin(
        self,
        words: str,
        work: Callable[[TaskControl], _Found],
        then: Callable[[_Found], None],
        tell: Callable[[UserError], None],
    ) -> None:
        """One thing at a time; meanwhile the window answers, and nothing in it can be chosen but to stop."""

        def refused(error: BaseException) -> None:
            if isinstance(error, UserError):
                tell(error)
            else:
                show_error(self._look, error, self)

        if self.opening.start(words, work, then, refused=refused, at_end=lambda: self._bar(False), stoppable=True):
            self._bar(True)

    def _bar(self, busy: bool) -> None:
        for part in (self._side, self.stack):
            part.setEnabled(not busy)
        if not busy and self.stack.currentIndex() == 0:
            self.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever closes the window wants nothing opened any more."""
        self.opening.cancel()
        super().closeEvent(event)
