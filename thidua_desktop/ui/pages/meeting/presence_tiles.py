"""May we decide: households present, and the number of households that each kind of matter needs. Never percentages."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from thidua_desktop.domain.meetings import spare_is_thin
from thidua_desktop.services.meetings import MeetingState
from thidua_desktop.ui.components.bars import Bar
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import ElidedLabel, StateLabel, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class Tile(Card):
    """Words, a key figure with its unit, a bar with the yardstick, and what that means."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look)
        self.setAccessibleName(words)
        self._words = ElidedLabel(words, ink="text-2", lines=2)
        self.figure = label("0", TextRole.KEY_FIGURE)
        self.unit = ElidedLabel("", ink="text-2")
        self.bar = Bar(look, 0, 0)
        self.state = StateLabel(look, State.MISSING, "")
        figures = QWidget()
        row = QHBoxLayout(figures)
        look.margins(row, 0, 0, 0, 0, 0)
        row.addWidget(self.figure)
        row.addWidget(self.unit, 1)
        self.body.addWidget(self._words)
        self.body.addWidget(figures)
        look.follow(figures, lambda: figures.setFixedHeight(look.px(34)))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.state)
        look.follow(self, self._fit)

    def _fit(self) -> None:
        px = self._look.px
        self.body.setContentsMargins(px(15), px(10), px(15), px(9))
        self.body.setSpacing(px(3))
        self.unit.setContentsMargins(0, px(5), 0, 0)

    def tell(
        self, figure: str, unit: str, present: int, total: int, mark: int | None, state: State, words: str
    ) -> None:
        """Everything that the tile says."""
        self.figure.setText(figure)
        self.unit.setText(unit)
        spoken = f"có mặt {present} trong {total} hộ" + (f", cần {mark}" if mark else "")
        self.bar.set_values(present, total, mark, spoken)
        self.state.set_state(state, words)
        self.setAccessibleDescription(f"{figure}{unit}, {words}")


class PresenceTiles(QWidget):
    """The three tiles."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.present = Tile(look, "Hộ có người dự")
        self.half = Tile(look, "Việc thường: quá nửa số hộ")
        self.two_thirds = Tile(look, "Đóng góp: hai phần ba số hộ")
        row = QHBoxLayout(self)
        look.margins(row, 0, 0, 0, 0, 12)
        for tile in (self.present, self.half, self.two_thirds):
            row.addWidget(tile, 1)

    def show_state(self, state: MeetingState) -> None:
        """Shows where the meeting stands."""
        self.present.tell(
            str(state.present), f"/{state.total} hộ", state.present, state.total, state.quorum, *presence_words(state)
        )
        for tile, needed, spare in (
            (self.half, state.needed_half, state.spare_half),
            (self.two_thirds, state.needed_two_thirds, state.spare_two_thirds),
        ):
            words = spare_words(state, spare)
            tile.tell(str(needed), "  hộ tán thành", state.present, state.total, needed or None, *words)


def presence_words(state: MeetingState) -> tuple[State, str]:
    """What presence means: the law sets no quorum, so only a rule that was chosen can be missed."""
    if not state.total:
        return State.MISSING, "Chưa có tổng số hộ"
    if state.present > state.total:
        return State.BAD, f"Nhiều hơn tổng số hộ là {state.present - state.total}"
    if not state.present:
        return State.MISSING, "Chưa điểm danh"
    if state.quorum is None:
        return State.DONE_QUIETLY, f"Vắng {state.absent} hộ"
    if state.present < state.quorum:
        return State.TOO_FEW, f"Thiếu {state.quorum - state.present} hộ, cần {state.quorum} hộ"
    return State.OK, f"Đủ để họp, cần {state.quorum} hộ"


def spare_words(state: MeetingState, spare: int) -> tuple[State, str]:
    """Whether those present are enough for one kind of matter."""
    if not state.total or not state.present:
        return State.MISSING, "Chưa điểm danh" if state.total else "Chưa có tổng số hộ"
    if spare < 0:
        return State.BAD, f"Thiếu {-spare} hộ, phải phát phiếu"
    if spare_is_thin(spare, state.total):
        return State.WARN, f"Đủ người, chỉ dư {spare} hộ" if spare else "Vừa đủ người"
    return State.OK, f"Đủ người, dư {spare} hộ"
