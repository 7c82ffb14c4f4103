"""Signatures and the list of recipients (Decree 30, Appendix I, part II, points 7–9): each block is never cut."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.printing.blocks import Align, RecipientsList, Signature, SignatureBlock, Signatures
from thidua_desktop.printing.decree30 import DECREE30, MM
from thidua_desktop.printing.flow import tied_tail
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.press import Press, Slab, baseline_in, line_height
from thidua_desktop.printing.textflow import Line, balanced, break_text

_RIGHT_SHARE = 0.54


@dataclass(frozen=True, slots=True)
class _Stack:
    """Lines with the distance of each one's top from the stack's top; a signer's full name is placed by the row."""

    lines: tuple[tuple[Line, float, float], ...]  # line, size, top
    height: float
    align: Align
    name: tuple[Line, ...] = ()
    whose: tuple[str, str] = ("", "")  # position, full name


def signature(block: Signature, typeface: Typeface, width: float) -> list[Slab]:
    """The signer at the right and, level with the first capacity line, whoever stands at the left."""
    right_width = width * (_RIGHT_SHARE if isinstance(block.left, RecipientsList) else 0.5)
    left_width = width - right_width
    stacks: list[tuple[_Stack, float, float]] = []
    if isinstance(block.left, RecipientsList):
        stacks.append((_recipients_stack(block.left, typeface, left_width - 1 * MM), 0.0, left_width))
    elif block.left is not None:
        stacks.append((_signer_stack(block.left, typeface, left_width), 0.0, left_width))
    stacks.append((_signer_stack(block.right, typeface, right_width), left_width, right_width))
    return [_row_slab(stacks, block.right.position)]


def signatures(block: Signatures, typeface: Typeface, width: float) -> list[Slab]:
    """Signers in rows of ``columns``; a row that is not full is centred. Each row stays whole, rows may
    part, but the last one does not stand alone on a page."""
    columns = max(1, block.columns)
    rows = [block.signers[start : start + columns] for start in range(0, len(block.signers), columns)]
    slabs = []
    cell = width / columns
    for row in rows:
        left = (width - cell * len(row)) / 2
        slabs.append(
            _row_slab(
                [
                    (_signer_stack(signer, typeface, cell), left + place * cell, cell)
                    for place, signer in enumerate(row)
                ],
                row[0].position,
            )
        )
    return tied_tail(slabs[:-1], min(1, len(slabs) - 1)) + slabs[-1:]


def recipients_list(block: RecipientsList, typeface: Typeface, width: float) -> list[Slab]:
    """``Nơi nhận`` standing alone."""
    return [_row_slab([(_recipients_stack(block, typeface, width * 0.6), 0.0, width * 0.6)], "Nơi nhận")]


def _row_slab(stacks: list[tuple[_Stack, float, float]], label: str) -> Slab:
    """Stacks side by side; all full names stand level, under the room that the longest position leaves."""
    name_size = DECREE30.signature_size
    name_line = line_height(name_size)
    signers = [stack for stack, _, _ in stacks if stack.align is Align.CENTER]
    name_top = max((stack.height for stack in signers), default=0.0) + DECREE30.signature_room * MM
    height = max(stack.height for stack, _, _ in stacks)
    if signers:
        height = max(height, name_top + max(1, *(len(stack.name) for stack in signers)) * name_line)

    def draw(press: Press, top: float) -> None:
        for stack, left, width in stacks:
            names = [(line, name_size, name_top + number * name_line) for number, line in enumerate(stack.name)]
            for line, size, drop in (*stack.lines, *names):
                baseline = top + drop + baseline_in(size, press.typeface.regular)
                press.line(line, press.frame.left + left, baseline, width, align=stack.align, size=size)
            if stack.align is Align.CENTER:
                free = name_top - stack.height
                press.keep_free(*stack.whose, press.frame.left + left, top + stack.height, width, free)

    return Slab(height, draw, before=DECREE30.signature_gap, label=label)


def _signer_stack(block: SignatureBlock, typeface: Typeface, width: float) -> _Stack:
    size = DECREE30.signature_size
    lines: list[tuple[Line, float, float]] = []
    top = 0.0
    for text in (*block.capacity, block.position):
        for line in balanced(text, typeface, size, width, bold=True):
            lines.append((line, size, top))
            top += line_height(size)
    if block.note:
        note_size = DECREE30.signature_note_size
        for line in break_text(block.note, typeface, note_size, width, italic=True):
            lines.append((line, note_size, top))
            top += line_height(note_size)
    name = balanced(block.full_name, typeface, size, width, bold=True)
    return _Stack(tuple(lines), top, Align.CENTER, tuple(name), (block.position, block.full_name))


def _recipients_stack(block: RecipientsList, typeface: Typeface, width: float) -> _Stack:
    label_size, size = DECREE30.recipients_label_size, DECREE30.recipients_size
    label = break_text("Nơi nhận:", typeface, label_size, width, bold=True, italic=True)
    lines = [(label[0], label_size, 0.0)]
    top = line_height(label_size)
    for place, entry in enumerate(block.lines):
        last = place == len(block.lines) - 1
        text = "- " + entry.strip().removeprefix("-").strip().rstrip(";.") + ("." if last else ";")
        for line in break_text(text, typeface, size, width):
            lines.append((line, size, top))
            top += line_height(size)
    return _Stack(tuple(lines), top, Align.LEFT)
