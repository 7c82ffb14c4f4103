"""The way in by the recovery sheet: its groups, typed as one likes, and a new password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.password_rules import PasswordRule, first_broken, password_rules
from thidua_desktop.services.recovery import PICTURES, read_recovery, sheet_in_picture
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.unlock.pace import Pace
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.person_step import PasswordRules
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock


class RecoveryForm(QWidget):
    """``asked`` carries the words of the sheet and the new password; ``left`` goes back to the password."""

    asked = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.sheet = QPlainTextEdit()
        self.sheet.setAccessibleName("Dãy chữ trên phiếu")
        self.sheet.setTabChangesFocus(True)
        look.follow(self.sheet, lambda: self.sheet.setFixedHeight(look.px(84)))
        self.password = PlainLine(look, "Mật khẩu mới", secret=True)
        self.again = PlainLine(look, "Gõ lại mật khẩu mới", secret=True)
        self.rules = PasswordRules(look, self._rules())
        self.notice = RefusalBlock(look)
        self.open_button = filled(look, "Mở và đặt mật khẩu", "key-round")
        self.pace = Pace(self.open_button, "Mở và đặt mật khẩu", lambda: "", self)
        self.back_button = bordered(look, "Quay lại", "chevron-left")
        self.picture_button = bordered(look, "Đọc từ ảnh, bản quét…", "file-input")
        self.picture_button.clicked.connect(self._ask_picture)
        self.rows = {
            "sheet": FormRow(
                look,
                "14 nhóm chữ trên phiếu",
                self.sheet,
                "Gõ hoa, thường, có gạch hay không đều được; hoặc quét mã vuông.",
            ),
            "password": FormRow(look, "Mật khẩu mới", self.password),
            "again": FormRow(look, "Gõ lại mật khẩu mới", self.again),
        }
        self._assemble(look)
        self.sheet.textChanged.connect(self._on_sheet)
        for field in (self.password, self.again):
            field.textChanged.connect(self._on_password)
            field.returnPressed.connect(self.ask)
        self.open_button.clicked.connect(self.ask)
        self.back_button.clicked.connect(self.left)

    def _assemble(self, look: Look) -> None:
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 10)
        column.addWidget(label("Mở bằng phiếu khôi phục", TextRole.RECORD_TITLE))
        column.addWidget(self.rows["sheet"])
        column.addWidget(self.picture_button)
        pair = QHBoxLayout()
        look.margins(pair, 0, 0, 0, 0, 12)
        pair.addWidget(self.rows["password"], 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.rows["again"], 1, Qt.AlignmentFlag.AlignTop)
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

    def ask(self) -> None:
        """Checks what was typed, says what is missing, or asks to open."""
        self.pace.look()
        if self.pace.waiting:
            return
        self._check_sheet()
        broken = first_broken(self._rules())
        self.rows["password"].set_problem(broken)
        if self.rows["sheet"].problem.text():
            self.sheet.setFocus()
        elif broken:
            self.password.setFocus()
        else:
            self.asked.emit(self.sheet.toPlainText(), self.password.text())

    def tell(self, error: UserError) -> None:
        """Shows why it did not open; after a sheet that is not this file's, how long to wait."""
        self.notice.tell(error)
        self.pace.look()

    def clear(self) -> None:
        """Forgets everything typed."""
        self.sheet.clear()
        self.password.clear()
        self.again.clear()
        self.notice.hide()
        for row in self.rows.values():
            row.set_problem("")

    def _check_sheet(self) -> None:
        try:
            read_recovery(self.sheet.toPlainText())
        except UserError as error:
            self.rows["sheet"].set_problem(f"{error.sentence} {error.remedy}")
        else:
            self.rows["sheet"].set_problem("")

    def _ask_picture(self) -> None:
        path = file_to_open(self, "Ảnh, bản quét của phiếu", PICTURES, Files.RECOVERY)
        if path is not None:
            self.read_picture(path)

    def read_picture(self, path: Path) -> None:
        """Puts the code of a picture into the field."""
        try:
            self.sheet.setPlainText(sheet_in_picture(path))
        except UserError as error:
            self.notice.tell(error)

    def _on_sheet(self) -> None:
        self.rows["sheet"].set_problem("")
        self.notice.hide()

    def _on_password(self) -> None:
        self.rows["password"].set_problem("")
        self.rules.set_rules(self._rules())

    def _rules(self) -> tuple[PasswordRule, ...]:
        return password_rules(self.password.text(), self.again.text(), "", "")
