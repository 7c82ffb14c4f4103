"""The PDF while it is being written: one canvas, the page that is open, the place where the next thing goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from thidua_desktop.printing.blocks import Align, Meta
from thidua_desktop.printing.decree30 import DECREE30, MM, Frame
from thidua_desktop.printing.fonts import SHAPE_PATTERN, SHAPE_WIDTH, SHAPES, Face, Typeface
from thidua_desktop.printing.marks import FigureMark, Rendered, SignaturePlace
from thidua_desktop.printing.textflow import Line
from thidua_desktop.printing.textwriter import TextWriter

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LANGUAGE = "vi-VN"
_WIDEST_STRETCH = 1.5
_KEPT_SPACE = "\u00a0"
"""A space that is no gap between words; the canvas writes it with the code of a space, so it stretches with them."""


class Press:
    """Writes pages. All places are points from the page's top left corner, y downwards.

    Its life: ``open_page`` (at least once), drawing, ``finish``. ``y`` is where the next slab goes.
    """

    def __init__(self, typeface: Typeface, meta: Meta, on_page: Callable[[int], None] | None = None) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.typeface = typeface
        self.marks: list[FigureMark] = []
        self.places: list[SignaturePlace] = []
        self.page = 0
        self.y = 0.0
        self.fresh = True
        self._on_page = on_page
        self._number = 0
        self._foot_note = self._one_line(meta.foot_note)
        self._outline_level = -1
        self._outline_under = 0
        self._outline_count = 0
        self._buffer = BytesIO()
        self.canvas: Canvas = Canvas(
            self._buffer,
            invariant=1,
            pageCompression=1,
            initialFontName=typeface.regular.name,  # type: ignore[arg-type]  # the stubs have it as a float
            initialFontSize=DECREE30.body_size,
            lang=LANGUAGE,
        )
        self.writer = TextWriter(self.canvas)
        self.canvas.setTitle(self._one_line(meta.title))
        self.canvas.setAuthor(self._one_line(meta.author))
        self.canvas.setSubject(self._one_line(meta.subject))
        self.canvas.setCreator("Thi đua ANTQ")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.canvas.setViewerPreference("PrintScaling", "None")  # a reader prints it as large as it is

    def date(self, day: date) -> None:
        """The file is of the day that the paper carries, so that the same paper is the same file."""
        canvas: Any = self.canvas
        canvas._doc._timeStamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)

    def _one_line(self, text: str) -> str:
        return " ".join(self.typeface.prepare(text).split())

    def open_page(self, frame: Frame, restart_numbers: bool = False) -> None:
        """End the page that is open and begin another; its number is printed from the section's second page on."""
        if self.page:
            self._close_page()
        self.canvas.setPageSize((frame.page_width, frame.page_height))
        self.frame = frame
        self.page += 1
        if self._on_page is not None:
            self._on_page(self.page)
        if restart_numbers or self.page == 1:
            self.canvas.addPageLabel(self.page - 1, "ARABIC", 1)
        self._number = 1 if restart_numbers else self._number + 1
        self.y = frame.top
        self.fresh = True
        if self._number > 1:
            self._in_margin(str(self._number), DECREE30.page_number_size, DECREE30.page_number_baseline * MM)

    def _close_page(self) -> None:
        if self._foot_note:
            baseline = self.frame.page_height - DECREE30.foot_note_baseline * MM
            self._in_margin(self._foot_note, DECREE30.foot_note_size, baseline)
        self.canvas.showPage()

    def _in_margin(self, text: str, size: float, baseline: float) -> None:
        face = self.typeface.regular
        left = self.frame.left + (self.frame.width - face.width(text, size)) / 2
        self.text(left, baseline, text, face, size)

    @property
    def room(self) -> float:
        """Height left on the page, in points."""
        return self.frame.bottom - self.y

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, *, word_space: float = 0.0) -> None:
        """Draw prepared text; each space is wider by ``word_space``."""
        if SHAPE_PATTERN.search(text) is not None:
            self._text_with_shapes(x, baseline, text, face, size, word_space=word_space)
            return
        writer = self.writer
        writer.font(face, size)
        writer.write(x, self.frame.page_height - baseline, text, word_space)
        writer.end()

    def _text_with_shapes(
        self, x: float, baseline: float, text: str, face: Face, size: float, *, word_space: float
    ) -> None:
        for part in SHAPE_PATTERN.split(text):
            if not part:
                continue
            if part in SHAPES:
                self._shape(part, x, baseline, size)
                x += SHAPE_WIDTH * size
            else:
                self.text(x, baseline, part, face, size, word_space=word_space)
                x += face.width(part, size) + word_space * part.count(" ")

    def _shape(self, shape: str, x: float, baseline: float, size: float) -> None:
        side = 0.72 * size
        left, bottom = x + (SHAPE_WIDTH * size - side) / 2, self.frame.page_height - baseline - 0.06 * size
        canvas = self.canvas
        canvas.saveState()
        canvas.setLineWidth(size * 0.06)
        if shape != "✓":
            canvas.rect(left, bottom, side, side)
        if shape in "☑✓":
            canvas.setLineWidth(size * 0.09)
            tick = [(0.18, 0.50), (0.42, 0.22), (0.86, 0.84)]
            points = [(left + side * right, bottom + side * up) for right, up in tick]
            canvas.lines([(*points[0], *points[1]), (*points[1], *points[2])])
        if shape == "☒":
            canvas.lines([(left, bottom, left + side, bottom + side), (left, bottom + side, left + side, bottom)])
        canvas.restoreState()

    def line(self, line: Line, x: float, baseline: float, width: float, *, align: Align, size: float) -> None:
        """Draw a line of text inside ``width`` and note the figures in it."""
        if not line.words:
            return
        spare = max(0.0, width - line.width)
        gaps = len(line.words) - 1
        kept = sum(piece.text.count(_KEPT_SPACE) for word in line.words for piece in word)
        stretch = spare / (gaps + kept) if align is Align.JUSTIFY and not line.ends and gaps else 0.0
        if stretch > _WIDEST_STRETCH * size:  # before a row of dots or a word that is a line long
            stretch = 0.0
        if align is Align.CENTER:
            x += spare / 2
        elif align is Align.RIGHT:
            x += spare
        start, face, text = x, line.words[0][0].face, ""
        figure: tuple[str, float, float] | None = None
        for place, word in enumerate(line.words):
            for piece in word:
                if piece.face is not face:
                    self.text(start, baseline, text, face, size, word_space=stretch)
                    start, face, text = x, piece.face, ""
                text += piece.text
                figure = self._follow(figure, piece.figure, (x, x + piece.width), baseline, size)
                x += piece.width + stretch * piece.text.count(_KEPT_SPACE)
            if place < gaps:
                text += " "
                x += face.width(" ", size) + stretch
        self.text(start, baseline, text, face, size, word_space=stretch)
        self._follow(figure, None, (x, x), baseline, size)

    def _follow(
        self,
        open_: tuple[str, float, float] | None,
        key: str | None,
        span: tuple[float, float],
        baseline: float,
        size: float,
    ) -> tuple[str, float, float] | None:
        """Grow the open figure mark, or close it and open the next."""
        if open_ is not None and open_[0] == key:
            return (key, open_[1], span[1])
        if open_ is not None:
            self.mark(open_[0], open_[1], baseline, open_[2] - open_[1], size)
        return (key, *span) if key is not None else None

    def mark(self, key: str, x: float, baseline: float, width: float, size: float) -> None:
        """Note that a figure stands here."""
        face = self.typeface.regular
        top, height = baseline - face.ascent * size, (face.ascent + face.descent) * size
        self.marks.append(FigureMark(key, self.page, round(x, 2), round(top, 2), round(width, 2), round(height, 2)))

    def keep_free(self, position: str, name: str, x: float, top: float, width: float, height: float) -> None:
        """Note that a signature belongs here."""
        corner = (round(x, 2), round(top, 2), round(width, 2), round(height, 2))
        self.places.append(SignaturePlace(position, name, self.page, *corner))

    def rule(self, x: float, y: float, width: float, weight: float = DECREE30.rule_weight) -> None:
        """A horizontal line."""
        self.canvas.setLineWidth(weight)
        height = self.frame.page_height - y
        self.canvas.line(x, height, x + width, height)

    def begin_part(self, entries: Sequence[str], foot_note: str) -> None:
        """A paper that stands among others: ``entries`` lead to it in the outline, those of its own stand under them.

        An empty entry is the one before. ``foot_note`` stands on its pages; call it when its first page is open.
        """
        self._foot_note = self._one_line(foot_note)
        self._outline_under = 0
        for level, entry in enumerate(entries):
            if entry:
                self.bookmark(entry, level)
        self._outline_under = len(entries)
        self._outline_level = len(entries) - 1

    def bookmark(self, title: str, level: int) -> None:
        """An entry of the PDF's outline that leads here; a level may be skipped by the caller, never in the PDF."""
        self._outline_level = min(level + self._outline_under, self._outline_level + 1)
        key = f"heading-{self._outline_count}"
        self._outline_count += 1
        self.canvas.bookmarkHorizontalAbsolute(key, self.frame.page_height - self.y)
        self.canvas.addOutlineEntry(self._one_line(title), key, self._outline_level)

    def finish(self) -> Rendered:
        """Close the file."""
        self._close_page()
        self.canvas.save()
        return Rendered(self._buffer.getvalue(), self.page, tuple(self.marks), tuple(self.places))


@dataclass(frozen=True, slots=True)
class Slab:
    """Something of one height that is never cut: ``draw`` gets the press and the y of its top.

    ``before`` is the gap above, dropped at the top of a page; ``keep_next`` ties it to the slab that follows;
    ``label`` names it to a person when it fits on no page.
    """

    height: float
    draw: Callable[[Press, float], None]
    before: float = 0.0
    keep_next: bool = False
    label: str = ""


def line_height(size: float) -> float:
    """Height of a line of single spacing, in points."""
    return size * DECREE30.line_spacing


def baseline_in(size: float, face: Face) -> float:
    """Distance from a line's top to its baseline: the extra height is shared above and below."""
    return (line_height(size) - (face.ascent + face.descent) * size) / 2 + face.ascent * size
