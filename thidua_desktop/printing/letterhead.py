"""The head of an official paper (Decree 30, Appendix I, part II, points 1–4): two columns, measured before drawn."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.printing.blocks import Align, LetterHead
from thidua_desktop.printing.decree30 import (
    DECREE30,
    MM,
    printed_number,
    short_rule_length,
)
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.press import Press, Slab, baseline_in, line_height
from thidua_desktop.printing.textflow import Line, balanced, break_text
from thidua_desktop.text import decree_date


@dataclass(frozen=True, slots=True)
class HeadColumns:
    """Widths of the two columns in points, and the sizes of the national name (and issuer) and of the motto."""

    left: float
    right: float
    name_size: float
    motto_size: float


def head_columns(block: LetterHead, typeface: Typeface, width: float) -> HeadColumns:
    """The larger of the decree's two size pairs if every issuer line fits beside it, else the smaller one.

    The right column is as wide as the national name asks for: it never breaks.
    """
    issuer = [(line, typeface.bold) for line in block.issuer_lines]
    if block.parent_line:
        issuer.append((block.parent_line, typeface.regular))
    columns: HeadColumns | None = None
    for name_size, motto_size in DECREE30.head_sizes:
        right = typeface.bold.width(DECREE30.national_name, name_size) + 1.0
        left = min(width - right - DECREE30.head_column_gap * MM, DECREE30.head_left_most * MM)
        columns = HeadColumns(left, right, name_size, motto_size)
        if all(face.width(typeface.prepare(line), name_size) <= left for line, face in issuer):
            break
    assert columns is not None
    return columns


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of the head and the size it is set in."""

    line: Line
    size: float


def letterhead(block: LetterHead, typeface: Typeface, width: float) -> list[Slab]:
    """The whole head as one slab."""
    columns = head_columns(block, typeface, width) if block.motto else _issuer_only(block, typeface, width)
    issuer = _issuer_parts(block, typeface, columns)
    nation = _nation_parts(typeface, columns) if block.motto else []
    upper = max(_stack_height(issuer), _stack_height(nation)) + 2 * DECREE30.rule_drop
    number = _number_line(block, typeface, columns)
    place_width = _place_width(block, typeface, columns, width, number)
    place = _place_line(block, typeface, columns.motto_size, place_width)
    place_size = columns.motto_size
    about = _about_lines(block, typeface, columns)
    numbered = line_height(DECREE30.number_size) * len(number)
    about_gap = DECREE30.paragraph_gap if about else 0.0
    left_height = numbered + about_gap + line_height(DECREE30.about_size) * len(about)
    lower = max(left_height, line_height(place_size) * len(place))
    height = upper + (DECREE30.head_row_gap + lower if lower else 0.0)

    def draw(press: Press, top: float) -> None:
        left = press.frame.left
        right = left + width - columns.right
        _draw_stack(press, issuer, left, top, columns.left, rule_widths=tuple(part.line.width for part in issuer))
        if nation:
            _draw_stack(press, nation, right, top, columns.right)
        below = top + upper + DECREE30.head_row_gap
        _draw_stack(press, [_Part(line, DECREE30.number_size) for line in number], left, below, columns.left)
        under = [_Part(line, DECREE30.about_size) for line in about]
        _draw_stack(press, under, left, below + numbered + about_gap, columns.left)
        shift = baseline_in(DECREE30.number_size, typeface.regular) - baseline_in(place_size, typeface.regular)
        level = below + (shift if number else 0.0)
        _draw_stack(press, [_Part(line, place_size) for line in place], left + width - place_width, level, place_width)

    slab = Slab(height, draw, keep_next=True, label=" ".join(block.issuer_lines))
    return [slab]


def _issuer_only(block: LetterHead, typeface: Typeface, width: float) -> HeadColumns:
    size, motto_size = DECREE30.head_sizes[0]
    return HeadColumns(width / 2, width / 2, size, motto_size)


def _issuer_parts(block: LetterHead, typeface: Typeface, columns: HeadColumns) -> list[_Part]:
    size = columns.name_size
    lines: list[Line] = []
    if block.parent_line:
        lines += balanced(block.parent_line, typeface, size, columns.left)
    for text in block.issuer_lines:
        lines += balanced(text, typeface, size, columns.left, bold=True)
    return [_Part(line, size) for line in lines]


def _nation_parts(typeface: Typeface, columns: HeadColumns) -> list[_Part]:
    (name,) = balanced(DECREE30.national_name, typeface, columns.name_size, columns.right, bold=True)
    (motto,) = balanced(DECREE30.motto, typeface, columns.motto_size, columns.right, bold=True)
    return [_Part(name, columns.name_size), _Part(motto, columns.motto_size)]


def _number_line(block: LetterHead, typeface: Typeface, columns: HeadColumns) -> list[Line]:
    if block.symbol is None:
        return []
    text = f"Số: {printed_number(block.number)}/{block.symbol}"
    return balanced(text, typeface, DECREE30.number_size, columns.left)


def _about_lines(block: LetterHead, typeface: Typeface, columns: HeadColumns) -> list[Line]:
    """Subject of an official letter: size 12–13, upright, centred 6 pt under the number (part II, point 5)."""
    return balanced(block.about, typeface, DECREE30.about_size, columns.left) if block.about else []


def place_date_text(block: LetterHead) -> str:
    """``Phú Hòa, ngày 05 tháng 02 năm 2026``; blanks to be filled by hand where there is no date."""
    if block.date is None:
        blank = "\u00a0" * 6
        return f"{block.place}, ngày{blank}tháng{blank}năm\u00a0{blank}"
    return f"{block.place}, {decree_date(block.date)}"


def _place_width(
    block: LetterHead, typeface: Typeface, columns: HeadColumns, width: float, number: list[Line]
) -> float:
    """The right column, or what a long place name asks for, as far as the number at its left leaves room."""
    wanted = typeface.italic.width(typeface.prepare(place_date_text(block)), columns.motto_size) + 1.0
    number_end = columns.left / 2 + max((line.width for line in number), default=0.0) / 2
    return max(columns.right, min(wanted, width - number_end - DECREE30.head_column_gap * MM))


def _place_line(block: LetterHead, typeface: Typeface, size: float, width: float) -> list[Line]:
    if not (block.show_place_date and block.place):
        return []
    return break_text(place_date_text(block), typeface, size, width, italic=True)


def _stack_height(parts: list[_Part]) -> float:
    return sum(line_height(part.size) for part in parts)


def _draw_stack(
    press: Press,
    parts: list[_Part],
    x: float,
    top: float,
    width: float,
    *,
    rule_widths: tuple[float, ...] | None = None,
) -> None:
    """Centred lines one under the other, with the rule that belongs under them.

    With ``rule_widths`` it is the issuer's short rule; a stack that ends in the motto gets one as long as the motto.
    """
    for part in parts:
        baseline = top + baseline_in(part.size, press.typeface.regular)
        press.line(part.line, x, baseline, width, align=Align.CENTER, size=part.size)
        top += line_height(part.size)
    if not parts:
        return
    if rule_widths is not None:
        length = short_rule_length(rule_widths)
        press.rule(x + (width - length) / 2, top + DECREE30.rule_drop / 2, length)
    elif " ".join(piece.text for word in parts[-1].line.words for piece in word) == DECREE30.motto:
        length = parts[-1].line.width
        press.rule(x + (width - length) / 2, top + DECREE30.rule_drop / 2, length)
