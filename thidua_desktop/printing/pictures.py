"""Pictures as the pages of one PDF: each on an A4 sheet turned as the picture is, never finer than print."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

A4 = (595.2756, 841.8898)
_EDGE = 14.0  # points that most printers leave white
_LARGEST = 2480  # dots of the longer side of what has to be packed anew: A4 at 212 dots per inch
_QUALITY = 82
_ORIENTATION = 0x0112


def pictures_to_pdf(
    contents: Sequence[bytes], title: str, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> bytes:
    """One PDF of all pictures in their order, several pages of one TIFF among them.

    ``tell`` hears how many contents of how many are done and may raise to stop. Raises OSError for what is no picture.
    """
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for number, content in enumerate(contents):
        tell(number, len(contents))
        for data, width, height in _pages(content):
            _draw(canvas, data, width, height)
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Any, data: io.BytesIO, width: int, height: int) -> None:
    from reportlab.lib.utils import ImageReader

    sheet = A4 if height >= width else (A4[1], A4[0])
    scale = min((sheet[0] - 2 * _EDGE) / width, (sheet[1] - 2 * _EDGE) / height)
    shown = (width * scale, height * scale)
    canvas.setPageSize(sheet)
    canvas.drawImage(
        ImageReader(data), (sheet[0] - shown[0]) / 2, (sheet[1] - shown[1]) / 2, *shown, preserveAspectRatio=True
    )
    canvas.showPage()


def _pages(content: bytes) -> Iterator[tuple[io.BytesIO, int, int]]:
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(content)) as picture:
        upright = picture.getexif().get(_ORIENTATION, 1) == 1
        fits = max(picture.size) <= _LARGEST
        if picture.format == "JPEG" and upright and fits and picture.mode in ("RGB", "L"):
            yield io.BytesIO(content), *picture.size
            return
        for frame in ImageSequence.Iterator(picture):
            yield _packed(ImageOps.exif_transpose(frame))


def _packed(frame: Image) -> tuple[io.BytesIO, int, int]:
    """A frame as JPEG on white, a scan in black and white as PNG, which keeps letters sharp and is smaller."""
    from PIL import Image as Pictures

    data = io.BytesIO()
    if frame.mode == "1":
        frame.save(data, "PNG")
    else:
        frame = frame.convert("RGBA")
        white = Pictures.new("RGB", frame.size, "white")
        white.paste(frame, mask=frame.getchannel("A"))
        white.thumbnail((_LARGEST, _LARGEST))
        white.save(data, "JPEG", quality=_QUALITY)
        frame = white
    data.seek(0)
    return data, *frame.size
