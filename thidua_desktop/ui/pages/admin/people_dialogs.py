"""Small dialogs of Quản trị: a new person, one's own password, a new recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, people
from thidua_desktop.services.offices import KeyCost
from thidua_desktop.services.password_rules import PasswordRule, first_broken, password_rules
from thidua_desktop.services.recovery import RecoverySheet
from thidua_desktop.services.session import Role, Session
from thidua_desktop.ui.components.buttons import Button, bordered, filled
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.dialogs import dialog_foot, grow_to_content, size_to_content
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import FittingArea, scrolling
from thidua_desktop.ui.components.showing import widgets_of
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.person_step import PasswordRules
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock
from thidua_desktop.ui.wizard.sheet_step import SheetView

ROLE_WORDS: dict[Role, str] = {
    Role.OFFICER: "Cán bộ: ghi sổ, in, gửi gói",
    Role.LEADER: "Lãnh đạo: xem, in, chốt kỳ",
    Role.ADMINISTRATOR: "Quản trị: mọi việc",
    Role.PROVINCE: "Chuyên viên tỉnh: nhận gói, tổng hợp",
}


Deed = Callable[[TaskControl], object]
"""What a dialog does off the window's thread."""


class FormDialog(QDialog):
    """Title, rows, refusal, two buttons. ``accept`` only after ``work``, and what it began, did not refuse."""

    def __init__(self, look: Look, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows: dict[str, FormRow] = {}
        content = QWidget()
        self.column = QVBoxLayout(content)
        look.margins(self.column, 0, 0, 0, 0, 12)
        self.refusal = RefusalBlock(look)
        self.go_button: Button = filled(look, verb)
        self.go_button.setDefault(True)
        self.cancel_button = bordered(look, "Thôi")
        self.go_button.clicked.connect(self.go)
        self.cancel_button.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go_button.click)  # as on every page
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(title, TextRole.CARD_TITLE))
        outer.addWidget(FittingArea(content, title), 1)
        outer.addWidget(self.refusal)
        strip = ProgressStrip(look)
        outer.addWidget(strip)
        self.deed = LongWork(look, self, strip)
        self._keys_at: QWidget | None = None
        outer.addLayout(dialog_foot(look, self.cancel_button, self.go_button))

    def add_row(self, name: str, row: FormRow) -> None:
        """One more field."""
        self.rows[name] = row
        for box in row.findChildren(ChoiceBox):  # a long choice ends in dots and does not widen the dialog
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.column.addWidget(row)

    def showEvent(self, event: QShowEvent) -> None:
        order_tabs(self)  # the rows were made after the buttons
        super().showEvent(event)

    def go(self) -> None:
        """Does the work; a refusal stays on the dialog."""
        try:
            done = self.work()
        except UserError as error:
            self._refuse(error)
            return
        if callable(done):
            if self.deed.start("Đang làm", done, self.succeed, refused=self._refuse, at_end=lambda: self._bar(False)):
                self._bar(True)
        elif done:
            self.accept()

    def work(self) -> bool | Deed:
        """The dialog's deed when it is done at once, or what is to be done off the window's thread.

        False when something is still missing.
        """
        return True

    def succeed(self, _found: object) -> None:
        """What was done off the window's thread came back with ``_found``."""
        self.accept()

    def reject(self) -> None:
        """Not while something is being done that cannot be taken back."""
        if not self.deed.busy:
            super().reject()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.refusal.tell(error)
            grow_to_content(self)
        else:
            show_error(self.look, error, self)

    def _bar(self, busy: bool) -> None:
        """What was typed stays as it is meanwhile; the keys are afterwards where they were."""
        if busy:
            self._keys_at = self.focusWidget()
        for widget in widgets_of(self.column):
            widget.setEnabled(not busy)
        for button in (self.go_button, self.cancel_button):
            button.set_reason("Đang làm, chờ một chút" if busy else "")
        if not busy and self._keys_at is not None:
            self._keys_at.setFocus(Qt.FocusReason.OtherFocusReason)


class PasswordFields:
    """A new password twice with its rules, inside a ``FormDialog``."""

    def __init__(self, dialog: FormDialog, names: Callable[[], tuple[str, str]], office: str) -> None:
        look = dialog.look
        self._names, self._office = names, office
        self.password = PlainLine(look, "Mật khẩu mới", secret=True)
        self.again = PlainLine(look, "Gõ lại mật khẩu mới", secret=True)
        dialog.add_row("password", FormRow(look, "Mật khẩu mới", self.password, required=True))
        dialog.add_row("again", FormRow(look, "Gõ lại mật khẩu mới", self.again, required=True))
        self._rules = PasswordRules(look, self.rules())
        dialog.column.addWidget(self._rules)
        self._row = dialog.rows["password"]
        for field in (self.password, self.again):
            field.textChanged.connect(self.show_rules)

    def rules(self) -> tuple[PasswordRule, ...]:
        """The rules with what is kept now."""
        login, name = self._names()
        return password_rules(self.password.text(), self.again.text(), login, name, self._office)

    def show_rules(self) -> None:
        """Marks what is kept."""
        self._rules.set_rules(self.rules())
        self._row.set_problem("")

    def complete(self) -> bool:
        """Whether every rule is kept; else says which is not. Enter after the first typing goes on to the second."""
        rules = self.rules()
        if not self.again.text() and all(rule.kept for rule in rules[:-1]):
            self.again.setFocus()
            return False
        broken = first_broken(rules)
        self._row.set_problem(broken)
        if broken:
            self.password.setFocus()
        return not broken


