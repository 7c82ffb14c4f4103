"""What an official paper is made of: frozen blocks that know nothing of the database, the definitions or Qt.

Callers bring finished Vietnamese text (numbers already formatted); the renderer decides places, sizes and rules by
Decree 30/2020/NĐ-CP (``decree30``). Text may hold line breaks (``\\n``) wherever a forced break makes sense; nothing in
it is ever read as markup. Lengths are millimetres where a block has any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from thidua_desktop.charts.model import Chart


class Align(StrEnum):
    """Where the lines of a text stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Orientation(StrEnum):
    """Direction of the A4 sheet; landscape only for wide tables (Decree 30, Appendix I, part I)."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style. ``figure`` is an indicator key: its place on the page comes back as a mark."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: str | None = None


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The head of an official paper: issuer at the left, national name and motto at the right.

    ``parent_line`` (cơ quan chủ quản) may be absent; ``issuer_lines`` is the issuer, one entry per printed line.
    ``symbol`` is e.g. ``BC-UBND``; with ``symbol=None`` no number line is printed (papers of a residential area).
    ``number=None`` leaves a blank to be filled by hand; a number below 10 gets its leading zero here.
    ``motto=False`` gives only the issuer's column (lists for inside use). ``about`` is the subject of an official
    letter (``V/v …``), which stands under its number.
    """

    parent_line: str | None
    issuer_lines: tuple[str, ...]
    number: str | None = None
    symbol: str | None = None
    place: str = ""
    date: date | None = None
    show_place_date: bool = True
    motto: bool = True
    about: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Type of the paper (``BÁO CÁO``) and its subject; ``subject_line`` draws the rule under the subject."""

    type_name: str
    subject: str = ""
    subject_line: bool = True


@dataclass(frozen=True, slots=True)
class Recipient:
    """``Kính gửi:`` one addressee on the same line, several each on a line of their own."""

    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading with its number in the text; goes into the PDF's outline.

    Level 0 is centred bold, 1 and 2 bold at the first-line indent, 3 bold italic.
    """

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``indent`` is the first-line indent of the decree; ``size`` in points, None is the body's size."""

    text: Text
    indent: bool = True
    align: Align = Align.JUSTIFY
    size: float | None = None
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: ``share`` is its part of the table's width, relative to the other columns."""

    title: str
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell with more than plain text: bold, a figure mark, or spread over several columns."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: str | None = None
    columns: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a head of several rows, spread over ``columns`` and ``rows``."""

    text: str
    columns: int = 1
    rows: int = 1


TableCell = str | Cell
TableRow = tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The next ``count`` rows of a table: ``head`` stands over them, ``subtotal`` under the last of them, both bold."""

    head: TableRow
    count: int
    subtotal: TableRow | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table of any length; its head is repeated on each page and its totals stay with the last row.

    ``head_rows`` replaces the one-row head made from the columns' titles. ``size`` is in points: letters get smaller
    where a word of head or cells would have to be cut. ``notes`` are printed in small italics below. With ``fits`` the
    columns are as wide as what stands in them asks for, whatever their shares. ``groups``, where there are any, divide
    all rows among them.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    head_rows: tuple[tuple[HeadCell, ...], ...] = ()
    totals: tuple[TableRow, ...] = ()
    notes: tuple[str, ...] = ()
    caption: str = ""
    size: float = 12.0
    fits: bool = False
    groups: tuple[RowGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs: ``capacity`` lines (``TM. ỦY BAN NHÂN DÂN``, ``KT. CHỦ TỊCH``), position, note, full name."""

    position: str
    full_name: str = ""
    capacity: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecipientsList:
    """``Nơi nhận:`` with one entry per line, without dash and end mark (both are set here)."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature at the right; at its left another signer or the list of recipients, level with it."""

    right: SignatureBlock
    left: SignatureBlock | RecipientsList | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """Several signers in a grid, read row by row (minutes of a residential area have four and a secretary)."""

    signers: tuple[SignatureBlock, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page, from here on in ``orientation`` where one is given; ``restart`` counts its pages from 1 again."""

    orientation: Orientation | None = None
    restart: bool = False


@dataclass(frozen=True, slots=True)
class AnnexTitle:
    """Begins an annex on a new page with page numbers of its own.

    ``number`` is a Roman numeral, printed only when there are two annexes or more; ``attached_to`` is the line
    ``(Kèm theo …)``, empty on an electronic document. Without ``word`` the title stands alone ("DANH SÁCH …").
    """

    title: str
    number: str = ""
    attached_to: str = ""
    orientation: Orientation = Orientation.PORTRAIT
    word: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One line ``label: value`` of a plain sheet."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels at the left, values at one common edge. ``label_width`` is in millimetres."""

    rows: tuple[Field, ...]
    label_width: float = 52.0


@dataclass(frozen=True, slots=True)
class CodeBox:
    """Something to be copied by hand without a mistake: large letters in a frame, one group per entry."""

    groups: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class QrCodes:
    """QR codes side by side. A payload is ASCII, at most 1,000 characters; ``side`` is in millimetres."""

    payloads: tuple[str, ...]
    caption: str = ""
    side: float = 42.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """A citation that fills one landscape sheet (Decree 98/2023/NĐ-CP, art. 104).

    ``giver`` (position), ``verb`` (TẶNG), ``award``, then who gets it, who that is, and what for; at the foot left the
    lines of the decision and the golden book, right place and day, who signs. ``ring`` draws a plain ring where the
    national emblem is to be printed; the emblem itself is never drawn.
    """

    giver: str
    verb: str
    award: str
    receiver: str
    detail: str
    achievement: str
    decision: tuple[str, ...]
    place_date: str
    signer: SignatureBlock
    ring: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height in millimetres."""

    height: float


Block = (
    LetterHead
    | Title
    | Recipient
    | Heading
    | Paragraph
    | Table
    | Chart
    | Signature
    | Signatures
    | RecipientsList
    | PageBreak
    | AnnexTitle
    | Fields
    | CodeBox
    | QrCodes
    | Certificate
    | Space
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What the PDF says of itself, and what stands on every page. ``foot_note`` is small, in the bottom margin."""

    title: str = ""
    author: str = ""
    subject: str = ""
    foot_note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its blocks in reading order, what it says of itself, direction of the first pages."""

    blocks: tuple[Block, ...]
    meta: Meta = field(default_factory=Meta)
    orientation: Orientation = Orientation.PORTRAIT


def runs_of(text: Text) -> tuple[Run, ...]:
    """Text in its one inner form."""
    return (Run(text),) if isinstance(text, str) else text


def plain_text(text: Text) -> str:
    """Text without its styles."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


class BodyRow(NamedTuple):
    """A row under the head as it is printed; ``keeps``: it stands on one page with the row that follows."""

    cells: TableRow
    bold: bool = False
    keeps: bool = False


def body_rows(table: Table) -> Iterator[BodyRow]:
    """All rows under the head in their order: groups with their heads and subtotals, totals.

    Raises ValueError when the groups do not divide the rows.
    """
    if table.groups and sum(group.count for group in table.groups) != len(table.rows):
        raise ValueError(f"the groups of {len(table.rows)} rows count otherwise")
    groups = table.groups or (RowGroup((), len(table.rows)),)
    start = 0
    for number, group in enumerate(groups):
        last, closing = start + group.count, bool(table.totals) and number == len(groups) - 1
        if group.head:
            yield BodyRow(group.head, bold=True, keeps=group.count > 0)
        for place in range(start, last):
            yield BodyRow(table.rows[place], keeps=place == last - 1 and (closing or group.subtotal is not None))
        if group.subtotal is not None:
            yield BodyRow(group.subtotal, bold=True, keeps=closing)
        start = last
    for number, total in enumerate(table.totals, start=1):
        yield BodyRow(total, bold=True, keeps=number < len(table.totals))


def figures_of(document: Document) -> Iterator[str]:
    """Keys of all figure marks, in reading order, repeated where a figure stands twice."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (run.figure for run in runs_of(block.text) if run.figure)
        elif isinstance(block, Table):
            for row in (*block.rows, *block.totals):
                yield from (cell.figure for cell in row if isinstance(cell, Cell) and cell.figure)
