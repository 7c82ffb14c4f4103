"""Dialogs about colleagues: another role, a temporary password that is said once, a sheet that is tried."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import people, recovery
from thidua_desktop.services.people import Given
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.dialogs import dialog_foot, size_to_content
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import ROLE_WORDS, Deed, FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow


class RoleDialog(FormDialog):
    """Another role for a colleague."""

    def __init__(self, look: Look, session: Session, user: User, parent: QWidget | None = None) -> None:
        super().__init__(look, f"Đổi vai trò của {user.name}", "Đổi vai trò", parent)
        self._session, self._user = session, user
        roles = [(role, ROLE_WORDS[role]) for role in people.roles_of(session)]
        self.role = ChoiceBox(look, "Vai trò", roles, user.role)
        self.add_row("role", FormRow(look, "Vai trò", self.role, "Có hiệu lực từ lần người ấy mở sổ sau."))
        size_to_content(look, self, 460)

    def work(self) -> bool:
        people.change_role(self._session, self._user.login, Role(str(self.role.chosen())))
        return True


class GivenPasswordDialog(QDialog):
    """The temporary password, large; it cannot be shown again."""

    def __init__(self, look: Look, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mật khẩu dùng một lần")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.password = label(given.password, TextRole.PAGE_TITLE, selectable=True)
        self.password.setAccessibleName(f"Mật khẩu dùng một lần: {given.password}")
        self.done_button = filled(look, "Đã đưa cho người ấy")
        self.done_button.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(f"Mật khẩu dùng một lần của {given.user.name}", TextRole.CARD_TITLE, wrap=True))
        outer.addWidget(self.password)
        words = (
            f"Chép cho {given.user.name} (tên đăng nhập {given.user.login}). Mật khẩu cũ hết hiệu lực ngay. Lần đầu mở "
            "sổ bằng dãy chữ này, máy đòi đặt mật khẩu riêng rồi mới cho vào. Đóng cửa sổ này thì không xem lại được."
        )
        outer.addWidget(label(words, ink="text-2", wrap=True))
        outer.addLayout(dialog_foot(look, self.done_button))
        size_to_content(look, self, 480)


class TrySheetDialog(FormDialog):
    """The sheet typed back, scanned into the field, or read from a picture: does it open this office?"""

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(look, "Gõ thử phiếu khôi phục", "Thử", parent)
        self._session = session
        self.sheet = QPlainTextEdit()
        self.sheet.setAccessibleName("Dãy chữ trên phiếu")
        self.sheet.setTabChangesFocus(True)
        self.sheet.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)  # never kept for later
        look.follow(self.sheet, lambda: self.sheet.setFixedHeight(look.px(84)))
        self.picture_button = bordered(look, "Đọc từ ảnh, bản quét…", "file-input")
        self.picture_button.clicked.connect(self._ask_picture)
        words = "Gõ 14 nhóm chữ, quét mã trên phiếu bằng máy quét, hoặc đọc từ ảnh. Sổ không đổi gì."
        self.add_row("sheet", FormRow(look, "Dãy chữ trên phiếu", self.sheet, words))
        self.column.addWidget(self.picture_button)
        self.sheet.textChanged.connect(lambda: self.rows["sheet"].set_problem(""))
        size_to_content(look, self, 520)
        self.sheet.setFocus()

    def work(self) -> Deed:
        sheet = self.sheet.toPlainText()
        return in_office(self._session, lambda own: recovery.try_sheet(own, sheet))

    def _ask_picture(self) -> None:
        path = file_to_open(self, "Ảnh, bản quét phiếu khôi phục", recovery.PICTURES, Files.RECOVERY)
        if path is not None:
            self.read_picture(path)

    def read_picture(self, path: Path) -> None:
        """Puts the code of a picture into the field."""
        try:
            self.sheet.setPlainText(recovery.sheet_in_picture(path))
        except UserError as error:
            self.refusal.tell(error)
