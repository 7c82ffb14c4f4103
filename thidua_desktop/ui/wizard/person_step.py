"""Step 4: the first user, the password, and where the file is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.handoff.kinds import OFFICE_ENDING as ENDING
from thidua_desktop.services.password_rules import PasswordRule
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.setup_flow import SetupFlow
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.file_choice import file_to_write
from thidua_desktop.ui.components.labels import StateLabel
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.step_page import StepPage


class PasswordRules(QWidget):
    """The rules as sentences, each with a quiet circle until it is kept."""

    def __init__(self, look: Look, rules: tuple[PasswordRule, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 4)
        self._lines = [StateLabel(look, State.MISSING, rule.text) for rule in rules]
        for line in self._lines:
            column.addWidget(line)
        self.set_rules(rules)

    def set_rules(self, rules: tuple[PasswordRule, ...]) -> None:
        """Marks what is kept."""
        for line, rule in zip(self._lines, rules, strict=True):
            line.set_state(State.OK if rule.kept else State.MISSING, rule.text)
            line.setAccessibleName(f"{rule.text}: {'đạt' if rule.kept else 'chưa đạt'}")


class PersonStep(StepPage):
    """Name, login, password twice, file."""

    def __init__(self, look: Look, flow: SetupFlow) -> None:
        super().__init__(
            look, flow, "Người dùng đầu tiên", "Người này là quản trị của sổ; thêm người khác sau trong Quản trị."
        )
        self.name = PlainLine(look, "Họ tên")
        self.login = PlainLine(look, "Tên đăng nhập")
        self.password = PlainLine(look, "Mật khẩu", secret=True)
        self.again = PlainLine(look, "Gõ lại mật khẩu", secret=True)
        self.path = PlainLine(look, "Tệp sổ")
        self.browse = bordered(look, "Chọn nơi lưu", "folder-open")
        self.browse.clicked.connect(self._ask_path)
        self.rules = PasswordRules(look, flow.password_rules())
        self._add_rows()
        self.warning = Notice(look, State.WARN, "")
        self.warning.hide()
        self.column.addWidget(self.warning)
        self.column.addStretch(1)
        for field, answer in self._answers().items():
            field.textEdited.connect(lambda text, at=answer: self._on_text(at, text))
        self.login.textEdited.connect(lambda _text: self.login.setModified(True))

    def _add_rows(self) -> None:
        look = self.look
        self.rows = {
            "user_name": FormRow(look, "Họ tên", self.name, required=True),
            "login": FormRow(look, "Tên đăng nhập", self.login, "Tự lập từ họ tên, sửa được."),
            "password": FormRow(look, "Mật khẩu", self.password, required=True),
            "again": FormRow(look, "Gõ lại mật khẩu", self.again, required=True),
            "path": FormRow(
                look, "Nơi lưu tệp sổ", self.path, "Nên để ổ đĩa của máy, không để trên USB.", True, self.browse
            ),
        }
        for left, right in (("user_name", "login"), ("password", "again")):
            pair = QHBoxLayout()
            look.margins(pair, 0, 0, 0, 0, 16)
            pair.addWidget(self.rows[left], 1, Qt.AlignmentFlag.AlignTop)
            pair.addWidget(self.rows[right], 1, Qt.AlignmentFlag.AlignTop)
            self.column.addLayout(pair)
            if left == "password":
                self.column.addWidget(self.rules)
        self.column.addWidget(self.rows["path"])

    def _answers(self) -> dict[PlainLine, str]:
        return {
            self.name: "user_name",
            self.login: "login",
            self.password: "password",
            self.again: "again",
            self.path: "path",
        }

    def enter(self) -> None:
        answers = self.flow.answers
        for field, name in self._answers().items():
            value = str(getattr(answers, name))
            if field.text() != value:
                field.setText(value)
        self._show_state()

    def leave(self) -> None:
        for field, name in self._answers().items():
            if field.text() != getattr(self.flow.answers, name):
                self.flow.change(**{name: field.text()})

    def _on_text(self, name: str, text: str) -> None:
        self.flow.change(**{name: text})
        self.clear_problem(name)
        if name == "user_name" and self.login.text() != self.flow.answers.login:
            self.login.setText(self.flow.answers.login)
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        self.rules.set_rules(self.flow.password_rules())
        warning = self.flow.path_warning()
        self.warning.setVisible(bool(warning))
        if warning:
            self.warning.set_notice(State.WARN, "Thư mục đồng bộ.", warning)

    def _ask_path(self) -> None:
        path = file_to_write(self, "Nơi lưu tệp sổ", self.path.text(), f"Tệp sổ (*{ENDING})", Files.OFFICES)
        if path is not None:
            self.set_path(path)

    def set_path(self, path: Path) -> None:
        """Takes a chosen file; the ending is added."""
        chosen = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        self.path.setText(str(chosen))
        self._on_text("path", str(chosen))
