"""Words in a finished PDF: found with or without diacritics, with their places on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF

from thidua_desktop.text import fold
from thidua_desktop.ui.components.paper_pictures import reading


@dataclass(frozen=True, slots=True)
class Found:
    """One place: page from 0, an area in points (from the page's top left corner) for each line that it runs over."""

    page: int
    areas: tuple[QRectF, ...]


def search_pages(pdf: bytes, words: str) -> list[Found]:
    """All places of ``words`` in reading order; upper case and diacritics make no difference, nor where a line ends."""
    wanted = " ".join(fold(words).split())
    if not wanted:
        return []
    found: list[Found] = []
    with reading(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            found += _on_page(page, number, wanted)
            page.close()
    return found


def page_text(pdf: bytes, number: int) -> str:
    """The text of a page as it is read."""
    with reading(pdf) as document:
        return str(document[number].get_textpage().get_text_range()).replace("\r\n", "\n")


def _on_page(page: Any, number: int, wanted: str) -> list[Found]:
    text = page.get_textpage()
    letters: list[tuple[str, int]] = []
    for index, letter in enumerate(text.get_text_range()):
        folded = " " if letter.isspace() else fold(letter)
        if folded != " " or (letters and letters[-1][0] != " "):
            letters += [(one, index) for one in folded]
    flowing, height = "".join(one for one, _ in letters), page.get_height()
    found, start = [], flowing.find(wanted)
    while start >= 0:
        places = [index for _, index in letters[start : start + len(wanted)]]
        boxes = [text.get_charbox(index, loose=True) for index in places if index < text.count_chars()]
        found.append(Found(number, _lines([box for box in boxes if box[2] > box[0]], height)))
        start = flowing.find(wanted, start + len(wanted))
    return [one for one in found if one.areas]


def _lines(boxes: list[tuple[float, float, float, float]], height: float) -> tuple[QRectF, ...]:
    """Boxes of letters (left, bottom, right, top, upwards) as one area for each line."""
    areas: list[QRectF] = []
    for left, bottom, right, top in boxes:
        box = QRectF(left, height - top, right - left, top - bottom)
        same_line = bool(areas) and abs(areas[-1].center().y() - box.center().y()) < box.height() + 2
        if same_line and box.left() >= areas[-1].left():
            areas[-1] = areas[-1].united(box)
        else:
            areas.append(box)
    return tuple(areas)
