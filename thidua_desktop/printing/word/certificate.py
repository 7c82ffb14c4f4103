"""A citation as a Word page: the same lines in the same colours; what stands at the foot in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.printing.blocks import Align, Certificate, Orientation
from thidua_desktop.printing.decree30 import DECREE30, MM
from thidua_desktop.printing.word.sheet import Sheet, make_rule

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

_EMBLEM_ROOM = 22.0 * MM
_SIGNING_ROOM = 22.0 * MM
_LEFT_SHARE = 0.42


def certificate(sheet: Sheet, block: Certificate) -> None:
    """The sheet of one citation; a sheet that is not landscape yet is turned."""
    if sheet.orientation is not Orientation.LANDSCAPE:
        sheet.turn(Orientation.LANDSCAPE)
    name = sheet.line(DECREE30.national_name, size=14, align=Align.CENTER, bold=True, before=_EMBLEM_ROOM)
    name.paragraph_format.keep_with_next = True
    sheet.line(DECREE30.motto, size=15, align=Align.CENTER, bold=True, keep_next=True)
    motto = sheet.typeface.bold.width(DECREE30.motto, 15)
    make_rule(sheet.word.add_paragraph(), motto, sheet.width)
    _redden(sheet.line(block.giver, size=20, align=Align.CENTER, bold=True, before=10))
    sheet.line(block.verb, size=17, align=Align.CENTER, bold=True, before=4)
    _redden(sheet.line(block.award, size=36, align=Align.CENTER, bold=True))
    sheet.line(block.receiver, size=24, align=Align.CENTER, bold=True, before=4)
    for text in (block.detail, block.achievement):
        if text:
            sheet.line(text, size=17, align=Align.CENTER, before=4)
    _foot(sheet, block)


def _foot(sheet: Sheet, block: Certificate) -> None:
    left_width = sheet.width * _LEFT_SHARE
    left, right = sheet.grid([left_width, sheet.width - left_width]).rows[0].cells
    room = DECREE30.signature_gap
    sheet.line(block.place_date, size=14, align=Align.CENTER, italic=True, before=room, into=right)
    for text in (*block.signer.capacity, block.signer.position):
        sheet.line(text, size=14, align=Align.CENTER, bold=True, into=right)
    sheet.line(block.signer.full_name, size=14, align=Align.CENTER, bold=True, before=_SIGNING_ROOM, into=right)
    for number, text in enumerate(block.decision):
        sheet.line(text, size=14, before=room + _SIGNING_ROOM if number == 0 else 0.0, into=left)


def _redden(line: WordParagraph) -> None:
    from docx.shared import RGBColor

    for run in line.runs:
        run.font.color.rgb = RGBColor(0xCC, 0, 0)
