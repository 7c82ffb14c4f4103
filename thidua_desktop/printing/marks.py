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
class SignaturePlace:
    """Room kept free for a signature, between position and full name (Decree 30, Appendix I, part II, points 7, 8).

    ``position`` and ``name`` say whose it is; page and numbers as of ``FigureMark``.
    """

    position: str
    name: str
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
    places: tuple[SignaturePlace, ...] = ()
