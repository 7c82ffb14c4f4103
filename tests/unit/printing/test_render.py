"""The finished file: same bytes, embedded fonts, outline, page numbers, refusals, what stays together."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import warnings
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.unit.printing.measured import pages_of, text_of
from tests.unit.printing.paper_samples import SAMPLES, report_sample
from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import (
    Align,
    CodeBox,
    Column,
    Document,
    Field,
    Fields,
    Heading,
    LetterHead,
    Meta,
    Orientation,
    PageBreak,
    Paragraph,
    QrCodes,
    Recipient,
    RecipientsList,
    Run,
    Signature,
    SignatureBlock,
    Signatures,
    Space,
    Table,
    Title,
    figures_of,
    plain_text,
)
from thidua_desktop.printing.render import render

LOREM = "Nhân dân khu dân cư tích cực tham gia tự quản về an ninh, trật tự tại địa bàn. " * 6


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert render(SAMPLES[name]()).pdf == render(SAMPLES[name]()).pdf


def test_bytes_do_not_depend_on_process_or_earlier_prints() -> None:
    script = (
        "import hashlib; from tests.unit.printing.paper_samples import SAMPLES; "
        "from thidua_desktop.printing.render import render; "
        "print(hashlib.sha256(render(SAMPLES['report']()).pdf).hexdigest())"
    )
    digests = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout for _ in "ab"
    }
    render(SAMPLES["sheet"]())
    assert digests == {hashlib.sha256(render(report_sample()).pdf).hexdigest() + "\n"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_font_is_embedded(name: str) -> None:
    pdf = render(SAMPLES[name]()).pdf
    assert not re.findall(rb"/BaseFont /(?!AAAAAA\+LiberationSerif)[^ /\r\n]+", pdf)
    assert b"Helvetica" not in pdf


def test_the_four_faces_are_embedded_as_subsets() -> None:
    pdf = render(report_sample()).pdf
    described = re.findall(rb"/FontName /([A-Z]{6}\+\w+(?:-\w+)?)", pdf)
    assert {name.split(b"+")[1] for name in described} == {
        b"LiberationSerif",
        b"LiberationSerif-Bold",
        b"LiberationSerif-Italic",
        b"LiberationSerif-BoldItalic",
    }
    assert pdf.count(b"/FontFile2") == len(described)
    assert len(pdf) < 150_000


def test_the_file_says_what_it_is() -> None:
    rendered = render(report_sample())
    document = pdfium.PdfDocument(rendered.pdf)
    facts = document.get_metadata_dict()
    assert facts["Title"] == "Báo cáo Kết quả phong trào Toàn dân bảo vệ an ninh Tổ quốc tháng 11 năm 2026"
    assert facts["Author"] == "ỦY BAN NHÂN DÂN XÃ PHÚ HÒA"
    assert facts["CreationDate"].startswith("D:20261116")  # the paper's own day, never the clock's
    assert b"/Lang (vi-VN)" in rendered.pdf
    entries = [(entry.get_title(), entry.level) for entry in document.get_toc()]
    assert entries[:3] == [
        ("I. TÌNH HÌNH AN NINH, TRẬT TỰ", 0),
        ("II. KẾT QUẢ THỰC HIỆN", 0),
        ("1. Tuyên truyền, phát động", 1),
    ]
    assert rendered.pages == len(document) == 3


def test_an_outline_may_begin_with_a_deep_heading() -> None:
    rendered = render(Document((Heading(3, "a) Sâu"), Heading(1, "I. NÔNG"), Paragraph("x"))))
    levels = [entry.level for entry in pdfium.PdfDocument(rendered.pdf).get_toc()]
    assert levels == [0, 0]


@pytest.mark.parametrize("blocks", [(), (PageBreak(),), (Space(10), PageBreak())])
def test_an_empty_document_is_refused(blocks: tuple[PageBreak | Space, ...]) -> None:
    with pytest.raises(UserError, match="TD-PRINT-002"):
        render(Document(blocks))


def test_what_fits_on_no_page_is_refused() -> None:
    tall = SignatureBlock("CHỦ TỊCH", capacity=("TM. ỦY BAN NHÂN DÂN",) * 60)
    with pytest.raises(UserError, match=r"TD-PRINT-003.*CHỦ TỊCH"):
        render(Document((Signature(tall),)))
    named = Chart(ChartKind.BARS, "Cơ cấu", ("rất dài " * 600,), (Series("Số vụ", (1,)),))
    with pytest.raises(UserError, match=r"TD-PRINT-003.*Cơ cấu"):
        render(Document((named,)))
    with pytest.raises(UserError, match="TD-PRINT-003"):
        render(Document((CodeBox(("K" * 80,)),)))


def test_a_paragraph_of_many_pages_runs_on() -> None:
    rendered = render(Document((Paragraph(LOREM * 40),)))
    assert rendered.pages > 4
    assert " ".join(text_of(rendered.pdf).replace("-----", "").split()).count("Nhân dân khu dân cư") == 240


@pytest.mark.parametrize("filler", range(20, 34))
def test_a_heading_never_ends_a_page(filler: int) -> None:
    blocks = (*(Paragraph(f"Dòng {number}.") for number in range(filler)), Heading(1, "II. MỤC"), Paragraph(LOREM))
    for page in pages_of(render(Document(blocks)).pdf):
        if "II. MỤC" in page.text:
            after = page.text.split("II. MỤC", 1)[1].strip().splitlines()
            assert len(after) >= 2


@pytest.mark.parametrize("filler", range(12, 34))
def test_a_signature_never_stands_alone(filler: int) -> None:
    signature = Signature(SignatureBlock("CHỦ TỊCH", "Lý Văn Phúc"))
    blocks = (*(Paragraph(f"Dòng {number}.") for number in range(filler)), Paragraph(LOREM), signature)
    (page,) = (page for page in pages_of(render(Document(blocks)).pdf) if "CHỦ TỊCH" in page.text)
    assert "Lý Văn Phúc" in page.text
    assert "an ninh, trật tự" in page.text


@pytest.mark.parametrize("filler", range(8, 28, 3))
def test_neither_the_last_signers_nor_the_recipients_stand_alone(filler: int) -> None:
    lines = tuple(Paragraph(f"Dòng {number}.") for number in range(filler))
    signers = tuple(SignatureBlock(name, "Lý Văn Phúc") for name in ("TRƯỞNG BAN", "TỔ TRƯỞNG", "THƯ KÝ"))
    pages = [page.text for page in pages_of(render(Document((*lines, Signatures(signers)))).pdf)]
    assert all("TRƯỞNG BAN" in text for text in pages if "THƯ KÝ" in text)
    one, told = Signature(SignatureBlock("CHỦ TỌA", "Lý Văn Phúc")), RecipientsList(("Như trên", "Lưu: VT"))
    pages = [page.text for page in pages_of(render(Document((*lines, *lines[:9], one, told))).pdf)]
    assert all("CHỦ TỌA" in text for text in pages if "Nơi nhận" in text)


def test_pages_turn_and_count_on() -> None:
    document = Document(
        (Paragraph("một"), PageBreak(Orientation.LANDSCAPE), Paragraph("hai"), PageBreak(), Paragraph("ba")),
        Meta(foot_note="Tổng hợp tạm: 3/5 xã"),
    )
    pages = pages_of(render(document).pdf)
    assert [round(page.width) for page in pages] == [210, 297, 297]
    assert [page.text.split()[0] for page in pages] == ["một", "2", "3"]
    assert all("Tổng hợp tạm: 3/5 xã" in page.text for page in pages)
    assert all(page.find("Tổng hợp").baseline > page.height - 20 for page in pages)


def test_a_break_on_an_empty_page_adds_none() -> None:
    document = Document(
        (PageBreak(), Paragraph("một"), PageBreak(Orientation.LANDSCAPE), PageBreak(), Paragraph("hai"))
    )
    assert render(document).pages == 2


def test_several_addressees_stand_on_lines_of_their_own() -> None:
    (page,) = pages_of(render(Document((Recipient(("Công an tỉnh", "Sở Nội vụ;")),))).pdf)
    assert page.text.split("\n") == ["Kính gửi:", "- Công an tỉnh;", "- Sở Nội vụ."]
    assert page.find("- Công an tỉnh;").left == pytest.approx(page.find("- Sở Nội vụ.").left, abs=0.1)


def test_a_long_issuer_takes_the_small_sizes_and_never_reaches_the_nation() -> None:
    head = LetterHead(
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
        ("BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM, TỆ NẠN XÃ HỘI VÀ XÂY DỰNG PHONG TRÀO TOÀN DÂN BẢO VỆ AN NINH TỔ QUỐC",),
        number="5",
        symbol="BC-BCĐ",
        place="Phường Điện Biên Phủ",
        date=date(2026, 3, 5),
    )
    (page,) = pages_of(render(Document((head, Title("BÁO CÁO", "Kết quả quý I")))).pdf)
    nation = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert nation.size == 12
    assert page.find("Độc lập").size == 13
    issuer = [letter for letter in page.letters if letter.left < nation.left - 1 and letter.baseline < 45]
    assert len({round(letter.baseline) for letter in issuer}) > 4
    assert max(letter.right for letter in issuer) < nation.left - 2
    assert "Số: 05/BC-BCĐ" in page.text
    assert "Phường Điện Biên Phủ, ngày 05 tháng 3 năm 2026" in page.text


def test_blanks_are_left_for_number_and_date() -> None:
    head = LetterHead(None, ("UBND XÃ",), symbol="BC-UBND", place="Phú Hòa")
    (page,) = pages_of(render(Document((head, Paragraph("x")))).pdf)
    text = re.sub(r"\s+", " ", page.text.replace("\u00a0", " "))
    assert "Số: /BC-UBND" in text
    assert "Phú Hòa, ngày tháng năm" in text
    slash = page.find("/BC-UBND")
    assert slash.left - page.find("Số:").right > 8


def test_a_figure_over_a_line_end_gives_a_mark_on_each_line() -> None:
    words = "một hai ba bốn năm sáu bảy tám chín mười " * 4
    document = Document((Paragraph((Run("Đầu "), Run(words.strip(), figure="long"), Run(" cuối"))),))
    rendered = render(document)
    assert {mark.key for mark in rendered.marks} == {"long"}
    assert len(rendered.marks) == 3
    assert len({mark.y for mark in rendered.marks}) == 3
    assert list(figures_of(document)) == ["long"]
    assert plain_text(document.blocks[0].text).startswith("Đầu một")  # type: ignore[union-attr]


def test_alignment_and_fields() -> None:
    blocks = (
        Paragraph("giữa", align=Align.CENTER),
        Paragraph("phải", align=Align.RIGHT),
        Fields((Field("Tên tệp", "a.tdp"), Field("Ghi chú", LOREM))),
    )
    page = pages_of(render(Document(blocks)).pdf)[0]
    assert page.find("giữa").middle == pytest.approx(112, abs=0.5)
    assert page.find("phải").right == pytest.approx(194, abs=0.5)
    assert page.find("a.tdp").left == pytest.approx(page.find("Nhân dân").left, abs=0.3)


def test_qr_codes_carry_only_what_readers_understand() -> None:
    assert render(Document((QrCodes(("THIDUA1:1", "THIDUA1:2"), "Quét lần lượt"),))).pages == 1
    for payload in ("xã", "A" * 1001):
        with pytest.raises(UserError, match="TD-PRINT-005"):
            render(Document((QrCodes((payload,)),)))


def test_reportlab_waits_until_something_is_printed() -> None:
    script = (
        "import sys; import thidua_desktop.printing.render, thidua_desktop.printing.official; "
        "print('reportlab' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_long_work_tells_its_pages_and_can_be_cancelled() -> None:
    seen: list[int] = []
    render(report_sample(), on_page=seen.append)
    assert seen == [1, 2, 3]

    def cancel(page: int) -> None:
        if page == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        render(report_sample(), on_page=cancel)


def test_empty_parts_leave_no_trace() -> None:
    document = Document((Recipient(()), Signatures(()), Table((Column("A"),), ()), Signatures(()), Paragraph("")))
    assert text_of(render(document).pdf).strip() == "A"


def test_a_scanner_reads_the_qr_code_from_the_paper(tmp_path: Path) -> None:
    missing = [program for program in ("pdftoppm", "zbarimg") if shutil.which(program) is None]
    if missing:
        assert not os.environ.get("CI"), f"missing, though CI installs them: {missing}"
        warnings.warn(f"not checked, missing programs: {missing}", stacklevel=1)
        return
    (tmp_path / "sheet.pdf").write_bytes(render(SAMPLES["sheet"]()).pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "sheet.pdf", "sheet"], cwd=tmp_path, check=True)
    (picture,) = tmp_path.glob("*.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=False)
    assert read.stdout.strip() == "THIDUA1:23017:000007:8f14e45fceea167a5a36dedd4bea2543"
