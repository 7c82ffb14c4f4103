"""Sheets that are turned because a table has too many columns for an upright one (Decree 30, Appendix I, part I)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thidua_desktop.printing.blocks import AnnexTitle, Block, Document, Orientation, PageBreak, Table
from thidua_desktop.printing.columnwidths import has_room
from thidua_desktop.printing.decree30 import frame
from thidua_desktop.printing.fonts import Typeface


@dataclass(slots=True)
class _Part:
    """Blocks from one change of the sheet to the next; the first of them is what changes it."""

    orientation: Orientation
    blocks: list[Block]


def turned(document: Document, typeface: Typeface) -> Document:
    """The same document with every part across whose tables have no room upright."""
    upright = frame(Orientation.PORTRAIT).width
    parts = _parts(document)
    wide = [
        part.orientation is Orientation.PORTRAIT
        and any(isinstance(block, Table) and not has_room(block, typeface, upright) for block in part.blocks)
        for part in parts
    ]
    if not any(wide):
        return document
    for part, is_wide in zip(parts, wide, strict=True):
        part.orientation = Orientation.LANDSCAPE if is_wide else part.orientation
    first, *others = parts
    blocks = [*first.blocks, *(block for part in others for block in _changed(part))]
    return replace(document, blocks=tuple(blocks), orientation=first.orientation)


def _parts(document: Document) -> list[_Part]:
    parts = [_Part(document.orientation, [])]
    for block in document.blocks:
        if isinstance(block, PageBreak):
            parts.append(_Part(block.orientation or parts[-1].orientation, []))
        elif isinstance(block, AnnexTitle):
            parts.append(_Part(block.orientation, []))
        parts[-1].blocks.append(block)
    return parts


def _changed(part: _Part) -> Sequence[Block]:
    first = part.blocks[0]
    if isinstance(first, PageBreak | AnnexTitle):
        return (replace(first, orientation=part.orientation), *part.blocks[1:])
    return part.blocks
