"""What stands where nothing is yet: a sentence that says what to do, and the actions that do it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class EmptyState(QWidget):
    """Icon, one bold line, one sentence, and buttons (first the one most people need)."""

    def __init__(
        self, look: Look, text: str, actions: Sequence[QWidget] = (), title: str = "", icon: str = "inbox"
    ) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(f"{title} {text}".strip())
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 24, 24, 24, 8)
        outer.addStretch(1)
        picture = QLabel()
        look.follow(self, lambda: picture.setPixmap(look.pixmap(icon, "muted", 32)))
        outer.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = label(title, TextRole.CARD_TITLE, wrap=True)
        set_shown(self._title, bool(title))
        outer.addLayout(self._in_the_middle(self._title, 640))  # a refusal that names what a paper needs is long
        self._text = label(text, ink="text-2", wrap=True)
        outer.addLayout(self._in_the_middle(self._text, 460))
        row = WrapRow(look, centred=True)  # beside each other they would keep a page wider than a window has room
        for action in actions:
            row.add(action)
        outer.addSpacing(look.px(8))
        outer.addWidget(row)
        outer.addStretch(2)

    def _in_the_middle(self, words: QLabel, width: int) -> QHBoxLayout:
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._look.follow(self, lambda: words.setMaximumWidth(self._look.px(width)))
        middle = QHBoxLayout()  # an alignment flag would take the label's height-for-width away
        middle.addStretch(1)
        middle.addWidget(words, 100)
        middle.addStretch(1)
        return middle

    def set_text(self, text: str, title: str = "") -> None:
        """Changes sentence and bold line."""
        self._text.setText(text)
        self._title.setText(title)
        set_shown(self._title, bool(title))
        self.setAccessibleName(f"{title} {text}".strip())
