"""The window program from its arguments to its end: which office, unlocked how, and what follows."""

from __future__ import annotations

import argparse
import contextlib
import math
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from thidua_desktop.errors import UserError
from thidua_desktop.services import private_copies
from thidua_desktop.services.handoff.kinds import is_office, is_update
from thidua_desktop.services.own_places import require_writable_stick
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.ui import tasks
from thidua_desktop.ui.collecting import Collector
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.components.showing import bring_forward
from thidua_desktop.ui.desk.ending import EndingSignals
from thidua_desktop.ui.desk.idle import IdleWatch
from thidua_desktop.ui.desk.one_program import OneProgram, handed_over
from thidua_desktop.ui.desk.placing import show_in_place
from thidua_desktop.ui.desk.preferences import (
    Preferences,
    keep_preferences,
    load_preferences,
    preferences_file,
)
from thidua_desktop.ui.desk.reading_ahead import ReadingAhead, read_ahead
from thidua_desktop.ui.desk.waiting import end_all_work, is_waiting, wait_until
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.tokens import Theme
from thidua_desktop.ui.show_error import install_fault_handlers, show_error, show_error_and_wait
from thidua_desktop.ui.tasks import TaskControl, run_task
from thidua_desktop.ui.unlock.locked_desk import LockedDesk

if TYPE_CHECKING:
    from thidua_desktop.services.restoring import Ready
    from thidua_desktop.services.updates import Prepared
    from thidua_desktop.ui.desk.desk import Desk
    from thidua_desktop.ui.desk.system_lock import SystemLock

_Found = TypeVar("_Found")
_READ_AHEAD = 200  # milliseconds after the first window
_LISTEN_AFTER = 2_000  # the same: when Hôm nay has said what it has to say
_LOOK_AGAIN = 200  # milliseconds


def run_window(arguments: Sequence[str]) -> int:
    """Show the window and give the exit status when it is closed; 1 when the named office cannot be opened."""
    options = _options(arguments)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("thidua_desktop")
    alone = options.password_file is None and options.pictures is None
    if alone and handed_over(options.files):
        return 0
    preferences = load_preferences()
    look = Look(Theme(options.theme or preferences.theme), preferences.text_scale)
    look.apply(app)
    handlers = install_fault_handlers(look, write_to_log)
    program = Program(app, look, preferences, Clock(options.today))
    listening = OneProgram(program.take)
    collector = Collector(program.watch.untouched, program)
    program.desk_shown.connect(collector.set_aside)
    ending = EndingSignals(program.keep_what_is_typed, program)
    ahead = ReadingAhead(program.watch.untouched, program)
    program.desk_shown.connect(ahead.begin)
    try:
        if options.pictures is not None:
            return _take_pictures(program, options)
        tell_of_a_stick_that_only_reads(look)
        program.begin_with(options.files, _password(options.password_file))
        if alone:
            QTimer.singleShot(0, listening.listen)  # when the window stands
        QTimer.singleShot(_LISTEN_AFTER, program.listen_to_system)
        QTimer.singleShot(_READ_AHEAD, read_ahead)
        collector.set_aside()
        return app.exec()
    except UserError as refused:
        if sys.stderr is None:  # a windowed Windows program has no streams
            show_error_and_wait(look, refused)
        else:
            sys.stderr.write(f"{refused}\n")
        return 1
    finally:
        collector.end()
        listening.close()
        program.end()
        ending.stop()
        _let_clipboard_go(app)
        handlers.remove()


def tell_of_a_stick_that_only_reads(look: Look) -> None:
    """A portable program goes on without its folder: what it only shows works, and what it would write says why not."""
    try:
        require_writable_stick()
    except UserError as refused:
        show_error_and_wait(look, refused)


def _let_clipboard_go(app: QApplication) -> None:
    """Qt hands what was copied to the system; where there is none, it outlives Python, which ends in a crash."""
    if app.platformName() in ("offscreen", "minimal"):
        app.clipboard().clear()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="thidua window", description="Mở cửa sổ chương trình.")
    parser.add_argument("files", nargs="*", type=Path, help="tệp sổ, gói, thẻ đơn vị, tệp cập nhật")
    parser.add_argument("--password-file", type=Path, help="tệp chứa mật khẩu ở dòng đầu")
    parser.add_argument("--pictures", type=Path, help="chụp mọi trang vào thư mục này rồi thôi")
    parser.add_argument("--surfaces", action="store_true", help="cùng --pictures: trang con, hộp thoại thay cho trang")
    parser.add_argument("--size", type=_size, help="cỡ cửa sổ khi chụp, ví dụ 1280x690")
    parser.add_argument("--theme", choices=[str(theme) for theme in Theme], help="nền sáng, tối hay tương phản cao")
    parser.add_argument("--today", type=_day, help="ngày giả định, ví dụ 2026-11-16; mặc định là hôm nay")
    return parser.parse_args(list(arguments))


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(14, 26), VIETNAM_TIME)


