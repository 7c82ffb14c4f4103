"""Login and password; after wrong ones a wait that grows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.buttons import bordered, filled, link
from thidua_desktop.ui.components.labels import ElidedLabel
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.unlock.pace import wait_after
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock


class PasswordForm(QWidget):
    """``asked`` carries login and password; ``recovery_asked`` when every password is forgotten."""

    asked = Signal(str, str)
    recovery_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.failures = 0
        self.waiting = 0
        self.title = ElidedLabel("Chọn sổ ở bên trái", TextRole.RECORD_TITLE)
        self.login = PlainLine(look, "Tên đăng nhập")
        self.password = PlainLine(look, "Mật khẩu", secret=True)
        self.notice = RefusalBlock(look)
        self.open_button = filled(look, "Mở sổ", "lock-open")
        self.open_button.setDefault(True)
        self.recovery = link(look, "Dùng phiếu khôi phục")
        self.offer_button = bordered(look, "", "rotate-ccw")
        self.offer_button.hide()
        self._offered: Callable[[], None] | None = None
        self._assemble(look)
        self.offer_button.clicked.connect(self._take_offer)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self.open_button.clicked.connect(self.ask)
        self.password.returnPressed.connect(self.ask)
        self.login.returnPressed.connect(self.password.setFocus)
        self.recovery.clicked.connect(self.recovery_asked)
        self._ready = False
        self.set_ready("")

    def _assemble(self, look: Look) -> None:
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 12)
        column.addWidget(self.title)
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

    def set_ready(self, name: str) -> None:
        """Which file is to be opened; an empty name means none is chosen."""
        self._ready = bool(name)
        self.offer_button.hide()
        self.title.setText(name or "Chọn sổ ở bên trái")
        self.notice.hide()
        self._show_reason()

    def ask(self) -> None:
        """Asks to open with what was typed, unless one has to wait or nothing was typed."""
        if not self._ready or self.waiting:
            return
        if not self.password.text():
            self.password.setFocus()
            return
        self.asked.emit(self.login.text().strip().lower(), self.password.text())

    def tell(self, error: UserError) -> None:
        """Shows why the file did not open; a wrong password also starts the wait."""
        self.offer_button.hide()
        self.notice.tell(error)
        if error.code == "TD-STORE-001":
            self.failures += 1
            self.waiting = wait_after(self.failures)
            if self.waiting:
                self._timer.start()
            self._show_reason()
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
        """Forgets what was typed and the failures."""
        self.failures = self.waiting = 0
        self._timer.stop()
        self.password.clear()
        self.notice.hide()
        self._show_reason()

    def _tick(self) -> None:
        self.waiting = max(0, self.waiting - 1)
        if not self.waiting:
            self._timer.stop()
        self._show_reason()

    def _show_reason(self) -> None:
        if self.waiting:
            self.open_button.set_content(f"Thử lại sau {self.waiting} giây")
            self.open_button.set_reason("Gõ sai nhiều lần liền: chờ rồi thử lại")
        else:
            self.open_button.set_content("Mở sổ")
            self.open_button.set_reason("" if self._ready else "Chọn sổ trước")
