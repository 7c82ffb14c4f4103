"""Files are what their content is; what would run, is cut, or would eat the memory is refused."""

from __future__ import annotations

import pytest

from tests.unit.services.made_files import bomb, office, old_office, pdf, phone_picture, picture
from thidua_desktop.errors import UserError
from thidua_desktop.services.file_kinds import check_file, clean_name

PIXELS = 1_000_000


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (picture("PNG"), ".png"),
        (picture("JPEG"), ".jpg"),
        (picture("TIFF"), ".tif"),
        (picture("WEBP"), ".webp"),
        (picture("BMP"), ".bmp"),
        (phone_picture(), ".heic"),
        (pdf(), ".pdf"),
        (office(), ".docx"),
        (office("xl/workbook.xml"), ".xlsx"),
        (office("ppt/presentation.xml"), ".pptx"),
        (old_office("WordDocument"), ".doc"),
        (old_office("Workbook"), ".xls"),
        ("Biên bản họp thôn".encode(), ".txt"),
        ("Biên bản họp thôn".encode("utf-16"), ".txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_a_kind_is_told_by_content_whatever_the_name_says(content: bytes, ending: str) -> None:
    checked = check_file("ảnh cuộc họp.xyz.zip", content, PIXELS)
    assert checked.name == f"ảnh cuộc họp.xyz{ending}"
    assert checked.kind.ending == ending and checked.content == content


@pytest.mark.parametrize(
    "content",
    [
        b"MZ" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"#!/bin/sh\n",
        office("word/document.xml", "word/vbaProject.bin"),
        old_office("WordDocument", "_VBA_PROJECT"),
        pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        b"<html><script>x</script>",
        "Set o = CreateObject(“x”)".encode(),
    ],
    ids=lambda content: str(len(content)),
)
def test_what_would_run_is_refused_under_any_name(content: bytes) -> None:
    with pytest.raises(UserError) as refused:
        check_file("hóa đơn.pdf", content, PIXELS)
    assert refused.value.code == "TD-XFER-061" and "hóa đơn.pdf" in refused.value.sentence


@pytest.mark.parametrize(
    "text",
    ["BM", "BM01 – Biểu mẫu thống kê", "BM 02/PV05: danh sách tổ tự quản, mười tám chữ trở lên", "MZ là gì?",
     "MSCF 2026", "GIF8 không phải ảnh", "RIFF họp thôn", "II* mục hai", "dex\nhai dòng", "PK đồn biên phòng",
     "MM không dấu sao", "BM" + "(" * 40],
)  # fmt: skip
def test_a_text_that_begins_like_another_kind_is_a_text(text: str) -> None:
    checked = check_file("bieu mau.txt", text.encode(), PIXELS)
    assert checked.kind.ending == ".txt" and not checked.told_falsely


def test_a_cut_text_of_such_a_beginning_is_told_to_be_cut() -> None:
    with pytest.raises(UserError) as refused:
        check_file("bieu mau.txt", "MZ cán bộ".encode()[:-1], PIXELS)
    assert refused.value.code == "TD-XFER-063"


@pytest.mark.parametrize("size", [18, 40, 200], ids=str)
def test_a_cut_bitmap_is_told_to_be_cut_from_its_head_on(size: int) -> None:
    with pytest.raises(UserError) as refused:
        check_file("ảnh.bmp", picture("BMP")[:size], PIXELS)
    assert refused.value.code == "TD-XFER-063"


def test_text_that_windows_would_run_is_refused_by_its_ending() -> None:
    with pytest.raises(UserError) as refused:
        check_file("xoa.bat", b"del x", PIXELS)
    assert refused.value.code == "TD-XFER-061"


@pytest.mark.parametrize(
    "content",
    [picture("PNG")[:-60], picture("JPEG", (300, 300))[:900], pdf()[:40], office()[:60], phone_picture()[:-90],
     phone_picture()[:60], old_office("WordDocument")[:-600], old_office("Workbook")[:900], "cán bộ".encode()[:-1],
     "cán bộ".encode("utf-16")[:-1], b'ten,so\n"Lan Anh,'],
    ids=("png", "jpeg", "pdf", "docx", "heic", "heic-head", "doc", "xls-table", "text", "utf-16", "csv"),
)  # fmt: skip
def test_a_cut_file_is_refused(content: bytes) -> None:
    with pytest.raises(UserError) as refused:
        check_file("ảnh.csv", content, PIXELS)
    assert refused.value.code == "TD-XFER-063"


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(UserError) as refused:
        check_file("ảnh.png", bomb(), PIXELS)
    assert refused.value.code == "TD-XFER-064"
    assert "60000 × 60000" in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "TD-XFER-065"), (b"\0\1\2\3" * 20, "TD-XFER-062"), (office("other/x.xml"), "TD-XFER-062"),
     (b"PK\x03\x04", "TD-XFER-063"), (old_office("Nothing"), "TD-XFER-062")],
    ids=("empty", "unknown", "other-zip", "cut-zip", "other-ole"),
)  # fmt: skip
def test_unknown_and_empty_files_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(UserError) as refused:
        check_file("x", content, PIXELS)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "ending", "cleaned"),
    [
        ("..\\..\\Windows\\biên bản.PDF", ".pdf", "biên bản.pdf"),
        ("/etc/passwd", ".txt", "passwd.txt"),
        ('a<b>:"c|?*.jpeg', ".jpg", "a b c.jpg"),
        ("hóa đơn.pdf.exe", ".pdf", "hóa đơn.pdf"),
        ("CON", ".txt", "tệp CON.txt"),
        ("...", ".png", "tệp.png"),
        ("Rẫy 1.5 ha", ".jpg", "Rẫy 1.5 ha.jpg"),
        ("K'Nớ\u202egpj.exe", ".png", "K'Nớgpj.png"),
        ("d" * 300, ".pdf", "d" * 100 + ".pdf"),
    ],
)
def test_names_are_clean(name: str, ending: str, cleaned: str) -> None:
    assert clean_name(name, ending) == cleaned
