"""A chart with its title and what can be done with it: copied as a picture or as numbers, printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.charts.layout import lay_out
from thidua_desktop.charts.model import Chart, ChartKind
from thidua_desktop.charts.numbers import numbers_of
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.chart_view import ChartPainter, ChartView, PlacedBand, screen_frame, screen_unit
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.table_clipboard import table_mime
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look, Theme

_WIDTH, _MARGIN, _SHARPER = 720, 16, 2  # of a copied picture, at 96 dots per inch; Word shows it sharp


class ChartBlock(QWidget):
    """``opened``: a mark was chosen; ``print_wanted`` carries the chart; ``told`` says what was copied.

    ``arranging_wanted``: the cells of a map shall lie elsewhere; only offered with ``may_arrange``.
    """

    opened = Signal(object, str)
    print_wanted = Signal(object)
    told = Signal(str)
    arranging_wanted = Signal()

    def __init__(
        self, look: Look, chart: Chart, may_arrange: bool = False, may_print: bool = True, about: str = ""
    ) -> None:
        """``about``: whose figures of which period, for a picture that leaves the page."""
        super().__init__()
        self.chart, self.about = chart, about
        self.view = ChartView(look, chart)
        self.view.opened.connect(self.opened)
        head = QHBoxLayout()
        look.margins(head, 0, 0, 0, 0, 12)
        head.addWidget(label(chart.title, TextRole.CARD_TITLE, wrap=True), 1)
        self.arrange = link(look, "Xếp ô")
        self.copy_picture = link(look, "Chép hình", "copy", leads=False)
        self.copy_numbers = link(look, "Chép số", "copy", leads=False)
        self.print_button = link(look, "In", "printer", leads=False)
        acts = (self.arranging_wanted.emit, self.put_picture, self.put_numbers, lambda: self.print_wanted.emit(chart))
        offered = (may_arrange and chart.kind is ChartKind.GRID, True, True, may_print)
        buttons = (self.arrange, self.copy_picture, self.copy_numbers, self.print_button)
        for button, act, shown in zip(buttons, acts, offered, strict=True):
            button.setAccessibleName(f"{button.text()}: {chart.title}")
            button.clicked.connect(act)
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            set_shown(button, shown)
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 8)
        column.addLayout(head)
        if chart.unit:
            column.addWidget(caption(f"Đơn vị tính: {chart.unit}"))
        column.addWidget(self.view)

    def put_picture(self) -> None:
        """The chart with its title as a picture into the clipboard."""
        QGuiApplication.clipboard().setImage(picture_of(self.chart, self.about))
        self.told.emit("Đã chép hình biểu đồ; dán vào Word, Zalo bằng Ctrl+V")

    def put_numbers(self) -> None:
        """The chart's numbers as a table into the clipboard."""
        found = numbers_of(self.chart, "Nội dung")
        numbers = frozenset(range(1, len(found.heads)))
        QGuiApplication.clipboard().setMimeData(table_mime(found.heads, found.rows, numbers))
        self.told.emit(f"Đã chép {len(found.rows)} dòng số liệu; dán vào Excel bằng Ctrl+V")


def picture_of(chart: Chart, about: str = "") -> QImage:
    """The chart as paper would show it, whatever the theme: dark on white, with its title, what it is of, and unit."""
    look = Look(Theme.LIGHT)
    frame = screen_frame(look, _WIDTH)
    title = frame.wrap(chart.title, _WIDTH, look.font(TextRole.CARD_TITLE).pixelSize())
    line = look.px(22)
    under = ". ".join(filter(None, (about, f"Đơn vị tính: {chart.unit}" if chart.unit else "")))
    placed, top = [], 2.0 * _MARGIN + line * (len(title) + bool(under))
    for band in lay_out(chart, frame):
        placed.append(PlacedBand(band, top))
        top += band.height
    image = QImage(
        (_WIDTH + 2 * _MARGIN) * _SHARPER, round(top + _MARGIN) * _SHARPER, QImage.Format.Format_RGB32
    )  # fmt: skip
    image.setDevicePixelRatio(_SHARPER)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.translate(_MARGIN, 0)
    painter.setPen(look.color("text"))
    painter.setFont(look.font(TextRole.CARD_TITLE))
    for at, words in enumerate(title):
        painter.drawText(0, _MARGIN + line * (at + 1) - look.px(5), words)
    if under:
        painter.setFont(look.font(TextRole.CAPTION))
        painter.setPen(look.color("muted"))
        painter.drawText(0, _MARGIN + line * (len(title) + 1) - look.px(5), under)
    chart_painter = ChartPainter(look, painter, screen_unit(look))
    for one in placed:
        chart_painter.paint(one)
    painter.end()
    return image
