"""Theo khu dân cư: one tile per area under a chosen indicator; who is missing is seen without opening a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tiles import PlaceTile
from thidua_desktop.ui.look.theme import Look

if TYPE_CHECKING:
    from thidua_desktop.services.standing import AreaChoice, AreaStanding

_TILE, _GAP, _HEIGHT = 88, 4, 42
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TileGrid(QWidget):
    """Tiles in as many columns as there is room for; arrow keys move, Enter opens. ``opened`` carries the area's id."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.tiles: list[PlaceTile] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Khu dân cư")
        look.follow(self, self._arrange)

    def set_tiles(self, areas: Sequence[tuple[str, str, StateText, bool]]) -> None:
        """Replaces all tiles: id, name, state, tinted."""
        for old in self.tiles:
            old.hide()
            old.deleteLater()
        self.tiles = []
        for key, name, shown, tinted in areas:
            tile = PlaceTile(self._look, name, shown, tinted)
            tile.setParent(self)
            tile.installEventFilter(self)
            tile.clicked.connect(lambda _checked=False, area=key: self.opened.emit(area))
            tile.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self.tiles else Qt.FocusPolicy.StrongFocus)
            tile.show()
            self.tiles.append(tile)
        self._arrange()
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, PlaceTile):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._move(self.tiles.index(watched), *step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        lines = -(-len(self.tiles) // columns)
        return max(0, lines * (self._look.px(_HEIGHT) + self._look.px(_GAP)) - self._look.px(_GAP))

    def sizeHint(self) -> QSize:
        width = 7 * (self._look.px(_TILE) + self._look.px(_GAP))
        return QSize(width, self.heightForWidth(max(self.width(), self._look.px(_TILE))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(_TILE), self.heightForWidth(max(self.width(), self._look.px(_TILE))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self._columns(event.oldSize().width()) != self._columns(self.width()):
            self.updateGeometry()  # the least height depends on the width

    def _columns(self, width: int) -> int:
        gap = self._look.px(_GAP)
        return max(1, (width + gap) // (self._look.px(_TILE) + gap))

    def _arrange(self) -> None:
        columns, gap = self._columns(self.width()), self._look.px(_GAP)
        wide = (self.width() + gap) // columns - gap
        high = self._look.px(_HEIGHT)
        for number, tile in enumerate(self.tiles):
            line, place = divmod(number, columns)
            tile.setGeometry(place * (wide + gap), line * (high + gap), wide, high)

    def _move(self, at: int, across: int, down: int) -> None:
        to = at + across + down * self._columns(self.width())
        if 0 <= to < len(self.tiles):
            self.tiles[to].setFocus(Qt.FocusReason.TabFocusReason)


class AreasCard(Card):
    """The tiles with the menu of indicators.

    ``opened`` carries indicator and area, ``pictures_wanted`` an indicator whose page is asked for.
    """

    opened = Signal(str, str)
    pictures_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Theo khu dân cư", head_line=False)
        self._look = look
        self._choices: tuple[AreaChoice, ...] = ()
        self._chosen = ""
        self._menu = QMenu()
        self.chip = Chip(look, "Chỉ tiêu", "", menu=self._menu)
        assert self.head is not None
        self.head.add(self.chip)
        self.charts = link(look, "Biểu đồ")
        self.charts.clicked.connect(lambda: self.pictures_wanted.emit(self._chosen))
        self.head.add(self.charts)
        self.grid = TileGrid(look)
        self.grid.opened.connect(lambda area: self.opened.emit(self._chosen, area))
        self.add_padded(self.grid, top=4, bottom=12)

    def set_choices(self, choices: Sequence[AreaChoice]) -> None:
        """Replaces the figures; the chosen indicator stays chosen."""
        self._choices = tuple(choices)
        self._menu.clear()
        for choice in self._choices:
            action = QAction(choice.label, self._menu)
            action.triggered.connect(lambda _checked=False, name=choice.indicator: self.choose(name))
            self._menu.addAction(action)
        names = [choice.indicator for choice in self._choices]
        if names:
            self.choose(self._chosen if self._chosen in names else names[0])

    def choose(self, indicator: str) -> None:
        """Shows another indicator."""
        choice = next(choice for choice in self._choices if choice.indicator == indicator)
        self._chosen = indicator
        self.chip.set_value(choice.label)
        self.grid.set_tiles(
            [
                (area.area, short_name(area.name), *tile_state(area, choice.unit, choice.unrecorded))
                for area in choice.areas
            ]
        )
        if self.head is None:
            return
        self.head.setToolTip(choice.unrecorded)  # which register has nothing yet; the head has no room for a sentence
        if choice.unrecorded:
            self.head.set_caption("chưa ghi")
        else:
            done = "đủ" if choice.areas and choice.areas[0].should_fill else "đã có"
            self.head.set_caption(f"{choice.complete}/{len(choice.areas)} khu dân cư {done}")


def tile_state(area: AreaStanding, unit: str, unrecorded: str = "") -> tuple[StateText, bool]:
    """The words of a tile, and whether it is tinted: only where something is missing."""
    if unrecorded:
        return StateText(State.QUIET, "chưa ghi"), False
    value = format_number(area.value)
    if area.whole is not None and area.should_fill:
        if not area.whole:
            return StateText(State.MISSING, f"chưa có {unit}"), False
        whole = format_number(area.whole)
        if area.missing:
            return StateText(State.SOON, f"thiếu {format_number(area.missing)}"), True
        return StateText(State.OK, f"đủ {value}/{whole}"), False
    if not area.value:
        return StateText(State.MISSING, "chưa có"), False
    return StateText(State.DONE_QUIETLY, f"{value} {unit}"), False


def short_name(name: str) -> str:
    """The name without the most common kind before it, but for a number; the tile is narrow, its tooltip has all."""
    own = name.removeprefix("Thôn ")
    return name if own[:1].isdigit() else own
