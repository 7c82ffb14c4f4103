"""One button for everything that may lie on the province's stick; what was found of each, and what was not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.handoff.finding import Found, found_words, look_for_all, missing_words
from thidua_desktop.services.handoff.kinds import Arrival, Came
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.stick_finder import StickFinder

_NAMED = 3


class FoundCard(Card):
    """``found`` carries what was found; ``opened`` an ``Arrival`` for a card or a package of another machine."""

    found = Signal(object)
    opened = Signal(object)

    def __init__(self, session: Session, look: Look) -> None:
        self.find_button = filled(look, "Tìm trên USB", "usb")
        super().__init__(look, "USB của tỉnh", link=self.find_button)
        self._look = look
        self.finder = StickFinder(session, look, self.find_button, _all_in, self)
        self.finder.found.connect(lambda found: self.show_found(found[0]))
        self.notice = Notice(look, State.INFO, "")
        self._lines = QHBoxLayout()
        look.margins(self._lines, 0, 0, 0, 0, 8)
        self.folder_button = borderless(look, "Thư mục khác…", "folder-open")
        self.folder_button.clicked.connect(self._ask_folder)
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 0, 0, 0, 0, 8)
        column.addWidget(self.notice)
        column.addLayout(self._lines)
        self.add_padded(content)
        words = "Biên nhận, chỉ đạo, thẻ, bản cập nhật và gói của máy khác được tìm cùng một lần; chưa ghi gì vào sổ."
        self.notice.set_notice(State.INFO, "Cắm USB rồi bấm Tìm trên USB", words)
        self._fill([])

    def _ask_folder(self) -> None:
        self.finder.ask_folder()

    def show_found(self, found: Found) -> None:
        """What was found of each; the page shows receipts, directives and updates where they are taken."""
        where = found.folder.name or str(found.folder)
        words = found_words(found)
        if found.directives_barred:
            more = f"{found.directives_barred} gói chỉ đạo (người quản trị của đơn vị áp dụng)"
            words = f"{words}, {more}" if words else more
        rest = [f"Không có: {missing_words(found)}."] if found.anything and missing_words(found) else []
        if found.others:
            rest.append(f"{found.others} gói của đơn vị khác, bỏ qua.")
        if found.below:
            named = ", ".join(found.below[:_NAMED])
            rest.append(f"Thư mục con có gói: {named}; bấm Thư mục khác để xem.")
        if found.anything:
            self.notice.set_notice(State.OK, f"{where}: {words}", " ".join(rest))
        else:
            said = ["Không thấy biên nhận, chỉ đạo, thẻ, bản cập nhật hay gói nào mới.", *rest]
            self.notice.set_notice(State.WARN, f"{where}: không có gì cho đơn vị này", " ".join(said))
        loose = [(Came.CARD, "Xem thẻ", found.cards), (Came.ACCEPTANCE, "Nhận thẻ trả lại", found.answers),
                 (Came.KEY_CHANGE, "Nhận khóa mới", found.key_changes),
                 (Came.EXCHANGE, "Xem gói của máy khác", found.exchanges)]  # fmt: skip
        self._fill([(kind, words, path) for kind, words, paths in loose for path in paths])
        self.found.emit(found)

    def _fill(self, files: list[tuple[Came, str, Path]]) -> None:
        """A button for each file that is not shown in a card of its own."""
        clear_layout(self._lines, keep=self.folder_button)
        for kind, words, path in files:
            button = borderless(self._look, f"{words}: {path.name}", "chevron-right")
            button.clicked.connect(self._opening(Arrival(kind, path)))
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addStretch(1)

    def _opening(self, arrival: Arrival) -> Callable[[], None]:
        return lambda: self.opened.emit(arrival)


def _all_in(session: Session, folder: Path) -> list[Found]:
    return [look_for_all(session, folder)]
