"""Sao lưu tự động: how often, within which size, when the last one was made, and what there is to take back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups as automatic
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_moment, format_number
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import ElidedLabel, StateLabel, caption, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_MINUTES = (15, 30, 60, 120, 240)
_LIMITS_GB = (1, 2, 5, 10, 20, 50)


class AutoBackupCard(Card):
    """Everybody may see it; who manages the office may change how often and how much. ``copies_asked``: the button."""

    copies_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Sao lưu tự động")
        self._look, self._session = look, session
        self.state = StateLabel(look, State.MISSING, "", role=TextRole.BASE)
        self.where = caption("", wrap=True)
        self.folder = ElidedLabel("", TextRole.CAPTION, "muted")
        now = automatic.settings(session)
        minutes = sorted({*_MINUTES, now.minutes})
        self.minutes = ChoiceBox(
            look, "Sao lưu mỗi", [(one, f"{one} phút, khi có thay đổi") for one in minutes], now.minutes
        )
        limits: list[tuple[object, str]] = [(None, "một phần mười chỗ trống")]
        sizes = sorted({*(one * 1000 for one in _LIMITS_GB), *([now.limit_mb] if now.limit_mb else [])})
        limits += [(one, _in_words(one * 1_000_000)) for one in sizes]
        self.limit = ChoiceBox(look, "Chiếm nhiều nhất", limits, now.limit_mb)
        self.copies_button = bordered(look, "Xem và khôi phục…", "rotate-ccw")
        self.copies_button.clicked.connect(self.copies_asked)
        for box in (self.minutes, self.limit):
            box.setEnabled(session.may(Permission.MANAGE))
            box.activated.connect(self._change)
        self.add_padded(self.state, top=12, bottom=4)
        self.add_padded(self.where, top=0, bottom=0)
        self.add_padded(self.folder, top=0, bottom=8)
        for words, box in (("Sao lưu mỗi", self.minutes), ("Chiếm nhiều nhất", self.limit)):
            self.add_padded(label(words, ink="text-2"), top=0, bottom=4)
            self.add_padded(box, top=0, bottom=12)
        self.add_foot(self.copies_button)

    def show_state(self) -> None:
        """Read again when the last one was made and what lies there."""
        session = self._session
        folder = automatic.folder_of(session)
        copies = automatic.kept_in(folder, session.file.path)
        failed = automatic.failure(session)
        if failed is not None:
            self.state.set_state(State.BAD, "Lần vừa rồi không sao lưu được", "database-backup")
        elif copies:
            when = format_moment(copies[0].at)
            self.state.set_state(State.OK, f"Bản mới nhất {when}", "database-backup")
        else:
            self.state.set_state(State.SOON, "Chưa có bản nào, sẽ có khi làm việc", "database-backup")
        taken = _in_words(sum(one.size for one in copies))
        self.where.setText(failed.text if failed else f"{len(copies)} bản, {taken}, trong thư mục:")
        self.folder.setText(str(folder))

    def _change(self, _at: int = 0) -> None:
        chosen = self.limit.chosen()
        try:
            automatic.set_settings(
                self._session, int(str(self.minutes.chosen())), None if chosen is None else int(str(chosen))
            )
        except UserError as error:
            show_error(self._look, error, self)


def _in_words(size: int) -> str:
    return f"{format_number(size // 1_000_000_000)} GB" if size >= 10**9 else f"{format_number(size // 10**6)} MB"
