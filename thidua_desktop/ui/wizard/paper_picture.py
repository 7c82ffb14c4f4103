"""A page of a PDF as a sheet of paper on the desk; it never changes theme. Also puts pages on a printer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_output import ask_printer, send_to_printer
from thidua_desktop.ui.components.paper_pictures import draw_sheets, sheets_of
from thidua_desktop.ui.look.theme import Look

_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0  # points
_LEAST_WIDTH = 240
Part = tuple[float, float, float, float]
WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


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
            self._drawn = (width, draw_sheets(self._pdf, width / _A4_WIDTH, [0])[0])
        return self._drawn[1]


def print_pdf(work: LongWork, pdf: bytes, title: str, parent: QWidget, done: Callable[[], None]) -> None:
    """Asks for a printer and puts every page on it, off the window's thread; a printer that refuses is told."""
    printer = ask_printer(parent, title, len(sheets_of(pdf)))
    if printer is not None:
        send_to_printer(work, pdf, printer, done)
