"""Official papers as PDF, against a canvas that draws the same glyphs at the same places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

from reportlab.pdfgen import canvas as reportlab_canvas

from tests.benchmarks.made_offices import activities
from tests.benchmarks.measure import Measurement
from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.printing import press
from thidua_desktop.printing.blocks import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
)
from thidua_desktop.printing.contents import Annex, Issuer, RegisterContent, ReportContent
from thidua_desktop.printing.fonts import Face
from thidua_desktop.printing.official import register, report
from thidua_desktop.printing.render import render
from thidua_desktop.printing.textwriter import TextWriter

ISSUER = Issuer(("ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"), "Phú Hòa")
SIGNER = SignatureBlock("CHỦ TỊCH", "Hồ Thị Mơ", ("TM. ỦY BAN NHÂN DÂN",))
SENTENCE = (
    "Trong kỳ, Ủy ban nhân dân xã đã chỉ đạo tổ chức 21 cuộc tuyên truyền, phát động phong trào toàn dân bảo vệ an "
    "ninh Tổ quốc với 3.296 lượt người dự; vận động 312 hộ ký cam kết phòng cháy, chữa cháy."
)
DAY = date(2026, 11, 23)
OF_TEXTS = ("setTextOrigin", "setFont", "setWordSpace", "textOut")
OF_PAGES = ("line", "lines", "rect", "setLineWidth", "setPageSize", "showPage")


@dataclass(slots=True)
class Paper:
    """A document, and what the finished page draws: the calls that the floor repeats."""

    document: Document
    steps: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)


def two_pages(_size: int, _folder: Path) -> Paper:
    """A report of two pages: narrative, figures, chart."""
    body: list[Block] = []
    for number in range(1, 4):
        body += [Heading(1, f"{number}. Kết quả thực hiện"), Paragraph(SENTENCE), Paragraph(SENTENCE)]
    columns = (
        Column("TT", 0.5),
        Column("Nội dung", 3.2),
        *(Column(name, 1, Align.RIGHT) for name in ("Kỳ này", "Kỳ trước")),
    )
    rows = tuple((str(number), "Cuộc tuyên truyền, phát động phong trào (cuộc)", "21", "14") for number in range(12))
    series = (Series("Kỳ này", (21.0, 31.0, 12.0)), Series("Kỳ trước", (14.0, 28.0, 17.0)))
    chart = Chart(ChartKind.BARS, "Hoạt động trong kỳ", ("Tuyên truyền", "Tuần tra", "Phát động"), series)
    annex = Annex("SỐ LIỆU", (Table(columns, rows), chart))
    content = ReportContent(
        ISSUER, "Kết quả phong trào tháng 11", tuple(body), SIGNER, ("Như trên;",), date=DAY, annexes=(annex,)
    )
    return drawn(report(content))


def register_rows(size: int, _folder: Path) -> Paper:
    """A register of ``size`` rows whose heights fit their texts."""
    columns = (
        Column("TT", 0.6),
        Column("Ngày", 1.1),
        Column("Nội dung", 2.0),
        Column("Kết quả", 2.0),
        Column("Người dự", 1.1),
    )
    rows = tuple(
        (
            str(place),
            f"{made['held_on']:%d/%m/%Y}",
            str(made["title"]),
            str(made["result"]),
            str(made["attendance_total"]),
        )
        for place, made in enumerate(islice(activities(["thôn"]), size), start=1)
    )
    return drawn(register(RegisterContent(ISSUER, "SỔ PHONG TRÀO", columns, rows, date=DAY, signer=SIGNER)))


def drawn(document: Document) -> Paper:
    """Print once and note every text, line and page."""
    paper = Paper(document)

    class Noting(reportlab_canvas.Canvas):
        """A canvas that remembers what was drawn."""

    class NotingTexts(TextWriter):
        """A writer of texts that remembers what it was given, in the words of a canvas."""

        def font(self, face: Face, size: float) -> None:
            self._note("setFont", face.name, size)
            super().font(face, size)

        def write(self, x: float, y: float, text: str, word_space: float = 0.0) -> None:
            for step in (("setTextOrigin", (x, y)), ("setWordSpace", (word_space,)), ("textOut", (text,))):
                if step[0] != "setWordSpace" or word_space:
                    self._note(step[0], *step[1])
            if word_space:
                self._note("setWordSpace", 0)
            super().write(x, y, text, word_space)

        def end(self) -> None:
            if self._parts:
                paper.steps.append(("drawText", ()))
            super().end()

        def _note(self, name: str, *values: Any) -> None:
            if not self._parts:
                paper.steps.append(("beginText", (0, 0)))
            paper.steps.append((name, values))

    def noting(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            paper.steps.append((name, arguments))
            return plain(*arguments)

        return call

    def noting_page(name: str) -> Callable[..., Any]:
        plain = getattr(reportlab_canvas.Canvas, name)
        return lambda self, *arguments, **named: noting(name, lambda *same: plain(self, *same, **named))(*arguments)

    for name in OF_PAGES:
        setattr(Noting, name, noting_page(name))
    with (
        mock.patch.object(reportlab_canvas, "Canvas", Noting),
        mock.patch.object(press, "TextWriter", NotingTexts),
    ):
        render(document)
    return paper


def ours(paper: Paper) -> int:
    """Blocks to PDF: line breaks, row heights, page breaks, marks, fonts."""
    return len(render(paper.document).pdf)


def canvas_alone(paper: Paper) -> int:
    """The same texts and lines at places already known."""
    buffer = BytesIO()
    page = reportlab_canvas.Canvas(buffer, invariant=1, pageCompression=1)
    written: Any = None
    for name, values in paper.steps:
        if name == "beginText":
            written = page.beginText(*values)
        elif name == "drawText":
            page.drawText(written)
        else:
            getattr(written if name in OF_TEXTS else page, name)(*values)
    page.save()
    return len(buffer.getvalue())


MEASUREMENTS = (
    Measurement("report of two pages to PDF", 2.0, two_pages, ours, canvas_alone, "raw canvas", (2,), 5),
    Measurement("print a register", 1.3, register_rows, ours, canvas_alone, "raw canvas", (100, 1_000, 10_000)),
)
