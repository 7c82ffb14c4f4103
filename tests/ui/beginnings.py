"""How long operations of the desk are begun: what a person opens, and what is done there (``long_operations.py``).

Each function gives what is done; that returns at once, and may be done again.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tests.ui.working import all_done
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
_HEADS = "Ngày\tLoại hoạt động\tTên hoạt động\tSố người dự"
_LINE = "3/11/2026\tTuần tra, canh gác\tTuần tra đêm đông lần {}\t5"
_BAD_LINE = "hôm nào\tTuần tra, canh gác\tTuần tra\t5"


@dataclass(slots=True)
class Place:
    """Where operations are begun: a shown desk, a folder of its own, what a new password costs to guess; ``lines`` of
    a table that is brought in.
    """

    desk: Desk
    look: Look
    folder: Path
    password: str
    cost: KeyCost
    kept: list[QWidget]
    lines: int = 1

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


def unlock(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.unlock.window import UnlockWindow

    other = place.folder / "mở.thidua"
    window: UnlockWindow = place.alone(UnlockWindow(place.look, [other], place.session.clock))
    window.opened.connect(lambda session: session.close())
    window.form.password.setText(place.password)
    return window.form.ask


def resume(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.unlock.locked_desk import LockedDesk
    from thidua_desktop.ui.unlock.window import UnlockWindow

    session = place.session
    locked = LockedDesk(session, lambda: False)
    window: UnlockWindow = place.alone(UnlockWindow(place.look, [session.file.path], session.clock, locked))
    window.form.password.setText(place.password)
    return window.form.ask


def create(place: Place) -> Callable[[], object]:
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


def print_on_printer(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.trial_page import trial_page

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(place.folder / "in.pdf"))
    printer.setResolution(150)
    paper, work = trial_page(), LongWork(place.look, place.desk.window)
    return lambda: send_to_printer(work, paper, printer, lambda: None)


def screen_table(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.spreadsheets import ScreenTable
    from thidua_desktop.ui.components.table_saving import save_tables

    table = ScreenTable("Bảng", ["Tên", "Số"], [["Tân Lập", "1"]] * 2_000, {1})
    page = place.room("admin")
    work = LongWork(place.look, page)
    return lambda: save_tables(work, page, place.session, [table], lambda _told: None)


def add_person(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog

    dialog: AddUserDialog = place.alone(AddUserDialog(place.look, place.session, place.desk.window, place.cost))
    dialog.name.setText("Lò Văn Bình")
    dialog.login.setText("lovanbinh")
    for field in (dialog.fields.password, dialog.fields.again):
        field.setText("sương sớm đầu làng")
    return dialog.go


def support(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
    from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog

    dialog: SupportDialog = place.alone(SupportDialog(place.look, place.session, place.desk.window))
    dialog._path = place.folder / "hỗ trợ.zip"
    return lambda: FormDialog.go(dialog)


def last_record(place: Place) -> Callable[[], object]:
    from thidua_desktop.ui.pages.lists.paper_page import PaperPage

    documents = [one for one in place.session.definitions.documents.values() if one.register == REGISTER]
    navigate = place.desk.maker.navigate
    page: PaperPage = place.alone(
        PaperPage(place.session, place.look, navigate, documents, _ids(place)[:1], of="một", back_to="Sổ")
    )
    return page.make


def backup(place: Place) -> Callable[[], object]:
    target = place.folder / "usb"
    target.mkdir(exist_ok=True)
    page = place.room("admin")
    return lambda: page.backup_to(target)


def package(place: Place) -> Callable[[], object]:
    page = place.room("handoff")
    page.stick.choose_folder(place.folder)
    return page.start_writing


def sign(place: Place) -> Callable[[], object]:
    from thidua_desktop.services.trial_page import trial_page
    from thidua_desktop.ui.pages.report.sign_dialog import SignDialog

    dialog: SignDialog = place.alone(SignDialog(place.session, place.look, trial_page(), (), place.desk.window))
    dialog.paths["key"].setText(str(place.folder / "khóa.p12"))
    return dialog.go


def closed_period(place: Place) -> Callable[[], object]:
    page = place.room("report")
    page.load()

    def close() -> None:
        assert page.shown is not None
        page._close()

    return close


def comparison(page: str, name: str) -> Callable[[Place], Callable[[], object]]:
    """A page of the province that stands behind the consolidated figures."""

    def ready(place: Place) -> Callable[[], object]:
        module = importlib.import_module(f"thidua_desktop.ui.pages.province.{page}")
        session = place.session
        period = previous(periods.current(session))
        more = ("sessions", "Tổng hợp") if page == "ranking_page" else ("Tổng hợp",)
        made = getattr(module, name)(session, place.look, place.desk.maker.navigate, MONTHLY, period, *more)
        return lambda: place.alone(made).load()

    return ready


def take_in(place: Place) -> Callable[[], object]:
    package = InboxPackage(place.folder / "mất.tdp", Standing.READY, "")
    return partial(place.room("inbox").take, [package], False)


def directive(place: Place) -> Callable[[], object]:
    view = place.room("inbox").directives
    view.about.setText("Hạn nộp")
    view.due.setChecked(True)
    return lambda: view.write_to(place.folder)


def in_room(room: str, act: Callable[[Any], object]) -> Callable[[Place], Callable[[], object]]:
    """What is done on the page of a room."""

    def ready(place: Place) -> Callable[[], object]:
        page = place.room(room)
        return lambda: act(page)

    return ready


def in_list(act: Callable[[Any, Path], object]) -> Callable[[Place], Callable[[], object]]:
    """What is done with a list, which gets a folder."""

    def ready(place: Place) -> Callable[[], object]:
        page = place.room(REGISTER)
        return lambda: act(page, place.folder)

    return ready


Act = Callable[[], object]


def pasted(place: Place) -> Act:
    """Cells that were copied from a table."""
    from thidua_desktop.ui.pages.lists.import_dialog import paste_cells

    page = place.room(REGISTER)  # where whoever pastes them stands
    cells = "\n".join((_HEADS, *(_LINE.format(number) for number in range(place.lines)), _BAD_LINE))
    return lambda: place.kept.append(paste_cells(place.look, place.session, REGISTER, cells, page))


def previewed(act: Callable[[Any, Path], object]) -> Callable[[Place], Act]:
    """What is done once the cells were read."""

    def ready(place: Place) -> Act:
        pasted(place)()
        all_done()
        dialog, folder = place.kept[-1], place.folder
        return lambda: act(dialog, folder)

    return ready


def several_looked_at(place: Place) -> Act:
    """One field of many rows, looked at before it is changed."""
    page = place.room(REGISTER)
    dialog = _several_asked(page)
    return partial(page.several._look, dialog, _ids(place), "kind", "propaganda") if dialog else _nothing


def _several_asked(page: Any) -> Any:
    """The dialog of one field, for as many rows of a list as it takes."""
    from thidua_desktop.services import several

    if page.card.chosen_count() > 1:
        page.card.select(0)
    page.card._choose_also(list(range(min(len(page.card.rows), several.MOST))))
    page.several.ask_change()
    all_done()
    return page.several.dialog


def several_changed(place: Place) -> Act:
    """The same, changed."""
    from thidua_desktop.services import several

    page = place.room(REGISTER)
    plan = several.plan_change(place.session, REGISTER, _ids(place), "kind", "propaganda")
    if _several_asked(page) is None:
        return _nothing

    def act() -> None:
        dialog = page.several.dialog if isValid(page.several.dialog) else _several_asked(page)
        page.several._change(dialog, plan, "thử")

    return act


def _nothing() -> None:
    """Where there is no row nothing can be begun."""


def several_deleted(place: Place) -> Act:
    """Many rows deleted."""
    page, ids = place.room(REGISTER), _ids(place)
    return lambda: page.several._delete(ids, "ghi hai lần")


def _ids(place: Place) -> list[str]:
    from thidua_desktop.services import several
    from thidua_desktop.services.lists import default_query, open_list

    rows = open_list(place.session, default_query(place.session, REGISTER))
    return rows.ids(range(min(len(rows), several.MOST)))


def redone(place: Place) -> Act:
    """What was undone just now."""
    place.desk.undo()
    all_done()
    return place.desk.redo


def brought_back(place: Place) -> Act:
    """Deleted records that come back."""
    from thidua_desktop.services.deleted import RecordKey, Returning, ReturnPlan
    from thidua_desktop.ui.pages.deleted.return_dialog import ReturnDialog

    plan = ReturnPlan((Returning(RecordKey(REGISTER, "0"), "Tuần tra"),), ())
    return place.alone(ReturnDialog(place.look, place.session, plan, place.desk.window)).go  # type: ignore[no-any-return]


def receipt(place: Place) -> Act:
    """A receipt that was looked at, and is gone from the stick."""
    from thidua_desktop.services.handoff.receipts import ReceiptView

    card = place.room("handoff").receipt
    view = ReceiptView(place.folder / "biên nhận.tdp", "", "Tỉnh", 1, "", 0, (), (), ())

    def act() -> None:
        card._view = view
        card.take()

    return act


def directive_applied(place: Place) -> Act:
    """A directive that was looked at, and is gone from the stick."""
    from thidua_desktop.services.handoff.orders import DirectiveView

    card = place.room("handoff").directive
    view = DirectiveView(place.folder / "chỉ đạo.tdp", "", "Tỉnh", 1, "", "", "", (), (), (), (), ())

    def act() -> None:
        card._view = view
        card.apply()

    return act


def directive_reversed(place: Place) -> Act:
    """A directive that another window has taken back meanwhile."""
    from thidua_desktop.services.handoff.orders import TakenDirective

    taken = TakenDirective(1, place.session.now(), "Hạn nộp", "applied", ())
    return partial(place.room("handoff").directive.reverse, taken)


def package_undone(place: Place) -> Act:
    """A package that was taken back meanwhile."""
    from thidua_desktop.services.handoff.undoing import UndoPlan
    from thidua_desktop.ui.pages.handoff.undo_page import UndoPage

    page: Any = place.alone(UndoPage(place.session, place.look, place.desk.maker.navigate))
    page.ask = lambda _plan: True
    plan = UndoPlan("", "22319", "Xã", "", 1, place.session.now(), "Lò Văn A", (), (), ())

    def act() -> None:
        page.plan = plan
        page.undo()

    return act


def exchanged(act: str) -> Callable[[Place], Act]:
    """With another machine of the office: ``make``, ``look`` or ``take``."""

    def ready(place: Place) -> Act:
        from thidua_desktop.services.handoff.sideways import ExchangePlan

        view, path = place.room("handoff").exchange, place.folder / "máy kia.tdp"
        view.ask_folder = lambda: place.folder

        def take() -> None:
            view.plan = ExchangePlan(path, "", "0123", 1, "", (), (), "")
            view.take()

        acts: dict[str, Act] = {"make": view.make, "look": partial(view.open_file, path), "take": take}
        return acts[act]

    return ready


def old_office(place: Place) -> Act:
    """The file of an office that ended."""
    from thidua_desktop.ui.pages.admin.take_over_page import TakeOverPage

    page: Any = place.alone(TakeOverPage(place.session, place.look, place.desk.maker.navigate))
    page.set_file(place.folder / "mở.thidua")
    page.password.setText(place.password)
    return page.look_in  # type: ignore[no-any-return]


def succession(act: str) -> Callable[[Place], Act]:
    """Units of the commune that are merged or split."""

    def ready(place: Place) -> Act:
        from thidua_desktop.ui.pages.succession.page import SuccessionPage

        page = place.alone(SuccessionPage(place.session, place.look, place.desk.maker.navigate))
        return getattr(page, act)  # type: ignore[no-any-return]

    return ready


def erased(place: Place) -> Act:
    """A record whose time is over."""
    from thidua_desktop.services.erasure import Outdated
    from thidua_desktop.ui.pages.admin.private_card import EraseDialog

    found = [Outdated("supervised_person", "0", "Hồ sơ", date(2010, 1, 1), 10)]
    dialog: Any = place.alone(EraseDialog(place.look, place.session, place.desk.window, found))
    from PySide6.QtCore import Qt

    dialog.lines.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.reason.setText("hết thời hạn lưu")
    return dialog.go  # type: ignore[no-any-return]


def put_back(place: Place) -> Act:
    """An earlier copy, made ready up to the swap."""
    from thidua_desktop.ui.pages.admin.copies_dialog import CopiesDialog

    dialog = place.alone(CopiesDialog(place.look, place.session, place.desk.window))
    all_done()
    return dialog.restore  # type: ignore[no-any-return]


def sheet_tried(place: Place) -> Act:
    """A recovery sheet typed back."""
    from thidua_desktop.ui.pages.admin.colleague_dialogs import TrySheetDialog

    dialog: Any = place.alone(TrySheetDialog(place.look, place.session, place.desk.window))
    dialog.sheet.setPlainText("AAAQA-EAYEH")
    return dialog.go  # type: ignore[no-any-return]


def update_looked_at(place: Place) -> Act:
    """A later version of the program on a stick."""
    from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog

    path = place.folder / "mới.tdupdate"
    return lambda: place.kept.append(UpdateDialog(place.look, path, place.session, place.desk.window))


def licences_read(place: Place) -> Act:
    """The licences of all parts."""
    from thidua_desktop.ui.pages.admin.licences_dialog import LicencesDialog

    return lambda: place.kept.append(LicencesDialog(place.look, place.desk.window))


def survey_results(act: str) -> Callable[[Place], Act]:
    """The answers to a survey."""

    def ready(place: Place) -> Act:
        from thidua_desktop.paths import resource_path
        from thidua_desktop.services import surveys
        from thidua_desktop.ui.pages.surveys.results_page import SurveyResultsPage

        name = "survey_fire_2026"
        if name not in place.session.definitions.registers:
            surveys.add_survey(place.session, resource_path("demo", "survey_fire.toml"))
        page = place.alone(SurveyResultsPage(place.session, place.look, place.desk.maker.navigate, name))
        all_done()
        return getattr(page, act)  # type: ignore[no-any-return]

    return ready


def page_of(module: str, name: str, *more: object, act: str = "load") -> Callable[[Place], Act]:
    """A page that stands behind another; ``more`` of its arguments."""

    def ready(place: Place) -> Act:
        made = getattr(importlib.import_module(f"thidua_desktop.ui.pages.{module}"), name)
        page = place.alone(made(place.session, place.look, place.desk.maker.navigate, *more))
        return getattr(page, act)  # type: ignore[no-any-return]

    return ready


def indicator(place: Place) -> Act:
    """What is behind one figure."""
    from thidua_desktop.ui.pages.indicator.page import IndicatorPage

    period = periods.current(place.session)
    navigate = place.desk.maker.navigate
    return place.alone(IndicatorPage(place.session, place.look, navigate, "sessions", period, "Hôm nay")).load  # type: ignore[no-any-return]


def files_read(place: Place) -> Act:
    """Files that are dropped on a form."""
    place.desk.window.push(place.desk.maker.form(place.session.register(REGISTER)))
    page: Any = place.desk.window.page()
    view, path = page.files.view, place.folder / "ảnh.png"
    path.write_bytes(b"no picture")
    return lambda: view.attach([path])


def scans_read(place: Place) -> Act:
    """The folder of the scanner."""
    from thidua_desktop.ui.pages.attaching.scan_dialog import ScanDialog

    dialog: Any = place.alone(ScanDialog(place.look, place.session, place.desk.window))
    dialog.folder = place.folder
    all_done()
    return dialog.look_again  # type: ignore[no-any-return]


def escrow_given(place: Place) -> Act:
    """A way into the file for the province."""
    from thidua_desktop.ui.pages.admin.escrow_card import GiveDialog

    dialog: Any = place.alone(GiveDialog(place.look, place.session, place.desk.window))
    dialog.agreed.setChecked(True)
    return dialog.go  # type: ignore[no-any-return]


def changes_of_communes(act: str) -> Callable[[Place], Act]:
    """What a resolution does to communes: ``apply`` or ``undo``."""

    def ready(place: Place) -> Act:
        page = place.room("commune_changes")
        page.day.setText("20/8/2026")
        return partial(page.undo, "0") if act == "undo" else page.apply  # type: ignore[no-any-return]

    return ready


def award(act: str) -> Callable[[Place], Act]:
    """What the province decides on proposals."""

    def ready(place: Place) -> Act:
        from thidua_desktop.ui.pages.province.award_dialog import AwardDialog

        dialog: Any = place.alone(AwardDialog(place.look, place.session, (), place.desk.window))
        return getattr(dialog, act)  # type: ignore[no-any-return]

    return ready


def check_sheet(place: Place) -> Act:
    """The report of a commune, recounted."""
    from thidua_desktop.ui.pages.province.check_page import CheckPage

    session = place.session
    period = previous(periods.current(session))
    return place.alone(  # type: ignore[no-any-return]
        CheckPage(session, place.look, place.desk.maker.navigate, "22319", MONTHLY, period, "Bảng theo dõi")
    ).load
