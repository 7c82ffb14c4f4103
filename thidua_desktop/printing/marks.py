"""What a finished print hands back: the file and where its figures stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureMark:
    """Where a figure stands: ``page`` counts from 1; x, y, w, h in points, origin at the page's top left corner.

    A figure that runs over a line end gives one mark per line.
    """

    key: str
    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF: the same document always gives the same bytes."""

    pdf: bytes
    pages: int
    marks: tuple[FigureMark, ...]
