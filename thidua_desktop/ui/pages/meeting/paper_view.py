"""A PDF as it will be printed: white sheets whatever the theme, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui.look.theme import Look

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_POINTS_PER_INCH = 72
_PRINT_DPI = 300
_SHEET_WIDTH = 760  # px at 100 %


def page_images(pdf: bytes, dpi: float) -> Iterator[QImage]:
    """Every page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
            shape = (bitmap.width, bitmap.height, bitmap.stride)
            yield QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGBX8888).copy()
            page.close()
    finally:
        document.close()


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Prints every page at the printer's paper size; raises TD-UI-022 when the printer refuses."""
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("TD-UI-022", printer=printer.printerName() or "đã chọn")
    try:
        for number, image in enumerate(page_images(pdf, min(_PRINT_DPI, printer.resolution()))):
            if number:
                printer.newPage()
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            where = paper.translated(-printer.pageLayout().paintRectPixels(printer.resolution()).topLeft())
            painter.drawImage(QRectF(where), image)
    finally:
        painter.end()


class Sheet(QWidget):
    """One page, scaled to the width there is."""

    def __init__(self, look: Look, image: QImage, name: str) -> None:
        super().__init__()
        self._look, self._image = look, image
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return round(width * self._image.height() / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        width = self._look.px(_SHEET_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(self._look.color("line-2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PaperView(QScrollArea):
    """Sheets one below the other; PgUp and PgDn turn them."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets: list[Sheet] = []
        content = QWidget()
        self._column = QVBoxLayout(content)
        look.margins(self._column, 16, 16, 16, 16, 16)
        self._column.addStretch(1)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_pdf(self, pdf: bytes) -> None:
        """Shows the pages of a PDF."""
        for sheet in self.sheets:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        dpi = 96 * self._look.text_scale * max(1.0, self.devicePixelRatioF()) * 1.5
        images = list(page_images(pdf, dpi))
        self.sheets = [
            Sheet(self._look, image, f"Trang {number} trong {len(images)}")
            for number, image in enumerate(images, start=1)
        ]
        for place, sheet in enumerate(self.sheets):
            self._column.insertWidget(place, sheet)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * self._look.px(16)
        width = max(self._look.px(200), min(room, self._look.px(_SHEET_WIDTH)))
        side = max(self._look.px(16), (self.viewport().width() - width) // 2)
        self._column.setContentsMargins(side, self._look.px(16), side, self._look.px(16))
        for sheet in self.sheets:
            sheet.setFixedHeight(sheet.heightForWidth(width))


def save_pdf(pdf: bytes, path: Path) -> None:
    """Writes a PDF beside the file first, so that a pulled stick leaves no half paper."""
    half = path.with_name(f"{path.name}.tmp")
    half.write_bytes(pdf)
    half.replace(path)
