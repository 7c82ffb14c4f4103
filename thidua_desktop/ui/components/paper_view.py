"""The paper as it will be printed: white sheets one under the other, figures that open marked and clickable.

The sheet never changes theme. Pages are drawn when they are seen, one after the
other on another thread, so that neither 300 of them nor a slow machine stop the window.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from thidua_desktop.ui.components.paper_pictures import Sheet, draw_sheet
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.tokens import LIGHT
from thidua_desktop.ui.tasks import Task, run_task, work_line

_EDGE, _GAP = 9, 12
_KEPT_AROUND = 3  # pages before and after those in view whose pictures stay
_ASK_AFTER = 60  # milliseconds of a steady width before new pictures are asked for
_SCREEN = 96 / 72  # pixels per point at 100 %
_LEAST_ZOOM, _MOST_ZOOM, _ZOOM_STEP = 0.25, 5.0, 1.2
_ZOOM_KEYS = {
    Qt.Key.Key_Plus: _ZOOM_STEP, Qt.Key.Key_Equal: _ZOOM_STEP, Qt.Key.Key_Minus: 1 / _ZOOM_STEP, Qt.Key.Key_0: 0.0,
}  # fmt: skip
_FOUND = QColor(255, 200, 0, 90)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a figure stands: ``page`` from 1, the rest in points from the page's top left corner."""

    key: str
    page: int
    area: QRectF


