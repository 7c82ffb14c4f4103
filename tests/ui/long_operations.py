"""The long operations of the desk, each in one line: which service does it, and what the person does to begin it.

``make test`` asks on which thread the service runs (``test_long_operations.py``); ``tests/benchmarks`` measures
how long the window does not answer meanwhile (``gaps_of_the_window.py``).
"""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from thidua_desktop.domain.periods import previous
from thidua_desktop.services import periods
from thidua_desktop.services.handoff.inbox import InboxPackage, Standing
from thidua_desktop.services.session import Session
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_output import send_to_printer
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.look.theme import Look

REGISTER, MONTHLY = "movement_activity", "movement_result"


@dataclass(slots=True)
class Place:
    """Where operations are begun: a shown desk, a folder of its own, and what a new password costs to guess."""

    desk: Desk
    look: Look
    folder: Path
    password: str
    cost: KeyCost
    kept: list[QWidget]

    @property
    def session(self) -> Session:
        """The open office."""
        return self.desk.session

    def room(self, key: str) -> Any:
        """The page of a room, shown."""
        self.desk.window.open_room(key)
        return self.desk.window.page()

    def alone(self, page: QWidget) -> Any:
        """A page that is no room, shown for itself; it lives as long as the place."""
        self.kept.append(page)
        page.show()
        return page


@dataclass(frozen=True, slots=True)
class Operation:
    """``service`` as ``module:function`` under ``thidua_desktop``.

    ``ready`` opens what the person looks at then, and gives what they do: that returns at once.
    """

    name: str
    service: str
    ready: Callable[[Place], Callable[[], object]]


