"""Every paper as it was read and accepted: words, places in millimetres, rules, fonts, room for signatures.

``UPDATE_GOLDEN=1 python -m pytest tests/forms/test_golden_documents.py`` writes tests/golden/papers anew; read the
difference before it is committed.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.forms.every_definition import DOCUMENTS, REPORTS, name_of
from tests.forms.paper_office import made_office, record_id
from thidua_desktop.domain.periods import PeriodKind, period_of
from thidua_desktop.formdef.model import DocumentSpec, ReportSpec
from thidua_desktop.printing.marks import Rendered
from thidua_desktop.printing.render import render
from thidua_desktop.services.documents.printing import print_documents
from thidua_desktop.services.report_checks.samples import sample_documents
from thidua_desktop.services.reports.build import build
from thidua_desktop.services.reports.paper import print_report
from thidua_desktop.services.session import Session

GOLDEN = Path(__file__).parents[1] / "golden" / "papers"
MM = 72 / 25.4
FONT = re.compile(rb"/BaseFont\s*/[A-Z]{6}\+(\S+)")
UPDATE = "UPDATE_GOLDEN"
CHECKING = ("report_check", "report_return", "report_reminder")
"""The papers with which a province checks reports; no definition has them."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = made_office(tmp_path_factory.mktemp("office"))
    papers = {name: paper._replace(where=(), desk="") for name, paper in session.definitions.documents.items()}
    yield replace(session, definitions=replace(session.definitions, documents=papers))
    session.close()


def described(printed: Rendered) -> str:
    """What a paper looks like, in lines that a person can compare."""
    fonts = sorted({name.decode() for name in FONT.findall(printed.pdf)})
    lines = [f"fonts: {', '.join(fonts)}"]
    document = pypdfium2.PdfDocument(printed.pdf)
    try:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            lines.append(f"\n== page {number}, {width / MM:.0f} × {height / MM:.0f} mm")
            lines += _rules(page, height)
            lines += _words(page, height)
    finally:
        document.close()
    for place in printed.places:
        box = " ".join(f"{side / MM:.0f}" for side in (place.x, place.y, place.w, place.h))
        lines.append(f"signature: page {place.page}, {box}: {place.position}, {place.name or '…'}")
    return "\n".join(lines) + "\n"


def _words(page: pypdfium2.PdfPage, height: float) -> list[str]:
    """Each run of letters with the place of its left top corner."""
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    return [f"{box[0] / MM:3.0f} {(height - box[3]) / MM:3.0f}  {text.get_text_bounded(*box).strip()}" for box in boxes]


def _rules(page: pypdfium2.PdfPage, height: float) -> list[str]:
    """Where upright rules stand, how far they reach, and the level ones that are no table's."""
    upright: set[int] = set()
    level: list[str] = []
    reach = [1_000.0, 0.0]
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = found.get_bounds()
        if right - left < 2 < top - bottom:
            upright.add(round((left + right) / 2 / MM))
            reach = [min(reach[0], height - top), max(reach[1], height - bottom)]
        elif top - bottom < 2:
            level.append(f"{left / MM:.0f}–{right / MM:.0f} at {(height - top) / MM:.0f}")
    made = (
        [f"columns: {' '.join(map(str, sorted(upright)))}, {reach[0] / MM:.0f} to {reach[1] / MM:.0f}"]
        if upright
        else []
    )
    return [*made, f"level rules: {'; '.join(dict.fromkeys(level))}"] if level else made


def compare(name: str, found: str) -> None:
    """The paper is as it was accepted; a difference is shown as lines."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get(UPDATE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    kept = path.read_text(encoding="utf-8") if path.is_file() else ""
    changes = list(difflib.unified_diff(kept.splitlines(), found.splitlines(), "accepted", "printed", lineterm="", n=1))
    assert not changes, "\n".join([f"{name}: {UPDATE}=1 accepts it", *changes[:60]])


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_paper_looks_as_accepted(office: Session, document: DocumentSpec) -> None:
    several = 2 if document.scope != "record" else 1
    ids = [record_id(document.register, "full", number) for number in range(several)]
    compare(document.name, described(print_documents(office, document.name, ids)))


@pytest.mark.parametrize("report", REPORTS, ids=name_of)
def test_a_report_looks_as_accepted(office: Session, report: ReportSpec) -> None:
    kind = PeriodKind(report.period_kinds[0])
    period = period_of(office.today, kind, office.definitions.calendars[report.calendar])
    compare(f"report.{report.name}", described(print_report(office, build(office, report.name, period))))


@pytest.mark.parametrize("name", CHECKING)
def test_a_paper_of_checking_looks_as_accepted(office: Session, name: str) -> None:
    documents = {key: document for key, _, document in sample_documents(office)}
    assert tuple(documents) == CHECKING
    compare(name, described(render(documents[name])))


def test_no_paper_is_kept_that_is_not_made() -> None:
    made = {document.name for document in DOCUMENTS} | {f"report.{report.name}" for report in REPORTS} | set(CHECKING)
    assert {path.stem for path in GOLDEN.glob("*.txt")} == made


def test_a_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UPDATE, raising=False)
    kept = (GOLDEN / "award_decision.txt").read_text(encoding="utf-8")
    with pytest.raises(AssertionError, match=r"\+ *\d+ *\d+ +QUYẾT NGHỊ"):
        compare("award_decision", kept.replace("QUYẾT ĐỊNH", "QUYẾT NGHỊ", 1))
