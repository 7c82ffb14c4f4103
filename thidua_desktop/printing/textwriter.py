"""Prepared texts into the page's stream: letters coded by a table for each font, many texts in one text object.

The canvas codes letter by letter and measures each text again, which is half the time of a long register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thidua_desktop.printing.fonts import Face

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


class _Codes(dict[int, str]):
    """Letters of one font as they stand in the stream, filled as they come; ``far`` are those of a further subset.

    A TrueType font goes into a PDF in subsets of 224 letters; nearly every paper needs one.
    """

    def __init__(self, font: Any, document: Any, escape: Any) -> None:
        super().__init__()
        self.font, self.document, self.escape = font, document, escape
        self.far: set[str] = set()
        self.name: str = font.getSubsetInternalName(0, document)

    def __missing__(self, code: int) -> str:
        ((subset, coded),) = self.font.splitString(chr(code), self.document)
        if subset:
            self.far.add(chr(code))
        self[code] = made = "" if subset else str(self.escape(coded))
        return made

    def shown(self, text: str, size: str) -> str:
        """The operators that show a text in the font that is set."""
        coded = text.translate(self)
        if not self.far or self.far.isdisjoint(text):
            return f"({coded}) Tj"
        parts = [
            f"{self.font.getSubsetInternalName(subset, self.document)} {size} Tf ({self.escape(part)}) Tj"
            for subset, part in self.font.splitString(text, self.document)
        ]
        return " ".join((*parts, self.name, size, "Tf"))


class TextWriter:
    """One text object after another: ``font``, ``write`` …, ``end``. Places are the canvas's own, y upwards."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas: Any = canvas
        self._fonts: dict[str, _Codes] = {}
        self._parts: list[str] = []
        self._codes: _Codes | None = None
        self._size = ""
        self._x = self._y = 0

    def font(self, face: Face, size: float) -> None:
        """From here on in this face and size."""
        codes = self._fonts.get(face.name)
        if codes is None:
            codes = self._fonts[face.name] = _Codes(face.font, self._canvas._doc, self._canvas._escape)
        self._codes, self._size = codes, f"{size:g}"
        self._parts.append(f"{codes.name} {self._size} Tf")

    def write(self, x: float, y: float, text: str, word_space: float = 0.0) -> None:
        """A text whose baseline begins here, each space wider by ``word_space``."""
        assert self._codes is not None
        shown = self._codes.shown(text, self._size)
        at_x, at_y = round(x * 100), round(y * 100)  # whole hundredths: many small steps never add up to a wrong place
        step = f"{(at_x - self._x) / 100:g} {(at_y - self._y) / 100:g} Td"
        self._x, self._y = at_x, at_y
        self._parts.append(f"{step} {word_space:.4f} Tw {shown} 0 Tw" if word_space else f"{step} {shown}")

    def end(self) -> None:
        """Close the text object, if one is open."""
        if self._parts:
            self._canvas.addLiteral(f"BT {' '.join(self._parts)} ET")
            self._parts = []
            self._x = self._y = 0
