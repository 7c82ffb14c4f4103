"""Lucide icons from ``resources/icons``, tinted by replacing ``currentColor`` (Qt would draw it black)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt, qWarning
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from thidua_desktop.paths import resource_path

#: Lucide draws on a 24 px grid; below this size the line is a little heavier so that it keeps its weight.
SMALL_ICON = 16


@cache
def _folder() -> Path:
    return resource_path("icons")


_NOT_THERE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2">'
    '<rect x="5" y="5" width="14" height="14" rx="2"/></svg>'
)
"""A plain box: a page whose icon is gone is still read and worked with."""


@cache
def icon_source(name: str) -> str:
    """SVG text of the icon ``name``; one that is not there is a box, and is told to the log once."""
    try:
        return (_folder() / f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        qWarning(f"icon {name}.svg cannot be read")
        return _NOT_THERE


def draw_icon(name: str, ink: str, size: int, ratio: float) -> QPixmap:
    """The icon in the colour ``ink`` (``#RRGGBB``), ``size`` logical px square, for a device pixel ratio."""
    stroke = "2" if size <= SMALL_ICON else "1.9"
    source = icon_source(name).replace("currentColor", ink).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    renderer = QSvgRenderer(QByteArray(source.encode()))
    side = max(1, round(size * ratio))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
