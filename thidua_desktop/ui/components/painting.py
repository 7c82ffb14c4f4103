"""Small drawing pieces that several components share: boxes, focus, icon and words on one line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from thidua_desktop.ui.look.theme import Look

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTER = int(Qt.AlignmentFlag.AlignCenter)


def rounded_box(
    painter: QPainter, rect: QRect, fill: QColor | None, border: QColor | None, width: int = 1, radius: int = 4
) -> None:
    """A filled and bordered box on whole pixels; ``width`` grows inwards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.0
    if border is not None:
        painter.setPen(QPen(border, width))
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


def draw_words(painter: QPainter, text: str, rect: QRect, font: QFont, color: QColor, flags: int = LEFT) -> bool:
    """Draws one line, elided at the right; True when it had to be elided."""
    painter.setFont(font)
    painter.setPen(color)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags | int(Qt.TextFlag.TextSingleLine), shown)
    return shown != text


def hairline(painter: QPainter, look: Look, left: int, right: int, y: int, token: str = "line") -> None:
    """A horizontal line of one device-independent pixel."""
    painter.fillRect(QRect(left, y, right - left + 1, 1), look.color(token))
