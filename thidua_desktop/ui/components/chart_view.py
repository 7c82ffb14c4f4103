"""A chart on the screen: the shapes that the paper has too, in the colours and letters of the desk.

Patterns and dashes stay, so that nothing depends on colour. A mark under the mouse, or reached with the arrow keys,
says its value; a click or Enter opens what stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.model import Chart
from thidua_desktop.charts.shapes import DASHES, Area, Band, Ink, Mark, Marker, Pattern, Stroke, Words, hatch
from thidua_desktop.charts.words import spoken
from thidua_desktop.ui.look.fonts import ROLE_SIZES, TextRole
from thidua_desktop.ui.look.theme import Look

_TOKENS = {
    Ink.TEXT: "text", Ink.QUIET: "muted", Ink.AXIS: "text-2", Ink.GRID: "line", Ink.FIRST: "accent-ink",
    Ink.OTHER: "text-2", Ink.GROUND: "surface",
}  # fmt: skip
_NARROWEST = 280
_WIDTHS_KEPT = 12
"""Qt asks for the height at the narrowest and the real width in turns, and at some between while others come beside."""
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


@dataclass(slots=True)
class PlacedBand:
    """A band at its place, with the lines of its patterns once they have been drawn."""

    band: Band
    top: float
    hatches: dict[int, list[QLineF]] = field(default_factory=dict)

    @property
    def foot(self) -> float:
        return self.top + self.band.height


class ChartPainter:
    """Paints bands of shapes in the colours of a theme."""

    def __init__(self, look: Look, painter: QPainter, unit: float) -> None:
        self._look, self._painter, self._unit = look, painter, unit
        self._fonts: dict[tuple[float, bool], QFont] = {}

    def paint(self, placed: PlacedBand) -> None:
        """All shapes of a band; the painter's origin is the frame's corner."""
        painter = self._painter
        painter.save()
        painter.translate(0.0, placed.top)
        for number, shape in enumerate(placed.band.shapes):
            if isinstance(shape, Words):
                self._words(shape)
            elif isinstance(shape, Area):
                self._area(shape, placed.hatches, number)
            elif isinstance(shape, Stroke):
                self._stroke(shape)
            else:
                self._marker(shape)
        painter.restore()

    def _color(self, ink: Ink) -> QColor:
        return self._look.color(_TOKENS[ink])

    def _words(self, words: Words) -> None:
        painter = self._painter
        if words.plate:
            ground = QRectF(words.x - 1, words.baseline - 0.78 * words.size, words.width + 2, 0.9 * words.size)
            painter.fillRect(ground, self._color(Ink.GROUND))
        font = self._fonts.get((words.size, words.bold))
        if font is None:
            font = self._fonts[words.size, words.bold] = chart_font(self._look, words.size, words.bold)
        painter.setFont(font)
        painter.setPen(self._color(words.ink))
        painter.drawText(QPointF(words.x, words.baseline), words.text)

    def _area(self, area: Area, hatches: dict[int, list[QLineF]], number: int) -> None:
        if area.width <= 0 or area.height <= 0:
            return
        painter, ink = self._painter, self._color(area.ink)
        box = QRectF(area.x, area.y, area.width, area.height)
        solid = area.pattern is Pattern.SOLID
        painter.fillRect(box, ink if solid else self._color(Ink.GROUND))
        if not solid:
            lines = hatches.get(number)
            if lines is None:
                lines = hatches[number] = [QLineF(*ends) for ends in hatch(area, self._unit)]
            painter.setPen(QPen(ink, max(1.0, 0.7 * self._unit)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawLines(lines)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if min(area.width, area.height) > 1 else box)

    def _stroke(self, stroke: Stroke) -> None:
        painter = self._painter
        weight = max(1.0, stroke.weight)
        pen = QPen(self._color(stroke.ink), weight)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if stroke.ink is Ink.GRID and self._look.high_contrast:
            pen.setDashPattern([1.0, 4.0])  # where every line is white, those of the scale step back
        if stroke.dash:
            pen.setDashPattern([part * self._unit / weight for part in DASHES[stroke.dash]])
        painter.setPen(pen)
        slanting = any(x1 != x2 and y1 != y2 for x1, y1, x2, y2 in stroke.lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, slanting)
        painter.drawLines([QLineF(*ends) for ends in stroke.lines])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _marker(self, marker: Marker) -> None:
        painter, ink = self._painter, self._color(marker.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, max(1.0, 0.9 * self._unit)))
        painter.setBrush(ink if marker.sort % 2 == 0 else self._color(Ink.GROUND))
        side = marker.radius
        box = QRectF(marker.x - side, marker.y - side, 2 * side, 2 * side)
        if marker.sort < 2:
            painter.drawEllipse(box)
        else:
            painter.drawRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class ChartView(QWidget):
    """One chart as wide as its place; ``opened`` carries source and words of a mark that was clicked or entered."""

    opened = Signal(object, str)

    def __init__(self, look: Look, chart: Chart) -> None:
        super().__init__()
        self._look, self.chart = look, chart
        self._bands: list[PlacedBand] = []
        self._laid = (0, 0.0)
        self._known: dict[tuple[int, float], list[PlacedBand]] = {}
        self.marks: list[tuple[Mark, QRectF]] = []
        self.current = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(spoken(chart))
        look.follow(self, self._restyle)

    @property
    def bands(self) -> list[Band]:
        """The bands as they are laid out now."""
        return [placed.band for placed in self._bands]

    # Its size

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay_out(max(width, self._look.px(_NARROWEST)))
        return round(self._bands[-1].foot + 0.5) if self._bands else 0

    def sizeHint(self) -> QSize:
        width = max(self.width(), self._look.px(_NARROWEST))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(_NARROWEST), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _restyle(self) -> None:
        self._laid = (0, 0.0)
        self._known.clear()
        self.updateGeometry()
        self.update()

    def _lay_out(self, width: int) -> None:
        wanted = width, self._look.text_scale
        if self._laid == wanted:
            return
        self._laid = wanted
        if wanted not in self._known:
            if len(self._known) >= _WIDTHS_KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[wanted] = self._bands_at(width)
        self._bands = self._known[wanted]
        self.marks = [
            (mark, QRectF(mark.box.left, mark.box.top + placed.top, mark.box.right - mark.box.left,
                          mark.box.bottom - mark.box.top))
            for placed in self._bands
            for mark in placed.band.marks
        ]  # fmt: skip
        self.current = min(self.current, len(self.marks) - 1)

    def _bands_at(self, width: int) -> list[PlacedBand]:
        from thidua_desktop.charts.layout import lay_out

        top, bands = 0.0, list[PlacedBand]()
        for band in lay_out(self.chart, screen_frame(self._look, width - 2)):
            bands.append(PlacedBand(band, top))
            top += band.height
        return bands

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(max(self.width(), self._look.px(_NARROWEST)))
        painter = QPainter(self)
        painter.translate(1, 0)
        seen = event.rect()
        chart_painter = ChartPainter(self._look, painter, screen_unit(self._look))
        for placed in self._bands:
            if placed.foot >= seen.top() and placed.top <= seen.bottom():
                chart_painter.paint(placed)
        if self.hasFocus() and self.current >= 0:
            painter.setPen(QPen(self._look.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.marks[self.current][1].adjusted(-2, -2, 2, 2))
        painter.end()

    # Mouse and keys

    def mark_at(self, x: float, y: float) -> int:
        """The number of the mark at a point of the widget, -1 where there is none; the nearest of several."""
        found = [number for number, (_, box) in enumerate(self.marks) if box.contains(x - 1, y)]
        return min(found, key=lambda number: _distance(self.marks[number][1], x - 1, y), default=-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.mark_at(event.position().x(), event.position().y())
        if at < 0:
            QToolTip.hideText()
            self.unsetCursor()
            return
        mark, box = self.marks[at]
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark.source is not None else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), mark.words, self, box.toRect())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.mark_at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._choose(at)
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self.marks:
            self._choose(0 if self.current < 0 else self._next(*step))
            self._bring_into_view()
            self._show_words()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current >= 0:
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.current < 0 and self.marks:
            self.current = 0
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.setAccessibleDescription(spoken(self.chart))
        QToolTip.hideText()
        self.update()

    def _next(self, down: int, across: int) -> int:
        """The neighbour of the current mark in its row, or the one nearest to it in the row above or below."""
        mark = self.marks[self.current][0]
        if across:
            return min(max(self.current + across, 0), len(self.marks) - 1)
        rows = sorted({one.row for one, _ in self.marks})
        at = rows.index(mark.row) + down
        if not 0 <= at < len(rows):
            return self.current
        numbers = [number for number, (one, _) in enumerate(self.marks) if one.row == rows[at]]
        return min(numbers, key=lambda number: abs(self.marks[number][0].place - mark.place))

    def _choose(self, number: int) -> None:
        self.current = number
        self.setAccessibleDescription(self.marks[number][0].words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _bring_into_view(self) -> None:
        """Scrolls the page on which this chart stands to the current mark."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        page = above.widget() if above is not None else None
        if above is not None and page is not None:
            box = self.marks[self.current][1]
            corner = self.mapTo(page, box.center().toPoint())
            above.ensureVisible(corner.x(), corner.y(), round(box.width() / 2) + 8, round(box.height() / 2) + 8)

    def _show_words(self) -> None:
        mark, box = self.marks[self.current]
        rect = box.toRect()
        QToolTip.showText(self.mapToGlobal(rect.bottomLeft()), mark.words, self, QRect(rect))

    def _open(self) -> None:
        mark = self.marks[self.current][0]
        if mark.source is not None:
            self.opened.emit(mark.source, mark.words)


def screen_unit(look: Look) -> float:
    """The frame's unit: a tenth of the letters' size."""
    return ROLE_SIZES[TextRole.CAPTION][0] * look.text_scale / 10.0


def screen_frame(look: Look, width: float) -> Frame:
    """The frame of a chart on the screen: captions everywhere, and nothing smaller."""
    size = screen_unit(look) * 10.0
    metrics: dict[tuple[float, bool], QFontMetricsF] = {}

    def measure(text: str, letters: float, bold: bool) -> float:
        found = metrics.get((letters, bold))
        if found is None:
            found = metrics[letters, bold] = QFontMetricsF(chart_font(look, letters, bold))
        return found.horizontalAdvance(text)

    return Frame(width, measure, size, size, size)


def chart_font(look: Look, size: float, bold: bool) -> QFont:
    """The desk's font at a size in pixels."""
    font = look.font(TextRole.CAPTION, bold)
    font.setPixelSize(max(1, round(size)))
    return font


def _distance(box: QRectF, x: float, y: float) -> float:
    centre = box.center()
    return abs(centre.x() - x) + abs(centre.y() - y)
