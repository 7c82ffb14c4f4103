"""Xếp ô: where each residential area lies in the grid map, by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.charts.grid_map import MOST_COLUMNS, automatic_places
from thidua_desktop.services import place_grid
from thidua_desktop.services.place_grid import Cell, Place
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.painting import CENTER, rounded_box
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog

_WIDE, _HIGH, _GAP = 84, 44, 4
_WIDTH = 760
_HELP = (
    "Kéo ô đến chỗ mới; đặt lên ô khác thì hai ô đổi chỗ. Bằng phím: mũi tên để đến ô, phím cách để nhấc, "
    "mũi tên, rồi phím cách để đặt; Esc để thôi nhấc."
)
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class PlaceBoard(QWidget):
    """The cells, eight side by side, always with a free row below; ``moved`` after a place found another cell."""

    moved = Signal()

    def __init__(self, look: Look, places: tuple[Place, ...], cells: tuple[Cell, ...]) -> None:
        super().__init__()
        self._look = look
        self.places = places
        self.names = {place.key: place.name for place in places}
        self.at: dict[Cell, str] = {}
        self.here: Cell = (0, 0)
        self.held: Cell | None = None
        self._pressed: Cell | None = None
        self.setAccessibleName("Các ô của bản đồ")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.put(cells)
        look.follow(self, self.updateGeometry)

    def put(self, cells: tuple[Cell, ...]) -> None:
        """Each place into its cell; without cells in the order of names."""
        chosen = cells or tuple(automatic_places(len(self.places), MOST_COLUMNS))
        self.at = {cell: place.key for place, cell in zip(self.places, chosen, strict=True)}
        self.here, self.held = min(self.at, default=(0, 0)), None
        self._say()

    @property
    def cells(self) -> dict[str, Cell]:
        """Where each place lies now."""
        return {key: cell for cell, key in self.at.items()}

    @property
    def rows(self) -> int:
        """Rows shown: those with places and a free one."""
        return max((row for row, _ in self.at), default=0) + 2

    def drop(self, cell: Cell) -> None:
        """Puts the lifted place into a cell; who was there goes where it came from."""
        if self.held is not None and self.held != cell:
            lifted, other = self.at.pop(self.held), self.at.pop(cell, None)
            self.at[cell] = lifted
            if other is not None:
                self.at[self.held] = other
            self.updateGeometry()
            self.moved.emit()
        self.held, self.here = None, cell
        self._say()

    def lift(self, cell: Cell) -> None:
        """Takes the place of a cell up; nothing where there is none."""
        self.here = cell
        self.held = cell if cell in self.at else None
        self._say()

    def _say(self) -> None:
        row, column = self.here
        name = self.names.get(self.at.get(self.here, ""), "trống")
        words = f"Hàng {row + 1}, cột {column + 1}: {name}"
        if self.held is not None:
            words = f"{words}; đang nhấc {self.names[self.at[self.held]]}"
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            row = min(max(self.here[0] + step[0], 0), self.rows - 1)
            self.here = (row, min(max(self.here[1] + step[1], 0), MOST_COLUMNS - 1))
            self._say()
        elif event.key() == Qt.Key.Key_Space:
            if self.held is None:
                self.lift(self.here)
            else:
                self.drop(self.here)
        elif event.key() == Qt.Key.Key_Escape and self.held is not None:
            self.held = None
            self._say()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().x(), event.position().y())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.held is None:
            self.lift(cell)
            self._pressed = cell
        else:
            self.drop(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().x(), event.position().y())
        self.setToolTip(self.names.get(self.at.get(cell, ""), "") if cell else "")
        if self.held is not None and cell is not None and cell != self.here:
            self.here = cell
            self._say()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().x(), event.position().y())
        if self.held is not None and self._pressed is not None and cell is not None and cell != self._pressed:
            self.drop(cell)
        self._pressed = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Places on the screen

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(
            MOST_COLUMNS * (look.px(_WIDE) + look.px(_GAP)), self.rows * (look.px(_HIGH) + look.px(_GAP)) + look.px(2)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def box(self, cell: Cell) -> QRect:
        """Where a cell is drawn."""
        look, (row, column) = self._look, cell
        wide = max(look.px(_WIDE), self.width() // MOST_COLUMNS - look.px(_GAP))
        return QRect(
            column * (wide + look.px(_GAP)) + 1, row * (look.px(_HIGH) + look.px(_GAP)) + 1, wide, look.px(_HIGH)
        )

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell at a point."""
        cells = ((row, column) for row in range(self.rows) for column in range(MOST_COLUMNS))
        return next((cell for cell in cells if self.box(cell).contains(round(x), round(y))), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        for row in range(self.rows):
            for column in range(MOST_COLUMNS):
                self._paint_cell(painter, look, (row, column))
        painter.end()

    def _paint_cell(self, painter: QPainter, look: Look, cell: Cell) -> None:
        box, key = self.box(cell), self.at.get(cell)
        held = cell == self.held
        fill = look.color("sel") if held else look.color("surface") if key else None
        here = cell == self.here and (self.hasFocus() or self.held is not None)
        border = look.color("accent-ink" if here or held else "line-2" if key else "line")
        rounded_box(painter, box, fill, border, 2 if here or held else 1, look.px(4))
        if key:
            painter.setFont(look.font(TextRole.CAPTION))
            painter.setPen(look.color("on-sel" if held else "text"))
            inner = box.adjusted(look.px(4), look.px(2), -look.px(4), -look.px(2))
            painter.drawText(inner, CENTER | int(Qt.TextFlag.TextWordWrap), self.names[key])


class PlaceDialog(FormDialog):
    """Keeps where the areas lie when it is accepted."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        what = "các xã" if session.is_province else "khu dân cư"
        super().__init__(look, f"Xếp ô {what} trên bản đồ", "Lưu", parent)
        self.session = session
        places = place_grid.places(session)
        self.kept = place_grid.kept_cells(session)
        self.board = PlaceBoard(look, places, place_grid.arranged([place.key for place in places], self.kept))
        self.by_name = False
        self.order_button = bordered(look, "Xếp theo tên", "layout-grid")
        self.order_button.setAutoDefault(False)
        self.order_button.clicked.connect(self._order)
        self.board.moved.connect(self._moved)
        self.column.addWidget(caption(_HELP, wrap=True))
        area = scrolling(self.board, "Các ô của bản đồ")
        look.follow(area, lambda: area.setMinimumHeight(look.px(300)))
        self.column.addWidget(area, 1)
        self.column.addWidget(self.order_button, 0, Qt.AlignmentFlag.AlignLeft)
        size_to_content(look, self, _WIDTH)
        self.board.setFocus()

    def work(self) -> bool:
        """Keeps the cells; those of areas that do not stand today stay as they were."""
        gone = {key: cell for key, cell in self.kept.items() if key not in self.board.names}
        place_grid.keep_cells(self.session, {} if self.by_name else {**gone, **self.board.cells})
        return True

    def _order(self) -> None:
        self.board.put(())
        self.by_name = True
        self.board.setFocus()

    def _moved(self) -> None:
        self.by_name = False
