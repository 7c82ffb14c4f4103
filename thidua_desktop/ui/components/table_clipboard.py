"""Rows for the clipboard: tab-separated text and an HTML table, so that Excel keeps numbers and leading zeros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData

from thidua_desktop.text import parse_number

MOST_ROWS = 10_000


def table_text(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> str:
    """Head and rows with tabs between cells; numbers without grouping points."""
    lines = [heads, *([_plain(cell, place in numbers) for place, cell in enumerate(row)] for row in rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def table_html(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> str:
    """The same as a table: texts are marked as text, so that ``0912…`` keeps its zero and ``=`` starts no formula."""
    body = [
        "".join(_html_cell(cell, place in numbers) for place, cell in enumerate(row)) for row in rows
    ]  # fmt: skip
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    lines = "".join(f"<tr>{line}</tr>" for line in body)
    return f'<meta charset="utf-8"><table><tr>{head}</tr>{lines}</table>'


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


def _plain(cell: str, number: bool) -> str:
    value = parse_number(cell) if number else None
    return cell if value is None else str(value).replace(".", ",")


def _html_cell(cell: str, number: bool) -> str:
    value = parse_number(cell) if number else None
    if value is not None:
        return f'<td x:num="{value}">{escape(_plain(cell, True))}</td>'
    return f"<td style=\"mso-number-format:'\\@'\">{escape(cell)}</td>"
