"""Running text: paragraphs, headings, title, addressees, annex titles (Decree 30, Appendix I)."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.printing.blocks import Align, AnnexTitle, Heading, Paragraph, Recipient, Run, Title
from thidua_desktop.printing.decree30 import DECREE30, MM, short_rule_length
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.press import Press, Slab, baseline_in, line_height
from thidua_desktop.printing.textflow import Line, balanced, break_text

_CENTRED_LEVEL = 0
_ITALIC_LEVEL = 3


def line_slabs(
    lines: Sequence[Line],
    size: float,
    width: float,
    typeface: Typeface,
    align: Align,
    *,
    left: float = 0.0,
    first_left: float | None = None,
    before: float = 0.0,
    keep_all: bool = False,
    keep_last: bool = False,
) -> list[Slab]:
    """One slab per line, tied so that no page begins or ends with a single line of a paragraph."""
    drop = baseline_in(size, typeface.regular)
    slabs: list[Slab] = []
    for place, line in enumerate(lines):
        offset = left if place or first_left is None else first_left

        def draw(press: Press, top: float, line: Line = line, offset: float = offset) -> None:
            press.line(line, press.frame.left + offset, top + drop, width - (offset - left), align=align, size=size)

        last = place == len(lines) - 1
        tied = keep_all or place == 0 or place == len(lines) - 2
        slabs.append(
            Slab(line_height(size), draw, before if place == 0 else 0.0, keep_next=keep_last if last else tied)
        )
    return slabs


def paragraph(block: Paragraph, typeface: Typeface, width: float) -> list[Slab]:
    """A paragraph: justified, first line in by 1.27 cm, 6 pt above."""
    size = block.size or DECREE30.body_size
    centred = block.align in (Align.CENTER, Align.RIGHT)
    indent = DECREE30.first_line_indent * MM if block.indent and not centred else 0.0
    lines = break_text(block.text, typeface, size, width, indent=indent)
    return line_slabs(
        lines,
        size,
        width,
        typeface,
        block.align,
        first_left=indent,
        before=DECREE30.paragraph_gap,
        keep_last=block.keep_with_next,
    )


def heading(block: Heading, typeface: Typeface, width: float) -> list[Slab]:
    """A heading, tied to what follows, entered in the outline."""
    size = DECREE30.body_size
    if block.level <= _CENTRED_LEVEL:
        lines, indent, align = balanced(block.text, typeface, size, width, bold=True), 0.0, Align.CENTER
    else:
        indent, align = DECREE30.first_line_indent * MM, Align.JUSTIFY
        italic = block.level >= _ITALIC_LEVEL
        lines = break_text(block.text, typeface, size, width, indent=indent, bold=True, italic=italic)
    slabs = line_slabs(
        lines,
        size,
        width,
        typeface,
        align,
        first_left=indent,
        before=DECREE30.paragraph_gap,
        keep_all=True,
        keep_last=True,
    )
    return [_with_bookmark(slabs[0], block.text, max(0, block.level - 1)), *slabs[1:]]


def _with_bookmark(slab: Slab, title: str, level: int) -> Slab:
    def draw(press: Press, top: float) -> None:
        press.bookmark(title, level)
        slab.draw(press, top)

    return Slab(slab.height, draw, slab.before, slab.keep_next)


def title(block: Title, typeface: Typeface, width: float) -> list[Slab]:
    """Type of the paper and its subject, centred, with the short rule under the subject (part II, point 5)."""
    size = DECREE30.title_size
    slabs = centred_lines(block.type_name, typeface, size, width, before=DECREE30.title_gap)
    if block.subject:
        lines = balanced(block.subject, typeface, size, width * DECREE30.subject_width_share, bold=True)
        slabs += line_slabs(lines, size, width, typeface, Align.CENTER, keep_all=True, keep_last=True)
        if block.subject_line:
            slabs.append(short_rule(tuple(line.width for line in lines), width))
    if block.subject:
        slabs.append(Slab(DECREE30.paragraph_gap, lambda _press, _top: None))
    return slabs


def centred_lines(
    text: str, typeface: Typeface, size: float, width: float, *, before: float = 0.0, bold: bool = True
) -> list[Slab]:
    """A centred text in lines of about the same length, kept together and tied to what follows."""
    lines = balanced(text, typeface, size, width, bold=bold)
    return line_slabs(lines, size, width, typeface, Align.CENTER, before=before, keep_all=True, keep_last=True)


def short_rule(widths: tuple[float, ...], width: float) -> Slab:
    """The centred rule, a third to a half as long as the text above it."""
    length = short_rule_length(widths)

    def draw(press: Press, top: float) -> None:
        press.rule(press.frame.left + (width - length) / 2, top + DECREE30.rule_drop, length)

    return Slab(2 * DECREE30.rule_drop, draw, keep_next=True)


def recipient(block: Recipient, typeface: Typeface, width: float) -> list[Slab]:
    """``Kính gửi:`` one addressee centred on the same line; several under it, each with a dash (part II, point 9)."""
    if not block.to:
        return []
    size = DECREE30.recipient_size
    label = "Kính gửi:"
    gap = DECREE30.title_gap / 2
    if len(block.to) == 1:
        text = f"{label} {_ended(block.to[0], '.')}"
        return centred_lines(text, typeface, size, width, before=gap, bold=False)
    label_width = typeface.regular.width(label + " ", size)
    *others, last = block.to
    entries = [*(_ended(f"- {name}", ";") for name in others), _ended(f"- {last}", ".")]
    widest = max(typeface.regular.width(typeface.prepare(entry), size) for entry in entries)
    inner = min(widest + 1.0, width - label_width)
    left = (width - label_width - inner) / 2
    slabs = line_slabs(
        break_text(label, typeface, size, width),
        size,
        width,
        typeface,
        Align.LEFT,
        left=left,
        before=gap,
        keep_last=True,
    )
    for entry in entries:
        lines = break_text(entry, typeface, size, inner)
        slabs += line_slabs(lines, size, inner, typeface, Align.LEFT, left=left + label_width, keep_all=True)
    return slabs


def _ended(text: str, mark: str) -> str:
    return text.rstrip(" ;.") + mark


def annex_title(block: AnnexTitle, typeface: Typeface, width: float) -> list[Slab]:
    """``Phụ lục I``, its title in capitals, ``(Kèm theo …)`` in italics (part III)."""
    size = DECREE30.annex_size
    head = f"Phụ lục {block.number}".rstrip() if block.word else ""
    slabs = centred_lines(head, typeface, size, width) if head else []
    slabs += centred_lines(block.title, typeface, size, width)
    slabs[0] = _with_bookmark(slabs[0], f"{head} {block.title}".strip(), 0)
    if block.attached_to:
        lines = break_text((Run(block.attached_to, italic=True),), typeface, size, width)
        slabs += line_slabs(lines, size, width, typeface, Align.CENTER, keep_all=True, keep_last=True)
    slabs.append(Slab(DECREE30.paragraph_gap, lambda _press, _top: None, keep_next=True))
    return slabs