def _size(text: str) -> QSize:
    width, height = text.split("x")
    return QSize(int(width), int(height))


def _password(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        raise UserError("TD-CLI-001", path=path) from None


def write_to_log(text: str) -> None:
    """Write a fault report to the program's log, which is set up when there is something to write."""
    import logging

    from thidua_desktop.log import set_up_logging

    log = logging.getLogger("thidua_desktop")
    if not log.handlers:
        # a profile that cannot be written: the program works without a log
        with contextlib.suppress(OSError):
            set_up_logging(preferences_file().parent / "logs")
    log.error("%s", text)


class Program(QObject):
    """What lives as long as the process: the one window that is shown, and what this PC remembers.

    ``desk_shown`` when the desk of an office stands.
    """

    desk_shown = Signal()

    def __init__(self, app: QApplication, look: Look, preferences: Preferences, clock: Clock) -> None:
        super().__init__()
        self.app, self.look, self.preferences, self.clock = app, look, preferences, clock
        self.desk: Desk | None = None
        self.asking: QWidget | None = None  # unlock window or wizard, while there is no desk
        self.hidden: list[QWidget] = []  # windows of a locked desk
        self.focus: QWidget | None = None
        self.system: SystemLock | None = None
        self.watch = IdleWatch(app, self._idle_limit, self)
        self.watch.idle.connect(self.lock)
        app.commitDataRequest.connect(self.keep_what_is_typed, Qt.ConnectionType.DirectConnection)
        self.waiting: list[Path] = []  # packages and cards that are shown when an office is open
        self._waits_for_dialog = False  # and said so

    def begin_with(self, files: Sequence[Path], password: str | None) -> None:
        """``begin`` with the files of the command line: at most one office; packages wait until one is open.

        Copies to look at that a killed program left are erased first.
        """
        private_copies.erase_left_behind(older_than=0)
        self.waiting = [path for path in files if not is_office(path)]
        self.begin(next((path for path in files if is_office(path)), None), password)
        self._show_update_over_question()

    def take(self, files: Sequence[Path]) -> bool:
        """What a second start or a drag brings: shown here, in front. False for an office other than the open one."""
        office = next((path for path in files if is_office(path)), None)
        if office is not None and self.desk is not None and not _same_file(office, self.desk.session.file.path):
            return False
        if office is not None and self._is_making_an_office():
            return False  # what was answered so far, or the recovery sheet that is shown once, must not go
        self.waiting += [path for path in files if not is_office(path)]
        if self.desk is None and office is not None:
            self.show_unlock([office, *(path for path in self.preferences.known() if path != office)])
        self._come_forward()
        return True

    def _come_forward(self) -> None:
        """Shows what came, in front; in the midst of a save or a closing only when that is done."""
        if is_waiting():
            QTimer.singleShot(_LOOK_AGAIN, self, self._come_forward)
            return
        shown = self.desk.window if self.desk is not None and not self.hidden else self.asking
        if shown is not None:
            bring_forward(shown)
        self._show_waiting()
        self._tell_waiting()
        self._show_update_over_question()

    def _is_making_an_office(self) -> bool:
        from thidua_desktop.ui.wizard.window import CreateOfficeWizard

        return isinstance(self.asking, CreateOfficeWizard) and self.asking.has_begun()

    def _tell_waiting(self) -> None:
        """Files that wait until an office is open are named where its password is asked for."""
        from thidua_desktop.ui.unlock.window import UnlockWindow

        if isinstance(self.asking, UnlockWindow) and (self.desk is None or self.hidden):
            self.asking.tell_waiting([path.name for path in self.waiting if not is_update(path)])

    def _show_update_over_question(self) -> None:
        """An update is shown where no office is open, too: it may be what lets the office be opened at all."""
        if self.desk is not None or self.asking is None:
            return
        update = next((path for path in self.waiting if is_update(path)), None)
        if update is None:
            return
        from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog

        dialog = UpdateDialog(self.look, update, None, self.asking)
        dialog.ready.connect(lambda prepared: self.leave_for_setup(lambda: prepared))
        dialog.open()

    def _show_waiting(self) -> None:
        """What came is shown; under an open dialog the page would change unseen, so it waits until that is closed."""
        if self.desk is None or self.hidden or not self.waiting:
            return
        if self.app.activeModalWidget() is not None:
            if not self._waits_for_dialog:
                self._waits_for_dialog = True
                self.desk.window.show_message(_waiting_words(self.waiting), "info", "text-2")
            QTimer.singleShot(_LOOK_AGAIN, self, self._show_waiting)
            return
        files, self.waiting, self._waits_for_dialog = self.waiting, [], False
        self.desk.open_files(files)

    def _on_dropped(self, files: list[Path]) -> None:
        """Another office is opened in place of this one when the person says so."""
        if self.take(files) or self.desk is None:
            return
        from PySide6.QtWidgets import QMessageBox

        other = next(path for path in files if is_office(path))
        asked = QMessageBox(self.desk.window)
        asked.setWindowTitle("Mở sổ khác")
        asked.setText(f"Đóng sổ đang mở rồi mở {other.name}? Điều đang gõ dở được giữ thành bản nháp.")
        sure = asked.addButton("Mở sổ kia", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton("Thôi", QMessageBox.ButtonRole.RejectRole)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.buttonClicked.connect(lambda button: self.leave_for(other) if button is sure else None)
        asked.open()

    def begin(self, office: Path | None, password: str | None) -> None:
        """Open the named office, or ask: the wizard on a PC that knows no office, else the unlock window."""
        if office is not None and password is not None:
            from thidua_desktop.services.offices import open_office

            self.show_desk(open_office(office, password, clock=self.clock))
            return
        recent = self.preferences.known()
        if office is not None:
            self.show_unlock([office, *(path for path in recent if path != office)])
        elif recent:
            self.show_unlock(recent)
        else:
            self.show_wizard()

    def show_unlock(self, recent: Sequence[Path], locked: LockedDesk | None = None) -> None:
        """The unlock window; over a locked desk, which the same person's password brings back."""
        from thidua_desktop.ui.unlock.window import UnlockWindow

        window = UnlockWindow(self.look, recent, self.clock, locked)
        window.opened.connect(self.show_desk)
        window.resumed.connect(self.unlock)
        window.create_asked.connect(self.show_wizard)
        window.files_dropped.connect(self.take)
        self._replace(window)
        self._tell_waiting()

    def show_wizard(self) -> None:
        """The wizard that makes an office."""
        from thidua_desktop.ui.wizard.window import CreateOfficeWizard

        window = CreateOfficeWizard(self.look, self.clock)
        window.created.connect(self.show_desk)
        window.cancelled.connect(lambda: self._leave_wizard(window))
        window.open_asked.connect(lambda: self.show_unlock(self.preferences.known()))
        self._replace(window)

    def _leave_wizard(self, wizard: QWidget) -> None:
        """The person closed it; one that gave way to another window says so too, and nothing follows."""
        if self.asking is not wizard:
            return
        recent = self.preferences.known()
        if recent:
            self.show_unlock(recent)
        else:
            self.app.quit()

    def show_desk(self, session: Session) -> None:
        """The desk of an open office."""
        from thidua_desktop.ui.desk.desk import Desk

        try:
            self.desk = Desk(session, self.look)
        except UserError as refused:
            session.close()
            show_error(self.look, refused, self.asking)
            return
        self._remember(self.preferences.with_recent(session.file.path))
        self.desk.locked.connect(self.lock)
        self.desk.window.files_dropped.connect(self._on_dropped)
        self.desk.window.closing.connect(self._keep_place)
        self.desk.look_changed.connect(self._change_look)
        self.desk.restore_ready.connect(self.restore)
        self.desk.setup_ready.connect(self.leave_for_setup)
        self._replace(None)
        room = self.preferences.room_for(session.file.path, session.today)
        if room and self.desk.window.has_room(room):
            self.desk.window.open_room(room)
        show_in_place(self.desk.window, self.preferences.geometry)
        self.desk_shown.emit()
        self._show_kept_words()
        self._show_waiting()

    def leave_for(self, other: Path) -> None:
        """Close the office and ask for the password of ``other``; what was typed is kept as drafts."""
        desk = self.desk
        if desk is None:
            return
        self.app.setQuitOnLastWindowClosed(False)  # between two windows there is none
        if desk.close():
            self.desk = None
            self.show_unlock([other, *(one for one in self.preferences.known() if one != other)])
        self.app.setQuitOnLastWindowClosed(True)

    def lock(self) -> None:
        """Hide the office behind the password; everything stays as it is for the person who comes back."""
        desk = self.desk
        if desk is None or self.hidden:
            return
        desk.window.can_close()  # what is being typed is kept as drafts, whatever happens to the machine now
        self.focus = self.app.focusWidget()
        while (popup := self.app.activePopupWidget()) is not None and popup.close():
            pass  # an open menu or list would come back at a place of its own
        self._keep_words()
        self.hidden = [window for window in self.app.topLevelWidgets() if window.isVisible() and _stays(window)]
        self.app.setQuitOnLastWindowClosed(False)  # between two windows there is none
        path = desk.session.file.path
        others = [one for one in self.preferences.known() if one != path]
        self.show_unlock([path, *others], LockedDesk(desk.session, self._leave_locked))
        for window in self.hidden:
            window.hide()
        tasks.hold_back(desk.window)
        self.app.setQuitOnLastWindowClosed(True)
        from thidua_desktop.services import desk_lock

        desk_lock.lock(desk.session)

    def keep_what_is_typed(self, _manager: object = None) -> None:
        """The person logs off or the machine shuts down: the system may end the program right after this."""
        if self.desk is not None:
            self.desk.window.can_close()
            self._keep_words()

    def _keep_words(self) -> None:
        """Words typed into open dialogs, and into fields of pages that have no draft, are kept, too."""
        if self.desk is not None and not self.hidden:
            from thidua_desktop.ui.desk.kept_words import keep_words

            keep_words(self.desk.session, [one for one in self.app.topLevelWidgets() if one.isVisible()])

    def _show_kept_words(self, back: Sequence[QWidget] = ()) -> None:
        """Words of dialogs that are gone, to whoever typed them; those of dialogs that are ``back`` stand there."""
        from thidua_desktop.services import dialog_words

        if self.desk is not None and dialog_words.kept(self.desk.session):
            from thidua_desktop.ui.desk.kept_words import drop_words, show_kept

            drop_words(self.desk.session, back)
            show_kept(self.look, self.desk.session, self.desk.window)

    def listen_to_system(self) -> None:
        """Lock whenever the system locks its screen or goes to sleep, where it tells."""
        from thidua_desktop.ui.desk.system_lock import SystemLock

        if self.system is None:
            self.system = SystemLock(self.lock)

    def unlock(self) -> None:
        """The same person is back: the same windows, the same page, the same words, the cursor where it was."""
        hidden, self.hidden = self.hidden, []
        desk = self.desk
        if desk is None:
            return
        there = [window for window in hidden if isValid(window)]  # a question that was waited for is gone by now
        for window in sorted(there, key=lambda one: one is not desk.window):
            window.show()
        self._replace(None)
        if self.focus is not None and isValid(self.focus):
            self.focus.setFocus()
        desk.show_status()
        desk.look_at_the_day()  # it may be the next morning
        tasks.let_through(desk.window)
        self._show_kept_words(there)
        self._show_waiting()

    def _leave_locked(self) -> bool:
        """Close the hidden office, for another person or another office; False while it cannot be left."""
        if self.desk is not None and not self.desk.close():
            return False
        self.desk, self.hidden = None, []
        return True

    def restore(self, ready: Ready) -> None:
        """Swap the open office for the restored one, for the same person.

        When the disk fails at the last step, whatever stands there is opened anew, with the password.
        """
        from thidua_desktop.services.restoring import require_unchanged

        desk = self.desk
        if desk is None:
            return
        end_all_work(self.look)
        session = desk.session
        try:
            self._awaited("Đang kiểm tra lần cuối", in_office(session, lambda own: require_unchanged(own, ready)))
        except UserError as refused:
            show_error(self.look, refused, desk.window)
            return
        self.app.setQuitOnLastWindowClosed(False)
        desk.leave()
        self.desk = None
        session.leave()
        session.let_go()
        try:
            restored = self._awaited("Đang đưa bản sao lưu vào chỗ sổ đang dùng", lambda _: _swapped(session, ready))
        except UserError as refused:
            self.show_unlock(self.preferences.known())
            show_error(self.look, refused, self.asking)
        else:
            restored.take_up()
            self.show_desk(restored)
        self.app.setQuitOnLastWindowClosed(True)
        if self.desk is not None:
            self.desk.window.show_message(f"Đã khôi phục. Sổ trước đó giữ ở {ready.aside.name}")

    def leave_for_setup(self, prepare: Callable[[], Prepared]) -> None:
        """Close the office, make the set-up ready and start it; this program ends. Else the office is asked for again.

        On Windows the set-up opens the program again; elsewhere the person does.
        """
        from thidua_desktop.services.updates import start_setup

        self.app.setQuitOnLastWindowClosed(False)
        office = None
        if self.desk is not None:
            office = self.desk.session.file.path
            if not self.desk.close():
                self.app.setQuitOnLastWindowClosed(True)
                return
            self.desk = None
        try:
            start_setup(self._awaited("Đang chuẩn bị cài đặt", lambda _: prepare()))
        except UserError as refused:
            show_error(self.look, refused, self.asking)
            if office is not None:
                self.show_unlock([office])
            self.app.setQuitOnLastWindowClosed(True)
            return
        self.app.quit()

    def _awaited(self, words: str, work: Callable[[TaskControl], _Found]) -> _Found:
        """What ``work`` finds on another thread; nothing else can be done meanwhile. Raises what it raises."""
        found: list[_Found] = []
        refused: list[BaseException] = []
        task = run_task(self, work)
        task.succeeded.connect(found.append)
        task.failed.connect(refused.append)
        wait_until(self.look, words, lambda: bool(found or refused))
        if refused:
            raise refused[0]
        return found[0]

    def end(self) -> None:
        """Close what is open and keep what this PC remembers."""
        self.watch.stop()
        if self.system is not None:
            self.system.stop()
            self.system = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        self._remember(self.preferences._replace(theme=str(self.look.theme), text_scale=self.look.text_scale))

    def _keep_place(self) -> None:
        """Where the window stands and how large, for the next start; what is typed on its pages for its person."""
        self._keep_words()
        if self.desk is not None:
            place = bytes(self.desk.window.saveGeometry().toBase64().data()).decode("ascii")
            session = self.desk.session
            kept = self.preferences.with_room(session.file.path, self.desk.window.room(), session.today)
            self._remember(kept._replace(geometry=place))

    def _idle_limit(self) -> float:
        """Seconds without a touch after which the desk locks; none where there is no open desk."""
        if self.desk is None or self.hidden:
            return math.inf
        from thidua_desktop.services.desk_lock import lock_after

        return 60.0 * lock_after(self.desk.session)

    def _change_look(self, theme: str, scale: float) -> None:
        self.look.set_theme(Theme(theme))
        self.look.set_text_scale(scale)

    def _remember(self, preferences: Preferences) -> None:
        if preferences != self.preferences:
            self.preferences = preferences
            keep_preferences(preferences)

    def _replace(self, window: QWidget | None) -> None:
        before, self.asking = self.asking, window
        if window is not None:
            window.show()
        if before is not None:
            QTimer.singleShot(0, before.close)


def _waiting_words(files: Sequence[Path]) -> str:
    what = files[0].name if len(files) == 1 else f"{len(files)} tệp"
    return f"Đóng hộp thoại đang mở thì xem {what}"


def _stays(window: QWidget) -> bool:
    """Whether a window comes back after a lock: not a tip or a splash that Qt takes away by itself."""
    return window.windowType() not in {Qt.WindowType.ToolTip, Qt.WindowType.Popup, Qt.WindowType.SplashScreen}


def _swapped(session: Session, ready: Ready) -> Session:
    """On another thread: the office that was let go is closed whatever happens; the restored one, let go."""
    from thidua_desktop.services.restoring import put_in_place

    session.take_up()
    try:
        restored = put_in_place(session, ready)
    except BaseException:
        if session.file.is_open:
            session.file.close()
        raise
    restored.let_go()
    return restored


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()


def _take_pictures(program: Program, options: argparse.Namespace) -> int:
    from thidua_desktop.services.offices import open_office
    from thidua_desktop.ui.desk.desk import Desk
    from thidua_desktop.ui.desk.pictures import SIZE, take_pictures, take_surfaces

    password = _password(options.password_file)
    if len(options.files) != 1 or password is None:
        raise UserError("TD-CLI-001", path=options.password_file)
    session = open_office(options.files[0], password, clock=program.clock)
    program.desk = Desk(session, program.look)
    take = take_surfaces if options.surfaces else take_pictures
    for path in take(program.desk, options.pictures, options.size or SIZE):
        sys.stdout.write(f"{path}\n")
    return 0
