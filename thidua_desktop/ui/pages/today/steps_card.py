"""Còn 3 bước đầu: first steps that are not done, told under what is due until the person puts them away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.line_list import LineList

if TYPE_CHECKING:
    from thidua_desktop.services.today import DueLine

_NAME = "Bước đầu"


class StepsCard(Card):
    """One row for each step that is left; hidden while there is none. ``put_away``: the person wants none of it."""

    put_away = Signal()

    def __init__(self, look: Look) -> None:
        away = link(look, "Không nhắc nữa", leads=False)
        super().__init__(look, _NAME, link=away, flush=True)
        self.away = away
        self.away.set_tip("Cất các bước còn lại, của riêng người đang làm")
        self.away.clicked.connect(self.put_away)
        self.lines = LineList(look, _NAME)
        self.add(self.lines)
        self.hide()

    def set_steps(self, steps: Sequence[DueLine]) -> None:
        """Shows the steps that are left."""
        from thidua_desktop.ui.pages.today.lines import step_rows

        self.lines.set_lines(step_rows(steps))
        if self.head is not None:
            self.head.set_title(f"Còn {len(steps)} bước đầu")
        self.setVisible(bool(steps))
