"""The scanner's folder: newest first; pictures bound into one PDF; small pictures for the eye."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.unit.services.made_files import pdf, picture, tiff
from thidua_desktop.errors import UserError
from thidua_desktop.services import pictures, scans
from thidua_desktop.services.attached import Source


def test_the_newest_scan_comes_first(tmp_path: Path) -> None:
    names = ("cũ.pdf", "mới.JPG", "giữa.tif", "đang ghi.pdf", "~tạm.pdf", "bảng.xlsx")
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(b"" if name.startswith("đang") else b"x")
        when = 1_000_000 + (500 if name == "mới.JPG" else number * 10)
        os.utime(tmp_path / name, (when, when))
    found = scans.newest(tmp_path)
    assert [scan.path.name for scan in found] == ["mới.JPG", "giữa.tif", "cũ.pdf"]
    assert [scan.is_picture for scan in found] == [True, True, False]
    assert len(scans.newest(tmp_path, most=1)) == 1


def test_a_folder_that_went_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TD-DATA-586"):
        scans.newest(tmp_path / "may quet")


def test_pictures_are_bound_into_one_pdf_in_their_order(tmp_path: Path) -> None:
    wide = picture("JPEG", (400, 200))
    (tmp_path / "1.jpg").write_bytes(wide)
    sources = [
        Source("1.jpg", tmp_path / "1.jpg"),
        Source("2.tif", content=tiff(3)),
        Source("3.png", content=picture()),
    ]
    made = scans.bound(sources, "Bản quét.pdf")
    document = pypdfium2.PdfDocument(made.content)
    sizes = [document.get_page_size(number) for number in range(len(document))]
    assert [width > height for width, height in sizes] == [True, False, False, False, True]
    assert base64.a85encode(wide[:400])[:480] in made.content  # a scan that is fine as it is, is not packed again
    assert made.content == scans.bound(sources, "Bản quét.pdf").content


def test_what_is_no_picture_is_not_bound(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TD-DATA-587"):
        scans.bound([Source("a.pdf", content=pdf())], "x.pdf")
    with pytest.raises(UserError, match="TD-DATA-582"):
        scans.bound([Source("b.png", tmp_path / "b.png")], "x.pdf")


def test_a_small_picture_is_upright_and_of_the_page_asked_for() -> None:
    stream, sideways = io.BytesIO(), Image.new("RGB", (400, 200), "white")
    exif = sideways.getexif()
    exif[0x0112] = 6
    sideways.save(stream, "JPEG", exif=exif)
    with Image.open(io.BytesIO(pictures.shown_small(stream.getvalue(), 100))) as small:
        assert small.size == (50, 100)
    assert pictures.page_count(tiff(3)) == 3
    with Image.open(io.BytesIO(pictures.shown_small(tiff(2), 60, page=1))) as second:
        assert second.getpixel((5, 5)) == (255, 255, 255)
    with pytest.raises(ValueError, match="no picture"):
        pictures.shown_small(picture()[:60], 60)
