"""Who may open this office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from thidua_desktop.services.session import PERMISSIONS, Permission, Session, User
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import ElidedLabel, IconLabel, caption, hairline_widget
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.pages.admin.people_dialogs import ROLE_WORDS

ONE_MANAGER = (
    "Chỉ có một người quản trị: nên cho thêm một người vai trò quản trị, phòng khi người này nghỉ, chuyển công tác."
)


class PeopleCard(Card):
    """One row per person. ``remove_asked``, ``role_asked``, ``reset_asked`` carry a login."""

    add_asked = Signal()
    own_password_asked = Signal()
    remove_asked = Signal(str)
    role_asked = Signal(str)
    reset_asked = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Người dùng", flush=True)
        self._look, self._session = look, session
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(self._rows)
        self.add_button = bordered(look, "Thêm người", "user-plus")
        self.own_button = bordered(look, "Đổi mật khẩu của tôi", "key-round")
        self.add_button.clicked.connect(self.add_asked)
        self.own_button.clicked.connect(self.own_password_asked)
        self.add_foot(self.add_button, self.own_button)
        if not session.may(Permission.MANAGE):
            self.add_button.set_reason(NOT_ALLOWED)
        self.names: tuple[str, ...] = ()
        self._shown: tuple[User, ...] | None = None
        self.menus: dict[str, QMenu] = {}
        self.advice = IconLabel(look, "lightbulb", "", "text-2", wrap=True)
        self.add_padded(self.advice, top=4, bottom=10)

    def show_people(self, people: Sequence[User]) -> None:
        """Replaces all rows, where anything about these people changed."""
        if self._shown == tuple(people):
            return
        self._shown = tuple(people)
        clear_layout(self._column)
        self.names = tuple(user.name for user in people)
        self.menus.clear()
        managing = [user for user in people if Permission.MANAGE in PERMISSIONS[user.role]]
        self.advice.set_content("lightbulb", ONE_MANAGER, "text-2")
        self.advice.setVisible(len(managing) < 2)
        for number, user in enumerate(people):
            if number:
                self._column.addWidget(hairline_widget())
            self._column.addWidget(self._row(user))

    def _row(self, user: User) -> QWidget:
        look = self._look
        holder = QWidget()
        row = QHBoxLayout(holder)
        look.margins(row, 16, 4, 12, 4, 8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(user.name))
        words.addWidget(ElidedLabel(f"{user.login}, {ROLE_WORDS[user.role].lower()}", ink="muted"))
        row.addLayout(words, 1)
        if user.login == self._session.user.login:
            row.addWidget(caption("đang đăng nhập"))
        elif self._session.may(Permission.MANAGE):
            row.addWidget(self._more(user))
        look.follow(holder, lambda: holder.setMinimumHeight(look.px(53)))
        return holder

    def _more(self, user: User) -> QWidget:
        """What can be done about a colleague."""
        button = borderless(self._look, "Sửa", "pencil")
        button.setAccessibleName(f"Sửa quyền của {user.name}")
        menu = QMenu(button)
        offered = [
            ("Đặt lại mật khẩu…", self.reset_asked),
            ("Đổi vai trò…", self.role_asked),
            ("Bỏ quyền mở…", self.remove_asked),
        ]
        for words, signal in offered:
            if signal is not self.role_asked or not self._session.is_province:
                menu.addAction(words).triggered.connect(partial(_tell, signal, user.login))
        button.setMenu(menu)
        self.menus[user.login] = menu
        return button


def _tell(signal: SignalInstance, login: str, _checked: bool = False) -> None:
    signal.emit(login)
