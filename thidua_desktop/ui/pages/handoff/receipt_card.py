"""The province's receipt: found on a stick, read, taken in; what it says of packages, records and reports."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.services import today
from thidua_desktop.services.awards import results
from thidua_desktop.services.handoff import receipts
from thidua_desktop.services.handoff.receipts import FoundReceipt, ReceiptView
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.services.today import DueLine
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import Button, bordered, borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.showing import clear_layout, set_shown, widgets_of
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.stick_finder import StickFinder


class ReceiptCard(Card):
    """``taken`` when a receipt was taken in; ``told`` carries good news; ``opened`` a room and what it shows: a
    register and a record, a report and its period;
    ``awards_wanted`` asks for the page of results of proposals."""

    taken = Signal()
    awards_wanted = Signal()
    told = Signal(str)
    opened = Signal(str, object)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "Biên nhận của tỉnh")
        self._session, self._look = session, look
        self._view: ReceiptView | None = None
        self._shown: tuple[object, ...] = ()
        self.taking = LongWork(look, self)
        self.finder = StickFinder(session, look, None, receipts.find_receipts, self)
        self.finder.found.connect(self.show_found)
        self.notice = Notice(look, State.INFO, "")
        self._lines = QVBoxLayout()
        look.margins(self._lines, 0, 0, 0, 0, 4)
        self.take_button = filled(look, "Ghi nhận biên nhận", "file-check")
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 0, 0, 0, 0, 8)
        column.addWidget(self.notice)
        column.addLayout(self._lines)
        self.awards_button = bordered(look, "", "medal")
        self.awards_button.clicked.connect(self.awards_wanted)
        column.addWidget(self.awards_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_padded(content)
        self.take_button.clicked.connect(self.take)
        self.show_last()

    def show_last(self) -> None:
        """Which receipt was taken in last."""
        self._view = None
        self._shown = self._standing()
        clear_layout(self._lines)
        self.take_button.hide()
        awards = results.waiting_count(self._session)
        self.awards_button.set_content(f"{_awards(awards)}…")
        set_shown(self.awards_button, bool(awards or results.declined(self._session)))
        last = receipts.last_receipt(self._session)
        if last is None:
            words = (
                "Tỉnh nhập gói xong sẽ ghi biên nhận ra USB. Chưa có biên nhận thì gói sau vẫn mang đủ mọi thay đổi."
            )
            self.notice.set_notice(State.INFO, "Chưa có biên nhận nào", words)
            return
        waiting, due = receipts.returned_records(self._session), today.returned_reports(self._session)
        words = f"Ghi nhận ngày {format_date(last.at.date())}."
        left = [f"{len(due)} báo cáo phải sửa, chốt lại"] * bool(due)
        left += [f"{len(waiting)} bản ghi phải xem"] * bool(waiting)
        told = f"còn {' và '.join(left)}" if left else "không còn gì phải sửa"
        self.notice.set_notice(State.WARN if left else State.OK, f"Biên nhận số {last.number}, {told}", words)
        self._show_reports(due)
        self._show_records(waiting)

    def _standing(self) -> tuple[object, ...]:
        """All that the card says after a receipt was taken in."""
        session = self._session
        awards = results.waiting_count(session), results.declined(session)
        to_mend = receipts.returned_records(session), today.returned_reports(session)
        return receipts.last_receipt(session), *to_mend, *awards

    def refresh(self) -> None:
        """Reads again what was taken in; a receipt that is being looked at stays, and lines that say the same."""
        if self._view is None and not self.finder.is_busy() and self._shown != self._standing():
            self.show_last()

    def show_found(self, found: list[FoundReceipt]) -> None:
        """The newest that can be taken in; else why the newest cannot."""
        self._shown = ()
        clear_layout(self._lines)
        self.take_button.hide()
        self.awards_button.hide()
        self._view = next((one.view for one in found if one.view is not None), None)
        if self._view is not None:
            self._show(self._view)
        elif found and (refusal := found[0].refusal) is not None:
            self.notice.set_notice(
                State.WARN, f"Biên nhận số {found[0].number}", f"{refusal.sentence} {refusal.remedy}"
            )
        else:
            words = "Không thấy biên nhận nào gửi cho đơn vị này. Chọn USB hoặc thư mục khác."
            self.notice.set_notice(State.WARN, "Không có biên nhận", words)

    def take(self) -> None:
        """Takes the shown receipt in."""
        view = self._view
        if view is None:
            return
        take = in_office(self._session, lambda own: receipts.take_receipt(own, view))
        self.taking.start("Đang ghi nhận biên nhận", take, lambda _none: self._on_taken(view))

    def _on_taken(self, view: ReceiptView) -> None:
        self._session.announce(Changes(frozenset(self._session.definitions.registers)))
        self.show_last()
        self.told.emit(f"Đã ghi nhận biên nhận số {view.number}")
        self.taken.emit()

    def to_do(self) -> list[Button]:
        """What the receipt asks to mend, and the results of awards; each can be pressed at once."""
        lines = [one for one in widgets_of(self._lines) if isinstance(one, Button)]
        for one in lines:
            one.show()  # has its place, but Qt shows what is new only at its next turn
        return [*lines, *([] if self.awards_button.isHidden() else [self.awards_button])]

    def _show(self, view: ReceiptView) -> None:
        numbers = ", ".join(map(str, view.newly))
        confirmed = f"Tỉnh đã nhận gói {numbers}." if numbers else "Không có gói nào mới được xác nhận."
        state = State.WARN if view.records else State.OK
        self.notice.set_notice(state, f"Biên nhận số {view.number} của {view.sender}", confirmed)
        self._show_records(list(view.records))
        for words in view.reports:
            self._lines.addWidget(label(words, ink="text-2", wrap=True))
        if view.awards:
            words = f"{_awards(view.awards)}. Ghi nhận biên nhận xong thì xem từng đề nghị rồi mới ghi vào sổ."
            self._lines.addWidget(label(words, wrap=True))
        self.take_button.show()
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reports(self, reports: list[DueLine]) -> None:
        for one in reports:
            button = borderless(self._look, one.title, "file-text")
            asked = (one.target.report, one.target.period)
            button.clicked.connect(lambda _checked=False, asked=asked: self.opened.emit("report", asked))
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._lines.addWidget(label(one.detail, ink="text-2", wrap=True))

    def _show_records(self, records: list[receipts.RecordWords]) -> None:
        for record in records:
            button = borderless(self._look, f"{record.words}: {record.title}", "pencil")
            button.clicked.connect(lambda _checked=False, one=record: self.opened.emit(one.register, one.record_id))
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._lines.addWidget(label(record.reason, ink="text-2", wrap=True))


def _awards(count: int) -> str:
    """ "Kết quả khen thưởng: 12 đề nghị"."""
    return f"Kết quả khen thưởng: {count} đề nghị" if count else "Kết quả khen thưởng xã giữ khác tỉnh"
