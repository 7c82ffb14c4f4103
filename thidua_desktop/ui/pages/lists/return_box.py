"""At the province, under a commune's record: send it back with a reason, or say that it is right after all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services.handoff import answers
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_WHOLE = "Cả bản ghi"


class ReturnBox(QWidget):
    """``changed`` when the record was returned or the return was taken back."""

    changed = Signal()

    def __init__(self, look: Look, session: Session, spec: RegisterSpec) -> None:
        super().__init__()
        self._look, self._session, self._spec = look, session, spec
        self._record: Record | None = None
        self.notice = Notice(look, State.WARN, "")
        self.ask_button = bordered(look, "Trả lại xã…", "corner-up-left")
        fields = ((one.name, one.label) for one in spec.living_fields if not one.sensitive)
        self.field = ChoiceBox(look, "Trường cần xem", [("", _WHOLE), *fields])
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Cần sửa gì; xã thấy đúng câu này")
        self.reason.setAccessibleName("Lý do trả lại")
        self.return_button = filled(look, "Trả lại", "corner-up-left")
        self._never_mind = bordered(look, "Thôi")
        self.take_back_button = bordered(look, "Không trả lại nữa")
        self._form = QWidget()
        self._build()
        self.ask_button.clicked.connect(self.ask)
        self.return_button.clicked.connect(self.send_back)
        self.reason.returnPressed.connect(self.send_back)
        self._never_mind.clicked.connect(self._show_state)
        self.take_back_button.clicked.connect(self.take_back)

    def _build(self) -> None:
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(caption("Trường cần xem"))
        column.addWidget(self.field)
        column.addWidget(caption("Lý do"))
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.return_button)
        row.addWidget(self._never_mind)
        row.addStretch(1)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        self._look.margins(outer, 16, 10, 16, 10, 8)
        outer.addWidget(self.notice)
        outer.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.take_back_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._form)

    def show_record(self, record: Record) -> None:
        """Shown for a commune's record at the province, hidden for any other."""
        asked = not self._form.isHidden() and self._record is not None and self._record.id == record.id
        self._record = record
        session = self._session
        self.setVisible(session.is_province and record.office != session.file.identity.code)
        if not session.may(Permission.RECEIVE):
            self.ask_button.set_reason("Quyền của bạn chỉ xem sổ")
        if not asked:  # the list may be read again while a reason is typed
            self._show_state()

    def _show_state(self) -> None:
        record = self._record
        answer = answers.answer_to(self._session, self._spec.name, record.id) if record is not None else None
        returned = answer is not None and answer.returned
        self._form.hide()
        self.notice.setVisible(answer is not None)
        self.take_back_button.setVisible(returned)
        self.ask_button.setVisible(not returned)
        if answer is not None:
            name = "Đang trả lại xã" if returned else "Bản sửa của xã chưa nhập được"
            self.notice.set_notice(State.WARN, name, answer.reason)

    def ask(self) -> None:
        """Asks for field and reason."""
        self.ask_button.hide()
        self.reason.clear()
        self._form.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def send_back(self) -> None:
        """Returns the record; without a reason the field for it is gone to."""
        record = self._record
        if record is None:
            return
        if not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        field = str(self.field.chosen())
        try:
            answers.return_record(self._session, self._spec.name, record.id, self.reason.text(), field)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self._show_state()
        self.changed.emit()

    def take_back(self) -> None:
        """The record is right after all."""
        if self._record is not None:
            answers.take_back_return(self._session, self._spec.name, self._record.id)
            self._show_state()
            self.changed.emit()
