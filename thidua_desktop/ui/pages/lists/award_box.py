"""At the province, under a commune's proposal for an award: what was decided, and how far that has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.awards import decisions
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import upper_first
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.labels import StateLabel, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.award_dialog import AwardDialog


class AwardBox(QWidget):
    """``told`` carries what was done."""

    told = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look, self._session = look, session
        self._record_id = ""
        self.dialog: AwardDialog | None = None
        self.way = StateLabel(look, State.OK, "")
        self.words = label("", wrap=True, selectable=True)
        self.decide_button = bordered(look, "Ghi kết quả khen thưởng…", "medal")
        self.take_back_button = bordered(look, "Bỏ kết quả")
        self.decide_button.clicked.connect(self.ask)
        self.take_back_button.clicked.connect(self.take_back)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 10, 16, 0, 8)
        outer.addWidget(self.way)
        outer.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.decide_button)
        row.addWidget(self.take_back_button)
        row.addStretch(1)
        outer.addLayout(row)
        if not session.may(Permission.RECEIVE):
            for button in (self.decide_button, self.take_back_button):
                button.set_reason("Quyền của bạn chỉ xem sổ")

    def show_record(self, record: Record) -> None:
        """Shown for a proposal of a commune at the province, hidden for any other record."""
        session = self._session
        own = record.office == session.file.identity.code
        self._record_id = record.id
        self.setVisible(session.is_province and record.register == decisions.REGISTER and not own)
        if self.isHidden():
            return
        standing = decisions.standing_of(session, record.id)
        if session.may(Permission.RECEIVE):
            barred = decisions.barred(session, record)
            self.decide_button.set_reason(upper_first(barred))
        for part in (self.way, self.words):
            part.setVisible(standing is not None)
        self.take_back_button.setVisible(standing is not None)
        self.decide_button.set_content("Sửa kết quả…" if standing else "Ghi kết quả khen thưởng…")
        if standing is not None:
            state = State.OK if standing.taken_over else State.WAITING
            self.way.set_state(state, standing.way)
            self.words.setText(standing.words)

    def ask(self) -> None:
        """Asks what was decided."""
        self.dialog = dialog = AwardDialog(self._look, self._session, [self._record_id], self)
        dialog.decided.connect(lambda _count: self.told.emit("Đã ghi kết quả, biên nhận sau báo cho xã"))
        dialog.open()
        dialog.focus_first()

    def take_back(self) -> None:
        """It was recorded by mistake."""
        decisions.take_back(self._session, self._record_id)
        self.told.emit("Đã bỏ kết quả; biên nhận sau không còn báo")
