"""A password that somebody else gave must be changed before anything is shown: an own one, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.password_rules import PasswordRule, first_broken, password_rules
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.person_step import PasswordRules
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock

_WHY = (
    "Mật khẩu vừa gõ do người quản trị đặt, chỉ dùng một lần. Đặt mật khẩu của riêng bạn rồi mới vào sổ; "
    "không ai khác biết mật khẩu này."
)


class NewPasswordForm(QWidget):
    """``asked`` carries the new password; ``left`` goes back to the first one."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.password = PlainLine(look, "Mật khẩu mới", secret=True)
        self.again = PlainLine(look, "Gõ lại mật khẩu mới", secret=True)
        self.rules = PasswordRules(look, self._rules())
        self.row = FormRow(look, "Mật khẩu mới", self.password)
        self.notice = RefusalBlock(look)
        self.open_button = filled(look, "Đặt mật khẩu và mở sổ", "key-round")
        self.back_button = bordered(look, "Quay lại", "chevron-left")
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 10)
        column.addWidget(label("Đặt mật khẩu của bạn", TextRole.RECORD_TITLE))
        column.addWidget(label(_WHY, ink="text-2", wrap=True))
        pair = QHBoxLayout()
        look.margins(pair, 0, 0, 0, 0, 12)
        pair.addWidget(self.row, 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(FormRow(look, "Gõ lại mật khẩu mới", self.again), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(pair)
        column.addWidget(self.rules)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self.open_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        for field in (self.password, self.again):
            field.textChanged.connect(self._on_text)
            field.returnPressed.connect(self.ask)
        self.open_button.clicked.connect(self.ask)
        self.back_button.clicked.connect(self.left)

    def ask(self) -> None:
        """Says which rule is not kept, or asks to open."""
        broken = first_broken(self._rules())
        self.row.set_problem(broken)
        if broken:
            self.password.setFocus()
        else:
            self.asked.emit(self.password.text())

    def tell(self, error: UserError) -> None:
        """Shows why it will not do."""
        self.notice.tell(error)

    def clear(self) -> None:
        """Forgets everything typed."""
        self.password.clear()
        self.again.clear()
        self.notice.hide()
        self.row.set_problem("")

    def _on_text(self) -> None:
        self.row.set_problem("")
        self.notice.hide()
        self.rules.set_rules(self._rules())

    def _rules(self) -> tuple[PasswordRule, ...]:
        return password_rules(self.password.text(), self.again.text(), "", "")
