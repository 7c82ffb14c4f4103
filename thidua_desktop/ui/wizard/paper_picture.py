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
from thidua_desktop.ui.tasks import run_task, work_line

_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0  # points
_LEAST_WIDTH = 240
Part = tuple[float, float, float, float]
WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


class PaperPicture(QWidget):
    """The first page of a PDF, ``width`` px wide at 100 %; ``part`` is the piece of the page that is shown.

    ``part``: left, top, right, bottom as shares of an A4 page. It is drawn beside the window: until it is there the
    sheet is white, or shows what it showed before.
    """

    def __init__(self, look: Look, width: int, part: Part = WHOLE, name: str = "Trang giấy") -> None:
        super().__init__()
        self._look, self._width, self._part = look, width, part
        self._pdf = b""
        self._line = work_line(self)
        self._asked: tuple[bytes, int] | None = None
        self.image: QImage | None = None
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
        self.setMaximumWidth(self._look.px(self._width))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        sheet = self.rect()
        sheet.setHeight(min(sheet.height(), self.heightForWidth(self.width())))
        painter.fillRect(sheet, self._look.color("#FFFFFF"))
        left, top, right, bottom = self._part
        if self._pdf:
            self._ask(round(self.width() * self.devicePixelRatioF() / (right - left)))
        image = self.image
        if image is not None:
            wide, high = image.width(), image.height()
            source = QRectF(left * wide, top * high, (right - left) * wide, (bottom - top) * high)
            painter.drawImage(QRectF(0, 0, self.width(), self.heightForWidth(self.width())), image, source)
        painter.setPen(self._look.color("line-2"))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))
        painter.end()

    def _ask(self, width: int) -> None:
        """Has the page drawn for a sheet so many dots wide, unless that was asked for last."""
        wanted = pdf, _ = self._pdf, width
        if self._asked == wanted:
            return
        self._asked = wanted
        task = run_task(self, lambda _control: draw_sheets(pdf, width / _A4_WIDTH, [0])[0], self._line)
        task.succeeded.connect(lambda image: self._show(wanted, image))
        task.failed.connect(self._fail)

    def _show(self, drawn: tuple[bytes, int], image: QImage) -> None:
        if drawn == self._asked:
            self.image = image
            self.update()

    def _fail(self, error: BaseException) -> None:
        raise error


def print_pdf(work: LongWork, pdf: bytes, title: str, parent: QWidget, done: Callable[[], None]) -> None:
    """Asks for a printer and puts every page on it, off the window's thread; a printer that refuses is told."""
    printer = ask_printer(parent, title, len(sheets_of(pdf)))
    if printer is not None:
        send_to_printer(work, pdf, printer, done)
