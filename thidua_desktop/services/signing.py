"""Signing a finished PDF, and telling what signatures one has. The signing library is loaded only here, when asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from thidua_desktop.errors import UserError
from thidua_desktop.printing.marks import Rendered, SignaturePlace
from thidua_desktop.signing.check import Found, require_intact, signatures
from thidua_desktop.signing.keys import FileKey, TokenKey, opened
from thidua_desktop.signing.sign import Box, sign_pdf

__all__ = [
    "FileKey",
    "Found",
    "Rendered",
    "SignaturePlace",
    "TokenKey",
    "place_of",
    "places_in",
    "require_intact",
    "sign",
    "signatures",
]


def sign(
    pdf: bytes, key: FileKey | TokenKey, now: datetime, place: SignaturePlace | None = None,
    image: bytes | None = None, seal: bytes | None = None,
) -> bytes:  # fmt: skip
    """The PDF with one signature more, seen at ``place`` where one is given; ``image`` and ``seal`` are drawn there.

    Raises TD-PRINT-059 for a file that was changed after signing, and what ``keys.opened`` and ``sign_pdf`` raise.
    """
    with opened(key, now) as signer:
        require_intact(pdf)
        if place is None:
            return sign_pdf(pdf, signer)
        from thidua_desktop.printing.stamp import signature_stamp

        lines = ("Ký số bởi:", signer.name, f"Thời gian ký: {now:%H:%M:%S %d/%m/%Y}")
        made = signature_stamp(place, lines, image, seal)
        return sign_pdf(pdf, signer, Box(made.page, made.x, made.y, made.w, made.h), made.pdf)


def place_of(places: Sequence[SignaturePlace], number: int) -> SignaturePlace:
    """The place of a number (from 1); raises TD-PRINT-056."""
    if not 1 <= number <= len(places):
        raise UserError("TD-PRINT-056", place=number, count=len(places))
    return places[number - 1]


def places_in(pdf: bytes) -> list[SignaturePlace]:
    """Places for signatures in a PDF of the program's, found again on its pages: white room under a line in capitals,
    as high as the decree's papers keep it, above a full name.

    The renderer says them exactly (``Rendered.places``); this is for a file that comes alone.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(pdf)
    except PdfiumError as fault:
        raise UserError("TD-PRINT-055", reason=fault) from fault
    found: list[SignaturePlace] = []
    try:
        for number in range(len(document)):
            found += _places_on(document[number], number + 1)
    finally:
        document.close()
    return found


_Line = tuple[str, float, float, float, float]  # text, left, top, right, bottom; points from the top left corner


def _places_on(page: object, number: int) -> list[SignaturePlace]:
    from thidua_desktop.printing.decree30 import DECREE30, MM

    lines = _lines(page)
    least = DECREE30.signature_room * MM * 0.95
    found = []
    for text, left, _top, right, bottom in lines:
        if not text.isupper() or not any(letter.isalpha() for letter in text):
            continue
        middle = (left + right) / 2
        below = [line for line in lines if line[2] >= bottom - 1 and line[1] <= middle <= line[3]]
        name = min(below, key=lambda line: line[2], default=None)
        if name is None or not least <= name[2] - bottom <= 3 * least or abs((name[1] + name[3]) / 2 - middle) > 2:
            continue
        half = max(right - left, name[3] - name[1], 50 * MM) / 2
        room = name[2] - bottom
        found.append(SignaturePlace(text, name[0], number, middle - half, bottom, 2 * half, room))
    return found


def _lines(page: object) -> list[_Line]:
    """Lines of text; what stands side by side with a wide gap between is two lines."""
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    height = page.get_height()  # type: ignore[attr-defined]
    lines: list[_Line] = []
    for place in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(place)
        text = text_page.get_text_bounded(left, bottom, right, top).strip()
        if not text:
            continue
        if lines and abs(lines[-1][4] - (height - bottom)) < 6 and -1 <= left - lines[-1][3] < 12:
            before = lines[-1]
            joined = (min(before[2], height - top), right, max(before[4], height - bottom))
            lines[-1] = (f"{before[0]} {text}", before[1], *joined)
        else:
            lines.append((text, left, height - top, right, height - bottom))
    return lines
