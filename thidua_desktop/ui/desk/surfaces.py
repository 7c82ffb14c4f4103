"""Every surface of the program beyond rooms, lists and forms: child pages, panels, dialogs, and the windows without a
desk. One inventory: ``make tour`` takes pictures of it, the tests of room, access and typing walk over it.

A surface is a name and how it is shown; what it gives is the window or dialog to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import communes, lists, periods, titles
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from thidua_desktop.services.deleted import ReturnPlan
    from thidua_desktop.services.offices import KeyCost
    from thidua_desktop.services.session import Clock, Session
    from thidua_desktop.ui.wizard.window import CreateOfficeWizard

Shown = Callable[[], QWidget]
Surface = tuple[str, Shown]
_SECRET = "cầu vồng bảy màu"
_ACTIVITY, _MEETING, _DOCUMENT = "movement_activity", "resident_meeting", "issued_document"


def surfaces(desk: Desk) -> Iterator[Surface]:
    """Panels, child pages and dialogs of a desk."""
    yield from _panels(desk)
    for name, make in _child_pages(desk):
        yield f"page-{name}", partial(_push, desk, make)
    for name, dialog in _dialogs(desk):
        yield f"dialog-{name}", partial(_open, dialog)
    yield from _locked_windows(desk)


def put_away(desk: Desk, shown: QWidget) -> None:
    """Leaves a surface: the desk is as it was."""
    if isinstance(shown, QDialog):
        shown.reject()
        shown.deleteLater()
        return
    window = desk.window
    if shown is not window:
        shown.close()
        shown.deleteLater()
        return
    window.top_bar.search.leave()
    window.help_panel.put_away()
    while window._pushed:
        before = len(window._pushed)
        window.back()
        if len(window._pushed) == before:
            break


def windows(look: Look, folder: Path, clock: Clock, cost: KeyCost) -> Iterator[Surface]:
    """The wizard at each of its steps, and the window in which an office is opened, in its three forms.

    Offices are made in ``folder``; whoever shows a window closes it.
    """
    from thidua_desktop.services.setup_flow import Step
    from thidua_desktop.ui.wizard.window import CreateOfficeWizard

    wizard = CreateOfficeWizard(look, clock, folder, cost)
    for step in Step:
        yield f"wizard-{step.name.lower()}", partial(_at_step, wizard, step)
    wizard.flow.sheet_kept = True  # lets it close
    wizard.close()
    made = wizard.flow.made
    wizard.deleteLater()
    if made is None:
        return
    path = made.session.file.path
    yield "locked", partial(_locked, look, made.session, clock)
    made.session.close()
    for name in ("unlock", "recovery", "own-password"):
        yield name, partial(_unlock, look, path, clock, name)


def _push(desk: Desk, make: Callable[[], QWidget]) -> QWidget:
    desk.window.push(make())
    return desk.window


def _open(make: Callable[[], QDialog]) -> QWidget:
    dialog = make()
    dialog.show()
    return dialog


def _locked_windows(desk: Desk) -> Iterator[Surface]:
    """What stands in the place of a locked desk."""
    yield "window-locked", partial(_locked, desk.look, desk.session, desk.session.clock)


def _panels(desk: Desk) -> Iterator[Surface]:
    window = desk.window

    def explained() -> MainWindow:
        window.explain(f"{_ACTIVITY}.attendance_total")
        return window

    def searched() -> MainWindow:
        window.top_bar.search.start()
        window.top_bar.search.setText("an")
        window.top_bar.search.textEdited.emit("an")
        return window

    yield "panel-help", explained
    yield "panel-search", searched


# Child pages


def _child_pages(desk: Desk) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    from thidua_desktop.ui.pages.admin.access_page import AccessPage
    from thidua_desktop.ui.pages.admin.doctor_page import DoctorPage
    from thidua_desktop.ui.pages.deleted.page import DeletedPage
    from thidua_desktop.ui.pages.people.duplicates_page import DuplicatesPage

    of = (desk.session, desk.look, desk.maker.navigate)
    yield "access", partial(AccessPage, *of)
    yield "doctor", partial(DoctorPage, *of)
    yield "duplicates", partial(DuplicatesPage, *of)
    yield "deleted", partial(DeletedPage, *of)
    yield from _indicator_pages(desk)
    yield from (_province_pages(desk) if desk.session.is_province else _commune_pages(desk))


def _indicator_pages(desk: Desk) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    from thidua_desktop.ui.pages.indicator.page import IndicatorPage

    of = (desk.session, desk.look, desk.maker.navigate)
    period = periods.current(desk.session)
    yield "indicator", partial(IndicatorPage, *of, "sessions", period, "Hôm nay")


def _commune_pages(desk: Desk) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    from thidua_desktop.ui.pages.admin.take_over_page import TakeOverPage
    from thidua_desktop.ui.pages.assessment.page import AssessmentPage
    from thidua_desktop.ui.pages.handoff.award_results_page import AwardResultsPage
    from thidua_desktop.ui.pages.handoff.conflicts_page import ConflictsPage
    from thidua_desktop.ui.pages.handoff.undo_page import UndoPage
    from thidua_desktop.ui.pages.meeting.minutes_page import MinutesPage
    from thidua_desktop.ui.pages.meeting.page import MeetingPage
    from thidua_desktop.ui.pages.numbers.page import NumbersPage
    from thidua_desktop.ui.pages.succession.page import SuccessionPage
    from thidua_desktop.ui.pages.surveys.results_page import SurveyResultsPage

    session, look, navigate = of = (desk.session, desk.look, desk.maker.navigate)
    yield "take-over", partial(TakeOverPage, *of)
    yield "conflicts", partial(ConflictsPage, *of)
    yield "award-results", partial(AwardResultsPage, *of)
    yield "undo", partial(UndoPage, *of)
    yield "numbers", partial(NumbersPage, *of)
    yield "succession", partial(SuccessionPage, *of)
    yield "new-meeting", partial(MeetingPage, *of, _MEETING)
    yield "new-assessment", partial(AssessmentPage, *of)
    for spec in session.definitions.registers.values():
        if spec.survey is not None:
            yield "survey-results", partial(SurveyResultsPage, *of, spec.name)
            break
    meeting = _newest(session, _MEETING)
    if meeting:
        yield "minutes", partial(MinutesPage, session, look, navigate, meeting)
    activity = _newest(session, _ACTIVITY)
    if activity:
        yield "paper", partial(_paper, desk, activity)


def _province_pages(desk: Desk) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    from thidua_desktop.domain.periods import previous
    from thidua_desktop.ui.pages.handoff.undo_page import UndoPage
    from thidua_desktop.ui.pages.province.aside_page import AsidePage
    from thidua_desktop.ui.pages.province.check_page import CheckPage
    from thidua_desktop.ui.pages.province.matrix_page import MatrixPage
    from thidua_desktop.ui.pages.province.ranking_page import RankingPage

    session = desk.session
    of = (session, desk.look, desk.maker.navigate)
    period = previous(periods.current(session))
    yield "undo", partial(UndoPage, *of)
    yield "aside", partial(AsidePage, *of)
    yield "ranking", partial(RankingPage, *of, _MONTHLY, period, "sessions", "Tổng hợp")
    yield "matrix", partial(MatrixPage, *of, _MONTHLY, period, "Tổng hợp")
    for office, _ in communes.by_name(session, period)[:1]:
        yield "check", partial(CheckPage, *of, office, _MONTHLY, period, "Bảng theo dõi")


_MONTHLY = "movement_result"
_SHEET = "AAAQA-EAYEH-AUDAS-OCAJN-BIFQ2-YDIOG-B4IBX-CEQTE-CQKRT-MFYYO-DENBB-WHA5Z-DYPSP-NPWT3"  # opens nothing


def _newest(session: Session, register: str) -> str:
    found = lists.open_list(session, lists.default_query(session, register))
    return found.row(0).id if len(found) else ""


def _paper(desk: Desk, record: str) -> QWidget:
    """The first paper of a record."""
    from thidua_desktop.services.documents.printing import OF_ONE, documents_of
    from thidua_desktop.ui.pages.lists.paper_page import PaperPage

    session = desk.session
    documents = documents_of(session, _ACTIVITY, OF_ONE)
    title = session.register(_ACTIVITY).title
    of = titles.entries_for(session, _ACTIVITY, {record})[record].label
    return PaperPage(
        session, desk.look, desk.maker.navigate, documents, [record], document=documents[0].name, of=of, back_to=title
    )


# Dialogs


def _dialogs(desk: Desk) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    yield from _plain_dialogs(desk)
    yield from _people_dialogs(desk)
    yield from _list_dialogs(desk)
    yield from _report_dialogs(desk)


def _plain_dialogs(desk: Desk) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    from thidua_desktop.ui.components.pick_dialog import PickDialog
    from thidua_desktop.ui.pages.admin.copies_dialog import CopiesDialog
    from thidua_desktop.ui.pages.admin.licences_dialog import LicencesDialog
    from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog
    from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog
    from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog
    from thidua_desktop.ui.show_error import BugDialog, ErrorDialog

    session, look, window = desk.session, desk.look, desk.window
    choices = [(spec.name, spec.title) for spec in session.definitions.registers.values()]
    words = "Dòng này được giữ riêng và không tính vào số tổng hợp."
    yield "error", partial(ErrorDialog, look, UserError("TD-UI-062", name="bang.xlsx"), window)
    yield "bug", partial(BugDialog, look, "Bản 0.2.0\nLỗi ở bước lưu\n" * 12, window)
    yield "pick", partial(PickDialog, look, "Chọn sổ", choices, (choices[0][0],), window)
    yield "reason", partial(ReasonDialog, look, "Bỏ dòng để riêng", "Bỏ dòng", words, lambda _reason: None, window)
    yield "copies", partial(CopiesDialog, look, session, window)
    yield "licences", partial(LicencesDialog, look, window)
    yield "support", partial(SupportDialog, look, session, window)
    yield "update", partial(UpdateDialog, look, Path("thi-dua-0.3.0.update"), session, window)


def _people_dialogs(desk: Desk) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    from thidua_desktop.services.people import Given
    from thidua_desktop.services.recovery import RecoverySheet
    from thidua_desktop.services.recovery_papers import recovery_sheet
    from thidua_desktop.ui.pages.admin import colleague_dialogs as colleagues
    from thidua_desktop.ui.pages.admin import people_dialogs as people
    from thidua_desktop.ui.pages.admin.calendars_card import DueDialog
    from thidua_desktop.ui.pages.admin.escrow_card import GiveDialog
    from thidua_desktop.ui.pages.admin.private_card import EraseDialog
    from thidua_desktop.ui.pages.admin.signers_card import SignerDialog

    session, look, window = desk.session, desk.look, desk.window
    yield "add-user", partial(people.AddUserDialog, look, session, window)
    yield "own-password", partial(people.OwnPasswordDialog, look, session, window)
    yield "role", partial(colleagues.RoleDialog, look, session, session.user, window)
    given = Given(session.user, "sương sớm đầu làng")
    yield "given-password", partial(colleagues.GivenPasswordDialog, look, given, window)
    yield "try-sheet", partial(colleagues.TrySheetDialog, look, session, window)
    yield "signer", partial(SignerDialog, look, session, None, window)
    yield "due", partial(DueDialog, look, session, window)
    if not session.is_province:
        yield "erase", partial(EraseDialog, look, session, window, ())
        yield "escrow", partial(GiveDialog, look, session, window)

    def recovery() -> QDialog:
        return people.RecoveryDialog(look, RecoverySheet(_SHEET, recovery_sheet(session, _SHEET)), window)

    yield "recovery", recovery


def _list_dialogs(desk: Desk) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    from thidua_desktop.services.attached import Attached
    from thidua_desktop.ui.components.name_dialog import NameDialog
    from thidua_desktop.ui.desk.import_surfaces import import_dialogs
    from thidua_desktop.ui.pages.attaching.places import RecordPlace
    from thidua_desktop.ui.pages.attaching.scan_dialog import ScanDialog
    from thidua_desktop.ui.pages.attaching.words_dialog import WordsDialog
    from thidua_desktop.ui.pages.deleted.return_dialog import ReturnDialog
    from thidua_desktop.ui.pages.lists.columns_dialog import ColumnsDialog
    from thidua_desktop.ui.pages.lists.several_dialog import SeveralDialog
    from thidua_desktop.ui.pages.province.award_dialog import AwardDialog

    session, look, window = desk.session, desk.look, desk.window
    spec = session.register(_ACTIVITY)
    columns = [(field.name, field.label, at < 5, at > 0) for at, field in enumerate(spec.living_fields)]
    yield "columns", partial(ColumnsDialog, look, columns, window)
    yield "name", partial(NameDialog, look, "Lưu bộ lọc đang dùng", "Tên bộ lọc", lambda _name: None, window)
    yield "return", partial(ReturnDialog, look, session, _return_plan(), window)
    if session.is_province:
        yield "award-decision", partial(AwardDialog, look, session, (), window)
        return
    yield "several", partial(SeveralDialog, look, session, _ACTIVITY, 12, window)
    yield from import_dialogs(desk)
    one = Attached(
        "0", _ACTIVITY, "0", "ảnh buổi họp.jpg", "image/jpeg", 1_048_576, "", session.today, "", session.user.name, True
    )
    place = RecordPlace(session, _ACTIVITY, _newest(session, _ACTIVITY))
    yield "describe", partial(WordsDialog, look, session, place, one, window)
    yield "scan", partial(ScanDialog, look, session, window)


def _return_plan() -> ReturnPlan:
    """What bringing back three records would do, with everything that can be said of it."""
    from thidua_desktop.services.deleted import RecordKey, Returning, ReturnPlan, Staying

    twin = "Số 12 của dãy BC-UBND năm 2026 đã có."
    returning = (
        Returning(RecordKey("self_managed_group", "0"), "Tổ 7, Thôn Tân Lập", "Hộ số 1 nhắc tới"),
        Returning(RecordKey("household", "1"), "Hộ số 1, Tổ 7"),
        Returning(RecordKey(_DOCUMENT, "2"), "12/BC-UBND, báo cáo tháng 11", warnings=(twin,)),
    )
    return ReturnPlan(returning, (Staying("ảnh buổi họp.jpg", "nội dung tệp không còn trong sổ"),))


def _report_dialogs(desk: Desk) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    from thidua_desktop.ui.pages.report.place_board import PlaceDialog
    from thidua_desktop.ui.pages.report.return_dialog import ReturnDialog
    from thidua_desktop.ui.pages.report.sign_dialog import SignDialog

    session, look, window = desk.session, desk.look, desk.window
    yield "places", partial(PlaceDialog, session, look, window)
    yield "sign", partial(SignDialog, session, look, b"", (), window)
    title = "Báo cáo bị trả lại"
    yield "returned", partial(ReturnDialog, session, look, title, "Công an tỉnh", lambda *_: None, window)


# Windows without a desk


def _at_step(wizard: CreateOfficeWizard, step: int) -> QWidget:
    """Answers what comes before a step and shows it."""
    from thidua_desktop.services.setup_flow import matching_units
    from thidua_desktop.ui.wizard.person_step import PersonStep

    while wizard.flow.step < step:
        if wizard.flow.step == 1 and wizard.flow.answers.unit is None:
            wizard.flow.choose_unit(matching_units("an hoa gia lai", False)[0])
        page = wizard.page
        if isinstance(page, PersonStep):
            for field, text in ((page.name, "Cán bộ phong trào"), (page.password, _SECRET), (page.again, _SECRET)):
                field.setText(text)
                field.textEdited.emit(text)
        before = wizard.flow.step
        wizard.go_on()
        if wizard.flow.step == before:
            break
    wizard.show()
    return wizard


def _locked(look: Look, session: Session, clock: Clock) -> QWidget:
    from thidua_desktop.ui.unlock.locked_desk import LockedDesk
    from thidua_desktop.ui.unlock.window import UnlockWindow

    window = UnlockWindow(look, [session.file.path], clock, LockedDesk(session, lambda: True))
    window.show()
    return window


def _unlock(look: Look, path: Path, clock: Clock, name: str) -> QWidget:
    from thidua_desktop.ui.unlock.window import UnlockWindow

    window = UnlockWindow(look, [path, path.with_name("thất lạc.thidua")], clock)
    if name == "recovery":
        window._show_recovery()
    elif name == "own-password":
        window._turn_to(window.own)
    window.show()
    return window
