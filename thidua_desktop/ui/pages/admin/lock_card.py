"""Khóa máy làm việc: after how many minutes without a touch."""

from __future__ import annotations

from thidua_desktop.errors import UserError
from thidua_desktop.services import desk_lock
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_OFFERED = (2, 5, 10, 15, 30, 60)


class LockCard(Card):
    """Everybody may see it; who manages the office may change it."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Khóa máy làm việc")
        self._look, self._session = look, session
        now = desk_lock.lock_after(session)
        offered = [(one, f"Sau {one} phút không ai chạm máy") for one in sorted({*_OFFERED, now})]
        self.minutes = ChoiceBox(look, "Tự khóa", offered, now)
        self.minutes.setEnabled(session.may(Permission.MANAGE))
        self.minutes.activated.connect(self._change)
        self.add_padded(self.minutes, top=12, bottom=4)
        words = "Ctrl+L khóa ngay. Mở khóa thì về đúng trang, đúng chữ đang gõ; người khác mở thì bắt đầu ở Hôm nay."
        self.add_padded(caption(words, wrap=True), top=0)

    def _change(self, _at: int = 0) -> None:
        try:
            desk_lock.set_lock_after(self._session, int(str(self.minutes.chosen())))
        except UserError as error:
            show_error(self._look, error, self)