def _unlock(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.unlock.window import UnlockWindow

    other = place.folder / "mở.thidua"
    window: UnlockWindow = place.alone(UnlockWindow(place.look, [other], place.session.clock))
    window.opened.connect(lambda session: session.close())
    window.form.password.setText(place.password)
    return window.form.ask


def _resume(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.unlock.locked_desk import LockedDesk
    from thidua_desktop.ui.unlock.window import UnlockWindow

    session = place.session
    locked = LockedDesk(session, lambda: False)
    window: UnlockWindow = place.alone(UnlockWindow(place.look, [session.file.path], session.clock, locked))
    window.form.password.setText(place.password)
    return window.form.ask


def _create(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.setup_flow import Step
    from thidua_desktop.services.units import unit
    from thidua_desktop.ui.wizard.window import CreateOfficeWizard

    wizard: CreateOfficeWizard = place.alone(
        CreateOfficeWizard(place.look, place.session.clock, place.folder, place.cost)
    )
    flow = wizard.flow
    flow.choose_unit(unit("22319"))
    secret = "mưa nắng gió sương"
    path = str(place.folder / "mới.thidua")
    flow.change(user_name="Lò Văn B", login="lovanb", password=secret, again=secret, path=path)
    flow.step = Step.PERSON
    return wizard._create


def _print(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.trial_page import trial_page

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(place.folder / "in.pdf"))
    printer.setResolution(150)
    paper, work = trial_page(), LongWork(place.look, place.desk.window)
    return lambda: send_to_printer(work, paper, printer, lambda: None)


def _screen_table(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.spreadsheets import ScreenTable
    from thidua_desktop.ui.components.table_saving import save_tables

    table = ScreenTable("Bảng", ["Tên", "Số"], [["Tân Lập", "1"]] * 2_000, {1})
    page = place.room("admin")
    work = LongWork(place.look, page)
    return lambda: save_tables(work, page, place.session, [table], lambda _told: None)


def _add_person(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog

    dialog: AddUserDialog = place.alone(AddUserDialog(place.look, place.session, place.desk.window, place.cost))
    dialog.name.setText("Lò Văn Bình")
    dialog.login.setText("lovanbinh")
    for field in (dialog.fields.password, dialog.fields.again):
        field.setText("sương sớm đầu làng")
    return dialog.go


def _support(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
    from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog

    dialog: SupportDialog = place.alone(SupportDialog(place.look, place.session, place.desk.window))
    dialog._path = place.folder / "hỗ trợ.zip"
    return lambda: FormDialog.go(dialog)


def _last_record(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.lists import default_query

    ids = place.session.file.records.ids(default_query(place.session, REGISTER))
    from thidua_desktop.ui.pages.lists.paper_page import PaperPage

    documents = [one for one in place.session.definitions.documents.values() if one.register == REGISTER]
    navigate = place.desk.maker.navigate
    chosen = list(ids)[:1]
    page: PaperPage = place.alone(
        PaperPage(place.session, place.look, navigate, documents, chosen, of="một", back_to="Sổ")
    )
    return page.make


def _backup(place: Place) -> Callable[[], object]:
    target = place.folder / "usb"
    target.mkdir(exist_ok=True)
    page = place.room("admin")
    return lambda: page.backup_to(target)


def _package(place: Place) -> Callable[[], object]:
    page = place.room("handoff")
    page.stick.choose_folder(place.folder)
    return page.start_writing


def _sign(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.trial_page import trial_page
    from thidua_desktop.ui.pages.report.sign_dialog import SignDialog

    dialog: SignDialog = place.alone(SignDialog(place.session, place.look, trial_page(), (), place.desk.window))
    dialog.paths["key"].setText(str(place.folder / "khóa.p12"))
    return dialog.go


def _closed_period(place: Place) -> Callable[[], object]:
    page = place.room("report")
    page.load()

    def close() -> None:
        assert page.shown is not None
        page._close()

    return close


def _comparison(page: str, name: str) -> Callable[[Place], Callable[[], object]]:
    """A page of the province that stands behind the consolidated figures."""

    def ready(place: Place) -> Callable[[], object]:
        module = importlib.import_module(f"thidua_desktop.ui.pages.province.{page}")
        session = place.session
        period = previous(periods.current(session))
        more = ("sessions", "Tổng hợp") if page == "ranking_page" else ("Tổng hợp",)
        made = getattr(module, name)(session, place.look, place.desk.maker.navigate, MONTHLY, period, *more)
        return lambda: place.alone(made).load()

    return ready


def _take_in(place: Place) -> Callable[[], object]:
    package = InboxPackage(place.folder / "mất.tdp", Standing.READY, "")
    return partial(place.room("inbox").take, [package], False)


def _directive(place: Place) -> Callable[[], object]:
    view = place.room("inbox").directives
    view.about.setText("Hạn nộp")
    view.due.setChecked(True)
    return lambda: view.write_to(place.folder)


def _in_room(room: str, act: Callable[[Any], object]) -> Callable[[Place], Callable[[], object]]:
    """What is done on the page of a room."""

    def ready(place: Place) -> Callable[[], object]:
        page = place.room(room)
        return lambda: act(page)

    return ready


def _in_list(act: Callable[[Any, Path], object]) -> Callable[[Place], Callable[[], object]]:
    """What is done with a list, which gets a folder."""

    def ready(place: Place) -> Callable[[], object]:
        page = place.room(REGISTER)
        return lambda: act(page, place.folder)

    return ready


OPERATIONS = (
    Operation("mở sổ", "services.offices:open_office", _unlock),
    Operation("mở lại sổ đang khóa", "services.desk_lock:is_same_person", _resume),
    Operation("lập sổ", "services.offices:create_office", _create),
    Operation("Hôm nay", "ui.pages.today.page:read_picture", _in_room("today", lambda page: page.reload())),
    Operation("mẫu Excel", "services.transfer:template",
              _in_list(lambda page, folder: page.write_template(folder / "mẫu.xlsx"))),
    Operation("xuất danh sách", "services.transfer:export_records",
              _in_list(lambda page, folder: page.export_to(folder / "ra.xlsx"))),
    Operation("in danh sách", "services.documents.sheets:print_list",
              _in_list(lambda page, _folder: page.print_list())),
    Operation("hoàn tác", "services.records:undo", lambda place: place.desk.undo),
    Operation("bản ghi đã xóa", "services.deleted:find", lambda place: place.desk.show_deleted),
    Operation("giấy của bản ghi", "services.documents.printing:print_documents", _last_record),
    Operation("trang giấy lên màn hình", "ui.components.paper_pictures:draw_sheet",
              lambda place: place.desk.show_guide),
    Operation("gửi máy in", "ui.components.paper_output:print_pages", _print),
    Operation("bảng trên màn hình ra Excel", "services.spreadsheets:excel_of_tables", _screen_table),
    Operation("đọc báo cáo", "services.reports.build:build", _in_room("report", lambda page: page.load())),
    Operation("báo cáo ra Word", "services.paper_files:paper_file", _in_room("report", lambda page: page.save_paper())),
    Operation("sổ tay", "services.documents.guide:print_guide", lambda place: place.desk.show_guide),
    Operation("mẫu giấy tờ", "services.documents.samples:print_sample",
              _in_room("admin", lambda page: page.samples.show_sample())),
    Operation("thêm người", "services.people:add_user", _add_person),
    Operation("đặt lại mật khẩu", "services.people:reset_password",
              _in_room("admin", lambda page: page.reset("lovanbinh"))),
    Operation("phiếu khôi phục", "services.recovery:new_recovery_sheet",
              _in_room("admin", lambda page: page.new_sheet())),
    Operation("sao lưu", "services.backups:backup_now", _backup),
    Operation("xem bản sao lưu", "services.restoring:look_at_copy", _in_room("admin", lambda page: page.show_copies())),
    Operation("kiểm tra sổ", "store.checks:check", _in_room("admin", lambda page: page.start_check())),
    Operation("kiểm tra máy", "services.doctor:examine_office", _in_room("admin", lambda page: page.show_doctor())),
    Operation("gói hỗ trợ", "services.support:write_bundle", _support),
    Operation("đếm các sổ", "services.offices:office_info", _in_room("admin", lambda page: page.refresh())),
    Operation("thôi gửi giữ hộ", "services.handoff.escrow:stop", _in_room("admin", lambda page: page.escrow.stop())),
    Operation("thanh trạng thái", "ui.desk.status:status_parts", lambda place: place.desk.show_status),
    Operation("ghi gói", "services.handoff.outgoing:make_package", _package),
    Operation("tìm biên nhận", "services.handoff.receipts:find_receipts", lambda place: partial(
              place.room("handoff").receipt.finder.look_into, place.folder)),
    Operation("tìm gói chỉ đạo", "services.handoff.orders:find_directives", lambda place: partial(
              place.room("handoff").directive.finder.look_into, place.folder)),
    Operation("chốt kỳ", "services.reports.build:close", _closed_period),
    Operation("ký số", "services.signing:sign", _sign),
)  # fmt: skip
"""In an order in which each leaves what the next one needs."""

PROVINCE_OPERATIONS = (
    Operation("bảng theo dõi", "services.board:board", _in_room("board", lambda page: page.load())),
    Operation("tổng hợp", "services.board:summary", _in_room("totals", lambda page: page.load())),
    Operation("so các xã", "services.reports.matrix:matrix", _comparison("matrix_page", "MatrixPage")),
    Operation("xếp các xã", "services.reports.ranking:ranking", _comparison("ranking_page", "RankingPage")),
    Operation(
        "đọc các gói",
        "services.handoff.inbox:look_into",
        lambda place: partial(place.room("inbox").open_folder, place.folder),
    ),
    Operation("nhập gói", "services.handoff.inbox:look_at", _take_in),
    Operation(
        "ghi biên nhận",
        "services.handoff.answers:make_receipts",
        lambda place: partial(place.room("inbox").write_receipts, place.folder),
    ),
    Operation("ghi gói chỉ đạo", "services.handoff.directives:make_directive", _directive),
)


@contextlib.contextmanager
def watched(service: str) -> Iterator[list[int]]:
    """The threads on which a function is called meanwhile, by whatever name its callers have it."""
    module, _, name = service.partition(":")
    function = getattr(importlib.import_module(f"thidua_desktop.{module}"), name)
    assert isinstance(function, FunctionType) and not function.__code__.co_freevars
    threads: list[int] = []
    code, slot = function.__code__, f"_watched_{name}"
    real = FunctionType(code, function.__globals__, name, function.__defaults__)
    real.__kwdefaults__ = function.__kwdefaults__

    def noted(*given: Any, **named: Any) -> Any:
        threads.append(threading.get_ident())
        return real(*given, **named)

    function.__globals__[slot] = noted
    stand_in: dict[str, Any] = {}
    exec(f"def {name}(*given, **named): return {slot}(*given, **named)", stand_in)
    function.__code__ = stand_in[name].__code__
    try:
        yield threads
    finally:
        function.__code__ = code
        del function.__globals__[slot]
