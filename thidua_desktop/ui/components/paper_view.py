"""The paper as it will be printed: white sheets one under the other, figures that open marked and clickable.

The sheet never changes theme. Pictures are drawn elsewhere: the view asks for them by ``pictures_wanted``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from thidua_desktop.ui.components.paper_pictures import Sheet, draw_sheets, sheets_of
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.tokens import LIGHT

_EDGE, _GAP = 9, 12
_ASK_AFTER = 60  # milliseconds of a steady width before new pictures are asked for
_SCREEN = 96 / 72  # pixels per point at 100 %


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
    pictures_wanted = Signal(float)

    def __init__(self, look: Look, name: str = "Tờ báo cáo", widest: int = 0) -> None:
        """``widest``: how wide a sheet may grow that fits the width, px at 100 %; 0: as wide as there is room."""
        super().__init__()
        self._look, self._widest = look, widest
        self._sheets: tuple[Sheet, ...] = ()
        self._pictures: list[QImage] = []
        self._marks: tuple[Mark, ...] = ()
        self._chosen = ""
        self._zoom = 0.0  # 0: fit the width
        self._page = 0
        self._wanted_scale = 0.0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self._ask = QTimer(self, singleShot=True, interval=_ASK_AFTER)
        self._ask.timeout.connect(self._ask_for_pictures)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        look.follow(self, self._arrange)

    # What is shown

    def set_paper(self, sheets: Sequence[Sheet], marks: Sequence[Mark]) -> None:
        """Another paper; the old pictures stay until the new ones come, so that nothing flashes."""
        self._sheets, self._marks = tuple(sheets), tuple(marks)
        self._pictures = self._pictures[: len(self._sheets)]
        self._wanted_scale = 0.0
        self._arrange()

    def set_pictures(self, pictures: Sequence[QImage]) -> None:
        """The pictures of all sheets, in order."""
        self._pictures = list(pictures)
        self.viewport().update()

    def has_pictures(self) -> bool:
        """Whether every sheet has its picture."""
        return bool(self._sheets) and len(self._pictures) == len(self._sheets)

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
        """1.0 is the size on paper; 0 fits the width."""
        self._zoom = zoom
        self._arrange()

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
        """Logical pixels per point."""
        if self._zoom:
            return self._zoom * _SCREEN
        widest = max((sheet.width for sheet in self._sheets), default=595.0)
        room = self.viewport().width() - 2 * self._look.px(_EDGE)
        return max(0.2, (min(room, self._look.px(self._widest)) if self._widest else room) / widest)

    def _sheet_rect(self, index: int) -> QRect:
        """One sheet in content coordinates."""
        scale, top = self.scale(), self._look.px(_EDGE)
        for sheet in self._sheets[:index]:
            top += round(sheet.height * scale) + self._look.px(_GAP)
        sheet = self._sheets[index]
        width = round(sheet.width * scale)
        left = max(self._look.px(_EDGE), (self.viewport().width() - width) // 2)
        return QRect(left, top, width, round(sheet.height * scale))

    def _box(self, mark: Mark) -> QRect:
        scale, sheet = self.scale(), self._sheet_rect(mark.page - 1)
        area = QRectF(
            mark.area.x() * scale, mark.area.y() * scale, mark.area.width() * scale, mark.area.height() * scale
        )
        return area.translated(sheet.topLeft()).toAlignedRect()

    def _offset(self) -> QPoint:
        return QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _arrange(self) -> None:
        if not self._sheets:
            return
        last = self._sheet_rect(len(self._sheets) - 1)
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, last.bottom() + self._look.px(_EDGE) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self._look.px(40))
        width = max(self._sheet_rect(index).right() for index in range(len(self._sheets))) + self._look.px(_EDGE)
        self.horizontalScrollBar().setRange(0, max(0, width - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self._on_scrolled()
        self.viewport().update()
        self._ask.start()

    def _ask_for_pictures(self) -> None:
        scale = self.scale() * self.devicePixelRatioF()
        if self._sheets and abs(scale - self._wanted_scale) > 0.002:
            self._wanted_scale = scale
            self.pictures_wanted.emit(scale)

    def _on_scrolled(self) -> None:
        if not self._sheets:
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = sum(self._sheet_rect(index).top() <= middle for index in range(len(self._sheets)))
        page = max(1, page)
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
        for index in range(len(self._sheets)):
            sheet = self._sheet_rect(index).translated(offset)
            if sheet.intersects(event.rect()):
                self._paint_sheet(painter, index, sheet)
        if self.hasFocus():
            painter.setPen(QPen(self._look.color("accent-ink"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_sheet(self, painter: QPainter, index: int, sheet: QRect) -> None:
        painter.fillRect(sheet.adjusted(-1, -1, 1, 1), self._look.color("line-2"))
        painter.fillRect(sheet, QColor("#FFFFFF"))
        if index < len(self._pictures):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, self._pictures[index])
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
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to_page(self._page + (1 if event.key() == Qt.Key.Key_PageDown else -1))
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)


class PdfView(PaperView):
    """A finished PDF of a few pages, drawn as soon as its size on screen is known."""

    def __init__(self, look: Look, name: str, widest: int = 0) -> None:
        super().__init__(look, name, widest)
        self._pdf = b""
        self.pictures_wanted.connect(self._draw)

    def show_pdf(self, pdf: bytes) -> None:
        """Shows the pages of a PDF."""
        self._pdf = pdf
        self.set_pictures(())
        self.set_paper(sheets_of(pdf), ())

    def _draw(self, scale: float) -> None:
        self.set_pictures(draw_sheets(self._pdf, scale))
