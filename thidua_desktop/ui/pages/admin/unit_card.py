"""What the province said of this unit: that it ends, takes over from another one, or has a new name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from thidua_desktop.errors import UserError
from thidua_desktop.services import own_unit
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.show_error import show_error


class UnitCard(Card):
    """Hidden while there is nothing. ``renamed`` carries the new name; ``take_over_asked``: from old units."""

    renamed = Signal(str)
    take_over_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Sắp xếp đơn vị hành chính")
        self._look, self._session = look, session
        self.name_button = bordered(look, "Dùng tên mới trên giấy tờ", "pen-line")
        self.take_over_button = bordered(look, "Nhận bàn giao từ đơn vị cũ", "file-input")
        self.name_button.clicked.connect(self.take_name)
        self.take_over_button.clicked.connect(self.take_over_asked)
        if not session.may(Permission.MANAGE):
            self.name_button.set_reason(NOT_ALLOWED)
            self.take_over_button.set_reason(NOT_ALLOWED)
        self._lines = QVBoxLayout()
        look.margins(self._lines, 0, 0, 0, 0, 6)
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 8)
        column.addLayout(self._lines)
        for button in (self.name_button, self.take_over_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_padded(column, top=12, bottom=12)

    def show_news(self) -> None:
        """Reads again what there is to know."""
        clear_layout(self._lines)
        found = own_unit.news(self._session)
        for one in found:
            state = State.WARN if one.what == own_unit.ENDS else State.INFO
            self._lines.addWidget(Notice(self._look, state, one.title, one.detail, below=True))
        self.name_button.setVisible(bool(own_unit.offered_name(self._session)))
        before = own_unit.predecessors(self._session)
        self.take_over_button.setVisible(bool(before))
        self.setVisible(bool(found or before))

    def take_name(self) -> None:
        """Puts the new name on papers."""
        try:
            name = own_unit.take_name(self._session)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.show_news()
        self.renamed.emit(name)
