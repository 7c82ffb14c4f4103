"""What is done with the rows that are chosen in a list: one field changed in all, all deleted, awards decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import several
from thidua_desktop.services.awards.award_fields import REGISTER as AWARDS
from thidua_desktop.services.lists import RecordList
from thidua_desktop.services.session import Permission
from thidua_desktop.services.several import SeveralDone, SeveralPlan
from thidua_desktop.text import format_number
from thidua_desktop.ui.asking import Found
from thidua_desktop.ui.pages.lists.gathering import gather_into_round
from thidua_desktop.ui.pages.lists.several_dialog import SeveralDialog
from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog
from thidua_desktop.ui.show_error import show_error

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage
    from thidua_desktop.ui.pages.province.award_dialog import AwardDialog

_NAMED = 3

_TOO_MANY = f"Mỗi lần nhiều nhất {format_number(several.MOST)} dòng: lọc bớt rồi chọn lại"


class SeveralActions(QObject):
    """Belongs to a list page and works through its progress strip."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self.page = page
        self.dialog: SeveralDialog | ReasonDialog | AwardDialog | None = None

    def menu(self) -> QMenu:
        """The actions, with the number of rows."""
        menu, page = QMenu(), self.page

        def fill() -> None:
            menu.clear()
            count = page.card.chosen_count()
            change = menu.addAction(f"Sửa một ô ở {format_number(count)} dòng đang chọn…")
            change.triggered.connect(self.ask_change)
            delete = menu.addAction(f"Xóa {format_number(count)} dòng đang chọn…")
            delete.triggered.connect(self.ask_delete)
            actions = [change, delete]
            if page.session.is_province and page.spec.name == AWARDS:
                award = menu.addAction(f"Ghi kết quả khen thưởng cho {format_number(count)} đề nghị…")
                award.triggered.connect(self.ask_awards)
                gather = menu.addAction(f"Đưa {format_number(count)} đề nghị vào đợt xét của tỉnh…")
                gather.triggered.connect(self.gather)
                actions += [award, gather]
            may = page.session.may(Permission.RECORD)
            for action in actions:
                action.setEnabled(may and 0 < count <= several.MOST)
            if not may:
                menu.addAction("Quyền của bạn chỉ xem sổ").setEnabled(False)
            if count > several.MOST:
                menu.addAction(_TOO_MANY).setEnabled(False)

        menu.aboutToShow.connect(fill)
        return menu

    def _with_chosen(self, question: Callable[[RecordList], Found], then: Callable[[Found], None]) -> None:
        """Asks something of the rows that are chosen, in their order; why not is said where they are too many."""
        card = self.page.card
        if card.chosen_count() > several.MOST:
            self.page.navigate.show_message(f"{_TOO_MANY}.", "triangle-alert", "warn")
        elif card.chosen_count():
            self.page.reader.ask_part(card.rows, card.rows.keys(card.chosen_places()), question, then)

    def _with_own(self, verb: str, then: Callable[[list[str]], None]) -> None:
        """Does something with the ids of the chosen rows that only the owner of a record does; who does it is said
        where all are others'.
        """
        register = self.page.spec.name

        def question(part: RecordList) -> tuple[list[str], tuple[str, ...]]:
            ids = _ids(part)
            return ids, several.barred_for(part.session, register, ids)

        def found(answer: tuple[list[str], tuple[str, ...]]) -> None:
            ids, owners = answer
            if owners:
                self._tell_owners(owners, verb)
            elif ids:
                then(ids)

        if self.page.may_record():
            self._with_chosen(question, found)

    def _tell_owners(self, owners: Sequence[str], verb: str) -> None:
        page = self.page
        more = f" và {len(owners) - _NAMED} đơn vị khác" if len(owners) > _NAMED else ""
        words = f"Các dòng này của {', '.join(owners[:_NAMED])}{more}: chỉ nơi ghi {verb} được."
        page.navigate.show_message(words, "triangle-alert", "warn")

    def ask_change(self) -> None:
        """Asks for field and value, and shows what that would do."""
        self._with_own("sửa", self._show_change)

    def _show_change(self, ids: list[str]) -> None:
        page = self.page
        dialog = SeveralDialog(page.look, page.session, page.spec.name, len(ids), page)
        dialog.look_wanted.connect(lambda field, value: self._look(dialog, ids, field, value))
        dialog.wanted.connect(lambda plan, reason: self._change(dialog, plan, reason))
        self.dialog = dialog
        dialog.open()

    def _look(self, dialog: SeveralDialog, ids: list[str], field: str, value: Value) -> None:
        register = self.page.spec.name
        dialog.look_button.set_reason("Đang xem")

        def show(plan: SeveralPlan) -> None:
            if isValid(dialog):  # left meanwhile
                dialog.show_plan(plan)

        def free() -> None:
            if isValid(dialog):
                dialog.look_button.set_reason("")

        self.page.work(
            "Đang xem trước",
            lambda working, tell: several.plan_change(working, register, ids, field, value, tell),
            show,
            free,
        )

    def _change(self, dialog: SeveralDialog, plan: SeveralPlan, reason: str) -> None:
        dialog.accept()
        self.page.work(
            "Đang sửa",
            lambda working, tell: several.apply_change(working, plan, reason, tell),
            lambda done: self._told(done, "sửa"),
        )

    def ask_awards(self) -> None:
        """At the province: what was decided on the chosen proposals of communes."""
        self._with_chosen(_ids, self._show_awards)

    def _show_awards(self, ids: list[str]) -> None:
        from thidua_desktop.ui.pages.province.award_dialog import AwardDialog

        page = self.page
        dialog = self.dialog = AwardDialog(page.look, page.session, ids, page)
        told = "Đã ghi kết quả {count} đề nghị; biên nhận sau của từng xã báo kết quả ấy."
        dialog.decided.connect(lambda count: page.navigate.show_message(told.format(count=format_number(count))))
        dialog.open()
        dialog.focus_first()

    def gather(self) -> None:
        """At the province: the chosen proposals of communes come into one of its rounds."""
        self._with_chosen(_ids, lambda ids: gather_into_round(self.page, ids))

    def ask_delete_rows(self) -> None:
        """Del: asks why; a row alone beside the list, several together in a dialog."""
        pane = self.page.pane
        alone = len(self.page.card.chosen_places()) == 1 and pane.isVisible()
        pane.ask_reason() if alone else self.ask_delete()

    def ask_delete(self) -> None:
        """Asks why, and deletes the chosen rows."""
        self._with_own("xóa", self._show_delete)

    def _show_delete(self, ids: list[str]) -> None:
        page = self.page
        words = f"Xóa {format_number(len(ids))} {page.spec.singular}. Ctrl+Z lấy lại tất cả một lần."
        hint = "Nằm trong lịch sử của từng bản ghi."
        self.dialog = ReasonDialog(
            page.look, f"Xóa {format_number(len(ids))} bản ghi", "Xóa", words, lambda why: self._delete(ids, why), page,
            hint,
        )  # fmt: skip
        self.dialog.open()

    def _delete(self, ids: list[str], reason: str) -> None:
        if not told_reason(reason):
            raise UserError("TD-STORE-227", singular=self.page.spec.singular)
        register = self.page.spec.name
        self.page.work(
            "Đang xóa",
            lambda working, tell: several.delete_several(working, register, ids, reason, tell),
            lambda done: self._told(done, "xóa"),
        )

    def _told(self, done: SeveralDone, verb: str) -> None:
        page = self.page
        page.session.announce(done.changes)  # nobody hears what is written on another thread
        words = f"Đã {verb} {format_number(done.count)} bản ghi. Ctrl+Z để hoàn tác tất cả."
        page.navigate.show_message(words, "circle-check" if done.count else "info")
        if done.left_out:
            named = "; ".join(f"{one.title}: {one.why}" for one in done.left_out[:_NAMED])
            error = UserError("TD-STORE-353", count=len(done.left_out), examples=named)
            show_error(page.look, error, page)


def _ids(part: RecordList) -> list[str]:
    return part.ids(range(len(part)))
