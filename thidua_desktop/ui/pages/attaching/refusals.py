"""What was not attached, and why, beside what was: stays until the person has read it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.buttons import borderless
from thidua_desktop.ui.components.labels import IconLabel, label, set_style_property
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_SHOWN = 4


class RefusedFiles(QFrame):
    """Hidden until ``tell``; one sentence per file with what to do, "Đã hiểu" puts it away."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        shown = state_look(State.WARN)
        set_style_property(self, "kind", "warning")
        column = QVBoxLayout(self)
        look.margins(column, 10, 8, 10, 8, 4)
        self._head = IconLabel(look, shown.icon, "", shown.ink, TextRole.STRONG, 18, wrap=True)
        self._words = label("", wrap=True, selectable=True)
        self.close_button = borderless(look, "Đã hiểu", "check")
        self.close_button.clicked.connect(self.put_away)
        column.addWidget(self._head)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self._ink = shown.ink
        self._icon = shown.icon
        self.hide()

    def text(self) -> str:
        """Everything that is told now."""
        return "" if self.isHidden() else f"{self._head.text()}\n{self._words.text()}"

    def tell(self, refused: Sequence[UserError], notes: Sequence[str], taken: int) -> None:
        """Show why files were refused and what was changed about others; nothing to say puts it away."""
        if not refused and not notes:
            self.put_away()
            return
        kept = f", đã nhận {taken} tệp" if taken else ""
        head = f"{len(refused)} tệp chưa đính kèm được{kept}" if refused else "Đã đính kèm, xem lại tên tệp"
        lines = [f"{error.sentence} {error.remedy}".strip() for error in refused[:_SHOWN]]
        if len(refused) > _SHOWN:
            lines.append(f"Và {len(refused) - _SHOWN} tệp nữa.")
        self._head.set_content(self._icon, head, self._ink)
        self._words.setText("\n".join([*lines, *notes]))
        self.setAccessibleName(f"{head}. {' '.join([*lines, *notes])}")
        self.show()

    def put_away(self) -> None:
        """Hides the block."""
        self.hide()
