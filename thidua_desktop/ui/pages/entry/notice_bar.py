"""A calm notice above the form, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services import links
from thidua_desktop.services.session import Session
from thidua_desktop.text import lower_first
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look


class NoticeBar(QWidget):
    """Hidden until ``tell``; each action is a button, pressing any of them takes the notice away."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 0, 0, 0, 0, 4)
        self._content: QWidget | None = None
        self._words = ""
        self.lacks = False
        """Whether it speaks of a register that has nothing to choose from, which may be written in meanwhile."""
        self.hide()

    def words(self) -> str:
        """What is said, or nothing."""
        return "" if self.isHidden() else self._words

    def tell(
        self, state: State, name: str, sentence: str, actions: Sequence[tuple[str, Callable[[], None]]] = ()
    ) -> None:
        """Shows a notice with its actions."""
        self.put_away()
        content = QWidget()
        row = QHBoxLayout(content)
        self._look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(Notice(self._look, state, name, sentence), 1)
        for text, act in actions:
            button = bordered(self._look, text)
            button.clicked.connect(lambda _checked=False, act=act: self._do(act))
            row.addWidget(button)
        self._content, self._words = content, f"{name} {sentence}"
        self._column.addWidget(content)
        self.show()

    def tell_what_is_missing(self, session: Session, spec: RegisterSpec, open_room: Callable[[str], None]) -> None:
        """Where a new record has to name one of a register that has none to choose, that register is one click away.

        Said anew it takes the place of what was said so before, and says nothing once there is one.
        """
        if self.lacks:
            self.put_away()
        field = links.nothing_to_point_at(session, spec.name) if not self.words() else None
        if field is None:
            return
        title, label = session.register(field.register).title, lower_first(field.label)
        ended = session.file.records.count(field.register)  # there are some, none of which is in force
        lack = "không còn bản ghi nào đang có hiệu lực" if ended else "còn trống"
        words = f"Phiếu này cần chọn {label}, mà “{title}” {lack}. Nháp ở đây vẫn giữ."
        self.tell(State.WARN, "Ghi sổ kia trước.", words, [("Mở sổ đó", partial(open_room, field.register))])
        self.lacks = True

    def put_away(self) -> None:
        """Hides the notice."""
        self.lacks = False
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None
        self.hide()

    def _do(self, act: Callable[[], None]) -> None:
        self.put_away()
        act()
