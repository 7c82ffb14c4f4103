"""At the province, under a commune's proposal for an award: what was decided, and how far that has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.services.awards import award_fields, decisions, own_copies, own_rounds
from thidua_desktop.services.awards.decisions import Standing
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import lower_first, upper_first
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.labels import StateLabel, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.award_dialog import AwardDialog


class AwardBox(QWidget):
    """``told`` carries what was done; ``gather_asked``: the proposal shall come into a round of the province."""

    told = Signal(str)
    gather_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look, self._session = look, session
        self._record_id = ""
        self.dialog: AwardDialog | None = None
        self.way = StateLabel(look, State.OK, "", wrap=True)
        self.words = label("", wrap=True, selectable=True)
        whole = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # the content above scrolls
        whole.setHeightForWidth(True)
        self.words.setSizePolicy(whole)
        self.decide_button = bordered(look, "Ghi kết quả khen thưởng…", "medal")
        self.gather_button = bordered(look, "Đưa vào đợt xét…", "layers")
        self.take_back_button = bordered(look, "Bỏ kết quả")
        self.decide_button.clicked.connect(self.ask)
        self.gather_button.clicked.connect(self.gather_asked)
        self.take_back_button.clicked.connect(self.take_back)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 10, 16, 0, 8)
        outer.addWidget(self.way)
        outer.addWidget(self.words)
        self.corrected = StateLabel(look, State.WARN, "", wrap=True)
        outer.addWidget(self.corrected)
        row = WrapRow(look)
        for button in (self.decide_button, self.gather_button, self.take_back_button):
            row.add(button)
        outer.addWidget(row)
        if not session.may(Permission.RECEIVE):
            for button in (self.decide_button, self.gather_button, self.take_back_button):
                button.set_reason("Quyền của bạn chỉ xem sổ")

    def show_record(self, record: Record) -> None:
        """Shown at the province for a proposal of a commune, and for its own record that stands for one."""
        session = self._session
        self._record_id = record.id
        proposal = record if record.office != session.file.identity.code else own_copies.original(session, record)
        if not session.is_province or record.register != award_fields.REGISTER or proposal is None:
            self.hide()
            return
        self.show()
        own = own_copies.own_copy(session, proposal)
        standing = decisions.standing_of(session, proposal.id)
        if session.may(Permission.RECEIVE):
            why = upper_first(decisions.barred(session, record))
            self.decide_button.set_reason(why)
            self.gather_button.set_reason(why)
        self._show_words(standing, own, proposal is record)
        changed = own_rounds.corrected_since(session, proposal, own) if own is not None else ()
        told = f"Xã đã sửa {lower_first(', '.join(changed))} sau khi đưa vào đợt; bản ghi ở đợt của tỉnh không đổi theo"
        self.corrected.set_state(State.WARN, f"{told}, cần thì sửa ở đó.")
        self.corrected.setVisible(bool(changed))
        self.decide_button.set_content("Sửa kết quả…" if standing else "Ghi kết quả khen thưởng…")
        self.decide_button.setVisible(own is None)
        self.gather_button.setVisible(own is None and standing is None)
        self.take_back_button.setVisible(own is None and standing is not None)

    def _show_words(self, standing: Standing | None, own: Record | None, of_commune: bool) -> None:
        """What was decided and how far that has come; of what is in a round without a result, where it is."""
        for part in (self.way, self.words):
            part.setVisible(standing is not None or own is not None)
        if standing is not None:
            self.way.set_state(State.OK if standing.taken_over else State.WAITING, standing.way)
            self.words.setText(standing.words)
        elif own is not None:
            where = f"đợt xét của tỉnh: {own_rounds.round_title(self._session, own)}" if of_commune else ""
            self.way.set_state(State.WAITING, "Đang xét" if where else "Kết quả ghi ở đây về xã theo biên nhận sau")
            self.words.setText(upper_first(where) or f"Đề nghị của {own_rounds.proposer(self._session, own)}")

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
