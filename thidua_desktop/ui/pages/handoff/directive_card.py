"""The province's directives at the commune: found on a stick, looked at, applied, taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from thidua_desktop.services.handoff import orders
from thidua_desktop.services.handoff.applied import APPLIED
from thidua_desktop.services.handoff.orders import DirectiveView, FoundDirective, TakenDirective
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.stick_finder import StickFinder

_SHOWN = 5


class DirectiveCard(Card):
    """``taken`` when a directive was applied or taken back; ``told`` carries good news."""

    taken = Signal()
    told = Signal(str)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "Chỉ đạo của tỉnh")
        self._session, self._look = session, look
        self._view: DirectiveView | None = None
        self.work = LongWork(look, self)
        self.finder = StickFinder(session, look, None, orders.find_directives, self)
        self.finder.found.connect(self.show_found)
        self.notice = Notice(look, State.INFO, "")
        self._lines = QVBoxLayout()
        look.margins(self._lines, 0, 0, 0, 0, 4)
        self.apply_button = filled(look, "Áp dụng", "file-check")
        self.apply_button.clicked.connect(self.apply)
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 0, 0, 0, 0, 8)
        column.addWidget(self.notice)
        column.addLayout(self._lines)
        column.addWidget(self.apply_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_padded(content)
        self.show_taken()

    def refresh(self) -> None:
        """Reads again what was applied; a directive that is being looked at stays."""
        if self._view is None and not self.finder.is_busy():
            self.show_taken()

    def show_taken(self) -> None:
        """The directives applied here."""
        self._view = None
        clear_layout(self._lines)
        self.apply_button.hide()
        taken = orders.taken_directives(self._session)
        if not taken:
            words = "Chương trình, danh mục, bộ tiêu chí, lịch báo cáo tỉnh gửi qua USB mở ở đây."
            self.notice.set_notice(State.INFO, "Chưa có gói chỉ đạo nào", words)
            return
        standing = [one for one in taken if one.state == APPLIED]
        self.notice.set_notice(State.OK, f"{len(standing)} gói chỉ đạo đang áp dụng", "")
        for one in taken[:_SHOWN]:
            self._lines.addWidget(self._row(one))

    def show_found(self, found: list[FoundDirective]) -> None:
        """The first that can be applied; else why the first cannot."""
        clear_layout(self._lines)
        self.apply_button.hide()
        self._view = next((one.view for one in found if one.view is not None), None)
        if self._view is not None:
            self._show(self._view)
        elif found and (refusal := found[0].refusal) is not None:
            words = f"{refusal.sentence} {refusal.remedy}"
            self.notice.set_notice(State.WARN, f"Gói chỉ đạo số {found[0].number}", words)
        else:
            words = "Không thấy gói chỉ đạo mới nào. Chọn USB hoặc thư mục khác."
            self.notice.set_notice(State.WARN, "Không có gói chỉ đạo", words)

    def apply(self) -> None:
        """Applies the shown directive."""
        view = self._view
        if view is None:
            return
        take = in_office(self._session, lambda own: orders.take_directive(own, view))
        self.work.start("Đang áp dụng gói chỉ đạo", take, lambda changes: self._on_applied(view, changes))

    def _on_applied(self, view: DirectiveView, changes: Changes) -> None:
        self._session.announce(changes)
        self.show_taken()
        where = ", ".join(title for title, count in view.records if count)
        self.told.emit(f"Đã áp dụng gói chỉ đạo số {view.number}" + (f". Bản ghi mới ở {where}" if where else ""))
        self.taken.emit()

    def ask_reverse(self, taken: TakenDirective) -> None:
        """Asks before a directive is taken back."""
        words = (
            f"Gỡ gói chỉ đạo “{taken.about}”: thiết đặt về như trước; danh mục, bộ tiêu chí, lịch thôi dùng từ lần mở "
            "sau. Phiếu khảo sát và chương trình của tỉnh ở lại."
        )
        asked = QMessageBox(QMessageBox.Icon.Question, "Gỡ gói chỉ đạo", words, parent=self)
        sure = asked.addButton("Gỡ gói", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton("Thôi", QMessageBox.ButtonRole.RejectRole)
        asked.buttonClicked.connect(lambda button: self.reverse(taken) if button is sure else None)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.open()

    def reverse(self, taken: TakenDirective) -> None:
        """Takes a directive back."""
        reverse = in_office(self._session, lambda own: orders.reverse_directive(own, taken.number))
        self.work.start("Đang gỡ gói chỉ đạo", reverse, lambda _none: self._on_reversed(taken))

    def _on_reversed(self, taken: TakenDirective) -> None:
        self._session.announce(Changes(frozenset()))
        self.show_taken()
        self.told.emit(f"Đã gỡ gói chỉ đạo số {taken.number}")
        self.taken.emit()

    def _show(self, view: DirectiveView) -> None:
        order = f"Theo {view.order}. " if view.order else ""
        words = f"{order}Xem những gì sẽ thay đổi rồi bấm Áp dụng."
        self.notice.set_notice(State.INFO, f"Số {view.number} của {view.sender}: {view.about}", words)
        for line in orders.view_lines(view):
            self._lines.addWidget(label(line, wrap=True))
        self.apply_button.show()
        self.apply_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, taken: TakenDirective) -> QWidget:
        state = "đang áp dụng" if taken.state == APPLIED else "đã gỡ"
        words = f"Số {taken.number}, {format_date(taken.at.date())}: {taken.about} ({state})"
        row = QWidget()
        column = QVBoxLayout(row)
        self._look.margins(column, 0, 0, 0, 0, 2)
        column.addWidget(label(words, wrap=True))
        for change in taken.units:
            column.addWidget(label(change, ink="warn", wrap=True))
        if taken.state == APPLIED and self._session.may(Permission.MANAGE):
            button = borderless(self._look, "Gỡ gói này…", "undo-2")
            button.clicked.connect(lambda _checked=False: self.ask_reverse(taken))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return row
