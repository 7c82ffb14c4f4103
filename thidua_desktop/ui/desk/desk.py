"""One open office in its window: rooms, search, undo, help, status bar, and what closing means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services.session import Changes, Permission, Role, Session, Unwritten
from thidua_desktop.text import lower_first
from thidua_desktop.ui import tasks
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.dropping import names_of
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.desk import rooms as desk_rooms
from thidua_desktop.ui.desk.backup_keeper import BackupKeeper
from thidua_desktop.ui.desk.waiting import end_all_work, wait_for_turn
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.shell.page import Page
from thidua_desktop.ui.shell.rooms import (
    CARD_HELP,
    CRITERIA_HELP,
    DIALOG_HELP,
    HOW_HELP,
    PAGE_HELP,
    REPORT_HELP,
    ROOM_HELP,
    HelpText,
    SearchGroup,
    SearchResult,
    ShellHeader,
)  # fmt: skip
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl

if TYPE_CHECKING:
    from thidua_desktop.services.record_templates import Template
    from thidua_desktop.services.records import Undone
    from thidua_desktop.services.search import Found, FoundGroup

_ROLES = {
    Role.OFFICER: "cán bộ",
    Role.LEADER: "lãnh đạo",
    Role.ADMINISTRATOR: "quản trị",
    Role.PROVINCE: "chuyên viên",
}
_STATUS_ROOMS = {"unsent": desk_rooms.HANDOFF, "backup": desk_rooms.ADMIN, "due": desk_rooms.REPORT}
_MOST_COMMON = "movement_activity"
_MOST_COMMON_AT_PROVINCE = "programme"
_LOOK_AT_THE_DAY = 60_000  # milliseconds
_STATUS_WAIT = 400  # milliseconds: many writes in a row read the status once


class Desk(QObject):
    """Builds the window of a session and answers what its bars ask. ``locked``: the person asked to lock.

    ``restore_ready`` carries a restore of which only the swap is left, ``setup_ready`` a call that gives the set-up to
    start when the office is closed.
    """

    locked = Signal()
    look_changed = Signal(str, float)
    restore_ready = Signal(object)
    setup_ready = Signal(object)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.session, self.look = session, look
        self._maker: desk_rooms.RoomMaker | None = None
        self._rescued = False
        self._unkept_told: dict[tuple[str, str | None], Unwritten] = {}
        self.window = self._make_window()
        self.taking_back = LongWork(look, self.window)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self.window))
        self._status_asker = Asker(session, self)
        self._status_asker.failed.connect(lambda error: show_error(self.look, error, self.window))
        self._status_timer = QTimer(self.window, singleShot=True, interval=_STATUS_WAIT)
        self._status_timer.timeout.connect(self.show_status)
        self._day = session.today
        self._day_timer = QTimer(self.window, interval=_LOOK_AT_THE_DAY)
        self._day_timer.timeout.connect(self.look_at_the_day)
        self._day_timer.start()
        self.keeper = BackupKeeper(session, self)
        self.keeper.told.connect(self._on_backup)
        self.keeper.damaged.connect(self.offer_copies)
        session.file.wait_by(partial(wait_for_turn, look, self.window))
        self._unsubscribe = session.subscribe(self._on_changes)
        session.at_close.append(self._on_session_closed)
        self.window.status_activated.connect(self._on_status)
        self.window.open_room(desk_rooms.INBOX if session.is_province else desk_rooms.TODAY)
        self._status_timer.start()

    @property
    def maker(self) -> desk_rooms.RoomMaker:
        """Makes the pages of this desk."""
        if self._maker is None:
            late = _LateWindow(self.look, lambda: self.window, self._push_roomless)
            self._maker = desk_rooms.RoomMaker(
                self.session,
                self.look,
                late,
                self.look_changed.emit,
                self.restore_ready.emit,
                self.setup_ready.emit,
                self.show_guide,
            )
        return self._maker

    def _on_session_closed(self) -> None:
        """Whoever closes the office: its status is read no more, and nobody is there to wait."""
        if self.session.file.is_open:
            self.session.file.wait_by(None)
        for timer in (self._status_timer, self._day_timer):
            if isValid(timer):
                timer.stop()

    def show_status(self) -> None:
        """Read the status bar's facts anew, off the window's thread."""
        from thidua_desktop.ui.desk.status import status_parts

        self._status_asker.ask(status_parts, self.window.set_status)

    def look_at_the_day(self) -> None:
        """After midnight, or when the machine's clock was set, pages and status bar say what is so today."""
        if self.session.today != self._day:
            self._day = self.session.today
            self.window.refresh()
            self.show_status()

    def _may_close(self) -> bool:
        """Typed words that the disk does not take are told of before they are lost; who closes again means it."""
        from thidua_desktop.services import drafts

        try:
            if self.session.file.is_open:
                drafts.write_waiting(self.session)
        except UserError as refused:
            waiting = dict(self.session.unwritten)
            if self._unkept_told == waiting:
                return True
            self._unkept_told = waiting
            path = self.session.file.path
            show_error(self.look, UserError("TD-UI-130", name=path.name, why=refused.sentence), self.window)
            return False
        return True

    def close(self) -> bool:
        """Close the window and the office; False when a page cannot be left now (a package is being written).

        Work that still runs is stopped and waited for, then the copy of the closing is made: meanwhile the program
        answers, and a small window says what it waits for.
        """
        if not (self.window.close() if self.window.isVisible() else self.window.can_close()):
            return False
        self._status_timer.stop()
        self._unsubscribe()
        end_all_work(self.look)
        tasks.drop(self.window)
        self.keeper.close(self.look)
        self.session.close()
        return True

    def leave(self) -> None:
        """Close the window of an office whose file is closed already."""
        self._status_timer.stop()
        self.keeper.stop()
        tasks.drop(self.window)
        self.window.hide()
        self.window.deleteLater()

    def _make_window(self) -> MainWindow:
        identity = self.session.file.identity
        user = self.session.user
        header = ShellHeader(
            office=identity.name if self.session.is_province else f"UBND {lower_first(identity.name)}",
            office_detail="Bàn cấp tỉnh" if self.session.is_province else lower_first(identity.province_name),
            person=user.name,
            person_detail=_ROLES[user.role],
            search=self.ask,
            help_text=self.help_text,
            undo=self.undo,
            redo=self.redo,
            lock=self.locked.emit,
            may_close=self._may_close,
            new_record=self.new_record,
            new_barred="" if self.session.may(Permission.RECORD) else "Quyền của bạn chỉ xem sổ",
            guide=self.show_guide,
        )
        return MainWindow(self.look, self.maker.rooms(), header)

    # What the bars ask

    def search(self, text: str) -> Sequence[SearchGroup]:
        """Commands named by the words, records by register, then what else has them; without diacritics."""
        from thidua_desktop.services.search import search

        return self._with_commands(text, search(self.session, text))

    def ask(self, text: str, then: Callable[[Sequence[SearchGroup]], None]) -> None:
        """The same for the search box: what takes longer beside the window, and only for the words asked last."""
        from thidua_desktop.services import lists
        from thidua_desktop.services.search import is_sentence, search

        self._asker.drop()
        if lists.searches_quickly(self.session) and not is_sentence(text):
            then(self.search(text))
        else:
            self._asker.ask(lambda reading: search(reading, text), lambda found: then(self._with_commands(text, found)))

    def _with_commands(self, text: str, found: Sequence[FoundGroup]) -> list[SearchGroup]:
        from thidua_desktop.ui.desk.commands import command_groups

        groups = [
            SearchGroup(
                group.title,
                tuple(
                    SearchResult(
                        found.title,
                        found.detail,
                        self._opener(found.register, found.id),
                        group.icon,
                        partial(self._why, found, text) if at >= group.named else None,
                    )
                    for at, found in enumerate(group.records)
                ),
            )
            for group in found
        ]
        named, others = command_groups(self, text)
        return [*named, *groups, *others]

    def help_text(self, key: str) -> HelpText | None:
        """What a field means, with its legal basis; ``register.field``, ``register``, ``room:key``, ``dialog:key`` …"""
        begun, _, name = key.partition(":")
        asked = {
            "error:": self._help_on_error,
            ROOM_HELP: self._room_help,
            PAGE_HELP: self._told_of,
            HOW_HELP: self._how_help,
            DIALOG_HELP: self._dialog_help,
            CARD_HELP: self._card_help,
            CRITERIA_HELP: self._criteria_help,
            REPORT_HELP: self._report_help,
        }.get(f"{begun}:")
        return asked(name) if asked is not None else self._help_on_field(key)

    def _help_on_field(self, key: str) -> HelpText | None:
        register, _, name = key.partition(".")
        spec = self.session.definitions.registers.get(register)
        if spec is None:
            return self._page_help(key)
        if not name:
            return HelpText(spec.title, spec.help, spec.basis)
        field = next((one for one in spec.fields if one.name == name.partition(".")[0]), None)
        if field is None:
            return None
        child = name.partition(".")[2]
        field = next((one for one in field.fields if one.name == child), field)
        doubt = "" if field.certainty == "V" else " Giá trị mặc định chưa đối chiếu được văn bản, có thể sửa."
        return HelpText(field.label, f"{field.help}{doubt}", field.basis or spec.basis)

    def _room_help(self, key: str) -> HelpText | None:
        """A room by its name in the guide, a register, or a group of registers."""
        told = self._told_of(self.window.room_title(key)) or self._help_on_field(key)
        inner = self.window.rooms_in(key)
        if told is not None or not inner:
            return told
        names = ", ".join(inner)
        words = f"Nhóm sổ: {names}. Enter mở hoặc đóng nhóm, mũi tên xuống tới từng sổ."
        return HelpText(self.window.room_title(key), words)

    def _told_of(self, title: str) -> HelpText | None:
        """What the guide says of a room or a page."""
        from thidua_desktop.services.documents.guide import room_help

        words = room_help(title)
        return HelpText(title, words) if words else None

    def _page_help(self, key: str) -> HelpText | None:
        """What a page that is no room is for."""
        from thidua_desktop.services.documents.guide import page_help

        title, words = page_help(key)
        return HelpText(title, words) if words else None

    def _how_help(self, key: str) -> HelpText | None:
        """How something is done that has no page of its own."""
        from thidua_desktop.services.documents.guide import how_to

        title, words = how_to(key)
        return HelpText(title, words) if words else None

    def _dialog_help(self, key: str) -> HelpText | None:
        """What a dialog does; its title is its own."""
        from thidua_desktop.services.documents.guide import dialog_help

        words = dialog_help(key)
        return HelpText("", words) if words else None

    def _card_help(self, title: str) -> HelpText | None:
        """What stands in a card of a page, and on what it rests."""
        from thidua_desktop.services.documents.guide import card_help

        words, basis = card_help(title)
        return HelpText(title, words, basis) if words else None

    def _criteria_help(self, name: str) -> HelpText | None:
        """A set of criteria, on which each of its sheets rests."""
        spec, lines = self.session.definitions.assessments.get(name), self._help_on_field("assessment.criteria")
        words = " ".join(filter(None, (spec.help if spec else "", lines.text if lines else "")))
        return HelpText(spec.title, words, spec.basis) if spec is not None else None

    def _report_help(self, name: str) -> HelpText | None:
        """A report with its basis: how one works with it is the same for all."""
        spec, told = self.session.definitions.reports.get(name), self._told_of("Báo cáo")
        return HelpText(f"Báo cáo {spec.title}", told.text, spec.basis) if spec is not None and told else None

    def _help_on_error(self, code: str) -> HelpText | None:
        """What an error code says and what to do about it."""
        from thidua_desktop.errors import error_table
        from thidua_desktop.ui.desk.commands import said_openly

        row = error_table().get(code)
        return HelpText(code, said_openly(f"{row.sentence} {row.remedy}".strip()), "") if row is not None else None

    def undo(self) -> None:
        """Hoàn tác."""
        from thidua_desktop.services import records

        self._take_back("Đang hoàn tác", records.undo)

    def redo(self) -> None:
        """Làm lại."""
        from thidua_desktop.services import records

        self._take_back("Đang làm lại", records.redo)

    def new_record(self) -> None:
        """Ghi mới where the page has no record of its own: the most common one, an activity; what the province writes
        itself, and sends down, are programmes."""
        registers = self.session.definitions.registers
        most_common = _MOST_COMMON_AT_PROVINCE if self.session.is_province else _MOST_COMMON
        usual = [registers[name] for name in (most_common,) if name in registers]
        dated = (spec for spec in registers.values() if spec.date_field)
        first = next(spec for spec in (*usual, *dated) if self.maker.has_room(spec))
        self.window.push(self.maker.form(first))

    def open_record(self, register: str, record_id: str) -> None:
        """Open a record on its form, over its list where that has a room; a file leads to what it belongs to."""
        spec = self.session.register(register)
        if spec.hidden and self._open_owner(register, record_id):
            return
        room = desk_rooms.room_of(spec)
        if self.window.has_room(room):
            self.window.open_room(room)
        self.window.push(self.maker.form(spec, record_id))

    def _open_owner(self, register: str, record_id: str) -> bool:
        """Whether the record is the line of an attached file; then its owner is shown with its files."""
        from thidua_desktop.services import attachments

        if not attachments.is_file(register):
            return False
        owner, of_record = attachments.owner(self.session, record_id)
        self.maker.navigate.open_room(owner, {"files_of": of_record})
        return True

    def _why(self, found: Found, text: str) -> str:
        from thidua_desktop.services.search import why_found

        return why_found(self.session, found.register, found.id, text) if self.session.file.is_open else ""

    def _opener(self, register: str, record_id: str) -> Callable[[], None]:
        return partial(self.open_record, register, record_id)

    def open_files(self, files: Sequence[Path]) -> None:
        """Packages, cards and tables that were dropped or named at the start, each at its place."""
        from thidua_desktop.services.handoff.kinds import Arrival, Came, came, is_known

        strange = [path for path in files if not is_known(path)]
        if strange:  # 50 pictures are told of once
            show_error(self.look, UserError("TD-UI-060", name=names_of(strange)), self.window)
        for path in (path for path in files if path not in strange):
            try:
                arrival = Arrival(came(self.session, path), path)
                if arrival.kind is Came.TABLE:
                    self._import_table(path)
                elif arrival.kind is Came.UPDATE:
                    self.window.open_room(desk_rooms.ADMIN, path)
                elif arrival.kind is not Came.OFFICE:
                    room = desk_rooms.INBOX if self.session.is_province else desk_rooms.HANDOFF
                    self.window.open_room(room, arrival)
            except UserError as refused:
                show_error(self.look, refused, self.window)

    def _import_table(self, path: Path) -> None:
        """Into the register whose list is shown; elsewhere it cannot be known which one is meant."""
        from thidua_desktop.ui.pages.lists.page import ListPage

        page = self.window.page()
        if not isinstance(page, ListPage):
            raise UserError("TD-UI-062", name=path.name)
        page.import_from(path)

    def _push_roomless(self, register: str, argument: object) -> None:
        """What belongs to a register without a room: one record on its form, else its list."""
        spec = self.session.register(register)
        if isinstance(argument, str) and argument:
            if not (spec.hidden and self._open_owner(register, argument)):
                self.window.push(self.maker.form(spec, argument))
            return
        page = self.maker.listing(register)
        if isinstance(page, Page) and argument is not None:
            page.open_with(argument)
        self.window.push(page)

    def show_deleted(self, register: str = "") -> None:
        """Bản ghi đã xóa, of one register or all."""
        from thidua_desktop.ui.pages.deleted.page import DeletedPage

        back = self.window.room_title(self.window.room()) or "Trang trước"
        self.window.push(DeletedPage(self.session, self.look, self.maker.navigate, register, back))

    def show_guide(self) -> None:
        """Sổ tay cán bộ: looked at, printed, kept as a file."""
        from thidua_desktop.services.documents import guide
        from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage

        def make(session: Session, _chosen: str) -> bytes:
            return guide.print_guide(session).pdf

        self.window.push(MadePaperPage(self.session, self.look, self.maker.navigate, guide.NAME, "Trang trước", make))

    def push_form(self, spec: RegisterSpec) -> None:
        self.window.push(self.maker.form(spec))

    def push_template(self, spec: RegisterSpec, template: Template) -> None:
        """A new record that starts from a template."""
        from thidua_desktop.services.record_templates import started_from

        self.window.push(self.maker.form(spec, None, started_from(self.session, spec.name, template)))

    def _take_back(self, words: str, act: Callable[[Session, Callable[[int, int], None]], Undone]) -> None:
        """Off the window's thread, as it may be a whole import; a stop leaves everything as it was."""

        def done(undone: Undone) -> None:
            self.session.announce(undone.changes)
            self.window.show_message(undone.text)

        def refused(error: BaseException) -> None:
            if isinstance(error, UserError):
                self.window.show_message(error.sentence, "info", "muted")
            else:
                show_error(self.look, error, self.window)

        def work(control: TaskControl) -> Undone:
            return in_office(self.session, lambda own: act(own, control.progress))(control)

        self.taking_back.start(words, work, done, refused=refused, stoppable=True)

    def _on_changes(self, changes: Changes) -> None:
        self._status_timer.start()
        self._rescue_if_gone()
        page = self.window.page()
        if isinstance(page, Page):
            page.refresh(changes)

    def _rescue_if_gone(self) -> None:
        """A file that was deleted while it is open is written anew after each change; told once, or when it failed."""
        from thidua_desktop.services import rescue

        if not rescue.is_gone(self.session):
            return
        path = self.session.file.path
        try:
            rescued = rescue.rescue(self.session)
        except UserError:
            show_error(self.look, UserError("TD-UI-117", name=path.name, folder=str(path.parent)), self.window)
            return
        if not self._rescued:
            self._rescued = True
            told = UserError("TD-UI-116", name=path.name, folder=str(path.parent), rescued=rescued.name)
            show_error(self.look, told, self.window)

    def offer_copies(self, _pages: int = 0) -> None:
        """The office file is damaged: the copies, the newest chosen, one click from taking it back."""
        from thidua_desktop.ui.pages.admin.page import AdminPage

        self.window.open_room(desk_rooms.ADMIN)
        page = self.window.page()
        if isinstance(page, AdminPage):
            page.show_copies(damaged=True)

    def _on_backup(self, refusal: str) -> None:
        """A copy was made in the background, or refused for want of room."""
        self._status_timer.start()
        if refusal:
            self.window.show_message(refusal, "triangle-alert", "warn")

    def _on_status(self, key: str) -> None:
        room = _STATUS_ROOMS.get(key)
        if room is not None and not (self.session.is_province and room != desk_rooms.ADMIN):
            self.window.open_room(room)


class _LateWindow:
    """The window as pages see it; rooms are listed before the window exists."""

    def __init__(
        self, look: Look, window: Callable[[], MainWindow], push_roomless: Callable[[str, object], None]
    ) -> None:
        self._look, self._window, self._push_roomless = look, window, push_roomless

    def open_room(self, key: str, argument: object = None) -> None:
        """See ``Navigate``."""
        try:
            if self._window().has_room(key):
                self._window().open_room(key, argument)
            else:
                self._push_roomless(key, argument)
        except UserError as refused:
            show_error(self._look, refused, self._window())

    def push(self, page: QWidget) -> None:
        """See ``Navigate``."""
        self._window().push(page)

    def back(self) -> None:
        """See ``Navigate``."""
        self._window().back()

    def show_message(self, text: str, icon: str = "circle-check", ink: str = "ok") -> None:
        """See ``Navigate``."""
        self._window().show_message(text, icon, ink)

    def explain(self, key: str) -> None:
        """See ``Navigate``."""
        self._window().explain(key)
