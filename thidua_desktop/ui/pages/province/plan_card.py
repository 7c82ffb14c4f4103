"""What taking a package in would change, register by register, before anything changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from thidua_desktop.services.handoff.inbox import MENDED_BY_A_CARD, MENDED_BY_AN_UPDATE, InboxPackage, Standing
from thidua_desktop.services.handoff.incoming import DELETIONS_WITHOUT_ASKING, ReceivePlan
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.taking_in import Taken
from thidua_desktop.ui.pages.province.writing_receipts import Written

_COLUMNS = ("Sổ", "Mới", "Sửa", "Xóa", "Không đổi", "Xung đột", "Để riêng")
_ASIDE_SHOWN = 20
_NAMED = 6  # communes of whom it is said that they were taken in; 170 names are a page that nobody reads


class PlanCard(Card):
    """``take_wanted`` carries whether deletions were confirmed; ``take_all_wanted`` takes every valid package in.

    ``check_wanted`` carries a closed report of a package that was taken in ("movement_result-2026-11").
    ``support_wanted``: a file for support about a package that is refused; ``card_wanted``: its sender's card;
    ``update_wanted``: this program is older than what was sent.
    """

    take_wanted = Signal(bool)
    take_all_wanted = Signal()
    aside_wanted = Signal()
    stop_wanted = Signal()
    check_wanted = Signal(str)
    support_wanted = Signal()
    card_wanted = Signal()
    update_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Kế hoạch nhập", flush=True)
        self._look = look
        self._package: InboxPackage | None = None
        self._several = False
        self._column = QVBoxLayout()
        look.margins(self._column, 16, 12, 16, 12, 10)
        content = QWidget()
        content.setLayout(self._column)
        self.add(scrolling(content, "Kế hoạch nhập"), 1)
        self.notice = Notice(look, State.INFO, "", below=True)
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        look.margins(self._grid, 0, 0, 0, 0, 6)
        look.follow(self._grid_holder, lambda: self._grid.setHorizontalSpacing(look.px(14)))
        self._grid.setColumnStretch(0, 1)
        self._reports = label("", ink="text-2", wrap=True)
        self._aside = label("", ink="text-2", wrap=True, selectable=True)
        self.strip = ProgressStrip(look)
        for widget in (self.notice, self._grid_holder, self._reports, self._aside, self.strip):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.take_button = filled(look, "Nhập gói này", "file-input")
        self.confirm_button = bordered(look, "Đã hỏi lại, cho xóa", "trash-2")
        self.all_button = bordered(look, "Nhập mọi gói hợp lệ", "list-checks")
        self._reports_to_check = QMenu()
        self.check_button = bordered(look, "Kiểm tra báo cáo", "clipboard-check", menu=self._reports_to_check)
        self.aside_button = bordered(look, "Xem dòng để riêng", "triangle-alert")
        self.aside_button.hide()
        self.aside_button.clicked.connect(self.aside_wanted)
        self.support_button = bordered(look, "Gói hỗ trợ…", "package")
        self.card_button = bordered(look, "Nhận thẻ", "landmark")
        self.card_button.clicked.connect(self.card_wanted)
        self.update_button = bordered(look, "Cập nhật chương trình", "refresh-cw")
        self.update_button.clicked.connect(self.update_wanted)
        shown = (
            self.take_button, self.confirm_button, self.check_button, self.aside_button, self.card_button,
            self.update_button,
        )  # fmt: skip
        foot = self.add_foot(*shown, self.support_button, self.all_button, spring_at=len(shown) + 1)
        self._foot: QHBoxLayout = foot
        self.take_button.clicked.connect(lambda: self.take_wanted.emit(False))
        self.confirm_button.clicked.connect(lambda: self.take_wanted.emit(True))
        self.all_button.clicked.connect(self.take_all_wanted)
        self.support_button.clicked.connect(self.support_wanted)
        self.strip.cancelled.connect(self.stop_wanted)
        self._reason = ""
        self.show_nothing()

    def _allow(self, reason: str) -> None:
        """Why the package cannot be taken in at once; empty when it can."""
        self._reason = reason
        if not self._several:
            self.take_button.set_reason(reason)

    def show_nothing(self) -> None:
        """No package is chosen."""
        self._package = None
        self._clear()
        self.show_reports({})
        self.notice.set_notice(State.INFO, "Chưa chọn gói", "Chọn USB hoặc thư mục có gói của xã gửi lên.")
        self._allow("Chưa chọn gói")
        self.confirm_button.hide()
        self.support_button.hide()
        self.card_button.hide()
        self.update_button.hide()
        self.all_button.hide()

    def show_reports(self, reports: Mapping[str, str]) -> None:
        """The closed reports of a package that was taken in: its own name -> what it is called."""
        self._reports_to_check.clear()
        for name, title in reports.items():
            action = self._reports_to_check.addAction(title)
            action.triggered.connect(lambda _=False, one=name: self.check_wanted.emit(one))
        self.check_button.setVisible(bool(reports))

    def set_ready_count(self, count: int, whole: bool = True) -> None:
        """How many packages can be taken in; ``whole``: of all that lie here, not of those that a filter leaves."""
        which = "hợp lệ" if whole else "đang hiện"
        self.all_button.set_content(f"Nhập cả {format_number(count)} gói {which}", "list-checks")
        self.all_button.setVisible(count > 1)

    def set_chosen_count(self, ready: int, chosen: int) -> None:
        """Several packages are chosen, of which some can be taken in; with one alone its own plan counts."""
        several = chosen > 1
        self._several = several
        words = f"Nhập {format_number(ready)} gói đã chọn" if several else "Nhập gói này"
        self.take_button.set_content(words, "file-input")
        if several:
            self.take_button.set_reason("" if ready else "Không gói nào đã chọn nhập được")
        else:
            self.take_button.set_reason(self._reason)

    def show_package(self, package: InboxPackage, reports: Sequence[str] = ()) -> None:
        """A package's plan, or why it is refused; ``reports``: what the closed reports that come along are called."""
        self._package = package
        self._clear()
        self.confirm_button.hide()
        self.support_button.setVisible(package.standing is Standing.REFUSED)
        refusal = package.refusal
        self.card_button.setVisible(refusal is not None and refusal.code in MENDED_BY_A_CARD)
        self.update_button.setVisible(refusal is not None and refusal.code in MENDED_BY_AN_UPDATE)
        claimed = package.claimed
        if self.head is not None:
            self.head.set_title(f"{claimed.office_name}, gói {claimed.number}" if claimed else package.path.name)
            self.head.set_caption("kế hoạch nhập" if package.plan else "")
        if package.plan is None:
            state = State.DONE_QUIETLY if package.standing is Standing.TAKEN else State.BAD
            words = f"{refusal.sentence} {refusal.remedy}" if refusal else ""
            self.notice.set_notice(state, package.words, words)
            self._allow("Gói này không nhập được")
            return
        self._show_plan(package.plan, reports)

    def show_aside(self, count: int) -> None:
        """How many lines of the package that was just taken in, or of the chosen one, wait."""
        self.aside_button.set_content(f"{format_number(count)} dòng để riêng", "triangle-alert")
        self.aside_button.setVisible(bool(count))

    def show_taking(self, count: int = 1) -> None:
        """Taking in; the bar moves by ``strip.set_progress``."""
        one = "Đang nhập, chưa có gì thay đổi cho đến khi xong"
        self.strip.start(one if count == 1 else f"Đang nhập {format_number(count)} gói")
        for button in (self.take_button, self.confirm_button, self.all_button):
            button.set_reason("Đang nhập")

    def taking_ended(self) -> None:
        """After success, refusal or stop: the buttons say again what may be done."""
        self.strip.finish()
        for button in (self.confirm_button, self.all_button):
            button.set_reason("")
        self.take_button.set_reason("" if self._several else self._reason)

    def show_received(self, outcome: Taken, renewed: Sequence[str] = ()) -> None:
        """What was taken in, what was not, and what is still to do when the person stopped.

        ``renewed``: reports that communes have closed anew, with who sent them.
        """
        received = outcome.received
        new, changed = sum(one.new for one in received), sum(one.changed for one in received)
        deleted, aside = sum(one.deleted for one in received), sum(one.set_aside for one in received)
        counts = f"{format_number(new)} mới, {format_number(changed)} sửa, {format_number(deleted)} xóa"
        if aside:
            counts = f"{counts}, {format_number(aside)} bản ghi để riêng"
        names = named([one.sender_name for one in received])
        lines = [f"{names}: {counts}." if len(received) == 1 else f"{counts}. {names}."] if received else []
        if renewed:
            lines.append(f"Báo cáo xã chốt lại, đứng thay bản trước: {named(renewed, 'báo cáo')}.")
        lines += [f"{name}: {refusal.sentence}" for name, refusal in outcome.refusals[:_NAMED]]
        if len(outcome.refusals) > _NAMED:
            lines.append(f"và {format_number(len(outcome.refusals) - _NAMED)} gói khác không nhập được.")
        if outcome.left:
            lines.append(
                f"Còn {format_number(outcome.left)} gói chưa nhập; gói đã nhập giữ nguyên, nhập tiếp lúc nào cũng được."
            )
        many = len(received) != 1
        title = f"Đã nhập {format_number(len(received))} gói" if many else "Đã nhập"
        title = f"{title}, đã dừng" if outcome.stopped else title
        if (many or outcome.stopped) and self.head is not None:
            self.head.set_title("Kết quả nhập")  # not the package that happens to be chosen
            self.head.set_caption("")
        state = State.OK if not outcome.refusals and not outcome.left else State.WARN
        self.notice.set_notice(state, title, "\n".join(lines))

    def show_written(self, outcome: Written) -> None:
        """For which communes a receipt was written, and for how many it is still to be written."""
        self._clear()
        self.show_reports({})
        if self.head is not None:
            self.head.set_title("Biên nhận đã ghi")
            self.head.set_caption("")
        count = format_number(len(outcome.made))
        lines = [f"{named([one.office_name for one in outcome.made])}."] if outcome.made else []
        if outcome.left:
            left = format_number(outcome.left)
            lines.append(f"Còn {left} biên nhận chưa ghi. Ghi tiếp lúc nào cũng được, biên nhận đã ghi giữ nguyên.")
        else:
            lines.append("Rút USB được rồi. Mỗi xã chỉ mở được biên nhận của mình, nên một USB đưa được cho mọi xã.")
        self.notice.set_notice(State.WARN if outcome.left else State.OK, f"Đã ghi {count} biên nhận", "\n".join(lines))

    def _show_plan(self, plan: ReceivePlan, reports: Sequence[str]) -> None:
        many = plan.deletions > DELETIONS_WITHOUT_ASKING
        if many:
            words = f"Gói xóa {format_number(plan.deletions)} bản ghi. Gọi hỏi {plan.sender_name} trước khi cho xóa."
            self.notice.set_notice(State.WARN, "Nhiều bản ghi bị xóa", words)
            self._allow("Cần xác nhận cho xóa")
            self.confirm_button.show()
        elif plan.gap:
            words = self._package.words if self._package is not None else f"Thiếu gói {plan.missing}"
            follows = self._package is not None and self._package.follows
            beside = f"Gói {plan.missing} nằm cùng chỗ này: nhập gói ấy trước, hoặc nhập cả, chương trình theo thứ tự."
            self.notice.set_notice(State.SOON, words, beside if follows else plan.gap.partition(": ")[2])
            self._allow("")
        elif plan.ended:
            self.notice.set_notice(State.WARN, f"Hợp lệ, {format_number(plan.changes)} thay đổi", plan.ended[0])
            self._allow("")
        else:
            words = "Chữ ký đúng, đọc được từng byte. Chưa có gì thay đổi trên máy này."
            self.notice.set_notice(State.OK, f"Hợp lệ, {format_number(plan.changes)} thay đổi", words)
            self._allow("")
        self._fill(plan)
        closed = [f"Báo cáo đã chốt kèm theo: {'; '.join(reports)}."] if reports else []
        self._reports.setText("\n".join([*plan.ended, *closed]))
        if plan.set_aside:
            shown = "\n".join(plan.set_aside[:_ASIDE_SHOWN])
            self._aside.setText(f"Để riêng, không nhập:\n{shown}")

    def _fill(self, plan: ReceivePlan) -> None:
        right = Qt.AlignmentFlag.AlignRight
        for column, name in enumerate(_COLUMNS):
            head = caption(name, "text-2")
            self._grid.addWidget(head, 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
        for row, register in enumerate(plan.registers, start=1):
            self._grid.addWidget(label(register.title, wrap=True), row, 0)
            counts = (
                register.new, register.changed, register.deleted, register.unchanged, register.conflicts,
                register.set_aside,
            )  # fmt: skip
            for column, count in enumerate(counts, start=1):
                ink = "warn" if count and column in (3, 5, 6) else "text" if count and column < 4 else "muted"
                role = TextRole.STRONG if count and column != 4 else TextRole.BASE
                self._grid.addWidget(label(format_number(count), role, ink), row, column, right)

    def _clear(self) -> None:
        clear_layout(self._grid)
        self._reports.setText("")
        self._aside.setText("")


def named(names: Sequence[str], what: str = "đơn vị") -> str:
    """The first of many, and how many more."""
    several = list(dict.fromkeys(names))
    more = len(several) - _NAMED
    words = ", ".join(several[: _NAMED if more > 0 else None])
    return f"{words} và {format_number(more)} {what} khác" if more > 0 else words
