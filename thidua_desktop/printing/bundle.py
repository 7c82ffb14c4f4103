"""Many papers in one PDF: a table of contents, then each paper as it is printed alone, found by the PDF's outline.

One press writes them all, so that each font lies in the file once; nothing is joined from finished files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from thidua_desktop.printing.blocks import Align, Cell, Column, Document, Meta, Paragraph, Run, Table, Title
from thidua_desktop.printing.decree30 import frame
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.marks import Rendered
from thidua_desktop.printing.press import Press
from thidua_desktop.printing.render import Layouter

if TYPE_CHECKING:
    from thidua_desktop.printing.fonts import Typeface

_CONTENTS = "Mục lục"


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the bundle: the group that it stands in, its definition's name, what it is called, what it is."""

    group: str
    name: str
    title: str
    document: Document

    @property
    def entry(self) -> str:
        """What leads to it in the outline: Quyết định khen thưởng [award_decision]."""
        return f"{self.title} [{self.name}]"


def render_bundle(parts: Sequence[Part], title: str, subtitle: str) -> Rendered:
    """The papers in their order, those of a group together; the same papers give the same bytes.

    Raises what ``render`` raises.
    """
    typeface = load_typeface(None)
    starts = (0,) * len(parts)
    rendered, starts = _print(parts, starts, typeface, title, subtitle)
    rendered, again = _print(parts, starts, typeface, title, subtitle)
    assert again == starts, "the table of contents grew by its own page numbers"
    return rendered


def _print(
    parts: Sequence[Part], starts: Sequence[int], typeface: Typeface, title: str, subtitle: str
) -> tuple[Rendered, tuple[int, ...]]:
    press = Press(typeface, Meta(title, subject=subtitle))
    contents = _contents(parts, starts, title, subtitle)
    press.open_page(frame(contents.orientation))
    press.begin_part((_CONTENTS,), "")
    Layouter(press, contents.orientation).print(contents.blocks)
    found = []
    groups = ["", *(part.group for part in parts)]
    for part, (before, group) in zip(parts, pairwise(groups), strict=True):
        press.open_page(frame(part.document.orientation), restart_numbers=True)
        found.append(press.page)
        press.begin_part(("" if before == group else group, part.entry), f"{part.title} · tờ {press.page}")
        Layouter(press, part.document.orientation).print(part.document.blocks)
    return press.finish(), tuple(found)


def _contents(parts: Sequence[Part], starts: Sequence[int], title: str, subtitle: str) -> Document:
    """Page numbers of papers begin anew with each of them; the contents count the sheets of the file."""
    columns = (
        Column("TT", 1.0, Align.CENTER),
        Column("Giấy tờ", 8.0),
        Column("Định nghĩa", 3.6),
        Column("Tờ", 1.2, Align.RIGHT),
    )
    rows: list[tuple[str | Cell, ...]] = []
    group = ""
    for number, (part, start) in enumerate(zip(parts, starts, strict=True), start=1):
        if part.group != group:
            group = part.group
            rows.append((Cell(group, bold=True, columns=4),))
        rows.append((str(number), part.title, part.name, str(start)))
    told = Paragraph((Run(subtitle, italic=True),), align=Align.CENTER, keep_with_next=True)
    return Document((Title(title.upper()), told, Table(columns, tuple(rows))), Meta(title))
