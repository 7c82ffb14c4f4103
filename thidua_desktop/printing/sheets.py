"""Blocks of plain sheets: labelled fields, a code to copy by hand, QR codes, empty height."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Align, CodeBox, Fields, QrCodes, Run, Space
from thidua_desktop.printing.decree30 import DECREE30, MM
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.paragraphs import centred_lines
from thidua_desktop.printing.press import Press, Slab, baseline_in, line_height
from thidua_desktop.printing.textflow import Line, balanced, break_text

_FIELD_SIZE = 13.0
_FIELD_GAP = 4.0
_CODE_SIZE = 20.0
_CODE_PADDING = 10.0
_CODE_GAP = 18.0
_QR_LIMIT = 1_000
_QR_GAP = 6.0
_QR_QUIET = 4  # modules of white around a code, as its standard asks


def fields(block: Fields, typeface: Typeface, width: float) -> list[Slab]:
    """Labels at the left, values wrapped at a common edge."""
    edge = block.label_width * MM
    size = _FIELD_SIZE
    slabs: list[Slab] = []
    for field in block.rows:
        labels = break_text(field.label, typeface, size, edge - 2 * MM)
        values = break_text((Run(field.value, bold=True),), typeface, size, width - edge)

        def draw(press: Press, top: float, labels: list[Line] = labels, values: list[Line] = values) -> None:
            drop = baseline_in(size, press.typeface.regular)
            for lines, left, room in ((labels, 0.0, edge), (values, edge, width - edge)):
                for number, line in enumerate(lines):
                    baseline = top + number * line_height(size) + drop
                    press.line(line, press.frame.left + left, baseline, room, align=Align.LEFT, size=size)

        slabs.append(
            Slab(max(len(labels), len(values)) * line_height(size), draw, before=_FIELD_GAP, label=field.label)
        )
    return slabs


def code_box(block: CodeBox, typeface: Typeface, width: float) -> list[Slab]:
    """Groups of letters, large and bold, in a frame, as many on a line as fit; its caption under it."""
    rows = _code_rows(block, typeface, width - 2 * _CODE_PADDING)
    height = len(rows) * line_height(_CODE_SIZE) * 1.1 + 2 * _CODE_PADDING

    def draw(press: Press, top: float) -> None:
        canvas = press.canvas
        canvas.setLineWidth(1.0)
        canvas.rect(press.frame.left, press.frame.page_height - top - height, width, height)
        face = press.typeface.bold
        y = top + _CODE_PADDING + baseline_in(_CODE_SIZE, face)
        for row in rows:
            used = sum(face.width(group, _CODE_SIZE) for group in row) + _CODE_GAP * (len(row) - 1)
            x = press.frame.left + (width - used) / 2
            for group in row:
                press.text(x, y, group, face, _CODE_SIZE)
                x += face.width(group, _CODE_SIZE) + _CODE_GAP
            y += line_height(_CODE_SIZE) * 1.1

    slabs = [Slab(height, draw, before=DECREE30.title_gap, keep_next=bool(block.caption), label=block.caption)]
    if block.caption:
        slabs += centred_lines(block.caption, typeface, DECREE30.note_size, width, before=3.0, bold=False)
    return slabs


def _code_rows(block: CodeBox, typeface: Typeface, room: float) -> list[list[str]]:
    """Groups in rows of equal count, as few rows as the widest group allows."""
    groups = [typeface.prepare(group) for group in block.groups]
    widest = max((typeface.bold.width(group, _CODE_SIZE) for group in groups), default=0.0)
    if widest > room:
        raise UserError("TD-PRINT-003", what=max(groups, key=len)[:40])
    most = max(1, int((room + _CODE_GAP) // (widest + _CODE_GAP)))
    rows = -(-len(groups) // most)
    each = -(-len(groups) // max(1, rows))
    return [groups[start : start + each] for start in range(0, len(groups), max(1, each))]


def qr_codes(block: QrCodes, typeface: Typeface, width: float) -> list[Slab]:
    """QR codes of level M side by side. Raises ``UserError`` TD-PRINT-005 for a payload that readers would garble."""
    for payload in block.payloads:
        if not payload.isascii() or len(payload) > _QR_LIMIT:
            raise UserError("TD-PRINT-005", length=len(payload), limit=_QR_LIMIT)
    side = block.side * MM
    columns = max(1, int((width + _QR_GAP) // (side + _QR_GAP)))
    rows = [block.payloads[start : start + columns] for start in range(0, len(block.payloads), columns)]
    slabs: list[Slab] = []
    for row in rows:

        def draw(press: Press, top: float, row: tuple[str, ...] = row) -> None:
            used = len(row) * side + (len(row) - 1) * _QR_GAP
            x = press.frame.left + (width - used) / 2
            for payload in row:
                draw_qr(press, payload, x, top, side)
                x += side + _QR_GAP

        slabs.append(Slab(side, draw, before=_QR_GAP, keep_next=bool(block.caption)))
    if block.caption:
        size = DECREE30.note_size
        lines = balanced(block.caption, typeface, size, width)

        def caption(press: Press, top: float) -> None:
            for number, line in enumerate(lines):
                baseline = top + number * line_height(size) + baseline_in(size, press.typeface.regular)
                press.line(line, press.frame.left, baseline, width, align=Align.CENTER, size=size)

        slabs.append(Slab(len(lines) * line_height(size), caption, before=2.0))
    return slabs


def draw_qr(press: Press, payload: str, x: float, top: float, side: float) -> None:
    """Dark modules as boxes, joined along each row; drawn here because reportlab's drawing brings a font along."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    widget: Any = QrCodeWidget(payload, barLevel="M")  # its stubs do not know the code inside
    code = widget.qr
    code.make()
    module = side / (len(code.modules) + 2 * _QR_QUIET)
    upper = press.frame.page_height - top
    for row, line in enumerate(code.modules):
        start = 0
        for dark, run in groupby(map(bool, line)):
            count = sum(1 for _ in run)
            if dark:
                left, bottom = x + (start + _QR_QUIET) * module, upper - (row + 1 + _QR_QUIET) * module
                press.canvas.rect(left, bottom, count * module, module, stroke=0, fill=1)
            start += count


def space(block: Space, _typeface: Typeface, _width: float) -> list[Slab]:
    """Empty height."""
    return [Slab(block.height * MM, lambda _press, _top: None)]
