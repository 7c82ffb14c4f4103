"""From the paper of a closed report, rasterised as a scanner does, to the province; a public program reads it too."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, two_offices
from tests.unit.sync.test_public_tools import present
from thidua_desktop.errors import UserError
from thidua_desktop.services.board import summary
from thidua_desktop.services.handoff.paper_figures import PaperScan, codes_in_file, keep_scan, read_scan, scan_of
from thidua_desktop.services.reports import build as reports


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        both.activity()
        yield both


def closed_paper(pair: TwoOffices, folder: Path) -> Path:
    """The paper of November as it was closed."""
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    for figure in report.unanswered:
        reports.keep_odd(pair.commune, NOVEMBER, figure.indicator, "đã đối chiếu")
    reports.close(pair.commune, REPORT, NOVEMBER)
    kept = pair.commune.file.reports.frozen(REPORT, NOVEMBER.code)
    assert kept is not None and kept.pdf is not None
    path = folder / "bao-cao.pdf"
    path.write_bytes(kept.pdf)
    return path


def scanned_pages(pdf: Path) -> list[Path]:
    """The pages as 200-dpi grey pictures."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            pages.append(pdf.with_name(f"trang-{number}.png"))
            document[number].render(scale=200 / 72).to_pil().convert("L").save(pages[-1])
    return pages


def test_paper_gives_the_same_figures_as_the_package_would(pair: TwoOffices, tmp_path: Path) -> None:
    texts = codes_in_file(closed_paper(pair, tmp_path))
    scanned = read_scan(pair.province, scan_of(texts))
    assert (scanned.office_name, scanned.period_name, scanned.known) == (
        pair.commune.file.identity.name, "Tháng 11/2026", False,
    )  # fmt: skip
    assert keep_scan(pair.province, scanned)
    reported = {row.indicator: row.reported.get("24412") for row in summary(pair.province, REPORT, NOVEMBER).rows}
    closed = reports.build(pair.commune, REPORT, NOVEMBER).reported
    assert reported == closed
    again = read_scan(pair.province, scan_of(texts))
    assert again.known and not again.differing
    assert not keep_scan(pair.province, again)


def test_an_independent_decoder_reads_them_at_200_dpi(pair: TwoOffices, tmp_path: Path) -> None:
    path = closed_paper(pair, tmp_path)
    if present("zbarimg"):
        command = ["zbarimg", "--quiet", "--raw", *map(str, scanned_pages(path))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert read_scan(pair.province, scan_of(done.stdout.split())).figures


def test_a_package_that_says_otherwise_is_shown(pair: TwoOffices, tmp_path: Path) -> None:
    path = closed_paper(pair, tmp_path)
    assert keep_scan(pair.province, read_scan(pair.province, scan_of(codes_in_file(path))))
    pair.activity("Chống tín dụng đen")
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    second = read_scan(pair.province, scan_of(codes_in_file(closed_paper(pair, tmp_path))))
    assert {figure.label for figure in second.figures if figure.differs} >= {"Cuộc tuyên truyền"}
    assert second.paper.edition == 2 and keep_scan(pair.province, second)


def test_an_open_report_carries_no_codes(pair: TwoOffices, tmp_path: Path) -> None:
    from thidua_desktop.services.reports.paper import print_report

    path = tmp_path / "nhap.pdf"
    path.write_bytes(print_report(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER)).pdf)
    with pytest.raises(UserError) as fault:
        codes_in_file(path)
    assert fault.value.code == "TD-SYNC-075"


@pytest.mark.parametrize(
    ("name", "content"), [("x.pdf", b"%PDF-1.4 broken"), ("x.png", b"no picture"), ("x.jpg", b"")]
)  # fmt: skip
def test_files_that_cannot_be_read_are_told(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as fault:
        codes_in_file(path)
    assert fault.value.code == "TD-SYNC-050"


def test_scanning_says_what_is_missing(pair: TwoOffices, tmp_path: Path) -> None:
    texts = codes_in_file(closed_paper(pair, tmp_path))
    scan = PaperScan()
    scan.add(texts[0])
    assert scan.total == len(texts) and scan.whole != bool(scan.missing)
    with pytest.raises(UserError) as fault:
        read_scan(pair.province, scan)
    assert fault.value.code == "TD-SYNC-071"


def test_a_report_that_this_program_does_not_know(pair: TwoOffices) -> None:
    from thidua_desktop.services.reports.paper_codes import paper_codes, paper_figures

    texts = paper_codes(pair.commune, paper_figures(pair.commune, "later_result", NOVEMBER, 1, {"x": 1}))
    with pytest.raises(UserError) as fault:
        read_scan(pair.province, scan_of(texts))
    assert fault.value.code == "TD-SYNC-076"


def test_a_commune_takes_nothing_in(pair: TwoOffices) -> None:
    from dataclasses import replace

    from thidua_desktop.services.session import Role, User

    officer = replace(pair.province, user=User("o", "Cán bộ", Role.OFFICER))
    with pytest.raises(UserError) as fault:
        read_scan(officer, PaperScan())
    assert fault.value.code == "TD-STORE-220"