class PaperView(QAbstractScrollArea):
    """``figure_chosen`` carries the key of a clicked mark; ``page_changed`` the number of the page in view, from 1."""

    figure_chosen = Signal(str)
    page_changed = Signal(int)

    def __init__(self, look: Look, name: str = "Tờ báo cáo", widest: int = 0) -> None:
        """``widest``: how wide a sheet may grow that fits the width, px at 100 %; 0: as wide as there is room."""
        super().__init__()
        self._look, self._widest = look, widest
        self._pdf = b""
        self._sheets: tuple[Sheet, ...] = ()
        self._pictures: dict[int, QImage] = {}
        self._fresh: set[int] = set()  # pages whose picture is of this paper
        self._drawing: Task | None = None
        self._line = work_line(self)
        self._draw_next = QTimer(self, singleShot=True, interval=0)
        self._draw_next.timeout.connect(self._draw_one)
        self._rects: list[QRect] = []
        self._found: dict[int, tuple[QRectF, ...]] = {}
        self._marks: tuple[Mark, ...] = ()
        self._chosen = ""
        self._zoom = 0.0  # 0: fit the width
        self._page = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self._ask = QTimer(self, singleShot=True, interval=_ASK_AFTER)
        self._ask.timeout.connect(self._draw_one)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._draw_next.start())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        look.follow(self, self._arrange)

    # What is shown

    def set_paper(self, sheets: Sequence[Sheet], marks: Sequence[Mark], pdf: bytes = b"") -> None:
        """Another paper; the old pictures stay until the new ones come, so that nothing flashes."""
        self._pdf, self._sheets, self._marks = pdf, tuple(sheets), tuple(marks)
        self._pictures = {at: picture for at, picture in self._pictures.items() if at < len(self._sheets)}
        self._fresh = set()
        self._arrange()

    def forget_pictures(self) -> None:
        """Nothing of the paper before is shown any more."""
        self._pictures = {}
        self._fresh = set()

    def mark_words(self, found: dict[int, tuple[QRectF, ...]]) -> None:
        """Places of searched words: page numbers from 0, areas in points from the page's top left corner."""
        self._found = found
        self.viewport().update()

    def has_pictures(self) -> bool:
        """Whether every page in view has a picture of its size."""
        return bool(self._sheets) and all(self._is_drawn(index) for index in self.in_view())

    def _is_drawn(self, index: int) -> bool:
        picture = self._pictures.get(index) if index in self._fresh else None
        return picture is not None and picture.width() == self.pixels_of(index)[0]

    def _draw_one(self) -> None:
        """The next page that is seen, on another thread; pages far from those seen are forgotten."""
        if self._drawing is not None or not self._sheets or not self._pdf:
            return
        seen = self.in_view()
        near = range(max(0, seen.start - _KEPT_AROUND), min(len(self._sheets), seen.stop + _KEPT_AROUND))
        for index in [index for index in self._pictures if index not in near]:
            del self._pictures[index]
        following = range(seen.stop, min(seen.stop + 1, len(self._sheets)))
        wanted = next((index for index in (*seen, *following) if not self._is_drawn(index)), None)
        if wanted is None:
            return
        pdf, index, width = self._pdf, wanted, self.pixels_of(wanted)[0]
        self._drawing = run_task(self, lambda _control: draw_sheet(pdf, index, width), self._line)
        self._drawing.succeeded.connect(lambda picture: self._on_drawn(pdf, index, picture))
        self._drawing.failed.connect(lambda error: self._on_drawn(pdf, index, QImage(), error))

    def _on_drawn(self, pdf: bytes, index: int, picture: QImage, error: BaseException | None = None) -> None:
        self._drawing = None
        if error is not None:
            raise error  # a page that was just made can be drawn: a fault of the program
        if pdf is self._pdf:
            self._pictures[index] = picture
            self._fresh.add(index)
            self.viewport().update()
        self._draw_next.start()

    def page_count(self) -> int:
        """Number of sheets."""
        return len(self._sheets)

    def choose(self, key: str, follow: bool = True) -> None:
        """Marks a figure; ``follow`` brings its first place into view."""
        self._chosen = key
        self.viewport().update()
        first = next((mark for mark in self._marks if mark.key == key), None)
        if follow and first is not None:
            box = self._box(first).translated(self._offset())
            if not self.viewport().rect().contains(box):
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + box.center().y() - self.viewport().height() // 2)

    def chosen(self) -> str:
        """Key of the marked figure, or an empty string."""
        return self._chosen

    def set_zoom(self, zoom: float) -> None:
        """1.0 is the size on paper; 0 fits the width. What is in the middle stays there."""
        bar, before = self.verticalScrollBar(), self.scale()
        middle = (bar.value() + self.viewport().height() / 2) / before
        self._zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM) if zoom else 0.0
        self._arrange()
        bar.setValue(round(middle * self.scale() - self.viewport().height() / 2))

    def fit_page(self) -> None:
        """The whole of the page in view."""
        sheet = self._sheets[max(0, self._page - 1)] if self._sheets else Sheet(595.0, 842.0)
        room = self.viewport().size()
        edge = 2 * self._look.px(_EDGE)
        self.set_zoom(min((room.width() - edge) / sheet.width, (room.height() - edge) / sheet.height) / _SCREEN)
        self.go_to_page(max(1, self._page))

    def step_zoom(self, factor: float) -> None:
        """Larger or smaller than it is now."""
        self.set_zoom(self.scale() / _SCREEN * factor)

    def pixels_of(self, index: int) -> tuple[int, int]:
        """Size of a sheet's picture in dots of the screen: what it takes, whatever the screen is scaled by."""
        rect, ratio = self._sheet_rect(index), self.devicePixelRatioF()
        return round(rect.width() * ratio), round(rect.height() * ratio)

    def go_to_page(self, number: int) -> None:
        """Brings a page, counted from 1, to the top."""
        if 1 <= number <= len(self._sheets):
            self.verticalScrollBar().setValue(self._sheet_rect(number - 1).top() - self._look.px(_EDGE))

    def mark_center(self, key: str) -> QPoint:
        """Where a figure's first mark is in the viewport now; for clicks in tests and for hints."""
        mark = next(mark for mark in self._marks if mark.key == key)
        return self._box(mark).translated(self._offset()).center()

    # Geometry

    def scale(self) -> float:
        """Logical pixels per point of the first sheet."""
        return self._scale_of(0)

    def _scale_of(self, index: int) -> float:
        """Each sheet fits the width by itself: a wide annex does not make the upright pages small."""
        if self._zoom:
            return self._zoom * _SCREEN
        wide = self._sheets[index].width if index < len(self._sheets) else 595.0
        room = self.viewport().width() - 2 * self._look.px(_EDGE)
        return max(0.2, (min(room, self._look.px(self._widest)) if self._widest else room) / wide)

    def _sheet_rect(self, index: int) -> QRect:
        """One sheet in content coordinates."""
        return self._rects[index]

    def _place_sheets(self) -> None:
        """All sheets one under the other; kept, because a long paper asks for them at every move."""
        top, view = self._look.px(_EDGE), self.viewport().width()
        self._rects = []
        for index, sheet in enumerate(self._sheets):
            scale = self._scale_of(index)
            width, height = round(sheet.width * scale), round(sheet.height * scale)
            self._rects.append(QRect(max(self._look.px(_EDGE), (view - width) // 2), top, width, height))
            top += height + self._look.px(_GAP)

    def in_view(self) -> range:
        """Pages that are seen, from 0."""
        upper = self.verticalScrollBar().value()
        first = bisect_left(self._rects, upper, key=lambda rect: rect.bottom())
        last = bisect_right(self._rects, upper + self.viewport().height(), key=lambda rect: rect.top())
        return range(first, last)

    def _box(self, mark: Mark) -> QRect:
        scale, sheet = self._scale_of(mark.page - 1), self._sheet_rect(mark.page - 1)
        area = QRectF(
            mark.area.x() * scale, mark.area.y() * scale, mark.area.width() * scale, mark.area.height() * scale
        )
        return area.translated(sheet.topLeft()).toAlignedRect()

    def _offset(self) -> QPoint:
        return QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _arrange(self) -> None:
        self._place_sheets()
        if not self._sheets:
            return
        last = self._sheet_rect(len(self._sheets) - 1)
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, last.bottom() + self._look.px(_EDGE) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self._look.px(40))
        width = max(rect.right() for rect in self._rects) + self._look.px(_EDGE)
        self.horizontalScrollBar().setRange(0, max(0, width - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self._on_scrolled()
        self.viewport().update()
        self._ask.start()

    def _on_scrolled(self) -> None:
        if not self._sheets:
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = max(1, bisect_right(self._rects, middle, key=lambda rect: rect.top()))
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._look.color("raised"))
        offset = self._offset()
        for index in self.in_view():
            self._paint_sheet(painter, index, self._sheet_rect(index).translated(offset))
        if self.hasFocus():
            painter.setPen(QPen(self._look.color("accent-ink"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_sheet(self, painter: QPainter, index: int, sheet: QRect) -> None:
        painter.fillRect(sheet.adjusted(-1, -1, 1, 1), self._look.color("line-2"))
        painter.fillRect(sheet, QColor("#FFFFFF"))
        if index in self._pictures:
            self._paint_picture(painter, self._pictures[index], sheet, self.pixels_of(index))
        for area in self._found.get(index, ()):
            painter.fillRect(self._area(area, index, sheet.topLeft()), _FOUND)
        ink = QColor(LIGHT.accent)
        for mark in self._marks:
            if mark.page != index + 1:
                continue
            box = self._box(mark).translated(self._offset()).adjusted(-2, -1, 2, 2)
            if mark.key == self._chosen:
                fill = QColor(ink)
                fill.setAlpha(38)
                painter.fillRect(box, fill)
                painter.setPen(QPen(ink, 1))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
            else:
                painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
                painter.drawLine(box.left() + 2, box.bottom() - 1, box.right() - 2, box.bottom() - 1)

    def _paint_picture(self, painter: QPainter, picture: QImage, sheet: QRect, size: tuple[int, int]) -> None:
        """Dot by dot where the picture has the sheet's size, so that letters stay sharp; else, for a moment, scaled."""
        ratio = self.devicePixelRatioF()
        if abs(picture.width() - size[0]) <= 2 and abs(picture.height() - size[1]) <= 2:
            picture.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(round(sheet.x() * ratio) / ratio, round(sheet.y() * ratio) / ratio), picture)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(sheet, picture)

    def _area(self, area: QRectF, index: int, corner: QPoint) -> QRect:
        """A place on a page, from points to the viewport."""
        scale = self._scale_of(index)
        made = QRectF(area.x() * scale, area.y() * scale, area.width() * scale, area.height() * scale)
        return made.translated(corner).toAlignedRect()

    # Mouse and keys

    def _mark_at(self, point: QPoint) -> Mark | None:
        offset = self._offset()
        reach = [
            mark for mark in self._marks if self._box(mark).translated(offset).adjusted(-2, -2, 2, 3).contains(point)
        ]
        return reach[0] if reach else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position().toPoint())
        if mark is not None and event.button() is Qt.MouseButton.LeftButton:
            self.figure_chosen.emit(mark.key)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._zoomed_by(event):
            return
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to_page(self._page + (1 if event.key() == Qt.Key.Key_PageDown else -1))
            return
        super().keyPressEvent(event)

    def _zoomed_by(self, event: QKeyEvent) -> bool:
        """Ctrl and + − 0 while the paper has the focus; W fits the width, P the page."""
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain & Qt.KeyboardModifier.ControlModifier and key in _ZOOM_KEYS:
            factor = _ZOOM_KEYS[Qt.Key(key)]
            self.step_zoom(factor) if factor else self.set_zoom(1.0)
        elif key == Qt.Key.Key_W and not plain:
            self.set_zoom(0.0)
        elif key == Qt.Key.Key_P and not plain:
            self.fit_page()
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP)
            event.accept()
            return
        super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        if _is_zoom(event):
            event.accept()  # here they are for the paper, elsewhere for the size of all letters
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)


def _is_zoom(event: QEvent) -> bool:
    """Whether a shortcut of the window is a zoom key here."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() in _ZOOM_KEYS
