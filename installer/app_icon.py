"""Draws the program's icon from its own picture: ``thidua.ico`` for Windows and ``thidua_<size>.png`` for desktops.

QT_QPA_PLATFORM=offscreen python -m installer.app_icon FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from installer.bundle import ROOT

SIZES = (16, 24, 32, 48, 64, 128, 256)
GROUND, INK = "#1F4E8C", "#FFFFFF"


def draw(size: int, target: Path) -> None:
    """One PNG: the picture in white on a rounded blue square."""
    from PySide6.QtCore import QByteArray, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(GROUND))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.18, size * 0.18)
    svg = (ROOT / "resources" / "icons" / "landmark.svg").read_text(encoding="utf-8").replace("currentColor", INK)
    edge = size * 0.17
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
    painter.end()
    image.save(str(target))


def main() -> int:
    """All sizes into the named folder."""
    from PIL import Image
    from PySide6.QtGui import QGuiApplication

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication.instance() or QGuiApplication([])
    for size in SIZES:
        draw(size, folder / f"thidua_{size}.png")
    del application
    pictures = [Image.open(folder / f"thidua_{size}.png") for size in SIZES]
    pictures[-1].save(
        folder / "thidua.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1], format="ICO"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
