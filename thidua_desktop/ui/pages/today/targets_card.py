"""Chỉ tiêu thi đua: what was registered and not closed, as bars; the upright mark is the forecast for the last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from thidua_desktop.text import format_number
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.parts_card import PartsView

if TYPE_CHECKING:
    from thidua_desktop.services.standing import Part
    from thidua_desktop.services.targets import TargetStanding


class TargetsCard(Card):
    """The targets that lack most; ``opened`` carries a target's id."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Chỉ tiêu thi đua", "vạch đứng là dự báo", flush=True)
        self.bars = PartsView(look)
        self.bars.opened.connect(self.opened)
        self.add(self.bars)

    def set_targets(self, targets: Sequence[TargetStanding], today: date) -> None:
        """Shows the first ones and says how many there are."""
        from thidua_desktop.services.targets import BARS

        shown = targets[:BARS]
        self.bars.set_parts([target_part(one) for one in shown], 0, [target_state(one, today) for one in shown])
        if self.head is not None:
            several = f"{len(shown)} trong {len(targets)} chỉ tiêu, " if len(targets) > len(shown) else ""
            self.head.set_caption(f"{several}vạch đứng là dự báo")


UNVALUED = "Chưa có giá trị"


def target_part(one: TargetStanding) -> Part:
    """A target as a bar."""
    from thidua_desktop.services.standing import Part

    place = "" if one.of_office else one.subject
    return Part(
        one.id,
        one.name,
        one.unit,
        one.value,
        one.wanted,
        one.unit,
        one.expected,
        True,
        place,
        "" if one.valued else UNVALUED,
    )


def target_state(one: TargetStanding, today: date) -> StateText:
    """Reached, on course, behind; over its term it waits to be closed."""
    if today > one.ends_on:
        return StateText(State.OK if one.reached else State.BEHIND, "Chờ chốt")
    if one.wants_more and one.reached:
        return StateText(State.OK, "Đã đạt")
    if not one.valued:
        return StateText(State.MISSING, UNVALUED)
    if not one.wants_more and not one.reached:
        return StateText(State.BEHIND, "Quá mức")
    if one.expected is None:
        return StateText(State.MISSING, UNVALUED)
    state = State.QUIET if one.on_course else State.BEHIND
    return StateText(state, f"Dự báo {format_number(round(one.expected))}")