class AddUserDialog(FormDialog):
    """A person who may open this office, with a role."""

    def __init__(
        self, look: Look, session: Session, parent: QWidget | None = None, cost: KeyCost | None = None
    ) -> None:
        super().__init__(look, "Thêm người dùng", "Thêm người", parent)
        self._session, self._cost = session, cost
        self.name = PlainLine(look, "Họ tên")
        self.login = PlainLine(look, "Tên đăng nhập")
        roles = people.roles_of(session)
        self.role = ChoiceBox(look, "Vai trò", [(role, ROLE_WORDS[role]) for role in roles], roles[0])
        self.add_row("name", FormRow(look, "Họ tên", self.name, required=True))
        self.add_row("login", FormRow(look, "Tên đăng nhập", self.login, "Tự lập từ họ tên, sửa được."))
        self.add_row("role", FormRow(look, "Vai trò", self.role))
        self.fields = PasswordFields(self, lambda: (self.login.text(), self.name.text()), session.file.identity.name)
        self.name.textEdited.connect(self._suggest)
        size_to_content(look, self, 460)
        self.name.setFocus()

    def work(self) -> bool | Deed:
        if not self.name.text().strip():
            self.rows["name"].set_problem("Nhập họ tên của người này.")
            self.name.setFocus()
            return False
        if not self.fields.complete():
            return False
        add = partial(
            people.add_user, name=self.name.text(), login=self.login.text(), role=Role(str(self.role.chosen())),
            password=self.fields.password.text(), cost=self._cost,
        )  # fmt: skip
        return in_office(self._session, add)

    def _suggest(self, text: str) -> None:
        self.rows["name"].set_problem("")
        if not self.login.isModified():
            self.login.setText(offices.suggested_login(text))


class OwnPasswordDialog(FormDialog):
    """The old password, then the new one twice."""

    def __init__(
        self, look: Look, session: Session, parent: QWidget | None = None, cost: KeyCost | None = None
    ) -> None:
        super().__init__(look, "Đổi mật khẩu của tôi", "Đổi mật khẩu", parent)
        self._session, self._cost = session, cost
        self.old = PlainLine(look, "Mật khẩu đang dùng", secret=True)
        self.add_row("old", FormRow(look, "Mật khẩu đang dùng", self.old, required=True))
        self.fields = PasswordFields(self, lambda: (session.user.login, session.user.name), session.file.identity.name)
        self.old.textEdited.connect(lambda _text: self.rows["old"].set_problem(""))
        size_to_content(look, self, 460)
        self.old.setFocus()

    def work(self) -> bool | Deed:
        if not self.fields.complete():
            return False
        old, new, cost = self.old.text(), self.fields.password.text(), self._cost

        def change(own: Session) -> bool:
            if not offices.is_own_password(own, old):
                return False
            offices.change_password(own, new, cost)
            return True

        return in_office(self._session, change)

    def succeed(self, found: object) -> None:
        """Whether the old password was right."""
        if found:
            self.accept()
            return
        self.rows["old"].set_problem("Mật khẩu đang dùng gõ chưa đúng.")
        self.old.setFocus()


class RecoveryDialog(QDialog):
    """A new recovery sheet; it closes only when it was put away, for the old sheet is void already."""

    def __init__(self, look: Look, sheet: RecoverySheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Phiếu khôi phục mới")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = SheetView(look)
        self.view.set_sheet(sheet.pdf)
        self.done_button = filled(look, "Xong")
        self.done_button.set_reason("In và cất phiếu, rồi đánh dấu vào ô xác nhận")
        self.view.confirmed.connect(
            lambda kept: self.done_button.set_reason("" if kept else "In và cất phiếu, rồi đánh dấu vào ô xác nhận")
        )
        self.done_button.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label("Phiếu cũ đã hết hiệu lực. Hủy tờ cũ, cất tờ này.", TextRole.CARD_TITLE, wrap=True))
        outer.addWidget(scrolling(self.view, "Phiếu khôi phục"), 1)
        outer.addLayout(dialog_foot(look, self.done_button))
        self.resize(min(1200, look.px(760)), min(660, look.px(600)))

    def reject(self) -> None:
        """Esc and the window's × do nothing until the sheet was put away."""
        if self.view.kept.isChecked():
            super().reject()
        else:
            self.view.kept.setFocus()
