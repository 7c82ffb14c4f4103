"""Pictures for the eye, decoded without the window's own decoders, which a trimmed installation does not all have.

Everything here may be called from any thread.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def page_count(content: bytes) -> int:
    """How many pages a picture has: more than one for a scan of several sheets in one TIFF, and moving pictures."""
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        return int(getattr(picture, "n_frames", 1))


def shown_small(content: bytes, side: int, page: int = 0) -> bytes:
    """A page of a picture as PNG, upright, neither side longer than ``side``; raises ValueError when it cannot be."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            picture.seek(page)
            picture.draft("RGB", (side, side))  # a photograph need not be decoded whole
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if _is_clear(upright) else "RGB")
            upright.thumbnail((side, side))
            stream = io.BytesIO()
            upright.save(stream, "PNG", compress_level=1)
    except Exception as fault:  # a decoder fed with damage raises whatever it likes
        raise ValueError("no picture that can be shown") from fault
    return stream.getvalue()


def _is_clear(picture: Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def as_one_pdf(
    contents: Sequence[bytes], title: str, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> bytes:
    """Pictures bound into one PDF, in their order; ``tell`` as in ``pictures_to_pdf``."""
    from thidua_desktop.printing.pictures import pictures_to_pdf

    return pictures_to_pdf(contents, title, tell)
