"""Small drawing pieces that several components share: boxes, focus, icon and words on one line."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout

from thidua_desktop.text import rejoined, unbroken
from thidua_desktop.ui.look.theme import Look

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ONE_LINE = int(Qt.TextFlag.TextSingleLine)
CENTER = int(Qt.AlignmentFlag.AlignCenter)


def rounded_box(
    painter: QPainter, rect: QRect, fill: QColor | None, border: QColor | None, width: int = 1, radius: int = 4,
    dashed: bool = False,
) -> None:  # fmt: skip
    """A filled and bordered box on whole pixels; ``width`` grows inwards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.0
    if border is not None:
        painter.setPen(QPen(border, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        inset = width / 2
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def draw_icon_at(painter: QPainter, look: Look, name: str, ink: str, left: int, middle: int, size: int = 18) -> int:
    """Draws an icon centred on the line ``middle``; returns its right edge plus one."""
    side = look.px(size)
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(QPoint(left, middle - side // 2), look.pixmap(name, ink, size, ratio))
    return left + side


def draw_words(
    painter: QPainter, text: str, rect: QRect, font: QFont, color: QColor, flags: int = LEFT, middle: bool = False,
    fits: bool = False,
) -> bool:  # fmt: skip
    """Draws one line, elided at the right or in the ``middle``; True when it had to be elided.

    What ``fits`` need not be measured again.
    """
    painter.setFont(font)
    painter.setPen(color)
    shown = text if fits else _elided(text, font, rect.width(), middle)
    painter.drawText(rect, flags | _ONE_LINE, shown)
    return shown != text


def _elided(text: str, font: QFont, width: int, middle: bool) -> str:
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return QFontMetrics(font).elidedText(text, mode, width)


def broken_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The words line by line, at most so many; what is left over ends in dots on the last line."""
    metrics = QFontMetrics(font)
    if most == 1:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    text = unbroken(text)
    laid = QTextLayout(text, font)
    laid.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := laid.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    laid.endLayout()
    pieces = [rejoined(text[at:end]).rstrip() for at, end in pairwise([*starts, len(text)])] or [""]
    return [*pieces[:-1], metrics.elidedText(pieces[-1], Qt.TextElideMode.ElideRight, width)]


def hairline(painter: QPainter, look: Look, left: int, right: int, y: int, token: str = "line") -> None:
    """A horizontal line of one device-independent pixel."""
    painter.fillRect(QRect(left, y, right - left + 1, 1), look.color(token))
