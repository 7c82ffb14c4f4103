"""Citations and certificates: one landscape sheet whose lines shrink until all of them fit (Decree 98/2023, art. 104).

White paper without ornaments; room for the national emblem at the top; the giver's position and the award's name red.
The head and the foot have their places; what stands between them shares the height that is left.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Align, Certificate, Orientation
from thidua_desktop.printing.decree30 import DECREE30, MM, frame
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.press import Press, Slab, baseline_in, line_height
from thidua_desktop.printing.textflow import Line, balanced, break_text

_RED = (0.80, 0.0, 0.0)
_BLACK = (0.0, 0.0, 0.0)
_SIDE = 22.0  # margins left and right, so that the sheet is centred
_EMBLEM = 22.0  # height and width kept free for the national emblem
_NATION_SIZE, _MOTTO_SIZE = 14.0, 15.0
_FOOT_SIZE, _POSITION_SIZE = 14.0, 14.0
_SIGNING_ROOM = 22.0
_FOOT_LEFT_SHARE = 0.42
_LEAST_SCALE = 0.45
_SCALE_STEP = 0.05
_LEAST_GAP = 2.0


@dataclass(frozen=True, slots=True)
class _Part:
    """A centred text of the middle: its size at full scale, the gap above it in points."""

    text: str
    size: float
    gap: float
    red: bool = False
    bold: bool = True


@dataclass(frozen=True, slots=True)
class _Set:
    """Lines of one part, broken in the size that they are printed in."""

    lines: tuple[Line, ...]
    size: float
    gap: float
    red: bool

    @property
    def height(self) -> float:
        return self.gap + len(self.lines) * line_height(self.size)


def certificate(block: Certificate, typeface: Typeface, width: float) -> list[Slab]:
    """The whole sheet as one slab. Raises ``UserError`` TD-PRINT-020 when its words do not fit on one sheet."""
    page = frame(Orientation.LANDSCAPE)
    room = page.page_width - 2 * _SIDE * MM
    foot = _foot_height(block, typeface, room)
    middle = _fitting_middle(block, typeface, room, page.height - _head_height() - foot)
    spare = page.height - _head_height() - foot - sum(part.height for part in middle)

    def draw(press: Press, top: float) -> None:
        left = _SIDE * MM
        y = _draw_head(press, block, left, top, room)
        y += spare / 3
        for part in middle:
            y = _draw_part(press, part, left, y, room)
        _draw_foot(press, block, left, page.bottom - foot, room)

    return [Slab(page.height, draw, label=block.award)]


def _middle_parts(block: Certificate) -> tuple[_Part, ...]:
    parts = (
        _Part(block.giver, 20.0, 10.0, red=True),
        _Part(block.verb, 17.0, 5.0),
        _Part(block.award, 38.0, 4.0, red=True),
        _Part(block.receiver, 26.0, 8.0),
        _Part(block.detail, 17.0, 4.0, bold=False),
        _Part(block.achievement, 18.0, 6.0, bold=False),
    )
    return tuple(part for part in parts if part.text)


def _fitting_middle(block: Certificate, typeface: Typeface, width: float, height: float) -> list[_Set]:
    """The middle at the largest scale that leaves room for everything."""
    parts = _middle_parts(block)
    scale = 1.0
    while scale >= _LEAST_SCALE - 0.001:
        made = [_set(part, typeface, width, scale) for part in parts]
        if sum(part.height for part in made) <= height:
            return made
        scale -= _SCALE_STEP
    raise UserError("TD-PRINT-020", what=max((part.text for part in parts), key=len)[:60])


def _set(part: _Part, typeface: Typeface, width: float, scale: float) -> _Set:
    size = part.size * scale
    lines = tuple(balanced(part.text, typeface, size, width, bold=part.bold))
    return _Set(lines, size, max(part.gap * scale, _LEAST_GAP), part.red)


def _head_height() -> float:
    return _EMBLEM * MM + line_height(_NATION_SIZE) + line_height(_MOTTO_SIZE) + 2 * DECREE30.rule_drop


def _draw_head(press: Press, block: Certificate, left: float, top: float, width: float) -> float:
    """Room for the emblem, national name, motto with the rule as long as its text; gives where it ends."""
    if block.ring:
        canvas = press.canvas
        canvas.saveState()
        canvas.setLineWidth(0.5)
        canvas.setStrokeGray(0.6)
        radius = (_EMBLEM - 2.0) / 2 * MM
        canvas.circle(left + width / 2, press.frame.page_height - top - radius, radius)
        canvas.restoreState()
    y = top + _EMBLEM * MM
    typeface = press.typeface
    for text, size in ((DECREE30.national_name, _NATION_SIZE), (DECREE30.motto, _MOTTO_SIZE)):
        (line,) = balanced(text, typeface, size, width, bold=True)
        press.line(line, left, y + baseline_in(size, typeface.bold), width, align=Align.CENTER, size=size)
        y += line_height(size)
    motto = typeface.bold.width(DECREE30.motto, _MOTTO_SIZE)
    press.rule(left + (width - motto) / 2, y + DECREE30.rule_drop / 2, motto)
    return y + 2 * DECREE30.rule_drop


def _draw_part(press: Press, part: _Set, left: float, top: float, width: float) -> float:
    press.canvas.setFillColorRGB(*(_RED if part.red else _BLACK))
    y = top + part.gap
    for line in part.lines:
        press.line(
            line, left, y + baseline_in(part.size, press.typeface.bold), width, align=Align.CENTER, size=part.size
        )
        y += line_height(part.size)
    press.canvas.setFillColorRGB(*_BLACK)
    return y


@dataclass(frozen=True, slots=True)
class _Foot:
    """The two columns of the foot: decision and golden book; place and day, who signs, the name under the room."""

    left: tuple[Line, ...]
    place_date: tuple[Line, ...]
    position: tuple[Line, ...]
    name: tuple[Line, ...]

    @property
    def height(self) -> float:
        signing = line_height(_FOOT_SIZE) * len(self.place_date) + line_height(_POSITION_SIZE) * len(self.position)
        signing += _SIGNING_ROOM * MM + line_height(_POSITION_SIZE) * max(1, len(self.name))
        return max(signing, line_height(_FOOT_SIZE) * len(self.left))


def _foot(block: Certificate, typeface: Typeface, width: float) -> _Foot:
    left, right = width * _FOOT_LEFT_SHARE, width * (1 - _FOOT_LEFT_SHARE)
    signer = block.signer
    return _Foot(
        left=tuple(line for text in block.decision for line in balanced(text, typeface, _FOOT_SIZE, left)),
        place_date=tuple(break_text(block.place_date, typeface, _FOOT_SIZE, right, italic=True))
        if block.place_date
        else (),
        position=tuple(
            line
            for text in (*signer.capacity, signer.position)
            for line in balanced(text, typeface, _POSITION_SIZE, right, bold=True)
        ),
        name=tuple(balanced(signer.full_name, typeface, _POSITION_SIZE, right, bold=True)) if signer.full_name else (),
    )


def _foot_height(block: Certificate, typeface: Typeface, width: float) -> float:
    return _foot(block, typeface, width).height + DECREE30.signature_gap


def _draw_foot(press: Press, block: Certificate, left: float, top: float, width: float) -> None:
    """Left what the award rests on, level with the last lines; right place and day, position, name."""
    foot = _foot(block, press.typeface, width)
    top += DECREE30.signature_gap
    bottom = top + foot.height
    column = width * _FOOT_LEFT_SHARE
    _draw_lines(press, foot.left, left, bottom - line_height(_FOOT_SIZE) * len(foot.left), column, Align.LEFT)
    right, room = left + column, width - column
    y = _draw_lines(press, foot.place_date, right, top, room, Align.CENTER)
    _draw_lines(press, foot.position, right, y, room, Align.CENTER)
    _draw_lines(press, foot.name, right, bottom - line_height(_POSITION_SIZE) * len(foot.name), room, Align.CENTER)


def _draw_lines(press: Press, lines: tuple[Line, ...], left: float, top: float, width: float, align: Align) -> float:
    for line in lines:
        press.line(line, left, top + baseline_in(_FOOT_SIZE, press.typeface.bold), width, align=align, size=_FOOT_SIZE)
        top += line_height(_FOOT_SIZE)
    return top
