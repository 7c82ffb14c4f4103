"""Books that not everybody may see: what must be erased because its time is over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from thidua_desktop.services import erasure
from thidua_desktop.services.access import Access
from thidua_desktop.services.erasure import Outdated
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_date, format_moment
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import Deed, FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

WARNING = (
    "Xóa vĩnh viễn không hoàn tác được, không còn trong lịch sử. Bản sao lưu cũ, giấy đã in và gói đã gửi "
    "nằm ngoài tệp này: hủy riêng."
)


def has_private_books(session: Session) -> bool:
    """Whether the administrator has anything to look after here."""
    registers = session.definitions.registers.values()
    return session.may(Permission.MANAGE) and any(
        session.opens(spec.name) and erasure.is_erasable(spec) for spec in registers
    )


class PrivateCard(Card):
    """``erase_asked``: the button."""

    erase_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Sổ hạn chế người xem")
        self.state = StateLabel(look, State.OK, "", role=TextRole.BASE)
        self.erase_button = bordered(look, "Xóa vĩnh viễn", "trash-2")
        self.erase_button.clicked.connect(self.erase_asked)
        self.add_padded(self.state, top=12, bottom=12)
        self.add_foot(self.erase_button)

    def show_state(self, outdated: int) -> None:
        """How many records wait to be erased."""
        if outdated:
            self.state.set_state(State.SOON, f"{outdated} hồ sơ hết thời hạn lưu, cần xóa vĩnh viễn")
        else:
            self.state.set_state(State.OK, "Không có hồ sơ hết thời hạn lưu")
        self.erase_button.set_reason("" if outdated else "Không có hồ sơ hết thời hạn lưu")


class EraseDialog(FormDialog):
    """The records whose time is over, each with a tick, and the reason that stays in the log."""

    def __init__(self, look: Look, session: Session, parent: QWidget, found: Sequence[Outdated]) -> None:
        super().__init__(look, "Xóa vĩnh viễn hồ sơ hết thời hạn lưu", "Xóa vĩnh viễn", parent)
        self._session = session
        self.erased = 0
        self.column.addWidget(label(WARNING, ink="text-2", wrap=True))
        self.lines = WordList(look, "Hồ sơ hết thời hạn lưu")
        for one in found:
            item = QListWidgetItem(f"{one.title}, hết hạn lưu {format_date(one.until)}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, (one.register, one.id))
            self.lines.addItem(item)
        self.column.addWidget(self.lines)
        self.reason = PlainLine(look, "Lý do, không ghi tên người")
        self.add_row("reason", FormRow(look, "Lý do", self.reason, required=True))
        self.go_button.setDefault(False)
        self.lines.itemChanged.connect(lambda _item: self._show_count())
        self._show_count()
        size_to_content(look, self, 620)

    def chosen(self) -> dict[str, list[str]]:
        """Ids of the ticked records by register."""
        found: dict[str, list[str]] = {}
        for place in range(self.lines.count()):
            item = self.lines.item(place)
            if item is not None and item.checkState() is Qt.CheckState.Checked:
                register, record_id = item.data(Qt.ItemDataRole.UserRole)
                found.setdefault(register, []).append(record_id)
        return found

    def work(self) -> Deed:
        """Erases the ticked records."""
        chosen, reason = self.chosen(), self.reason.text()

        def erase(own: Session) -> int:
            return sum(erasure.erase(own, register, ids, reason) for register, ids in chosen.items())

        return in_office(self._session, erase)

    def succeed(self, found: object) -> None:
        """How many are gone for good."""
        self.erased = found if isinstance(found, int) else 0
        if self.erased:
            self._session.announce(Changes(frozenset(self.chosen())))
            self.accept()

    def _show_count(self) -> None:
        count = sum(map(len, self.chosen().values()))
        self.go_button.setText(f"Xóa vĩnh viễn {count} hồ sơ" if count else "Xóa vĩnh viễn")
        self.go_button.set_reason("" if count else "Chưa chọn hồ sơ nào")


class LogCard(Card):
    """The way to the access log; ``log_asked``: the button."""

    log_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Nhật ký truy cập")
        self.last = caption("", wrap=True)
        self.log_button = bordered(look, "Xem nhật ký", "eye")
        self.log_button.clicked.connect(self.log_asked)
        self.add_padded(
            label("Ai mở sổ, xem, in, xuất, đổi người dùng, khóa, sao lưu, lúc nào.", wrap=True), top=12, bottom=4
        )
        self.add_padded(self.last, top=0, bottom=12)
        self.add_foot(self.log_button)

    def show_last(self, last: Access | None, words: str) -> None:
        """The newest line."""
        when = f"Gần nhất: {last.actor}, {format_moment(last.at)}, {words}." if last else ""
        self.last.setText(when or "Chưa có dòng nào.")
