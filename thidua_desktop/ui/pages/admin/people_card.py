"""Who may open this office."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.session import Permission, Session, User
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import ElidedLabel, caption, hairline_widget
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.pages.admin.people_dialogs import ROLE_WORDS


class PeopleCard(Card):
    """One row per person. ``remove_asked`` carries a login."""

    add_asked = Signal()
    own_password_asked = Signal()
    remove_asked = Signal(str)

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

    def show_people(self, people: Sequence[User]) -> None:
        """Replaces all rows."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.names = tuple(user.name for user in people)
        for number, user in enumerate(people):
            if number:
                self._column.addWidget(hairline_widget())
            self._column.addWidget(self._row(user))

    def _row(self, user: User) -> QWidget:
        look = self._look
        holder = QWidget()
        row = QHBoxLayout(holder)
        look.margins(row, 16, 6, 12, 6, 8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(user.name))
        words.addWidget(ElidedLabel(f"{user.login}, {ROLE_WORDS[user.role].lower()}", ink="muted"))
        row.addLayout(words, 1)
        if user.login == self._session.user.login:
            row.addWidget(caption("đang đăng nhập"))
        elif self._session.may(Permission.MANAGE):
            remove = borderless(look, "Bỏ quyền mở", "user-x")
            remove.setAccessibleName(f"Bỏ quyền mở sổ của {user.name}")
            remove.clicked.connect(lambda _checked=False, login=user.login: self.remove_asked.emit(login))
            row.addWidget(remove)
        look.follow(holder, lambda: holder.setMinimumHeight(look.px(53)))
        return holder
