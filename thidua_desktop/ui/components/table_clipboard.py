"""Rows for the clipboard: tab-separated text and an HTML table, so that Excel keeps numbers, days and leading zeros."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import QMimeData

from thidua_desktop.text import format_number, parse_number

MOST_ROWS = 10_000
_DAY, _DAY_ZERO = re.compile(r"(\d{2})/(\d{2})/(\d{4})"), date(1899, 12, 30)
_DAY_LOOK = 'sdnum="1066;0;DD/MM/YYYY" style="mso-number-format:\'dd\\/mm\\/yyyy\'"'
_WORDS = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
"""Excel believes what ``x:`` says only where it is declared."""
_BEFORE = f"{_WORDS}<body><!--StartFragment-->"
_BEHIND = "<!--EndFragment--></body></html>"


def table_text(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> str:
    """Head and rows with tabs between cells; numbers without grouping points."""
    lines = [heads, *([_plain(cell, place in numbers) for place, cell in enumerate(row)] for row in rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def table_html(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> str:
    """The same as a table: texts are marked as text, so that ``0912…`` keeps its zero and ``=`` starts no formula.

    Days say the number that they are in a spreadsheet: read from their signs they would be other days where Windows
    speaks English.
    """
    body = [
        "".join(_html_cell(cell, place in numbers) for place, cell in enumerate(row)) for row in rows
    ]  # fmt: skip
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    lines = "".join(f"<tr>{line}</tr>" for line in body)
    return f"{_BEFORE}<table><tr>{head}</tr>{lines}</table>{_BEHIND}"


@dataclass(frozen=True, slots=True)
class Copied:
    """A table in both forms of the clipboard."""

    text: str
    html: str

    def mime(self) -> QMimeData:
        """For the clipboard."""
        made = QMimeData()
        made.setText(self.text)
        made.setHtml(self.html)
        return made


def copied(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> Copied:
    """Both forms; may be called in any thread."""
    return Copied(table_text(heads, rows, numbers), table_html(heads, rows, numbers))


def table_mime(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> QMimeData:
    """Both forms for the clipboard."""
    return copied(heads, rows, numbers).mime()


def copied_words(rows: int) -> str:
    """What is told after a whole table was copied."""
    return f"Đã chép cả bảng, {format_number(rows)} dòng; dán vào Excel được"


def _plain(cell: str, number: bool) -> str:
    value = parse_number(cell) if number else None
    return cell if value is None else str(value).replace(".", ",")


def _serial(cell: str) -> int:
    """The number of a day in a spreadsheet; 0 for what is none."""
    found = _DAY.fullmatch(cell)
    if found is None:
        return 0
    try:
        return max(0, (date(int(found[3]), int(found[2]), int(found[1])) - _DAY_ZERO).days)
    except ValueError:
        return 0


def _html_cell(cell: str, number: bool) -> str:
    value = parse_number(cell) if number else None
    if value is not None:
        return f'<td x:num="{value}">{escape(_plain(cell, True))}</td>'
    if day := _serial(cell):
        return f'<td x:num="{day}" sdval="{day}" {_DAY_LOOK}>{cell}</td>'
    return f"<td style=\"mso-number-format:'\\@'\">{escape(cell)}</td>"
