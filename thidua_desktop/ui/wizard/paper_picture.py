"""A page of a PDF as a sheet of paper on the desk; it never changes theme. Also puts pages on a printer."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.look.theme import Look

_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0  # points
_PRINT_DPI = 300
_LEAST_WIDTH = 240
Part = tuple[float, float, float, float]
WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


def page_images(pdf: bytes, width: int) -> list[QImage]:
    """The pages of a PDF, each ``width`` px wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_image(page, width) for page in document]
    finally:
        document.close()


def _image(page: object, width: int) -> QImage:
    scale = width / page.get_width()  # type: ignore[attr-defined]
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)  # type: ignore[attr-defined]
    shown = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
    return shown.copy()  # the buffer goes with the bitmap


class PaperPicture(QWidget):
    """The first page of a PDF, ``width`` px wide at 100 %; ``part`` is the piece of the page that is shown.

    ``part``: left, top, right, bottom as shares of an A4 page.
    """

    def __init__(self, look: Look, width: int, part: Part = WHOLE, name: str = "Trang giấy") -> None:
        super().__init__()
        self._look, self._width, self._part = look, width, part
        self._pdf = b""
        self._drawn: tuple[int, QImage] | None = None
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.follow(self, self._restyle)

    @property
    def pdf(self) -> bytes:
        """What is shown."""
        return self._pdf

    def set_pdf(self, pdf: bytes) -> None:
        """Shows another page."""
        self._pdf = pdf
        self._drawn = None
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        left, top, right, bottom = self._part
        return round(width * (_A4_HEIGHT * (bottom - top)) / (_A4_WIDTH * (right - left)))

    def sizeHint(self) -> QSize:
        width = self._look.px(self._width)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = min(self._look.px(self._width), _LEAST_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def _restyle(self) -> None:
        self._drawn = None
        self.setMaximumWidth(self._look.px(self._width))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        sheet = self.rect()
        sheet.setHeight(min(sheet.height(), self.heightForWidth(self.width())))
        painter.fillRect(sheet, self._look.color("#FFFFFF"))
        if self._pdf:
            left, top, right, bottom = self._part
            image = self._page(round(self.width() * self.devicePixelRatioF() / (right - left)))
            wide, high = image.width(), image.height()
            source = QRectF(left * wide, top * high, (right - left) * wide, (bottom - top) * high)
            painter.drawImage(QRectF(0, 0, self.width(), self.heightForWidth(self.width())), image, source)
        painter.setPen(self._look.color("line-2"))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))
        painter.end()

    def _page(self, width: int) -> QImage:
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, page_images(self._pdf, width)[0])
        return self._drawn[1]


def print_pdf(pdf: bytes, title: str, parent: QWidget) -> bool:
    """Asks for a printer and puts every page on it; whether it was sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"In {title[:1].lower()}{title[1:]}")
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    put_on(printer, pdf)
    return True


def put_on(printer: object, pdf: bytes) -> None:
    """Draws the pages on a ``QPrinter``, each filling its sheet."""
    printer.setFullPage(True)  # type: ignore[attr-defined]
    images = page_images(pdf, round(_A4_WIDTH / 72 * _PRINT_DPI))
    painter = QPainter(printer)  # type: ignore[call-overload]
    for number, image in enumerate(images):
        if number:
            printer.newPage()  # type: ignore[attr-defined]
        sheet = painter.viewport()
        height = round(sheet.width() * image.height() / image.width())
        painter.drawImage(QRect(0, 0, sheet.width(), height), image)
    painter.end()
