"""The fonts of papers: Times New Roman where the PC has it, else the bundled Liberation Serif with the same widths.

Every text that is printed passes ``Typeface.prepare``: it is brought to NFC and checked letter by letter against the
font, because reportlab prints nothing (and says nothing) for a letter that a font lacks.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

BUNDLED = (
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
)
TIMES = ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")

SHAPES = "☐☑☒✓"
"""Marks that no bundled font has: they are drawn."""
SHAPE_LETTERS = frozenset(SHAPES)
SHAPE_PATTERN = re.compile(f"([{SHAPES}])")
SHAPE_WIDTH = 0.95

_DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = dict.fromkeys(map(ord, f"\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufeff{_DIRECTIONS}"))
_BREAKS = {ord("\r"): None, ord("\t"): " ", ord("\v"): "\n", ord("\f"): "\n", 0x2028: "\n", 0x2029: "\n"}
_CLEANUP = _INVISIBLE | _BREAKS
_WORD_CACHE_LIMIT = 50_000
_CACHED_LENGTH = 16
_CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, ready to measure and draw. ``ascent`` and ``descent`` are parts of the size."""

    name: str
    font: TTFont = field(repr=False)
    glyphs: frozenset[str] = field(repr=False)
    ascent: float
    descent: float
    widths: dict[str, float] = field(repr=False, compare=False, default_factory=dict)

    def width(self, text: str, size: float) -> float:
        """Width in points."""
        known = self.widths.get(text)
        if known is None:
            known = self._measure(text)
            if len(text) > _CACHED_LENGTH:
                return known * size
            if len(self.widths) >= _WORD_CACHE_LIMIT:
                self.widths.clear()
            self.widths[text] = known
        return known * size

    def _measure(self, text: str) -> float:
        if SHAPE_LETTERS.isdisjoint(text):
            return float(self.font.stringWidth(text, 1000)) / 1000
        return sum(
            SHAPE_WIDTH if part in SHAPES else float(self.font.stringWidth(part, 1000)) / 1000
            for part in SHAPE_PATTERN.split(text)
            if part
        )


@dataclass(frozen=True, slots=True)
class Typeface:
    """The four faces of a paper; all of them have ``glyphs``, of which ``ready`` are printed as they stand."""

    regular: Face
    bold: Face
    italic: Face
    bold_italic: Face
    glyphs: frozenset[str] = field(repr=False)
    ready: frozenset[str] = field(repr=False)

    def face(self, bold: bool = False, italic: bool = False) -> Face:
        """The face for a style."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular

    def prepare(self, text: str) -> str:
        """Text in NFC, without invisible characters, every letter present in the font.

        Raises ``UserError`` TD-PRINT-001 naming the first letter that cannot be printed and the words around it.
        """
        if (text.isascii() and text.isprintable()) or (
            self.ready.issuperset(text) and unicodedata.is_normalized("NFC", text)
        ):
            return text
        clean = unicodedata.normalize("NFC", text).translate(_CLEANUP)
        lacking = set(clean) - self.glyphs
        if lacking:
            _refuse(clean, lacking)
        return clean


def _refuse(text: str, lacking: set[str]) -> None:
    place = min(text.index(letter) for letter in lacking)
    letter = text[place]
    around = " ".join(text[max(0, place - _CONTEXT) : place + _CONTEXT].split())
    name = unicodedata.name(letter, "")
    raise UserError(
        "TD-PRINT-001",
        letter=letter if letter.isprintable() else "?",
        glyph=f"U+{ord(letter):04X}" + (f" {name}" if name else ""),
        around="".join(sign if sign.isprintable() else "?" for sign in around),
    )


def load_typeface(font_folder: Path | None = None) -> Typeface:
    """Times New Roman from ``font_folder`` where all four files are there and sound, else the bundled Liberation Serif.

    Raises ``UserError`` TD-PRINT-004 when the program's own fonts are missing or damaged.
    """
    if font_folder is not None:
        found = _find_times(font_folder)
        if found is not None:
            with suppress(UserError):
                return _load(found)
    return _load(tuple(resource_path("fonts", name) for name in BUNDLED))


def _find_times(folder: Path) -> tuple[Path, ...] | None:
    try:
        present = {entry.name.lower(): entry for entry in folder.iterdir()}
    except OSError:
        return None
    if not all(name in present for name in TIMES):
        return None
    return tuple(present[name] for name in TIMES)


@lru_cache(maxsize=4)
def _load(files: tuple[Path, ...]) -> Typeface:
    faces = [_load_face(path) for path in files]
    regular, bold, italic, bold_italic = faces
    glyphs = frozenset.intersection(*(face.glyphs for face in faces))
    return Typeface(regular, bold, italic, bold_italic, glyphs, glyphs - {chr(code) for code in _CLEANUP})


def _load_face(path: Path) -> Face:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    name = f"paper-{path.stem.lower()}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise UserError("TD-PRINT-004", file=path.name) from error
    pdfmetrics.registerFont(font)
    inked = {chr(code) for code, glyph in font.face.charToGlyph.items() if glyph}
    return Face(
        name=name,
        font=font,
        glyphs=frozenset(inked | set(SHAPES) | {"\n"}),
        ascent=font.face.ascent / 1000,
        descent=-font.face.descent / 1000,
    )
