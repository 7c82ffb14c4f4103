"""Login and password; after wrong ones a wait that grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.buttons import bordered, filled, link
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import ElidedLabel
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.unlock.pace import Pace
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock


class PasswordForm(QWidget):
    """``asked`` carries login and password; ``recovery_asked`` when every password is forgotten."""

    asked = Signal(str, str)
    recovery_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.title = ElidedLabel("Chọn sổ ở bên trái", TextRole.RECORD_TITLE)
        self.login = PlainLine(look, "Tên đăng nhập")
        self.password = PlainLine(look, "Mật khẩu", secret=True)
        self.notice = RefusalBlock(look)
        self.locked = Notice(look, State.LOCKED, "Máy đang khóa")
        self.locked.hide()
        self.open_button = filled(look, "Mở sổ", "lock-open")
        self.open_button.setDefault(True)
        self.recovery = link(look, "Dùng phiếu khôi phục")
        self.offer_button = bordered(look, "", "rotate-ccw")
        self.offer_button.hide()
        self._offered: Callable[[], None] | None = None
        self._assemble(look)
        self.offer_button.clicked.connect(self._take_offer)
        self.pace = Pace(self.open_button, "Mở sổ", lambda: "" if self.pace.path else "Chọn sổ trước", self)
        self.open_button.clicked.connect(self.ask)
        self.password.returnPressed.connect(self.ask)
        self.login.returnPressed.connect(self.password.setFocus)
        self.recovery.clicked.connect(self.recovery_asked)
        self.set_file(None)

    def _assemble(self, look: Look) -> None:
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 12)
        column.addWidget(self.title)
        column.addWidget(self.locked)
        column.addWidget(FormRow(look, "Mật khẩu", self.password))
        column.addWidget(FormRow(look, "Tên đăng nhập", self.login, "Để trống cũng được khi sổ chỉ có một người dùng."))
        column.addWidget(self.notice)
        column.addWidget(self.offer_button)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(self.recovery)
        column.addLayout(row)
        column.addStretch(1)

    def set_file(self, path: Path | None, *, answers: bool = True) -> None:
        """Which file is to be opened, None while none is chosen; a wait that it still has goes on."""
        self.offer_button.hide()
        self.title.setText(path.stem if path is not None else "Chọn sổ ở bên trái")
        self.notice.hide()
        self.pace.follow(path, answers=answers)

    def tell_locked(self, who: str) -> None:
        """That the desk of ``who`` stands locked behind this window; "" for a file that nobody has open."""
        words = (
            f"{who} gõ mật khẩu của mình thì về đúng chỗ đang làm. "
            "Người khác gõ mật khẩu của mình thì chỗ ấy đóng lại, chữ gõ dở giữ trong bản nháp."
        )
        self.locked.set_notice(State.LOCKED, "Máy đang khóa", words)
        self.locked.setVisible(bool(who))

    def ask(self) -> None:
        """Asks to open with what was typed, unless one has to wait or nothing was typed."""
        self.pace.look()
        if self.pace.path is None or self.pace.waiting:
            return
        if not self.password.text():
            self.password.setFocus()
            return
        self.asked.emit(self.login.text().strip().lower(), self.password.text())

    def tell(self, error: UserError) -> None:
        """Shows why the file did not open; after a wrong password, how long to wait."""
        self.offer_button.hide()
        self.notice.tell(error)
        self.pace.look()
        self.password.selectAll()
        self.password.setFocus()

    def offer(self, words: str, act: Callable[[], None]) -> None:
        """One more way under the refusal, gone at the next attempt."""
        self.offer_button.set_content(words)
        self._offered = act
        self.offer_button.show()
        self.offer_button.setFocus()

    def _take_offer(self) -> None:
        act, self._offered = self._offered, None
        self.offer_button.hide()
        if act is not None:
            act()

    def succeed(self) -> None:
        """Forgets what was typed."""
        self.password.clear()
        self.notice.hide()
        self.pace.look()
