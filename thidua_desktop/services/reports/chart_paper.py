"""A chart as a paper of its own: the picture, and its numbers in a table below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thidua_desktop.charts.model import Chart, ChartKind
from thidua_desktop.charts.numbers import numbers_of
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.session import Session

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document, Table

TITLE = "BIỂU ĐỒ SỐ LIỆU"
_MANY_COLUMNS = 8


def charts_document(session: Session, charts: Sequence[Chart], period: str) -> Document:
    """Head of the office, title and period, and each chart with its numbers."""
    from thidua_desktop.printing.blocks import Align, Block, Document, LetterHead, Meta, Paragraph, Run, Title

    whose = issuer(session)
    blocks: list[Block] = [
        LetterHead(whose.parent_line, whose.issuer_lines, place=whose.place, date=session.today, show_place_date=True),
        Title(TITLE),
        Paragraph((Run(period, italic=True),), align=Align.CENTER, keep_with_next=True),
    ]
    for chart in charts:
        blocks += [chart, _numbers(chart)]
    title = charts[0].title if len(charts) == 1 else TITLE
    return Document(tuple(blocks), Meta(title, " ".join(whose.issuer_lines), period))


def _numbers(chart: Chart) -> Table:
    from thidua_desktop.printing.blocks import Align, Column, Table

    head = "Kỳ" if chart.kind is ChartKind.LINES else "Nội dung"
    found = numbers_of(chart, head)
    first, *others = found.heads
    small = len(found.heads) > _MANY_COLUMNS
    columns = (Column(first, 3.0), *(Column(one, 0.7 if small else 1.6, Align.RIGHT) for one in others))
    return Table(columns, found.rows, caption=chart.title, size=10.0 if small else 12.0)
