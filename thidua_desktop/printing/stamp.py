"""What a digital signature shows: a page of the size of its place (Decree 30, Appendix I, part II, points 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from thidua_desktop.errors import UserError
from thidua_desktop.printing.decree30 import MM
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.marks import SignaturePlace

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SEAL = 36.0
"""Diameter of an office's round seal, mm; its image is drawn at this width."""
_SIGNATURE = 42.0  # widest image of a handwritten signature, mm
_COVERED = 1 / 3  # of the signature, by the seal at its left
_FRAME = (50.0, 15.0)  # mm
_SIZES = (9.0, 8.0, 7.0, 6.0)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The drawing and where it goes: page from 1, points from the page's top left corner."""

    pdf: bytes
    page: int
    x: float
    y: float
    w: float
    h: float


def signature_stamp(
    place: SignaturePlace, lines: tuple[str, ...], image: bytes | None = None, seal: bytes | None = None
) -> Stamp:
    """The image of a signature in the middle of its place, an office's seal over a third of it at its left.

    Without images a plain frame with ``lines``. Raises TD-PRINT-046 for an image that cannot be read.
    """
    shown = (
        _size(image, _SIGNATURE * MM, place.h) if image else ((_SIGNATURE if seal else _FRAME[0]) * MM, _FRAME[1] * MM)
    )
    width = min(shown[0], place.w)
    height = shown[1] * width / shown[0] if image else min(shown[1], place.h)
    left, top = place.x + (place.w - width) / 2, place.y + (place.h - height) / 2
    side = SEAL * MM if seal else 0.0
    seal_left = left + width * _COVERED - side
    box_left = min(left, seal_left) if seal else left
    box_height = max(height, side)
    box_top = top - (box_height - height) / 2
    whole = left + width - box_left
    buffer = BytesIO()
    canvas = _canvas(buffer, whole, box_height)
    middle = (box_height - height) / 2
    if image:
        _draw(canvas, image, left - box_left, middle, width, height)
    elif not seal:
        _frame(canvas, lines, width, height)
    if seal:
        _draw(canvas, seal, seal_left - box_left, (box_height - side) / 2, side, side)
    canvas.showPage()
    canvas.save()
    return Stamp(buffer.getvalue(), place.page, box_left, box_top, whole, box_height)


def _canvas(buffer: BytesIO, width: float, height: float) -> Canvas:
    from reportlab.pdfgen.canvas import Canvas

    return Canvas(buffer, pagesize=(width, height), invariant=1, pageCompression=1)


def _reader(image: bytes) -> Any:
    from reportlab.lib.utils import ImageReader

    try:
        return ImageReader(BytesIO(image))
    except Exception as fault:  # reportlab wraps whatever Pillow raises
        raise UserError("TD-PRINT-046") from fault


def _size(image: bytes, widest: float, highest: float) -> tuple[float, float]:
    width, height = _reader(image).getSize()
    scale = min(widest / width, highest / height)
    return width * scale, height * scale


def _draw(canvas: Canvas, image: bytes, x: float, y: float, width: float, height: float) -> None:
    canvas.drawImage(_reader(image), x, y, width, height, mask="auto")


def _frame(canvas: Canvas, lines: tuple[str, ...], width: float, height: float) -> None:
    """A thin frame with its lines, as large as they fit."""
    typeface = load_typeface()
    face = typeface.regular
    words = [typeface.prepare(line) for line in lines]
    room, fits = width - 3 * MM, height / (len(words) + 0.5)
    widest = max(face.width(line, 1.0) for line in words)
    size = next((one for one in _SIZES if widest * one <= room and one * 1.2 <= fits), _SIZES[-1])
    canvas.setLineWidth(0.5)
    canvas.rect(0.5, 0.5, width - 1, height - 1)
    top = (height + len(words) * size * 1.2) / 2
    for number, line in enumerate(words):
        canvas.setFont(face.name, size)
        canvas.drawCentredString(width / 2, top - (number + 0.85) * size * 1.2, line)
